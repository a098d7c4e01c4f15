// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch doctor: what works on this machine, and why the rest does not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "command.h"
#include "doctor/print.h"
#include "exit_status.h"

static const char usage[] =
	"usage: allocwatch doctor [--json]\n\n"
	"Tries every source and what they stand on, and leaves nothing behind.\n\n"
	"      --json               for programs\n"
	"  -h, --help               this text\n"
	"\nexit status: 0 something can be watched, 1 error, 2 wrong usage, 77 nothing can be watched\n";

static int status_of(const struct aw_machine *machine)
{
	struct aw_choice choice;

	aw_choose(&machine->sources, NULL, &choice);
	return choice.kind == AW_CHOICE_TAKE ? AW_EXIT_OK : AW_EXIT_NOTHING;
}

static int examine(bool json)
{
	AW_FREE struct aw_machine *machine = calloc(1, sizeof(*machine));

	if (!machine) {
		fputs("allocwatch: out of memory\n", stderr);
		return AW_EXIT_ERROR;
	}
	aw_machine_probe(machine);
	if (!json) {
		aw_doctor_print_table(stdout, machine);
	} else if (aw_doctor_print_json(stdout, machine)) {
		fputs("allocwatch: can't write JSON: out of memory, or the output is full\n", stderr);
		return AW_EXIT_ERROR;
	}
	return status_of(machine);
}

static int doctor_main(int argc, char **argv)
{
	bool json = false;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
			fputs(usage, stdout);
			return AW_EXIT_OK;
		}
		if (strcmp(argv[i], "--json")) {
			fprintf(stderr, "allocwatch: doctor takes --json or nothing, not '%s'\n", argv[i]);
			return AW_EXIT_USAGE;
		}
		json = true;
	}
	return examine(json);
}

const struct aw_command aw_command_doctor = {
	.name = "doctor",
	.summary = "what works on this machine, why the rest does not, and what to do",
	.run = doctor_main,
};
