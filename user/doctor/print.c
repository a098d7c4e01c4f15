// SPDX-License-Identifier: GPL-2.0
/*
 * The output of doctor as a table.
 */
#include "doctor/print.h"

static void print_check(FILE *out, const struct aw_check *check)
{
	fprintf(out, "  %-22s %-4s %s\n", check->title, check->ok ? "yes" : "no", check->reason);
	if (!check->ok && check->todo[0])
		fprintf(out, "  %-22s      -> %s\n", "", check->todo);
}

static void print_choice(FILE *out, const struct aw_machine *machine)
{
	struct aw_choice choice;

	aw_choose(&machine->sources, NULL, &choice);
	if (choice.type != AW_CHOICE_TAKE) {
		fprintf(out, "Nothing can be watched on this machine%s.\n", machine->uid ? " without root" : "");
		return;
	}
	fprintf(out, "--source auto uses %s.\n", machine->sources.source[choice.index].name);
	if (choice.degraded[0])
		fprintf(out, "degraded: %s\n", choice.degraded);
}

void aw_doctor_print_table(FILE *out, const struct aw_machine *machine)
{
	struct aw_check checks[AW_MAX_CHECKS], source;
	unsigned int count = aw_checks_make(machine, checks);

	fprintf(out, "Linux %s, %s%s\n\nsources, best first\n", machine->release, machine->arch,
		machine->uid ? "; not running as root" : "");
	for (unsigned int i = 0; i < machine->sources.count; i++) {
		aw_check_source(machine, i, &source);
		print_check(out, &source);
	}
	fputs("\nfeatures\n", out);
	for (unsigned int i = 0; i < count; i++)
		print_check(out, &checks[i]);
	fputs("\n", out);
	print_choice(out, machine);
}
