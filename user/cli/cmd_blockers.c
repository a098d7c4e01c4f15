// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch blockers: what stands in the way of a block of an order.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/exit_status.h"
#include "base/hint.h"
#include "base/output_file.h"
#include "base/progress.h"
#include "blockers/answer.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/say.h"
#include "cli/steals.h"
#include "system/btf.h"
#include "system/running.h"

#define USUAL_ORDER 4

static const char usage[] =
"allocwatch blockers [OPTIONS]\n"
"\n"
"Looks at every page, and says how many blocks of an order are free now, how many\n"
"compaction can make, and what stands in the way of the others: which kinds of pages,\n"
"in how many windows (aligned runs of 2^N pages), and what would take them away.";

static enum aw_page_source wanted(const char *name)
{
	enum aw_page_source source = 0;

	while (source < AW_PAGES_SOURCES && strcmp(name, aw_page_source_name(source)))
		source++;
	return source;
}

/* A better source exists, and does not work here. */
static void say_fallbacks(const struct aw_page_scan *scan)
{
	for (unsigned int i = 0; i < scan->source && i < AW_PAGES_COUNTS; i++)
		if (scan->fallback[i].text[0])
			aw_say("no page scan by %s: %s", aw_page_source_name(i), scan->fallback[i].text);
}

/* `path` NULL: not asked for. */
static int write_file(const char *path, void (*write)(FILE *out, const struct aw_blockers *blockers),
		      const struct aw_blockers *blockers)
{
	struct aw_output_file file;
	int err = path ? aw_output_open(path, &file) : 0;

	if (path && !err) {
		write(file.file, blockers);
		err = aw_output_commit(&file);
	}
	return err ? aw_say_failed("can't write %s: %s%s", path, aw_output_strerror(err), aw_hint_writing(err)) : AW_EXIT_OK;
}

static int print(const struct aw_options *options, const struct aw_page_scan *scan, const struct aw_blockers *blockers)
{
	unsigned int width = aw_output_width(AW_TEXT_WIDTH);

	say_fallbacks(scan);
	if (options->json) {
		if (aw_blockers_print_json(stdout, blockers))
			return aw_say_failed("can't write JSON: out of memory, or the output is full");
	} else {
		aw_blockers_print_text(stdout, blockers, width);
		if (options->map)
			aw_blockers_print_map(stdout, blockers, width);
	}
	if (write_file(options->html, aw_blockers_print_html, blockers) ||
	    write_file(options->svg, aw_blockers_print_svg, blockers))
		return AW_EXIT_ERROR;
	return aw_blockers_can(blockers) ? AW_EXIT_OK : AW_EXIT_HARD;
}

/* How much memory was looked at, of how much. */
struct looking {
	const struct aw_page_scan *scan;
	uint64_t bytes;
	struct aw_progress progress;
};

static void show_progress(void *arg)
{
	struct looking *looking = arg;

	aw_progress_show(&looking->progress, looking->scan->pause.pages * looking->scan->kernel->page_size, looking->bytes);
}

static int find(const struct aw_options *options, struct aw_page_scan *scan, const struct aw_window_request *request,
		struct aw_blockers *blockers, struct aw_error *error)
{
	struct looking looking = { .scan = scan, .bytes = aw_blockers_pages(scan, request, options->zone) * scan->kernel->page_size };
	unsigned int cells = options->map || options->html || options->svg ? AW_CELLS_MAX : 0;
	int err;

	scan->pause = (struct aw_pause){ .rest = show_progress, .arg = &looking };
	aw_progress_begin(&looking.progress, STDERR_FILENO);
	err = aw_blockers_find(scan, request, options->zone, cells, blockers, error);
	aw_progress_end(&looking.progress);
	scan->pause = (struct aw_pause){ .rest = NULL };
	return err;
}

static int answer(const struct aw_options *options, struct aw_page_scan *scan)
{
	const struct aw_window_request request = { .order = options->has_order ? options->order : USUAL_ORDER,
						   .movable = options->movable };
	AW_FREE struct aw_blockers *blockers = malloc(sizeof(*blockers));
	struct aw_error error;
	int status;

	if (!blockers)
		return aw_say_failed("out of memory");
	if (request.order > scan->kernel->max_order)
		return aw_say_usage("bad --order: %u is the largest order of this kernel", scan->kernel->max_order);
	if (find(options, scan, &request, blockers, &error))
		status = aw_say_error(&error);
	else
		status = print(options, scan, blockers);
	aw_blockers_clear(blockers);
	return status;
}

static int scan_and_answer(const struct aw_options *options, const struct aw_kernel *kernel, const struct aw_btf *btf,
			   const struct aw_steals *steals)
{
	AW_FREE struct aw_page_scan *scan = malloc(sizeof(*scan));
	struct aw_error error;
	int status;

	if (!scan)
		return aw_say_failed("out of memory");
	if (aw_page_scan_open(scan, wanted(options->source), kernel, btf, &error)) {
		if (wanted(options->source) == AW_PAGES_SOURCES)
			say_fallbacks(scan);
		return aw_say_failed("can't look at pages: %s; allocwatch doctor says what that needs", error.text);
	}
	aw_page_scan_refresh(scan);
	scan->steals = steals;
	status = answer(options, scan);
	aw_page_scan_close(scan);
	return status;
}

static int read_steals_and_answer(const struct aw_options *options, const struct aw_kernel *kernel, const struct aw_btf *btf)
{
	AW_FREE struct aw_steals *steals = calloc(1, sizeof(*steals));
	struct aw_error error;
	int status;

	if (!steals)
		return aw_say_failed("out of memory");
	if (options->steals && aw_steals_read(options->steals, kernel, steals, &error))
		status = aw_say_error(&error);
	else
		status = scan_and_answer(options, kernel, btf, steals);
	aw_steals_clear(steals);
	return status;
}

static int run_blockers(int argc, char **argv)
{
	struct aw_options options = aw_options_default();
	struct aw_kernel kernel = { 0 };
	struct aw_btf *btf;
	int rest, status = aw_options_parse(argc, argv, AW_FOR_BLOCKERS, usage, &options, &rest);

	if (status >= 0)
		return status;
	if (rest < argc)
		return aw_say_usage("blockers takes no operands, and '%s' is one: leave it out", argv[rest]);
	btf = aw_btf_open();
	aw_kernel_running_quietly(btf, &kernel);
	status = read_steals_and_answer(&options, &kernel, btf);
	aw_kernel_clear(&kernel);
	aw_btf_free(btf);
	return status;
}

const struct aw_command aw_command_blockers = {
	.name = "blockers",
	.summary = "what stands in the way of a free block, and what compaction can make",
	.run = run_blockers,
};
