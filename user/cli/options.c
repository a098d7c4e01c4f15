// SPDX-License-Identifier: GPL-2.0
/*
 * Options that commands share.
 */
#include "cli/options.h"

#include <assert.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/exit_status.h"
#include "base/message.h"
#include "cli/option_rows.h"

/* In the order of --help. */
static const struct aw_option_rows *const tables[] = {
	&aw_options_request, &aw_options_pages, &aw_options_files, &aw_options_capture, &aw_options_show,
};

#define MAX_ROWS 64

const struct aw_option_row *aw_option_row_at(unsigned int index)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(tables); i++) {
		if (index < tables[i]->count)
			return &tables[i]->rows[index];
		index -= tables[i]->count;
	}
	return NULL;
}

static void print_valid(uint32_t command)
{
	const struct aw_option_row *row;

	fputs("allocwatch: the options are", stderr);
	for (unsigned int i = 0; (row = aw_option_row_at(i)); i++)
		if (row->commands & command)
			fprintf(stderr, " --%s", row->name);
	fputs(" --help\n", stderr);
}

/* Makes getopt's tables: the code of a long option is LONG_CODES plus its index. */
#define LONG_CODES 256

static void make_tables(uint32_t command, struct option *longs, char *shorts)
{
	const struct aw_option_row *row;

	/* Options after the first operand of record belong to the command that it runs. */
	if (command & AW_FOR_RECORD)
		*shorts++ = '+';
	*shorts++ = ':';
	for (unsigned int i = 0; (row = aw_option_row_at(i)); i++) {
		assert(i < MAX_ROWS);
		if (!(row->commands & command))
			continue;
		*longs++ = (struct option){ row->name, row->value ? required_argument : no_argument,
					    NULL, LONG_CODES + (int)i };
		if (!row->letter)
			continue;
		*shorts++ = row->letter;
		if (row->value)
			*shorts++ = ':';
	}
	*longs++ = (struct option){ "help", optional_argument, NULL, 'h' };
	*longs = (struct option){ NULL, 0, NULL, 0 };
	*shorts++ = 'h';
	*shorts = '\0';
}

static const struct aw_option_row *row_of(int code, uint32_t command)
{
	const struct aw_option_row *row;

	if (code >= LONG_CODES)
		return aw_option_row_at((unsigned int)(code - LONG_CODES));
	for (unsigned int i = 0; (row = aw_option_row_at(i)); i++)
		if (row->letter == code && row->commands & command)
			return row;
	return NULL;
}

/* What a command does not have, and newcomers look for there. */
static const struct {
	uint32_t commands;
	const char *option, *instead;
} elsewhere[] = {
	{ AW_FOR_REPORT, "--json", "allocwatch export --format json writes that" },
	{ AW_FOR_REPORT, "--html", "allocwatch export -o page.html writes that" },
	{ AW_FOR_REPORT, "--format", "allocwatch export writes other formats than text" },
	{ AW_FOR_REPORT, "--output", "allocwatch export -o FILE writes other formats; the text goes to standard output: > FILE" },
	{ AW_FOR_REPORT, "-o", "allocwatch export -o FILE writes other formats; the text goes to standard output: > FILE" },
	{ AW_FOR_LIVE, "--json", "allocwatch live --format jsonl writes that" },
	{ AW_FOR_LIVE, "-o", "allocwatch record -o FILE keeps what happens" },
	{ AW_FOR_LIVE, "--output", "allocwatch record -o FILE keeps what happens" },
	{ AW_FOR_SERVE, "--port", "allocwatch serve --listen 127.0.0.1:PORT is where it listens" },
};

static void print_elsewhere(const char *option, uint32_t command)
{
	size_t len = strcspn(option, "=");

	for (unsigned int i = 0; i < ARRAY_SIZE(elsewhere); i++)
		if (elsewhere[i].commands & command && strlen(elsewhere[i].option) == len &&
		    !strncmp(elsewhere[i].option, option, len))
			aw_message("%s", elsewhere[i].instead);
}

static int wrong(char **argv, int code, uint32_t command)
{
	if (code == ':')
		aw_message("%s needs a value", argv[optind - 1]);
	else if (optopt >= LONG_CODES)
		aw_message("--%s takes no value", row_of(optopt, command)->name);
	else if (optopt)
		aw_message("unknown option '-%c'", optopt);
	else
		aw_message("unknown option '%s'", argv[optind - 1]);
	print_valid(command);
	if (code == '?' && optopt < LONG_CODES)
		print_elsewhere(optopt ? (char[]){ '-', (char)optopt, '\0' } : argv[optind - 1], command);
	return AW_EXIT_USAGE;
}

int aw_options_parse(int argc, char **argv, uint32_t command, const char *usage,
		     struct aw_options *out, int *rest)
{
	struct option longs[MAX_ROWS + 2];
	char shorts[2 * MAX_ROWS + 8];
	struct aw_error error;
	int code;

	make_tables(command, longs, shorts);
	/* 0, not 1, makes getopt look at the '+' again. */
	optind = 0;
	opterr = 0;
	while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		const struct aw_option_row *row;

		if (code == 'h')
			return aw_options_help(command, usage, optarg);
		if (code == '?' || code == ':')
			return wrong(argv, code, command);
		row = row_of(code, command);
		if (row->apply(out, optarg, &error)) {
			aw_message("%s", error.text);
			return AW_EXIT_USAGE;
		}
	}
	*rest = optind;
	return -1;
}
