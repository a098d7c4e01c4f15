/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The options as const tables, one a subject: for options.c alone.
 */
#ifndef AW_OPTION_ROWS_H
#define AW_OPTION_ROWS_H

#include "options.h"

#define AW_OPTION_HELP 256

struct aw_option_row {
	const char *name;
	char letter;			/* 0: none */
	const char *value;		/* how the value is called; NULL: no value */
	uint32_t commands;		/* AW_FOR_* */
	const char *help;
	int (*apply)(struct aw_options *options, const char *value, struct aw_error *error);
	/* What stands behind `help`, where that is a table's to say; NULL: nothing. */
	const char *(*more)(char text[AW_OPTION_HELP]);
};

struct aw_option_rows {
	unsigned int count;
	const struct aw_option_row *rows;
};

#define AW_CAPTURES (AW_FOR_LIVE | AW_FOR_RECORD | AW_FOR_SERVE)
#define AW_SHOWS (AW_FOR_LIVE | AW_FOR_REPORT | AW_FOR_EXPORT)
#define AW_READS (AW_FOR_REPORT | AW_FOR_EXPORT | AW_FOR_DIFF)

extern const struct aw_option_rows aw_options_capture, aw_options_show, aw_options_files;

#endif
