/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The checks of doctor: what works on a machine, why the rest does not, and how
 * to fix it.  They depend only on the facts in struct aw_machine.
 */
#ifndef AW_DOCTOR_CHECKS_H
#define AW_DOCTOR_CHECKS_H

#include "doctor/machine.h"

struct aw_check {
	const char *name;	/* a stable key, such as "ring_buffer" */
	const char *title;	/* shown to users */
	bool ok;
	char reason[320];
	char todo[200];		/* "": nothing to do, or nothing can be done */
};

#define AW_MAX_CHECKS 24

/* Checks all features, in the order of the table.  Returns their number. */
unsigned int aw_checks_make(const struct aw_machine *machine, struct aw_check out[AW_MAX_CHECKS]);

/* Checks one source of machine->sources. */
void aw_check_source(const struct aw_machine *machine, unsigned int index, struct aw_check *out);

#endif
