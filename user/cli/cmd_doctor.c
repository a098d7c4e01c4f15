// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch doctor: what works on this machine, and why the rest does not.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/exit_status.h"
#include "base/output_file.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/say.h"
#include "doctor/print.h"
#include "doctor/self_test.h"

static const char usage[] =
	"allocwatch doctor [--self-test] [--json]\n\n"
	"Tests every source and what it depends on, and leaves nothing behind.";

static int status_of(const struct aw_machine *machine)
{
	struct aw_choice choice;

	aw_choose(&machine->sources, NULL, &choice);
	return choice.type == AW_CHOICE_TAKE ? AW_EXIT_OK : AW_EXIT_NOTHING;
}

static int examine(bool json)
{
	AW_FREE struct aw_machine *machine = calloc(1, sizeof(*machine));

	if (!machine)
		return aw_say_failed("out of memory");
	aw_machine_probe(machine);
	if (!json)
		aw_doctor_print_table(stdout, machine);
	else if (aw_doctor_print_json(stdout, machine))
		return aw_say_failed("can't write JSON: out of memory, or the output is full");
	return status_of(machine);
}

/* Of the sources that can see the request. */
static int status_of_test(const struct aw_self_test *test)
{
	unsigned int saw = 0;

	for (unsigned int i = 0; i < test->count; i++) {
		if (test->sources[i].state == AW_SELF_MISSED)
			return AW_EXIT_ERROR;
		saw += test->sources[i].state == AW_SELF_SAW;
	}
	return saw ? AW_EXIT_OK : AW_EXIT_NOTHING;
}

static int self_test(bool json)
{
	struct aw_self_test test;
	struct aw_error error;

	if (aw_self_test(&test, &error))
		return aw_say_failed("no request could be made: %s", error.text);
	if (!json)
		aw_self_test_print_text(stdout, &test, aw_output_width(AW_TEXT_WIDTH));
	else if (aw_self_test_print_json(stdout, &test))
		return aw_say_failed("can't write JSON: out of memory, or the output is full");
	return status_of_test(&test);
}

static int doctor_main(int argc, char **argv)
{
	struct aw_options options = aw_options_default();
	int rest, status = aw_options_parse(argc, argv, AW_FOR_DOCTOR, usage, &options, &rest);

	if (status >= 0)
		return status;
	if (rest < argc)
		return aw_say_usage("doctor takes no operands, and '%s' is one: leave it out", argv[rest]);
	return options.self_test ? self_test(options.json) : examine(options.json);
}

const struct aw_command aw_command_doctor = {
	.name = "doctor",
	.summary = "what works on this machine, why the rest does not, and what to do",
	.run = doctor_main,
};
