/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a reader must know before trusting a verdict from a log: what was
 * missing, guessed or ambiguous.
 */
#ifndef AW_EXPLAIN_NOTES_H
#define AW_EXPLAIN_NOTES_H

#include "explain_groups.h"

#define AW_EXPLAIN_NOTES 10

struct aw_explain_notes {
	unsigned int count;
	char text[AW_EXPLAIN_NOTES][320];	/* safe for a terminal */
};

void aw_explain_notes(const struct aw_explain_group *group, struct aw_explain_notes *out);

#endif
