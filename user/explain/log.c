// SPDX-License-Identifier: GPL-2.0
/*
 * Reading logs, explaining what is in them, and saying what was read.
 */
#include "explain/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/exit_status.h"
#include "base/hint.h"
#include "base/interrupt.h"
#include "base/message.h"
#include "base/output_file.h"
#include "base/units.h"
#include "base/wrap.h"
#include "explain/html.h"
#include "explain/json.h"
#include "explain/print.h"
#include "explain/read.h"
#include "explain/said.h"

static int no_memory(void)
{
	fputs("allocwatch: out of memory: not all of it is explained\n", stderr);
	return AW_EXIT_ERROR;
}

static const char *plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

static void print_failed(const struct aw_explain_logs *logs)
{
	for (unsigned int i = 0; i < logs->count; i++)
		if (logs->logs[i]->failed)
			aw_message("%s", logs->logs[i]->error.text);
}

/* What was read, so that an empty log can be told from one without failures. */
static void print_read(const struct aw_explain_logs *logs)
{
	const struct aw_klog_stats *total = &logs->total;
	char bytes[AW_UNITS_TEXT], files[48] = "";
	char found[48] = "no page allocation failure in it", incomplete[64] = "", copies[64] = "";
	uint64_t reports = 0;

	if (logs->failed && logs->failed == logs->texts && !total->bytes)
		return;
	for (int i = 0; i < AW_KLOG_TYPES; i++)
		reports += total->reports[i];
	if (logs->failed)
		snprintf(files, sizeof(files), "%u of %u logs, ", logs->texts - logs->failed, logs->texts);
	else if (logs->texts > 1)
		snprintf(files, sizeof(files), "%u logs, ", logs->texts);
	if (reports)
		snprintf(found, sizeof(found), "%" PRIu64 " report%s", reports, plural(reports));
	if (total->incomplete)
		snprintf(incomplete, sizeof(incomplete), ", %" PRIu64 " without trace, Mem-Info or mask",
			 total->incomplete);
	if (total->copies)
		snprintf(copies, sizeof(copies), ", %" PRIu64 " more %s", total->copies, total->copies == 1 ? "is a copy" : "are copies");
	aw_message("read %s%" PRIu64 " bytes (%s), %" PRIu64 " line%s: %s%s%s", files, total->bytes,
		   aw_format_bytes(total->bytes, bytes), total->lines, plural(total->lines), found, incomplete, copies);
}

/* The kernel's log keeps what fits into it: earlier failures may be gone. */
static void print_overwritten(const struct aw_klog_stats *total)
{
	if (total->overwritten)
		aw_message("the first %" PRIu64 " records since boot are not in this kernel's log any more: earlier "
			   "failures may be missing; boot with a larger log_buf_len=, or let allocwatch record run "
			   "from the start", total->overwritten);
}

static void print_answers(const struct aw_answers *answers, const struct aw_explain_logs *logs, unsigned int width)
{
	const struct aw_explain_style style = { .width = width, .files = logs->texts > 1 };
	unsigned int count = aw_answers_count(answers);
	uint64_t left_out = aw_answers_left_out(answers);
	char text[AW_EXPLAIN_SAID];

	if (count > 1) {
		aw_explain_table(stdout, answers, &style);
		putchar('\n');
	}
	for (unsigned int i = 0; i < count; i++) {
		struct aw_answer answer;

		if (i)
			putchar('\n');
		aw_answers_get(answers, i, &answer);
		aw_explain_print(stdout, &answer, &style);
	}
	if (left_out)
		printf("\n%" PRIu64 " more report%s not shown: too many different ones\n", left_out,
		       left_out == 1 ? " is" : "s are");
	if (aw_explain_suppressed(&logs->total, text))
		printf("%s%s\n", count ? "\n" : "", text);
	if (aw_explain_mask_warning(&logs->total, text)) {
		if (count || logs->total.suppressed)
			putchar('\n');
		aw_wrap_row(stdout, "warning", text, width);
	}
}

/* The page appears when it is complete. */
static int put_page(const char *path, const struct aw_answers *answers, const struct aw_explain_logs *logs)
{
	struct aw_output_file file;
	int err = aw_output_open(path, &file);

	if (!err) {
		err = aw_explain_html(file.file, answers, logs);
		if (err)
			aw_output_abandon(&file);
		else
			err = aw_output_commit(&file);
	}
	if (!err)
		return AW_EXIT_OK;
	aw_message("can't write %s: %s%s", path, aw_output_strerror(err), aw_hint_writing(err));
	return AW_EXIT_ERROR;
}

static int put_answers(const struct aw_explain_run *run, struct aw_answers *answers, const struct aw_explain_logs *logs)
{
	if (run->json)
		return aw_explain_json(stdout, answers, logs) ? no_memory() : AW_EXIT_OK;
	if (run->html && strcmp(run->html, "-"))
		return put_page(run->html, answers, logs);
	if (run->html)
		return aw_explain_html(stdout, answers, logs) ? no_memory() : AW_EXIT_OK;
	print_answers(answers, logs, run->width);
	return AW_EXIT_OK;
}

static int show(const struct aw_explain_run *run, struct aw_answers *answers, const struct aw_explain_logs *logs)
{
	int status;

	if (aw_answers_sort(answers))
		return no_memory();
	status = put_answers(run, answers, logs);
	if (status)
		return status;
	print_failed(logs);
	print_read(logs);
	print_overwritten(&logs->total);
	if (aw_answers_incomplete(answers))
		return no_memory();
	if (logs->failed)
		return AW_EXIT_ERROR;
	return run->exit_code && aw_answers_of_class(answers, AW_CLASS_HARD) ? AW_EXIT_HARD : AW_EXIT_OK;
}

int aw_explain_logs(const struct aw_explain_run *run)
{
	struct aw_answers *answers = aw_answers_new(&run->config);
	struct aw_explain_logs logs = { 0 };
	int status;

	aw_interrupt_catch();
	if (!answers || aw_explain_read(run->logs, run->nr_logs, answers, &logs))
		status = no_memory();
	else
		status = show(run, answers, &logs);
	aw_interrupt_end();
	aw_answers_free(answers);
	aw_explain_logs_clear(&logs);
	return status;
}
