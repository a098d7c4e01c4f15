// SPDX-License-Identifier: GPL-2.0
/*
 * Reading a log, explaining what is in it, and saying what was read.
 */
#include "explain_log.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/units.h"
#include "exit_status.h"
#include "explain_input.h"
#include "explain_print.h"

/* One run over one or more texts. */
struct run {
	struct aw_explain_groups *groups;
	struct aw_klog *klog;
	uint64_t bytes, lines, suppressed, reports, incomplete;
};

static void feed(void *ctx, const char *text, size_t len)
{
	struct run *run = ctx;

	aw_klog_feed(run->klog, text, len);
}

/* Ends one text; the next has nothing to do with it. */
static void end_text(void *ctx)
{
	struct run *run = ctx;
	const struct aw_klog_stats *stats;

	if (!run->klog)
		return;
	aw_klog_finish(run->klog);
	stats = aw_klog_stats(run->klog);
	run->bytes += stats->bytes;
	run->lines += stats->lines;
	run->suppressed += stats->suppressed;
	run->incomplete += stats->incomplete;
	for (int i = 0; i < AW_KLOG_KINDS; i++)
		run->reports += stats->reports[i];
	aw_klog_free(run->klog);
	run->klog = NULL;
}

static void begin_text(void *ctx)
{
	struct run *run = ctx;

	end_text(run);
	run->klog = aw_klog_new(aw_explain_groups_add, run->groups);
	if (!run->klog) {
		fputs("allocwatch: out of memory\n", stderr);
		exit(AW_EXIT_ERROR);
	}
}

/* This kernel's log, then what earlier boots left; unreadable only when both are. */
static int read_own(struct run *run, struct aw_explain_config *config, struct aw_error *error)
{
	struct utsname uts;
	int err, files;

	if (!uname(&uts))
		config->own_release = uts.release;
	config->own_page_size = (uint32_t)sysconf(_SC_PAGESIZE);
	begin_text(run);
	err = aw_explain_read_kernel(feed, run, error);
	end_text(run);
	config->own_release = NULL;
	files = aw_explain_read_pstore(feed, begin_text, run);
	return err && !files ? err : 0;
}

static int read_log(struct run *run, const char *log, struct aw_explain_config *config,
		    struct aw_error *error)
{
	int err;

	if (!log && isatty(STDIN_FILENO))
		return read_own(run, config, error);
	begin_text(run);
	err = aw_explain_read_file(log ? log : "-", feed, run, error);
	end_text(run);
	return err;
}

/* What was read, so that "nothing found" is no riddle. */
static void print_read(const struct run *run)
{
	char bytes[AW_UNITS_TEXT];

	fprintf(stderr, "allocwatch: read %" PRIu64 " bytes (%s), %" PRIu64 " line%s: ", run->bytes,
		aw_format_bytes(run->bytes, bytes), run->lines, run->lines == 1 ? "" : "s");
	if (run->reports)
		fprintf(stderr, "%" PRIu64 " report%s", run->reports, run->reports == 1 ? "" : "s");
	else
		fputs("no page allocation failure in it", stderr);
	if (run->incomplete)
		fprintf(stderr, ", %" PRIu64 " without trace, Mem-Info or mask", run->incomplete);
	fputs("\n", stderr);
}

static bool any_hard(const struct aw_explain_groups *groups)
{
	/* sorted: hard ones come first */
	return aw_explain_groups_count(groups) &&
	       aw_explain_groups_at(groups, 0)->event.event.failure.class == AW_CLASS_HARD;
}

static void print_groups(const struct run *run, unsigned int width)
{
	unsigned int n = aw_explain_groups_count(run->groups);
	uint64_t left_out = aw_explain_groups_left_out(run->groups);

	for (unsigned int i = 0; i < n; i++) {
		if (i)
			putchar('\n');
		aw_explain_print(stdout, aw_explain_groups_at(run->groups, i), width);
	}
	if (left_out)
		printf("\n%" PRIu64 " more reports are not shown: too many different ones\n", left_out);
	if (run->suppressed)
		printf("%s%" PRIu64 " more failures were not printed: \"callbacks suppressed\" by the rate limit\n",
		       n ? "\n" : "", run->suppressed);
}

int aw_explain_log(const char *log, struct aw_explain_config *config, bool exit_code,
		   unsigned int width)
{
	struct run run = { .groups = aw_explain_groups_new(config) };
	struct aw_error error;
	int status = AW_EXIT_OK;

	if (!run.groups) {
		fputs("allocwatch: out of memory\n", stderr);
		return AW_EXIT_ERROR;
	}
	if (read_log(&run, log, config, &error)) {
		fprintf(stderr, "allocwatch: %s\n", error.text);
		status = AW_EXIT_ERROR;
	} else {
		aw_explain_groups_sort(run.groups);
		print_groups(&run, width);
		print_read(&run);
		if (exit_code && any_hard(run.groups))
			status = AW_EXIT_HARD;
	}
	aw_explain_groups_free(run.groups);
	return status;
}
