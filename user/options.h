/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Options that commands share: one const table for parsing and for --help.
 */
#ifndef AW_OPTIONS_H
#define AW_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "source/source.h"
#include "summary/filter.h"
#include "summary/key.h"

/* Which commands take an option. */
#define AW_FOR_LIVE	0x1u
#define AW_FOR_RECORD	0x2u
#define AW_FOR_REPORT	0x4u
#define AW_FOR_EXPORT	0x8u
#define AW_FOR_SERVE	0x10u
#define AW_FOR_DIFF	0x20u

/* The least --switch-output: room for a block is kept free at the end of each file. */
#define AW_SWITCH_MIN_BYTES (256u << 10)

struct aw_options {
	const char *source;		/* "auto" */
	uint64_t duration_ns;		/* 0: until a signal */
	uint64_t interval_ns;		/* 0: no report before the end */
	struct aw_filter filter;
	struct aw_capture capture;
	unsigned int nr_keys;
	const struct aw_key *keys[AW_MAX_KEYS];
	const char *sort;		/* "count", "last" or a key */
	unsigned int top;		/* groups shown */
	const char *format;		/* live, export: name of an exporter; NULL: not given */
	const char *table;		/* export: of csv; NULL: not given */
	bool json;
	const char *listen;		/* serve: ADDR:PORT; NULL: not given */
	const char *textfile;		/* serve: path; NULL: none */
	bool plain;
	bool exit_code;
	const char *output;		/* -o; NULL: the command's default */
	uint64_t switch_bytes, switch_ns;	/* record: a new file then; 0: not by that */
	unsigned int max_files;
	bool raw_addresses;
};

/* Every source, every failure, grouped by order, gfp and stack. */
struct aw_options aw_options_default(void);

/*
 * Parses argv of a command.  `out` starts with the defaults.  Returns -1 to go
 * on (`*rest` is the index of the first operand), else the exit status: --help
 * was printed, or the usage is wrong and the reason was printed.
 */
int aw_options_parse(int argc, char **argv, uint32_t command, const char *usage,
		     struct aw_options *out, int *rest);

#endif
