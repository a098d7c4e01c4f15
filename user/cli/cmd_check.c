// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch check: would a request be served now?
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/exit_status.h"
#include "check/check.h"
#include "cli/command.h"
#include "cli/gfp.h"
#include "cli/options.h"
#include "cli/say.h"
#include "system/pagetypes.h"
#include "system/running.h"
#include "system/zoneinfo.h"

static const char usage[] =
"allocwatch check --order N --gfp MASK [OPTIONS]\n"
"\n"
"Would this kernel serve such a request now, from its free lists?  By which zone, how\n"
"often, and what would end it.  The rules of this kernel are applied to the zones as\n"
"they are; nothing is allocated.  `blockers` says what compaction could add.";

/* What is read from /proc, and the answer: too large for the stack. */
struct work {
	struct aw_zone zones[AW_MAX_ZONES];
	struct aw_pagetypes types;
	struct aw_check_answer answer;
};

static int answer(const struct aw_options *options, struct aw_check_request *request)
{
	AW_FREE struct work *work = malloc(sizeof(*work));
	int err;

	if (!work)
		return aw_say_failed("out of memory");
	request->zones = work->zones;
	request->nr_zones = aw_zones_read(work->zones, AW_MAX_ZONES);
	if (!request->nr_zones)
		return aw_say_failed("can't read /proc/zoneinfo: is /proc mounted?");
	request->types = &work->types;
	err = aw_pagetypes_read(&work->types);
	if (err)
		aw_say("can't read /proc/pagetypeinfo, so blocks of all migratetypes are counted: %s",
		       err == -EACCES ? "run as root" : strerror(-err));
	aw_check_make(request, &work->answer);
	if (!options->json)
		aw_check_print_text(stdout, request, &work->answer, aw_output_width(AW_TEXT_WIDTH));
	else if (aw_check_print_json(stdout, request, &work->answer))
		return aw_say_failed("can't write JSON: out of memory, or the output is full");
	return aw_check_is_served(request, &work->answer) ? AW_EXIT_OK : AW_EXIT_HARD;
}

static int check_with(const struct aw_options *options, const struct aw_kernel *kernel)
{
	struct aw_check_request request = { .order = options->order, .count = options->count, .kernel = kernel };
	uint64_t raw;
	int status;

	if (!kernel->gfp)
		return aw_say_failed("the gfp flags of this kernel are not known");
	status = aw_gfp_option_parse(options->gfp, kernel, &raw);
	if (status >= 0)
		return status;
	request.gfp = aw_gfp_decode(kernel->gfp, raw);
	if (aw_gfp_table_failed(kernel->gfp))
		return aw_say_failed("out of memory");
	return answer(options, &request);
}

static int run_check(int argc, char **argv)
{
	struct aw_options options = aw_options_default();
	struct aw_kernel kernel = { 0 };
	int rest, status = aw_options_parse(argc, argv, AW_FOR_CHECK, usage, &options, &rest);

	if (status >= 0)
		return status;
	if (rest < argc)
		return aw_say_usage("check takes no operands, and '%s' is one: leave it out", argv[rest]);
	if (!options.has_order || !options.gfp)
		return aw_say_usage("check needs --order and --gfp, for example: allocwatch check --order 4 --gfp GFP_KERNEL");
	aw_kernel_running(&kernel);
	status = check_with(&options, &kernel);
	aw_kernel_clear(&kernel);
	return status;
}

const struct aw_command aw_command_check = {
	.name = "check",
	.summary = "would a request be served now, how often, and what ends it",
	.run = run_check,
};
