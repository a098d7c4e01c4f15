// SPDX-License-Identifier: GPL-2.0
/*
 * The columns of the failures table.
 */
#include "output/live/columns.h"

#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/units.h"
#include "output/live/cell.h"
#include "output/text.h"
#include "verdict/verdict.h"

static const struct aw_event *sample(const struct aw_row *row)
{
	return &row->group->sample;
}

static const struct aw_failure *failure(const struct aw_row *row)
{
	return &row->group->sample.failure;
}

/* ---- text ---- */

static const char *count_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	(void)now_ns;
	snprintf(out, AW_COLUMN_TEXT, "%llu", (unsigned long long)row->count);
	return strlen(out) <= columns ? out : aw_cell_number(row->count, out);
}

static const char *rate_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	(void)now_ns;
	(void)columns;
	return row->before ? strcpy(out, "") : aw_cell_rate(row->rate, out);
}

static const char *last_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	(void)columns;
	if (row->before)
		return strcpy(out, "before");
	return aw_cell_age(now_ns > row->last_ns ? now_ns - row->last_ns : 0, out);
}

static const char *size_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	(void)now_ns;
	(void)columns;
	return failure(row)->bytes ? aw_format_bytes_short(failure(row)->bytes, out) : strcpy(out, "?");
}

static const char *order_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	(void)now_ns;
	(void)columns;
	snprintf(out, AW_COLUMN_TEXT, "%u", failure(row)->order);
	return out;
}

static bool is_hard(const struct aw_row *row)
{
	return row->group->by_class[AW_CLASS_HARD] > 0;
}

static const char *class_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	(void)now_ns;
	if (!is_hard(row) && columns < strlen("opportunistic"))
		return strcpy(out, "opp");
	return strcpy(out, aw_class_name(is_hard(row) ? AW_CLASS_HARD : AW_CLASS_OPPORTUNISTIC));
}

static const char *cause_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	(void)now_ns;
	(void)columns;
	return strcpy(out, aw_cause_name(failure(row)->cause));
}

static const char *rule_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	(void)now_ns;
	(void)columns;
	return strcpy(out, aw_rule_name(failure(row)->rule));
}

static const char *log_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	(void)now_ns;
	(void)columns;
	return strcpy(out, aw_log_name(failure(row)->log));
}

static const char *type_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	(void)now_ns;
	(void)columns;
	return strcpy(out, aw_migratetype_name(failure(row)->migratetype));
}

static const char *site_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	(void)now_ns;
	(void)columns;
	return aw_format_site(sample(row)->site, out);
}

static const char *process_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	(void)now_ns;
	(void)columns;
	return aw_format_who(sample(row), out);
}

/* GFP_KERNEL|__GFP_COMP -> KERNEL|COMP */
static const char *gfp_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	const char *names = failure(row)->gfp.names ? failure(row)->gfp.names : "";
	size_t used = 0;

	(void)now_ns;
	(void)columns;
	while (*names && used < AW_COLUMN_TEXT - 1) {
		if (!strncmp(names, "__GFP_", 6))
			names += 6;
		else if (!strncmp(names, "GFP_", 4))
			names += 4;
		while (*names && *names != '|' && used < AW_COLUMN_TEXT - 2)
			out[used++] = *names++;
		if (*names)
			out[used++] = *names++;
	}
	out[used] = '\0';
	return out;
}

/* Keys of --by that no other column shows. */
static bool is_other(const struct aw_key *key)
{
	static const char *const shown[] = {
		"order", "bytes", "gfp", "stack", "site", "module", "class", "cause", "rule", "comm", "pid",
		"log", "migratetype", "context",
	};

	for (unsigned int i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		if (!strcmp(shown[i], key->name))
			return false;
	return true;
}

static bool has_other(const struct aw_key *const *keys, unsigned int nr_keys)
{
	for (unsigned int k = 0; k < nr_keys; k++)
		if (is_other(keys[k]))
			return true;
	return false;
}

static const char *other_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	size_t used = 0;

	(void)now_ns;
	(void)columns;
	out[0] = '\0';
	for (unsigned int k = 0; k < row->nr_keys && used < AW_COLUMN_TEXT - 160; k++) {
		char raw[64] = "-", text[128];

		if (!is_other(row->keys[k]))
			continue;
		if (row->group->has >> k & 1)
			aw_key_format(row->keys[k], &row->group->values[k], raw, sizeof(raw));
		used += snprintf(out + used, AW_COLUMN_TEXT - used, "%s%s=%s", used ? " " : "", row->keys[k]->name,
				 aw_escape_terminal(raw, text, sizeof(text)));
	}
	return out;
}

/* ---- order ---- */

static int larger_first(uint64_t a, uint64_t b)
{
	return a > b ? -1 : a < b;
}

static int by_count(const struct aw_row *a, const struct aw_row *b)
{
	return larger_first(a->count, b->count);
}

static int by_rate(const struct aw_row *a, const struct aw_row *b)
{
	return a->rate > b->rate ? -1 : a->rate < b->rate;
}

/* Times of the last boot's log say nothing beside those of this one. */
static int by_last(const struct aw_row *a, const struct aw_row *b)
{
	if (a->before != b->before)
		return a->before ? 1 : -1;
	return larger_first(a->last_ns, b->last_ns);
}

static int by_size(const struct aw_row *a, const struct aw_row *b)
{
	return larger_first(failure(a)->bytes, failure(b)->bytes);
}

static int by_order(const struct aw_row *a, const struct aw_row *b)
{
	return larger_first(failure(a)->order, failure(b)->order);
}

