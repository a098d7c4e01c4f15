// SPDX-License-Identifier: GPL-2.0
/*
 * Answers for programs: the groups of "allocwatch/1", and of each what only a
 * log has.
 */
#include "explain/json.h"

#include "explain/holders.h"
#include "explain/notes.h"
#include "explain/pool.h"
#include "explain/print.h"
#include "explain/types.h"
#include "klog/event.h"
#include "mm/site.h"
#include "output/json/internal.h"

/* ---- what was read ---- */

static uint64_t reports_of(const struct aw_klog_stats *stats)
{
	uint64_t reports = 0;

	for (int i = 0; i < AW_KLOG_TYPES; i++)
		reports += stats->reports[i];
	return reports;
}

static void put_log(struct aw_json *json, const struct aw_explain_log *log)
{
	const struct aw_klog_stats *stats = &log->stats;

	aw_json_object(json, NULL);
	aw_json_text(json, "file", log->file);
	aw_json_number(json, "bytes", stats->bytes);
	aw_json_number(json, "lines", stats->lines);
	aw_json_number(json, "reports", reports_of(stats));
	aw_json_number(json, "incomplete", stats->incomplete);
	aw_json_number(json, "suppressed", stats->suppressed);
	if (stats->overwritten)
		aw_json_number(json, "overwritten", stats->overwritten);
	aw_json_text(json, "error", log->failed ? log->error.text : NULL);
	aw_json_object_end(json);
}

static void put_logs(struct aw_json *json, const char *key, const struct aw_explain_logs *logs)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < logs->count; i++)
		put_log(json, logs->logs[i]);
	aw_json_array_end(json);
}

static void put_totals(struct aw_json *json, const char *key, const struct aw_answers *answers,
		       const struct aw_klog_stats *stats)
{
	aw_json_object(json, key);
	aw_json_number(json, "reports", reports_of(stats));
	aw_json_number(json, "hard", aw_answers_of_class(answers, AW_CLASS_HARD));
	aw_json_number(json, "opportunistic", aw_answers_of_class(answers, AW_CLASS_OPPORTUNISTIC));
	aw_json_number(json, "incomplete", stats->incomplete);
	aw_json_number(json, "suppressed", stats->suppressed);
	if (stats->mask_warnings)
		aw_json_number(json, "mask_warnings", stats->mask_warnings);
	for (enum aw_klog_type type = 0; type < AW_KLOG_TYPES; type++)
		aw_json_number(json, aw_report_total(type), stats->reports[type]);
	aw_json_object_end(json);
}

/* ---- one answer ---- */

static void put_missing(struct aw_json *json, const char *key, const struct aw_answer *answer)
{
	const char *missing[AW_EXPLAIN_MISSING];
	unsigned int count = aw_explain_missing(answer, missing);

	aw_json_array(json, key);
	for (unsigned int i = 0; i < count; i++)
		aw_json_name(json, NULL, missing[i]);
	aw_json_array_end(json);
}

static void put_notes(struct aw_json *json, const char *key, const struct aw_answer *answer)
{
	struct aw_explain_notes notes;

	aw_explain_notes(answer, &notes);
	aw_json_array(json, key);
	for (unsigned int i = 0; i < notes.count; i++)
		aw_json_text(json, NULL, notes.text[i]);
	aw_json_array_end(json);
}

