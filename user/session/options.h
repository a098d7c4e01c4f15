/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The options of a run.
 */
#ifndef AW_SESSION_OPTIONS_H
#define AW_SESSION_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "event/capture.h"
#include "summary/filter.h"
#include "summary/key.h"

/* Minimum for --switch-output, because each file has room for a block at its end. */
#define AW_SWITCH_MIN_BYTES (256u << 10)

/* What record writes, and what the other commands read, unless a file is named. */
#define AW_RECORDING_DEFAULT "allocwatch.aw"

struct aw_options {
	const char *source;		/* "auto" */
	uint64_t duration_ns;		/* 0: until a signal */
	uint64_t interval_ns;		/* 0: no report before the end */
	uint64_t scan_ns;		/* a page scan for a failure: see aw_scan_due.again_ns */
	uint64_t headroom_ns;		/* serve: how often headroom is looked for; 0: never */
	struct aw_filter filter;
	struct aw_capture capture;
	unsigned int nr_keys;
	const struct aw_key *keys[AW_MAX_KEYS];
	const char *sort;		/* "worst", "count", "last" or a key; NULL: not given */
	unsigned int top;		/* groups shown */
	const char *format;		/* live, export: name of an exporter; NULL: not given */
	const char *table;		/* export: of csv; NULL: not given */
	bool json;
	const char *listen;		/* serve: ADDR:PORT; NULL: not given */
	bool listen_anywhere;		/* serve: also beyond loopback */
	const char *textfile;		/* serve: path; NULL: none */
	bool plain;
	const char *html;		/* the page's file, "-": standard output; NULL: none */
	const char *svg;		/* blockers: the picture's file; NULL: none */
	bool exit_code;
	const char *output;		/* -o; NULL: the command's default */
	uint64_t switch_bytes, switch_ns;	/* record: a new file then; 0: not by that */
	const char *until_writable;	/* a directory in memory, for files until that of `output` can be written; NULL */
	unsigned int max_files;
	bool raw_addresses;
	bool as_root;			/* record: the command, too */
	bool fsync;			/* record: each block survives a power cut */
	bool verify;			/* report: only check the file */
	bool self_test;			/* doctor: does each source see a failure? */
	const char *append;		/* boot: an initramfs to append to; NULL: not given */
	/* explain */
	bool has_order;
	unsigned int order;		/* of the request; 0 to 31 */
	const char *gfp;		/* its mask, a number or names; NULL: not given */
	const char *kernel;		/* release of the kernel that it is of; NULL: not given */
	uint32_t page_size;		/* bytes of it; 0: not given */
	/* blockers, check, try: `order`, too */
	uint64_t count;			/* check: of requests */
	const char *zone;		/* NULL: all */
	bool movable;			/* the request is movable */
	bool map;
	const char *steals;		/* blockers: a recording of this boot; NULL: none */
};

/* Every source, every failure, grouped by order, gfp and stack. */
struct aw_options aw_options_default(void);

#endif