static int by_class(const struct aw_row *a, const struct aw_row *b)
{
	return (int)is_hard(b) - (int)is_hard(a);
}

static int by_text(const struct aw_row *a, const struct aw_row *b,
		   const char *(*text)(const struct aw_row *, uint64_t, unsigned int, char *))
{
	char left[AW_COLUMN_TEXT], right[AW_COLUMN_TEXT];

	return strcmp(text(a, 0, 0, left), text(b, 0, 0, right));
}

static int by_cause(const struct aw_row *a, const struct aw_row *b)
{
	return strcmp(aw_cause_name(failure(a)->cause), aw_cause_name(failure(b)->cause));
}

static int by_rule(const struct aw_row *a, const struct aw_row *b)
{
	return strcmp(aw_rule_name(failure(a)->rule), aw_rule_name(failure(b)->rule));
}

static int by_log(const struct aw_row *a, const struct aw_row *b)
{
	return strcmp(aw_log_name(failure(a)->log), aw_log_name(failure(b)->log));
}

static int by_type(const struct aw_row *a, const struct aw_row *b)
{
	return (int)failure(a)->migratetype - (int)failure(b)->migratetype;
}

static int by_site(const struct aw_row *a, const struct aw_row *b)
{
	return strcmp(sample(a)->site ? sample(a)->site->name : "", sample(b)->site ? sample(b)->site->name : "");
}

/* Unescaped: 65,536 rows are sorted while a key waits. */
static const char *who(const struct aw_task *task)
{
	return task->context <= AW_IN_TASK ? task->comm : aw_context_name(task->context);
}

static int by_process(const struct aw_row *a, const struct aw_row *b)
{
	const struct aw_event *left = sample(a), *right = sample(b);
	int order = strcmp(who(&left->task), who(&right->task));

	if (order)
		return order;
	if (left->task.context > AW_IN_TASK)
		return left->cpu < right->cpu ? -1 : left->cpu > right->cpu;
	return left->task.pid < right->task.pid ? -1 : left->task.pid > right->task.pid;
}

static int by_gfp(const struct aw_row *a, const struct aw_row *b)
{
	return strcmp(failure(a)->gfp.names ? failure(a)->gfp.names : "",
		      failure(b)->gfp.names ? failure(b)->gfp.names : "");
}

static int by_other(const struct aw_row *a, const struct aw_row *b)
{
	return by_text(a, b, other_text);
}

/* ---- colour ---- */

static enum aw_style class_style(const struct aw_row *row)
{
	return is_hard(row) ? AW_STYLE_HOT : AW_STYLE_DIM;
}

static enum aw_style cause_style(const struct aw_row *row)
{
	return failure(row)->cause == AW_CAUSE_UNKNOWN ? AW_STYLE_DIM : AW_STYLE_WARM;
}

static enum aw_style site_style(const struct aw_row *row)
{
	(void)row;
	return AW_STYLE_STRONG;
}

static enum aw_style dim_style(const struct aw_row *row)
{
	(void)row;
	return AW_STYLE_DIM;
}

const struct aw_column aw_columns[] = {
	{ "COUNT", "count", "failures of this group", 3, 5, 6, true, count_text, by_count, NULL, NULL },
	{ "/S", NULL, "a second, over the last 10", 5, 4, 4, true, rate_text, by_rate, NULL, NULL },
	{ "LAST", "last", "how long ago the last one was; before: from the kernel log, before start", 4, 6, 6, true,
	  last_text, by_last, NULL, NULL },
	{ "SIZE", "bytes", "bytes asked for", 0, 5, 5, true, size_text, by_size, NULL, NULL },
	{ "ORD", "order", "order of the request: 2^order contiguous pages", 8, 3, 3, true, order_text, by_order,
	  NULL, NULL },
	{ "CLASS", "class", "hard: somebody goes without; opp: the caller is known to fall back", 7, 5, 13, false,
	  class_text, by_class, class_style, NULL },
	{ "CAUSE", "cause", "what memory looked like", 1, 13, 15, false, cause_text, by_cause, cause_style, NULL },
	{ "SITE", "site", "the code that asked, with its module", 2, 12, 26, false, site_text, by_site, site_style,
	  NULL },
	{ "PROCESS", "comm", "who ran last; of an interrupt: where", 6, 10, 24, false, process_text, by_process,
	  NULL, NULL },
	{ "BY", NULL, "other keys of --by", 9, 12, 32, false, other_text, by_other, NULL, has_other },
	{ "STOPPED BY", "rule", "the rule of the kernel that ended the attempt", 11, 13, 24, false, rule_text,
	  by_rule, NULL, NULL },
	{ "TYPE", "migratetype", "migratetype of the request", 12, 11, 11, false, type_text, by_type, dim_style,
	  NULL },
	{ "LOG", "log", "what the kernel log got of it", 13, 10, 10, false, log_text, by_log, dim_style, NULL },
	{ "GFP", "gfp", "flags without their GFP_", 10, 15, 80, false, gfp_text, by_gfp, dim_style, NULL },
};
const unsigned int aw_columns_count = sizeof(aw_columns) / sizeof(aw_columns[0]);
_Static_assert(sizeof(aw_columns) / sizeof(aw_columns[0]) <= AW_MAX_COLUMNS, "a layout holds every column");

const struct aw_column *aw_column_find(const char *key)
{
	for (unsigned int i = 0; i < aw_columns_count; i++)
		if (aw_columns[i].key && !strcmp(aw_columns[i].key, key))
			return &aw_columns[i];
	return &aw_columns[0];
}