/* What the mask means to which kernels, where that is ambiguous. */
static void put_readings(struct aw_json *json, const char *key, const struct aw_klog_era *era)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < era->nr_readings && era->nr_readings > 1; i++) {
		char kernels[48];

		aw_klog_releases(era->readings[i].first, era->readings[i].last, kernels, sizeof(kernels));
		aw_json_object(json, NULL);
		aw_json_name(json, "kernels", kernels);
		aw_json_name(json, "gfp", era->readings[i].names);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

static void put_place(struct aw_json *json, const struct aw_logged *logged)
{
	aw_json_text(json, "file", logged->origin.file);
	aw_json_number(json, "line", logged->origin.line);
	aw_json_text(json, "last_file", logged->last_file);
	aw_json_number(json, "last_line", logged->last_line);
}

static void put_stamp(struct aw_json *json, const char *key, const struct aw_logged *logged,
		      const struct aw_logged_time *time)
{
	char text[AW_EXPLAIN_TIME];

	aw_json_text(json, key, aw_explain_time(time, logged->has_year, text));
}

static void put_times(struct aw_json *json, const struct aw_logged *logged)
{
	int64_t first = logged->first.mono_us, last = logged->last.mono_us;

	put_stamp(json, "first_stamp", logged, &logged->first);
	put_stamp(json, "last_stamp", logged, &logged->last);
	aw_json_known(json, "first_uptime_us", first >= 0, (uint64_t)first);
	aw_json_known(json, "last_uptime_us", last >= 0, (uint64_t)last);
	aw_json_bool(json, "several_tasks", logged->several_tasks);
}

static void put_kernel(struct aw_json *json, const struct aw_answer *answer)
{
	static const char *const from[] = {
		[AW_KLOG_TOLD_BY_NOTHING] = "guess", [AW_KLOG_TOLD_BY_OPTION] = "option",
		[AW_KLOG_TOLD_BY_REPORT] = "report", [AW_KLOG_TOLD_BY_LOG] = "log",
		[AW_KLOG_TOLD_BY_WORDS] = "words",
	};
	const struct aw_klog_era *era = &answer->logged->era;

	aw_json_text(json, "release", answer->kernel->release);
	aw_json_name(json, "release_from", from[era->told_by]);
	aw_json_text(json, "read_as", era->release);
	aw_json_text(json, "arch", answer->kernel->arch);
	aw_json_number(json, "page_size", answer->kernel->page_size);
	aw_json_text(json, "hardware", answer->logged->hardware);
	put_readings(json, "readings", era);
}

static void put_victim(struct aw_json *json, const char *key, const struct aw_oom_kill *kill)
{
	aw_json_object(json, key);
	aw_json_text(json, "comm", kill->victim_comm);
	aw_json_known(json, "pid", kill->victim_pid, kill->victim_pid);
	aw_json_object_end(json);
}

static void put_memcg(struct aw_json *json, const char *key, const struct aw_oom_kill *kill)
{
	if (!kill->memcg) {
		aw_json_null(json, key);
		return;
	}
	aw_json_object(json, key);
	aw_json_text(json, "name", kill->memcg_name);
	aw_json_known(json, "usage", kill->memcg_usage, kill->memcg_usage);
	aw_json_known(json, "limit", kill->memcg_limit, kill->memcg_limit);
	aw_json_object_end(json);
}

/* All tasks that were killed, as far as they are kept. */
static void put_victims(struct aw_json *json, const char *key, const struct aw_logged *logged)
{
	aw_json_array(json, key);
	for (unsigned int i = 0; i < logged->nr_victims && i < AW_LOGGED_VICTIMS; i++) {
		const struct aw_logged_victim *victim = &logged->victims[i];

		aw_json_object(json, NULL);
		aw_json_text(json, "comm", victim->comm);
		aw_json_known(json, "pid", victim->pid > 0, (uint64_t)victim->pid);
		aw_json_known(json, "anon_bytes", victim->anon_kb, victim->anon_kb * 1024);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
}

static void put_oom(struct aw_json *json, const char *key, const struct aw_answer *answer)
{
	const struct aw_event *event = answer->event;
	static const char *const killers[] = {
		[AW_LMK_NONE] = "oom-killer", [AW_LMK_DRIVER] = "low-memory-killer", [AW_LMK_DAEMON] = "lmkd",
	};

	if (event->type != AW_EVENT_OOM_KILL) {
		aw_json_null(json, key);
		return;
	}
	aw_json_object(json, key);
	aw_json_text(json, "killer", killers[event->oom.lmk]);
	put_victim(json, "victim", &event->oom);
	aw_json_number(json, "killed", answer->logged->nr_victims);
	put_victims(json, "victims", answer->logged);
	put_memcg(json, "memcg", &event->oom);
	aw_json_object_end(json);
}

static void put_cma(struct aw_json *json, const char *key, const struct aw_event *event)
{
	const struct aw_cma_failure *cma = &event->cma;

	if (event->type != AW_EVENT_CMA_FAILURE) {
		aw_json_null(json, key);
		return;
	}
	aw_json_object(json, key);
	aw_json_text(json, "area", cma->name);
	aw_json_number(json, "pages", cma->count);
	aw_json_known(json, "free", cma->total, cma->free);
	aw_json_known(json, "total", cma->total, cma->total);
	if (cma->error)
		aw_json_integer(json, "error", cma->error);
	else
		aw_json_null(json, "error");
	aw_json_object_end(json);
}

/* What the report does not say is null; what is asked of CMA or vmalloc has no order. */
static struct aw_json_unknown unknown_of(const struct aw_answer *answer)
{
	bool has_order = aw_report_type_of(answer->event)->has_order, knows_order = answer->logged->order >= 0;

	return (struct aw_json_unknown){
		.order = !has_order || !knows_order,
		.gfp = !answer->logged->has_mode,
		.pid = answer->logged->pid < 0,
		.cpu = answer->logged->cpu < 0,
		.has_bytes = true,
		.bytes = knows_order || !has_order ? aw_report_bytes(answer->event, answer->kernel) : 0,
	};
}

/* How certain the site is; where there is none, the work item that the task ran. */
static void put_who(struct aw_json *json, const struct aw_answer *answer)
{
	const struct aw_logged *logged = answer->logged;
	bool likely;

	aw_site_find(answer->event->stack, &likely);
	aw_json_text(json, "site_certainty", !answer->event->site ? NULL : likely ? "likely" : "certain");
	if (!aw_explain_has_work(answer)) {
		aw_json_null(json, "work_item");
		return;
	}
	aw_json_object(json, "work_item");
	aw_json_text(json, "symbol", logged->work_func);
	aw_json_text(json, "module", logged->work_module);
	aw_json_object_end(json);
}

static void put_answer(struct aw_json *json, const struct aw_answers *answers, const struct aw_answer *answer)
{
	const struct aw_report report = { .kernel = answer->kernel };
	const struct aw_json_unknown unknown = unknown_of(answer);

	aw_json_line(json);
	aw_json_object(json, NULL);
	aw_json_name(json, "type", aw_explain_is_pool(answer->event) ? "pool" : aw_event_type_name(answer->event->type));
	put_place(json, answer->logged);
	aw_json_group(json, &report, aw_answers_groups(answers), answer->group);
	aw_json_asked(json, &report, answer->event, &unknown);
	aw_json_judged(json, answer->event, &answer->verdict);
	put_who(json, answer);
	aw_json_number(json, "lines", answer->logged->lines);
	aw_json_number(json, "unknown_lines", answer->logged->unknown_lines);
	put_times(json, answer->logged);
	put_kernel(json, answer);
	aw_holders_json(json, "memory", &answer->logged->totals, answer->kernel->page_size);
	aw_explain_pool_json(json, "pool", answer->event);
	put_oom(json, "oom", answer);
	put_cma(json, "cma", answer->event);
	put_missing(json, "missing", answer);
	put_notes(json, "notes", answer);
	aw_json_object_end(json);
}

/* ---- the document, an answer at a time ---- */

static int put_answers(struct aw_json *json, const char *key, FILE *out, const struct aw_answers *answers)
{
	int err = 0;

	aw_json_array(json, key);
	for (unsigned int i = 0; !err && i < aw_answers_count(answers); i++) {
		struct aw_answer answer;

		aw_answers_get(answers, i, &answer);
		put_answer(json, answers, &answer);
		err = aw_json_flush(json, out);
	}
	aw_json_array_end(json);
	return err;
}

int aw_explain_json(FILE *out, const struct aw_answers *answers, const struct aw_explain_logs *logs)
{
	AW_JSON struct aw_json json = { 0 };
	int err;

	aw_json_object(&json, NULL);
	aw_json_line(&json);
	aw_json_name(&json, "schema", "allocwatch-explain/1");
	aw_json_line(&json);
	put_logs(&json, "logs", logs);
	aw_json_line(&json);
	put_totals(&json, "totals", answers, &logs->total);
	aw_json_line(&json);
	err = put_answers(&json, "failures", out, answers);
	if (err)
		return err;
	aw_json_line(&json);
	aw_json_number(&json, "failures_ungrouped", aw_answers_left_out(answers));
	err = aw_json_flush(&json, out);
	if (!err)
		fputs("\n}\n", out);
	return err;
}
