/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a reader must know before trusting a verdict from a log: what was
 * missing, guessed or ambiguous.
 */
#ifndef AW_EXPLAIN_NOTES_H
#define AW_EXPLAIN_NOTES_H

#include "explain/answers.h"

#define AW_EXPLAIN_NOTES 16

struct aw_explain_notes {
	unsigned int count;
	char text[AW_EXPLAIN_NOTES][320];	/* safe for a terminal */
};

void aw_explain_notes(const struct aw_answer *answer, struct aw_explain_notes *out);

/* Were more than half of the report's lines not understood?  A verdict may rest on half of what was printed. */
bool aw_explain_is_doubtful(const struct aw_logged *logged);

/* Is the site not known, but the work item that the task ran? */
bool aw_explain_has_work(const struct aw_answer *answer);

/*
 * What the report lacks, in stable words: "header", "order", "mask", "trace",
 * "site", "Mem-Info", "free blocks", "page size", "release".  Returns how many.
 */
#define AW_EXPLAIN_MISSING 9
unsigned int aw_explain_missing(const struct aw_answer *answer, const char *out[AW_EXPLAIN_MISSING]);

#endif
