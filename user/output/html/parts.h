/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Parts of a page that pages of recordings and of logs share.  Texts are
 * escaped; the caller checks ferror(out).
 */
#ifndef AW_OUTPUT_HTML_PARTS_H
#define AW_OUTPUT_HTML_PARTS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "event/event.h"
#include "mm/kernel.h"
#include "verdict/verdict.h"

/* Up to and with <body>; the title goes behind "allocwatch: ". */
void aw_page_begin(FILE *out, const char *title);

/* The footer and all behind it.  `script` is known text, or "". */
void aw_page_finish(FILE *out, const char *script);

/* A fact of the head: nothing if the value is "". */
void aw_page_fact(FILE *out, const char *name, const char *value);

/* Rows of the list of a verdict, which is <dl class="verdict">. */
void aw_page_request(FILE *out, const struct aw_event *event);	/* order, mask, migratetype, who called */
void aw_page_judged(FILE *out, const struct aw_verdict *verdict);	/* cause, rule, what was tried, advice */
void aw_page_row(FILE *out, const char *label, const char *text);

/* The zones of a failure, folded away; nothing where it has none.  0 or -ENOMEM. */
int aw_page_zones_at(FILE *out, const struct aw_kernel *kernel, const struct aw_failure *failure);

/* A list of frames, innermost first, with the site highlighted.  `site` may be NULL. */
void aw_page_stack(FILE *out, bool raw_addresses, const struct aw_stack *stack, const struct aw_frame *site);

/* A bar of a list <ol class="bars">. */
struct aw_bar {
	const char *label;		/* not escaped yet */
	const char *note;		/* "64 KiB"; NULL: none */
	const char *class;		/* CSS class of its colour; NULL: "usual" */
	uint64_t count, largest;
	const char *count_text;		/* shown instead of the count; NULL: the count */
};

void aw_page_bar(FILE *out, const struct aw_bar *bar);

/* The start of a card with a heading, and its end. */
void aw_page_card(FILE *out, const char *heading);
void aw_page_card_end(FILE *out);

#endif
