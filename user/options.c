// SPDX-License-Identifier: GPL-2.0
/*
 * Options that commands share.
 */
#include "options.h"

#include <assert.h>
#include <getopt.h>
#include <stdio.h>

#include "exit_status.h"
#include "option_rows.h"

/* In the order of --help. */
static const struct aw_option_rows *const tables[] = { &aw_options_files, &aw_options_capture, &aw_options_show };

#define NR_TABLES (sizeof(tables) / sizeof(tables[0]))
#define MAX_ROWS 64

/* By its number over all tables; NULL: there is none. */
static const struct aw_option_row *row_at(unsigned int index)
{
	for (unsigned int i = 0; i < NR_TABLES; i++) {
		if (index < tables[i]->count)
			return &tables[i]->rows[index];
		index -= tables[i]->count;
	}
	return NULL;
}

static void print_option(const struct aw_option_row *row)
{
	char name[48], more[AW_OPTION_HELP];

	snprintf(name, sizeof(name), "--%s%s%s", row->name, row->value ? " " : "", row->value ? row->value : "");
	if (row->letter)
		printf("  -%c, %-20s %s", row->letter, name, row->help);
	else
		printf("      %-20s %s", name, row->help);
	printf("%s\n", row->more ? row->more(more) : "");
}

static void print_help(uint32_t command, const char *usage)
{
	const struct aw_option_row *row;
	char names[256];

	printf("usage: %s\n\n", usage);
	for (unsigned int i = 0; (row = row_at(i)); i++)
		if (row->commands & command)
			print_option(row);
	printf("  -h, %-20s %s\n", "--help", "this text");
	printf("\nkeys: %s\n", aw_keys_names(names, sizeof(names)));
	printf("exit status: 0 done, 1 error, 2 wrong usage, 3 with --exit-code: hard failures seen,\n"
	       "             77 nothing can be watched on this machine\n");
}

static void print_valid(uint32_t command)
{
	const struct aw_option_row *row;

	fputs("allocwatch: the options are", stderr);
	for (unsigned int i = 0; (row = row_at(i)); i++)
		if (row->commands & command)
			fprintf(stderr, " --%s", row->name);
	fputs(" --help\n", stderr);
}

/* getopt's tables, made of ours: a long option's code is its number and LONG_CODES. */
#define LONG_CODES 256

static void make_tables(uint32_t command, struct option *longs, char *shorts)
{
	const struct aw_option_row *row;

	/* What follows record's first operand is options of its command. */
	if (command & AW_FOR_RECORD)
		*shorts++ = '+';
	*shorts++ = ':';
	for (unsigned int i = 0; (row = row_at(i)); i++) {
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
	*longs++ = (struct option){ "help", no_argument, NULL, 'h' };
	*longs = (struct option){ NULL, 0, NULL, 0 };
	*shorts++ = 'h';
	*shorts = '\0';
}

static const struct aw_option_row *row_of(int code, uint32_t command)
{
	const struct aw_option_row *row;

	if (code >= LONG_CODES)
		return row_at((unsigned int)(code - LONG_CODES));
	for (unsigned int i = 0; (row = row_at(i)); i++)
		if (row->letter == code && row->commands & command)
			return row;
	return NULL;
}

static int wrong(char **argv, int code, uint32_t command)
{
	if (code == ':')
		fprintf(stderr, "allocwatch: %s needs a value\n", argv[optind - 1]);
	else if (optopt >= LONG_CODES)
		fprintf(stderr, "allocwatch: --%s takes no value\n", row_of(optopt, command)->name);
	else if (optopt)
		fprintf(stderr, "allocwatch: unknown option '-%c'\n", optopt);
	else
		fprintf(stderr, "allocwatch: unknown option '%s'\n", argv[optind - 1]);
	print_valid(command);
	return AW_EXIT_USAGE;
}

struct aw_options aw_options_default(void)
{
	struct aw_options options = {
		.source = "auto",
		.capture = { .order_max = UINT32_MAX, .stall_ns = 1000000 },
		.nr_keys = 3,
		.keys = { aw_key_find("order", 5), aw_key_find("gfp", 3), aw_key_find("stack", 5) },
		.sort = "count",
		.top = 10,
		.max_files = 10,
	};

	return options;
}

int aw_options_parse(int argc, char **argv, uint32_t command, const char *usage,
		     struct aw_options *out, int *rest)
{
	struct option longs[MAX_ROWS + 2];
	char shorts[2 * MAX_ROWS + 8];
	struct aw_error error;
	int code;

	make_tables(command, longs, shorts);
	/* 0, not 1: getopt then looks at the '+' anew. */
	optind = 0;
	opterr = 0;
	while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		const struct aw_option_row *row;

		if (code == 'h') {
			print_help(command, usage);
			return AW_EXIT_OK;
		}
		if (code == '?' || code == ':')
			return wrong(argv, code, command);
		row = row_of(code, command);
		if (row->apply(out, optarg, &error)) {
			fprintf(stderr, "allocwatch: %s\n", error.text);
			return AW_EXIT_USAGE;
		}
	}
	*rest = optind;
	return -1;
}
