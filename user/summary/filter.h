/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which failures are wanted: "order>=4,class=hard,comm=cam*".
 *
 * Terms are joined by commas (and), each `KEY OP VALUE` with a key of the key
 * table and = != >= <= > < (text keys: = and !=, with * and ?).
 */
#ifndef AW_SUMMARY_FILTER_H
#define AW_SUMMARY_FILTER_H

#include <stdbool.h>

#include "base/error.h"
#include "event/capture.h"
#include "summary/key.h"

#define AW_MAX_TERMS 16
#define AW_TERM_TEXT 160	/* bytes of a term with its NUL */

enum aw_op { AW_OP_EQ, AW_OP_NE, AW_OP_GE, AW_OP_LE, AW_OP_GT, AW_OP_LT };

struct aw_term {
	const struct aw_key *key;
	enum aw_op op;
	uint64_t number;
	char text[AW_TERM_TEXT];
};

struct aw_filter {
	unsigned int count;		/* 0: everything is wanted */
	struct aw_term terms[AW_MAX_TERMS];
};

/*
 * Adds the terms of `text`. 0, or -EINVAL with a sentence that names the term
 * and what is valid, and no term added.
 */
int aw_filter_parse(const char *text, struct aw_filter *filter, struct aw_error *error);

/*
 * Does this event pass the filter?  For events that are not requests (steals,
 * OOM kills), terms on keys that this type of event cannot have are ignored.  A
 * term on a key that this event merely lacks rejects it: an interrupt has no
 * comm or pid of its own.
 */
bool aw_filter_match(const struct aw_filter *filter, const struct aw_event *event);

enum aw_wanted { AW_NOT_WANTED, AW_WANTED, AW_WANTED_OR_NOT };

/*
 * The same for failures that may have been counted only.  Their task is not
 * known, except where the kernel side applied the filter before it counted
 * (`capture`; NULL: it did not).
 */
enum aw_wanted aw_filter_wants(const struct aw_filter *filter, const struct aw_capture *capture,
			       const struct aw_event *event);

/* The part that a kernel side can apply: order, pid, comm by = or with one trailing *. */
void aw_filter_to_capture(const struct aw_filter *filter, struct aw_capture *capture);

#endif
