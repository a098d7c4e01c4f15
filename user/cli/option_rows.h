/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The options as const tables, one per subject; only for options.c and options_help.c.
 */
#ifndef AW_CLI_OPTION_ROWS_H
#define AW_CLI_OPTION_ROWS_H

#include <stdbool.h>

#include "cli/options.h"

#define AW_OPTION_HELP 256

struct aw_option_row {
	const char *name;
	char letter;			/* 0: none */
	const char *value;		/* name of the value in --help; NULL: the option has no value */
	uint32_t commands;		/* AW_FOR_* */
	const char *help;
	int (*apply)(struct aw_options *options, const char *value, struct aw_error *error);
	/* Text after `help` that is made from a table; NULL: none. */
	const char *(*more)(char text[AW_OPTION_HELP]);
	/* What the value can be, joined by commas, for completions; NULL: cannot be listed. */
	const char *(*values)(char text[AW_OPTION_HELP]);
	bool rare;			/* shown by --help=all only */
};

struct aw_option_rows {
	unsigned int count;
	const struct aw_option_row *rows;
};

/* No kernel has larger blocks. */
#define AW_LARGEST_BLOCK 15

#define AW_CAPTURES (AW_FOR_LIVE | AW_FOR_RECORD | AW_FOR_SERVE)
#define AW_SHOWS (AW_FOR_LIVE | AW_FOR_REPORT | AW_FOR_EXPORT)
#define AW_READS (AW_FOR_REPORT | AW_FOR_EXPORT | AW_FOR_DIFF)

/* Sets the order, 0 to `largest`.  0, or -EINVAL with the reason in `error`. */
int aw_option_set_order(struct aw_options *options, const char *value, unsigned int largest, struct aw_error *error);

/* Sets the mask, which is read when the kernel is known.  Returns 0. */
int aw_option_apply_gfp(struct aw_options *options, const char *value, struct aw_error *error);

/* By its index over all tables, in the order of --help; NULL: there is none. */
const struct aw_option_row *aw_option_row_at(unsigned int index);

/*
 * Prints what `--help` or `--help=WHAT` asks for: NULL: the usual options, "all",
 * "options": a line of tab-separated fields each, for scripts.  Returns enum aw_exit.
 */
int aw_options_help(uint32_t command, const char *usage, const char *what);

extern const struct aw_option_rows aw_options_capture, aw_options_show, aw_options_files, aw_options_request,
	aw_options_pages;

#endif
