/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between a log and the same log in another form: names of values.
 */
#ifndef AW_TESTS_FORMS_RESULT_H
#define AW_TESTS_FORMS_RESULT_H

#include <stdbool.h>

#include "explain/answers.h"
#include "klog/klog.h"

#define MAX_REPORTS 64
#define NAMES 400

struct reports {
	unsigned int count;
	struct aw_klog_report report[MAX_REPORTS];
};

struct result {
	bool different;
	bool lacks_middle;	/* lines in the middle are gone: nothing shows that frames are missing between others */
	char missing[NAMES], changed[NAMES];	/* " name name" */
};

void add_name(char *list, const char *name);
void add_names(char *list, const char *names);
void missing(struct result *result, const char *name);	/* the form has less than the log */
void changed(struct result *result, const char *name);	/* it has something else */

/* Compares the reports of the parser value by value; `lossless` as below. */
void compare_reports(struct result *result, const struct reports *plain, const struct reports *got, bool lossless);

/*
 * Compares the answers of explain.  `lossless`: the form holds all of the log, so that the
 * answers must be equal.  Else what is stated as certain must be equal, and an answer that
 * states less says what is missing.  Both are sorted.
 */
void compare_answers(struct result *result, const struct aw_answers *plain, const struct aw_answers *got, bool lossless);

#endif
