// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch explain: verdicts for a kernel log of any era, or what one
 * request means.
 */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/units.h"
#include "command.h"
#include "exit_status.h"
#include "explain_groups.h"
#include "explain_log.h"
#include "explain_request.h"
#include "kernel/kernel.h"

#define USUAL_WIDTH 100
#define LARGEST_ORDER 31

struct options {
	const char *log;		/* NULL: none given */
	bool has_order;
	unsigned int order;
	const char *gfp;
	struct aw_explain_config config;
	bool exit_code;
};

static const char usage[] =
"usage: allocwatch explain [OPTIONS] [LOG|-]\n"
"       allocwatch explain --order N --gfp MASK [--kernel RELEASE] [--page-size SIZE]\n"
"\n"
"Finds the page allocation failures in a kernel log and says why each failed:\n"
"what memory looked like, which rule of that kernel ended the attempt, what helps.\n"
"LOG is dmesg output, syslog, a journal, an Android logcat, a pstore file or any\n"
"text with such lines in it, of any kernel from 2.6 on; '-' is standard input.\n"
"Without LOG: standard input if that is no terminal, else this kernel's log and\n"
"what the boots before left in /sys/fs/pstore.\n"
"\n"
"  -o, --order N          explain a request for 2^N pages instead of a log\n"
"  -g, --gfp MASK         its mask: 0xc0d0, or names: 'GFP_KERNEL|__GFP_COMP'\n"
"  -k, --kernel RELEASE   the kernel it is from, for example 3.18 or 6.1.0-51-arm64:\n"
"                         gfp bits and retry rules differ (default for a log: what\n"
"                         the log tells; for a request: this kernel)\n"
"  -p, --page-size SIZE   4K, 16K or 64K (default: what the log tells, else 4K)\n"
"      --exit-code        exit with 3 when the log has failures that hurt somebody\n"
"  -h, --help             print this help\n"
"\n"
"Exit status: 0 done, also when there was no failure; 1 a file can't be read;\n"
"2 wrong usage; 3 see --exit-code.\n";

