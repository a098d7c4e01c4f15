/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What works on a machine and what does not, why, and the one thing to do
 * about it: judged from facts alone.
 */
#ifndef AW_DOCTOR_CHECKS_H
#define AW_DOCTOR_CHECKS_H

#include "doctor/machine.h"

struct aw_check {
	const char *name;	/* stable key: "ring_buffer" */
	const char *title;	/* for people */
	bool ok;
	char reason[320];
	char todo[200];		/* "" nothing, or nothing can be done */
};

#define AW_MAX_CHECKS 24

/* The features, in the order of the table.  How many. */
unsigned int aw_checks_make(const struct aw_machine *machine, struct aw_check out[AW_MAX_CHECKS]);

/* One source of machine->sources. */
void aw_check_source(const struct aw_machine *machine, unsigned int index, struct aw_check *out);

#endif
