// SPDX-License-Identifier: GPL-2.0
/*
 * What --help prints of a command: for people, and as fields for scripts that
 * make completions and man pages.
 */
#include "cli/option_rows.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/exit_status.h"
#include "cli/say.h"

static const struct {
	uint32_t commands;
	const char *text;
} exit_texts[] = {
	{ AW_FOR_BOOT, "0 done, 1 error, 2 wrong usage, 77 this kernel can't" },
	{ AW_FOR_DOCTOR, "0 something can be watched, 1 error, 2 wrong usage, 77 nothing can be watched;\n"
		  "             --self-test: 0 each source that works here saw the request, 1 one did not, or\n"
		  "             it could not be made, 77 no source works here" },
	{ AW_FOR_BLOCKERS, "0 a block is free or compaction can make one, 1 error, 2 wrong usage, 3 neither" },
	{ AW_FOR_TRY, "0 a block of the order is free afterwards, 1 error, 2 wrong usage, 3 none is" },
	{ AW_FOR_CHECK, "0 all are served, 1 error, 2 wrong usage, 3 not all" },
	{ AW_FOR_REPORT | AW_FOR_EXPORT, "0 done, also when there was no failure, 1 error, 2 wrong usage" },
	{ AW_FOR_DIFF, "0 done, 1 error, 2 wrong usage,\n"
		       "             3 with --exit-code: a group is worse, or is new and hard" },
	{ AW_FOR_EXPLAIN, "0 done, also when there was no failure, 1 error, 2 wrong usage,\n"
			  "             3 with --exit-code: hard failures seen" },
	{ AW_CAPTURES, "0 done, 1 error, 2 wrong usage, 3 with --exit-code: hard failures seen,\n"
		       "             77 nothing can be watched on this machine" },
};

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

/* Returns how many rare options were left out. */
static unsigned int print_options(uint32_t command, bool all)
{
	const struct aw_option_row *row;
	unsigned int left_out = 0;

	for (unsigned int i = 0; (row = aw_option_row_at(i)); i++) {
		if (!(row->commands & command))
			continue;
		if (all || !row->rare)
			print_option(row);
		else
			left_out++;
	}
	return left_out;
}

static void print_people(uint32_t command, const char *usage, bool all)
{
	char names[256];
	unsigned int left_out;

	printf("usage: %s\n\n", usage);
	left_out = print_options(command, all);
	printf("  -h, %-20s %s\n", "--help", "this text");
	if (left_out)
		printf("      %-20s and the %u options that are rarely needed\n", "--help=all", left_out);
	putchar('\n');
	if (command & (AW_CAPTURES | AW_READS))
		printf("keys: %s\n", aw_keys_names(names, sizeof(names)));
	for (unsigned int i = 0; i < ARRAY_SIZE(exit_texts); i++)
		if (exit_texts[i].commands & command)
			printf("exit status: %s\n", exit_texts[i].text);
}

/* "order, gfp" -> "order,gfp" */
static void print_values(const char *values)
{
	for (; *values; values++)
		if (*values != ' ')
			putchar(*values);
}

/* LETTER <tab> NAME <tab> VALUE <tab> VALUES <tab> HELP; "-": none. */
static void print_fields(uint32_t command)
{
	const struct aw_option_row *row;
	char text[AW_OPTION_HELP];

	for (unsigned int i = 0; (row = aw_option_row_at(i)); i++) {
		if (!(row->commands & command))
			continue;
		printf("%c\t%s\t%s\t", row->letter ? row->letter : '-', row->name, row->value ? row->value : "-");
		print_values(row->values ? row->values(text) : "-");
		printf("\t%s%s\n", row->help, row->more ? row->more(text) : "");
	}
	puts("h\thelp\t-\t-\tthe options; with =all also those that are rarely needed");
}

int aw_options_help(uint32_t command, const char *usage, const char *what)
{
	if (!what || !strcmp(what, "all"))
		print_people(command, usage, what);
	else if (!strcmp(what, "options"))
		print_fields(command);
	else
		return aw_say_usage("bad --help=%.60s: --help, --help=all, or --help=options for scripts", what);
	return AW_EXIT_OK;
}