static const struct option long_options[] = {
	{ "order", required_argument, NULL, 'o' },
	{ "gfp", required_argument, NULL, 'g' },
	{ "kernel", required_argument, NULL, 'k' },
	{ "page-size", required_argument, NULL, 'p' },
	{ "exit-code", no_argument, NULL, 'x' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

__attribute__((format(printf, 1, 2)))
static int wrong_usage(const char *format, ...)
{
	va_list args;

	fputs("allocwatch: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputs("\n", stderr);
	return AW_EXIT_USAGE;
}

static int parse_order(const char *text, struct options *o)
{
	uint64_t order;

	if (aw_parse_number(text, &order) || order > LARGEST_ORDER)
		return wrong_usage("bad --order '%s': a number from 0 to %d", text, LARGEST_ORDER);
	o->order = (unsigned int)order;
	o->has_order = true;
	return -1;
}

static int parse_page_size(const char *text, struct options *o)
{
	uint64_t size;

	if (aw_parse_size(text, &size) || size < 4096 || size > 262144 || size & (size - 1))
		return wrong_usage("bad --page-size '%s': 4K, 16K or 64K", text);
	o->config.page_size = (uint32_t)size;
	return -1;
}

static int parse_kernel(const char *text, struct options *o)
{
	if (!aw_version_parse(text))
		return wrong_usage("bad --kernel '%s': a release such as 3.18 or 6.1.0-51-arm64", text);
	o->config.kernel = text;
	return -1;
}

static int parse_option(int c, struct options *o)
{
	switch (c) {
	case 'o':
		return parse_order(optarg, o);
	case 'g':
		o->gfp = optarg;
		return -1;
	case 'k':
		return parse_kernel(optarg, o);
	case 'p':
		return parse_page_size(optarg, o);
	case 'x':
		o->exit_code = true;
		return -1;
	case 'h':
		fputs(usage, stdout);
		return AW_EXIT_OK;
	default:
		return -1;
	}
}

static int bad_option(char **argv, int c)
{
	if (c == ':')
		fprintf(stderr, "allocwatch: %s needs a value\n", argv[optind - 1]);
	else if (optopt && strncmp(argv[optind - 1], "--", 2))
		fprintf(stderr, "allocwatch: unknown option '-%c'\n", optopt);
	else if (optopt)
		fprintf(stderr, "allocwatch: %s: this option takes no value\n", argv[optind - 1]);
	else
		fprintf(stderr, "allocwatch: unknown option '%s'\n", argv[optind - 1]);
	fputs("allocwatch: the options are", stderr);
	for (const struct option *option = long_options; option->name; option++)
		fprintf(stderr, " --%s", option->name);
	fputs("\n", stderr);
	return AW_EXIT_USAGE;
}

/* -1 to go on, else the exit status. */
static int parse(int argc, char **argv, struct options *o)
{
	int c, status;

	optind = 1;
	opterr = 0;
	while ((c = getopt_long(argc, argv, ":o:g:k:p:h", long_options, NULL)) >= 0) {
		if (c == '?' || c == ':')
			return bad_option(argv, c);
		status = parse_option(c, o);
		if (status >= 0)
			return status;
	}
	if (optind < argc)
		o->log = argv[optind++];
	if (optind < argc)
		return wrong_usage("explain takes one log, '%s' is too many", argv[optind]);
	if (o->has_order != (o->gfp != NULL))
		return wrong_usage("--order and --gfp go together: the order alone does not say what is allowed");
	if (o->has_order && o->log)
		return wrong_usage("--order and --gfp explain a request, not the log %s", o->log);
	return -1;
}

static unsigned int width_of_output(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	uint64_t width;

	if (columns && !aw_parse_number(columns, &width) && width >= 40 && width <= 1000)
		return (unsigned int)width;
	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col >= 40)
		return size.ws_col;
	return USUAL_WIDTH;
}

static int get_kernel(const struct options *o, struct aw_kernel *kernel)
{
	int err;

	if (o->config.kernel)
		err = aw_kernel_for_release(o->config.kernel,
					    o->config.page_size ? o->config.page_size : 4096, kernel);
	else
		err = aw_kernel_running(kernel);
	if (!err && o->config.page_size && !o->config.kernel)
		kernel->page_size = o->config.page_size;
	if (!err && kernel->gfp)
		return 0;
	fprintf(stderr, "allocwatch: the gfp flags of %s are not known: %s\n",
		o->config.kernel ? o->config.kernel : "this kernel", strerror(err ? -err : ENOENT));
	return AW_EXIT_ERROR;
}

/* A name that this kernel has no bit for. */
static int missing_flag(const struct aw_kernel *kernel, uint64_t flags, uint64_t *raw)
{
	*raw = 0;
	for (unsigned int f = 0; f < AW_GFP_FLAGS; f++) {
		uint64_t bit = aw_gfp_raw_bit(kernel->gfp, (enum aw_gfp_flag)f);

		if (!(flags >> f & 1))
			continue;
		if (!bit)
			return wrong_usage("bad --gfp: %s has no %s", kernel->release,
					   aw_gfp_flag_name((enum aw_gfp_flag)f));
		*raw |= bit;
	}
	return -1;
}

static int parse_gfp(const char *text, const struct aw_kernel *kernel, uint64_t *raw)
{
	uint64_t flags;

	if (!aw_parse_number(text, raw))
		return -1;
	if (aw_gfp_parse_names(kernel->gfp, text, strlen(text), &flags))
		return wrong_usage("bad --gfp '%s': a number such as 0xc0d0, or names joined by '|' such as "
				   "'GFP_KERNEL|__GFP_COMP'", text);
	return missing_flag(kernel, flags, raw);
}

static int explain_request(const struct options *o)
{
	struct aw_kernel kernel = { 0 };
	struct aw_gfp gfp;
	uint64_t raw;
	int status = get_kernel(o, &kernel);

	if (!status) {
		status = parse_gfp(o->gfp, &kernel, &raw);
		if (status < 0) {
			gfp = aw_gfp_decode(kernel.gfp, raw);
			aw_explain_request(stdout, o->order, &gfp, &kernel, width_of_output());
			status = AW_EXIT_OK;
		}
	}
	aw_kernel_clear(&kernel);
	return status;
}

static int run_explain(int argc, char **argv)
{
	struct options o = { 0 };
	int status = parse(argc, argv, &o);

	if (status >= 0)
		return status;
	return o.has_order ? explain_request(&o) :
		aw_explain_log(o.log, &o.config, o.exit_code, width_of_output());
}

const struct aw_command aw_command_explain = {
	.name = "explain",
	.summary = "why the failures in a kernel log happened, or what one request means",
	.run = run_explain,
};
