/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Options that commands share: one const table for parsing and for --help.
 */
#ifndef AW_CLI_OPTIONS_H
#define AW_CLI_OPTIONS_H

#include <stdint.h>

#include "session/options.h"

/* Which commands take an option. */
#define AW_FOR_LIVE	0x1u
#define AW_FOR_RECORD	0x2u
#define AW_FOR_REPORT	0x4u
#define AW_FOR_EXPORT	0x8u
#define AW_FOR_SERVE	0x10u
#define AW_FOR_DIFF	0x20u
#define AW_FOR_EXPLAIN	0x40u
#define AW_FOR_DOCTOR	0x80u
#define AW_FOR_BOOT	0x100u
#define AW_FOR_BLOCKERS	0x200u
#define AW_FOR_CHECK	0x400u
#define AW_FOR_TRY	0x800u

/*
 * Parses argv of a command.  `out` starts with the defaults.  Returns -1 to go
 * on (`*rest` is the index of the first operand), else the exit status: the
 * help was printed, or the usage is wrong and the reason was printed.
 */
int aw_options_parse(int argc, char **argv, uint32_t command, const char *usage,
		     struct aw_options *out, int *rest);

#endif
