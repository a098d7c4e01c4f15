/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Wraps text into lines of a given width.  Lines break between words, and after
 * each '|' in a list of flags.
 */
#ifndef AW_BASE_WRAP_H
#define AW_BASE_WRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define AW_WRAP_WORD 1024

/* The columns of labels, and of the text after them. */
#define AW_LABEL_INDENT 2
#define AW_LABEL_COLUMN 14

/* Set the first members and zero the others.  Counts bytes, which are never fewer than columns. */
struct aw_wrap {
	FILE *out;
	unsigned int width;	/* of a line; 0: do not wrap */
	unsigned int indent;	/* blanks before continuation lines */
	const char *mark;	/* written at the start of each continuation line, zero columns wide; NULL: none */
	bool cut;		/* split a word that is longer than a line; else it exceeds the width */
	unsigned int column;	/* of the next character */
	unsigned int blanks;	/* before the next word */
	bool written;		/* the line has a word */
	size_t length;		/* of the pending word */
	char word[AW_WRAP_WORD];
};

/* Writes `label` in its column.  Text after it, including continuation lines, starts at the text column. */
void aw_wrap_label(struct aw_wrap *wrap, const char *label);

/* Keeps blanks as they are, except at the end of a line. */
void aw_wrap_text(struct aw_wrap *wrap, const char *text);
void aw_wrap_bytes(struct aw_wrap *wrap, const char *text, size_t length);

/* Never broken, even at blanks: a command, so that it can be copied. */
void aw_wrap_whole(struct aw_wrap *wrap, const char *text);

/* Ends the line. */
void aw_wrap_end(struct aw_wrap *wrap);

/* Writes a label and its text as a paragraph. */
void aw_wrap_row(FILE *out, const char *label, const char *text, unsigned int width);

#endif
