// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch try: a fix, tried under watch.
 */
#include <string.h>
#include <unistd.h>

#include "base/exit_status.h"
#include "base/progress.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/say.h"
#include "system/running.h"
#include "trial/compact.h"

#define USUAL_ORDER 4

static const char usage[] =
"allocwatch try compact [OPTIONS]\n"
"\n"
"Compacts memory as `echo 1 > /proc/sys/vm/compact_memory` does, and says what that gave:\n"
"free blocks before and after, pages looked at and moved, how it ended, and whether to try\n"
"again.  `blockers` says beforehand what can be gained.";

static int try_compact(const struct aw_options *options, const struct aw_kernel *kernel)
{
	unsigned int order = options->has_order ? options->order : USUAL_ORDER;
	struct aw_compact_trial trial;
	struct aw_progress progress;
	struct aw_error error;
	int err;

	if (order > kernel->max_order)
		return aw_say_usage("bad --order: %u is the largest order of this kernel", kernel->max_order);
	aw_progress_begin(&progress, STDERR_FILENO);
	err = aw_compact_try(order, kernel, &progress, &trial, &error);
	aw_progress_end(&progress);
	if (err)
		return aw_say_error(&error);
	if (!options->json)
		aw_compact_print_text(stdout, &trial, aw_output_width(AW_TEXT_WIDTH));
	else if (aw_compact_print_json(stdout, &trial))
		return aw_say_failed("can't write JSON: out of memory, or the output is full");
	return aw_compact_blocks(trial.after, order) ? AW_EXIT_OK : AW_EXIT_HARD;
}

static int run_try(int argc, char **argv)
{
	struct aw_options options = aw_options_default();
	struct aw_kernel kernel = { 0 };
	int rest, status = aw_options_parse(argc, argv, AW_FOR_TRY, usage, &options, &rest);

	if (status >= 0)
		return status;
	if (argc - rest != 1 || strcmp(argv[rest], "compact"))
		return aw_say_usage("try what? It can try one thing: allocwatch try compact");
	aw_kernel_running(&kernel);
	status = try_compact(&options, &kernel);
	aw_kernel_clear(&kernel);
	return status;
}

const struct aw_command aw_command_try = {
	.name = "try",
	.summary = "compact memory under watch: what it gave, and whether to try again",
	.run = run_try,
};
