/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which source to use: a pure function of the results of trying them.
 *
 * live, record and serve open the chosen source; doctor shows it.
 */
#ifndef AW_SOURCE_CHOOSE_H
#define AW_SOURCE_CHOOSE_H

#include <stdbool.h>

#include "base/error.h"

#define AW_MAX_SOURCES 8

enum aw_source_state {
	AW_SOURCE_UNTRIED,
	AW_SOURCE_WORKS,
	AW_SOURCE_CANNOT,	/* not available on this machine or to this user (-ENODEV) */
	AW_SOURCE_BROKEN	/* available, but something went wrong */
};

/* What is known about one source. */
struct aw_source_fact {
	const char *name;
	enum aw_source_state state;
	char why[320];		/* CANNOT and BROKEN: the reason */
};

/* In order of preference. */
struct aw_source_facts {
	unsigned int count;
	struct aw_source_fact source[AW_MAX_SOURCES];
};

enum aw_choice_type {
	AW_CHOICE_TRY,		/* try this one next */
	AW_CHOICE_TAKE,		/* use this one */
	AW_CHOICE_STOP,		/* this one is broken, and a worse one must not replace it silently */
	AW_CHOICE_NONE		/* none is available */
};

struct aw_choice {
	enum aw_choice_type type;
	unsigned int index;		/* of the source; NONE: of the last one */
	/* TAKE: "tracefs instead of bpf: ..."; "": it is the best source. */
	char degraded[AW_ERROR_TEXT];
};

/*
 * `asked`: the name of a source; NULL: auto.  If a source was asked for, no other
 * one is used; it still counts as degraded if it is not the best.
 */
void aw_choose(const struct aw_source_facts *facts, const char *asked, struct aw_choice *out);

#endif
