// SPDX-License-Identifier: GPL-2.0
/*
 * The columns of the failures table.
 */
#include "screen/columns.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/escape.h"
#include "base/units.h"
#include "output/text/text.h"
#include "screen/cell.h"
#include "verdict/verdict.h"

#define ONLY_COUNTED "counted only"	/* as aw_format_who() has it */

static const struct aw_failure *failure(const struct aw_row *row)
{
	return &row->sample->failure;
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
	return strcpy(out, aw_format_cause(failure(row)));
}

static const char *rule_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	(void)now_ns;
	(void)columns;
	return strcpy(out, aw_format_rule(failure(row)));
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
	return aw_format_site(row->sample->site, out);
}

static const char *process_text(const struct aw_row *row, uint64_t now_ns, unsigned int columns, char *out)
{
	(void)now_ns;
	if (!row->group->sampled && columns < strlen(ONLY_COUNTED))
		return strcpy(out, "counted");
	return aw_format_who(row->sample, out);
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
	const uint32_t shown = AW_KEYS_OF_VERDICT | AW_KEY_BIT(AW_BY_MODULE) | AW_KEY_BIT(AW_BY_COMM) |
			       AW_KEY_BIT(AW_BY_PID) | AW_KEY_BIT(AW_BY_LOG) | AW_KEY_BIT(AW_BY_MIGRATETYPE) |
			       AW_KEY_BIT(AW_BY_CONTEXT);

	return !aw_key_in(key, shown);
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

/* Times from the log before the start cannot be compared with those of this run. */
static int by_last(const struct aw_row *a, const struct aw_row *b)
{
	if (a->before != b->before)
		return a->before ? 1 : -1;
	return larger_first(a->last_ns, b->last_ns);
}

static uint64_t size_rank(const struct aw_row *row)
{
	return failure(row)->bytes;
}

static uint64_t order_rank(const struct aw_row *row)
{
	return failure(row)->order;
}

/* Those with the lowest number come first. */
static uint64_t type_rank(const struct aw_row *row)
{
	return AW_MT_COUNT - (uint64_t)failure(row)->migratetype;
}

static int by_rank(const struct aw_row *a, const struct aw_row *b)
{
	return larger_first(a->rank, b->rank);
}

static int by_class(const struct aw_row *a, const struct aw_row *b)
{
	return (int)is_hard(b) - (int)is_hard(a);
}

static const char *cause_word(const struct aw_row *row, char *out)
{
	(void)out;
	return aw_format_cause(failure(row));
}

static const char *rule_word(const struct aw_row *row, char *out)
{
	(void)out;
	return aw_format_rule(failure(row));
}

static const char *log_word(const struct aw_row *row, char *out)
{
	(void)out;
	return aw_log_name(failure(row)->log);
}

static const char *site_word(const struct aw_row *row, char *out)
{
	(void)out;
	return row->sample->site ? row->sample->site->name : "";
}

/* Unescaped: 16,384 rows are sorted while a key waits. */
static const char *process_word(const struct aw_row *row, char *out)
{
	const struct aw_task *task = &row->sample->task;

	(void)out;
	if (!row->group->sampled)
		return ONLY_COUNTED;
	return task->context <= AW_IN_TASK ? task->comm : aw_context_name(task->context);
}

static uint64_t process_rank(const struct aw_row *row)
{
	const struct aw_task *task = &row->sample->task;

	return task->context <= AW_IN_TASK ? task->pid : row->sample->cpu;
}

static const char *gfp_word(const struct aw_row *row, char *out)
{
	(void)out;
	return failure(row)->gfp.names ? failure(row)->gfp.names : "";
}

static const char *other_word(const struct aw_row *row, char *out)
{
	return other_text(row, 0, 0, out);
}

static int by_word(const struct aw_row *a, const struct aw_row *b)
{
	return strcmp(a->word, b->word);
}

static int by_process(const struct aw_row *a, const struct aw_row *b)
{
	return by_word(a, b) ?: larger_first(b->rank, a->rank);
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

static enum aw_style process_style(const struct aw_row *row)
{
	return row->group->sampled ? AW_STYLE_PLAIN : AW_STYLE_DIM;
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
	{
		.title = "COUNT", .key = "count",
		.help = "failures of this group; hard ones come first",
		.rank = 3, .min = 5, .max = 6, .right = true,
		.text = count_text, .compare = by_count,
	},
	{
		.title = "/S",
		.help = "failures a second, averaged over 10 s",
		.rank = 5, .min = 4, .max = 4, .right = true,
		.text = rate_text, .compare = by_rate,
	},
	{
		.title = "LAST", .key = "last",
		.help = "age of the last one; before: from the kernel log, before start",
		.rank = 4, .min = 6, .max = 6, .right = true,
		.text = last_text, .compare = by_last,
	},
	{
		.title = "SIZE", .key = "bytes",
		.help = "bytes asked for",
		.rank = 0, .min = 5, .max = 5, .right = true,
		.text = size_text, .compare = by_rank,
		.rank_of = size_rank,
	},
	{
		.title = "ORD", .key = "order",
		.help = "order of the request: 2^order contiguous pages",
		.rank = 8, .min = 3, .max = 3, .right = true,
		.text = order_text, .compare = by_rank,
		.rank_of = order_rank,
	},
	{
		.title = "CLASS", .key = "class",
		.help = "hard: the caller has no known fallback; opp: it falls back",
		.rank = 7, .min = 5, .max = 13,
		.text = class_text, .compare = by_class, .style = class_style,
	},
	{
		.title = "CAUSE", .key = "cause",
		.help = "what memory looked like; -: counted only",
		.rank = 1, .min = 13, .max = 15,
		.text = cause_text, .compare = by_word, .style = cause_style,
		.word_of = cause_word,
	},
	{
		.title = "SITE", .key = "site",
		.help = "call site, with its module",
		.rank = 2, .min = 12, .max = 26,
		.text = site_text, .compare = by_word, .style = site_style,
		.word_of = site_word,
	},
	{
		.title = "PROCESS", .key = "comm",
		.help = "task of the last one; in an interrupt: its context",
		.rank = 6, .min = 10, .max = 24,
		.text = process_text, .compare = by_process, .style = process_style,
		.rank_of = process_rank, .word_of = process_word,
	},
	{
		.title = "BY",
		.help = "other keys of --by",
		.rank = 9, .min = 12, .max = 32,
		.text = other_text, .compare = by_word, .useful = has_other,
		.word_of = other_word,
	},
	{
		.title = "STOPPED BY", .key = "rule",
		.help = "the rule of the kernel that ended the attempt",
		.rank = 11, .min = 13, .max = 24,
		.text = rule_text, .compare = by_word,
		.word_of = rule_word,
	},
	{
		.title = "TYPE", .key = "migratetype",
		.help = "migratetype of the request",
		.rank = 12, .min = 11, .max = 11,
		.text = type_text, .compare = by_rank, .style = dim_style,
		.rank_of = type_rank,
	},
	{
		.title = "LOG", .key = "log",
		.help = "whether the kernel log shows it",
		.rank = 13, .min = 10, .max = 10,
		.text = log_text, .compare = by_word, .style = dim_style,
		.word_of = log_word,
	},
	{
		.title = "GFP", .key = "gfp",
		.help = "flags without their GFP_",
		.rank = 10, .min = 15, .max = 80,
		.text = gfp_text, .compare = by_word, .style = dim_style,
		.word_of = gfp_word,
	},
};
const unsigned int aw_columns_count = ARRAY_SIZE(aw_columns);
_Static_assert(ARRAY_SIZE(aw_columns) <= AW_MAX_COLUMNS, "a layout holds every column");

const struct aw_column *aw_column_find(const char *key)
{
	for (unsigned int i = 0; i < aw_columns_count; i++)
		if (aw_columns[i].key && !strcmp(aw_columns[i].key, key))
			return &aw_columns[i];
	return &aw_columns[0];
}
