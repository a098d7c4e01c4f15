/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Does each source see a failure?  Makes one that hurts nobody, and looks.
 */
#ifndef AW_DOCTOR_SELF_TEST_H
#define AW_DOCTOR_SELF_TEST_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "source/choose.h"

enum aw_seen_state {
	AW_SELF_SAW,
	AW_SELF_MISSED,		/* it works here, and did not see the request */
	AW_SELF_UNAVAILABLE,	/* it does not work here */
	AW_SELF_CANNOT,		/* it cannot see a request that prints nothing */
	AW_SELF_STATES
};

struct aw_self_test {
	uint64_t bytes;		/* of the request, at least */
	unsigned int count;
	struct {
		const char *name;
		enum aw_seen_state state;
		unsigned int order;	/* SAW: that it saw */
		char why[200];		/* UNAVAILABLE: the reason */
	} sources[AW_MAX_SOURCES];
};

/* 0, or -errno with the reason: the request could not be made. */
int aw_self_test(struct aw_self_test *out, struct aw_error *error);

const char *aw_seen_state_name(enum aw_seen_state state);	/* "saw" */

void aw_self_test_print_text(FILE *out, const struct aw_self_test *test, unsigned int width);
/* Schema "allocwatch-self-test/1".  0 or -ENOMEM. */
int aw_self_test_print_json(FILE *out, const struct aw_self_test *test);

#endif
