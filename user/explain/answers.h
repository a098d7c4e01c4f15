/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The answers of explain: reports of logs as events, judged and counted
 * together by the groups that everybody has.
 */
#ifndef AW_EXPLAIN_ANSWERS_H
#define AW_EXPLAIN_ANSWERS_H

#include "explain/kernels.h"
#include "explain/logged.h"
#include "summary/group.h"
#include "verdict/verdict.h"

/* Equal failures: the first of them, and how many.  Not to be copied: it points into itself. */
struct aw_answer {
	const struct aw_group *group;
	const struct aw_logged *logged;
	const struct aw_kernel *kernel;
	const struct aw_event *event;	/* in `room` */
	struct aw_verdict verdict;
	struct aw_sample_room room;
};

struct aw_answers;

/* `config` is borrowed.  NULL: no memory. */
struct aw_answers *aw_answers_new(const struct aw_explain_config *config);
void aw_answers_free(struct aw_answers *answers);	/* NULL allowed */

/*
 * Where the next reports come from: a name that outlives the answers, or NULL for
 * standard input.  `own`: it is the log of the running kernel.
 */
void aw_answers_from(struct aw_answers *answers, const char *file, bool own);

/* An aw_klog_fn; ctx is the answers. */
void aw_answers_add(void *ctx, const struct aw_klog_report *report);

/* Once all are added: the worst first.  0 or -ENOMEM. */
int aw_answers_sort(struct aw_answers *answers);
unsigned int aw_answers_count(const struct aw_answers *answers);
void aw_answers_get(const struct aw_answers *answers, unsigned int i, struct aw_answer *out);

const struct aw_groups *aw_answers_groups(const struct aw_answers *answers);

/* Reports in none of the answers: there were too many different ones, or kernels. */
uint64_t aw_answers_left_out(const struct aw_answers *answers);

/* Memory ran out: something is missing from the answers. */
bool aw_answers_incomplete(const struct aw_answers *answers);

/* Reports by class, those left out included where their class was found out. */
uint64_t aw_answers_of_class(const struct aw_answers *answers, enum aw_class class);

#endif
