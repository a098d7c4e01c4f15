/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The journal's own forms: NAME=value lines of `journalctl -o export` and
 * `-o verbose`.
 */
#ifndef AW_LINES_FIELDS_H
#define AW_LINES_FIELDS_H

#include "lines/entry.h"

struct aw_log_fields {
	bool inside;		/* fields of an entry came before */
	bool binary;		/* "MESSAGE" alone: its length and text follow */
	struct aw_log_entry entry;
};

void aw_log_fields_clear(struct aw_log_fields *fields);

/*
 * Takes the line if it is one of an entry; hands on the entry before when this
 * one begins another.  False: not a line of a journal.
 */
bool aw_log_fields_line(struct aw_log_fields *fields, const char *text, size_t len, aw_log_entry_fn fn, void *ctx);

/* The text is over. */
void aw_log_fields_finish(struct aw_log_fields *fields, aw_log_entry_fn fn, void *ctx);

#endif
