/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which source to take: a pure function of what trying them showed.
 *
 * live, record and serve open what it says; doctor shows what it says.
 */
#ifndef AW_SOURCE_CHOOSE_H
#define AW_SOURCE_CHOOSE_H

#include <stdbool.h>

#include "base/error.h"

#define AW_MAX_SOURCES 8

enum aw_source_state {
	AW_SOURCE_UNTRIED,
	AW_SOURCE_WORKS,
	AW_SOURCE_CANNOT,	/* this machine or this user cannot have it (-ENODEV) */
	AW_SOURCE_BROKEN	/* it is there, and something went wrong */
};

/* What is known of one source. */
struct aw_source_fact {
	const char *name;
	enum aw_source_state state;
	char why[320];		/* CANNOT and BROKEN: the reason */
};

/* The preferred first. */
struct aw_source_facts {
	unsigned int count;
	struct aw_source_fact source[AW_MAX_SOURCES];
};

enum aw_choice_kind {
	AW_CHOICE_TRY,		/* this one is next */
	AW_CHOICE_TAKE,
	AW_CHOICE_STOP,		/* it is broken: no reason to take a worse one in silence */
	AW_CHOICE_NONE
};

struct aw_choice {
	enum aw_choice_kind kind;
	unsigned int index;		/* of the source; NONE: of the last */
	/* TAKE: "tracefs instead of bpf: ..."; "" the best source was taken. */
	char degraded[AW_ERROR_TEXT];
};

/*
 * `asked`: a source by name, NULL: auto.  A source that was asked for is taken
 * or nothing is; below the first it is degraded all the same.
 */
void aw_choose(const struct aw_source_facts *facts, const char *asked, struct aw_choice *out);

#endif
