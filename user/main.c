// SPDX-License-Identifier: GPL-2.0
/*
 * The command table.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "exit_status.h"

static const struct aw_command *const commands[] = {
	&aw_command_live,
	&aw_command_record,
	&aw_command_report,
	&aw_command_export,
	&aw_command_diff,
	&aw_command_explain,
	&aw_command_serve,
	&aw_command_doctor,
};

#define NR_COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void print_usage(FILE *out)
{
	fputs("allocwatch: why did the kernel fail to allocate memory, who asked, and what fixes it\n\n"
	      "usage: allocwatch COMMAND [OPTIONS]\n\n", out);
	for (unsigned int i = 0; i < NR_COMMANDS; i++)
		fprintf(out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
	fputs("\nallocwatch COMMAND --help tells a command's options; allocwatch --version the version.\n", out);
}

static int unknown_command(const char *name)
{
	fprintf(stderr, "allocwatch: there is no command '%s'; the commands are", name);
	for (unsigned int i = 0; i < NR_COMMANDS; i++)
		fprintf(stderr, "%s %s", i ? "," : "", commands[i]->name);
	fputs("\n", stderr);
	return AW_EXIT_USAGE;
}

/* A full disk must not look like success. */
static int close_stdout(int status)
{
	if (!fflush(stdout) && !ferror(stdout))
		return status;
	fprintf(stderr, "allocwatch: can't write the output: %s\n", strerror(errno));
	return AW_EXIT_ERROR;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		print_usage(stderr);
		return AW_EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
		print_usage(stdout);
		return close_stdout(AW_EXIT_OK);
	}
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		puts("allocwatch " AW_VERSION_TEXT);
		return close_stdout(AW_EXIT_OK);
	}
	for (unsigned int i = 0; i < NR_COMMANDS; i++)
		if (!strcmp(argv[1], commands[i]->name))
			return close_stdout(commands[i]->run(argc - 1, argv + 1));
	return unknown_command(argv[1]);
}
