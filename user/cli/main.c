// SPDX-License-Identifier: GPL-2.0
/*
 * The command table.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/exit_status.h"
#include "base/incomplete.h"
#include "base/memory.h"
#include "base/standard_output.h"
#include "cli/command.h"
#include "cli/guess.h"
#include "cli/process.h"
#include "cli/say.h"

static const struct aw_command *const commands[] = {
	&aw_command_live,
	&aw_command_record,
	&aw_command_report,
	&aw_command_export,
	&aw_command_diff,
	&aw_command_explain,
	&aw_command_serve,
	&aw_command_boot,
	&aw_command_blockers,
	&aw_command_check,
	&aw_command_try,
	&aw_command_doctor,
};

static void print_usage(FILE *out)
{
	fputs("allocwatch: why did the kernel fail to allocate memory, who asked, and what fixes it\n\n"
	      "usage: allocwatch COMMAND [OPTIONS]\n"
	      "   or: allocwatch FILE, a recording or a trace to report, or a log to explain\n\n", out);
	for (unsigned int i = 0; i < ARRAY_SIZE(commands); i++)
		fprintf(out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
	fputs("\nRun `allocwatch COMMAND --help` for the options of a command.\n", out);
}

static int unknown_command(const char *name)
{
	char names[128] = "";
	size_t used = 0;

	if (!strcmp(name, "-v"))
		return aw_say_usage("-v is no option: allocwatch --version prints the version; allocwatch --help lists the commands");
	if (name[0] == '-' && name[1])
		return aw_say_usage("an option comes behind its command: allocwatch COMMAND %s; allocwatch --help lists the commands", name);
	for (unsigned int i = 0; i < ARRAY_SIZE(commands) && used < sizeof(names); i++)
		used += snprintf(names + used, sizeof(names) - used, "%s %s", i ? "," : "", commands[i]->name);
	return aw_say_usage("there is no command and no file '%s'; the commands are%s", name, names);
}

/* Neither a full disk nor a lack of memory nor a file that cannot be read must look like success. */
static int close_stdout(int status)
{
	int err;

	if (status != AW_EXIT_ERROR && status != AW_EXIT_USAGE && aw_memory_failed())
		status = aw_say_failed("out of memory: the output is not complete");
	if (status != AW_EXIT_ERROR && status != AW_EXIT_USAGE && aw_incomplete())
		status = aw_say_failed("%s: the output is not complete", aw_incomplete());
	errno = 0;
	if (!fflush(stdout) && !ferror(stdout))
		return status;
	err = aw_standard_output_error();
	return aw_say_failed("can't write the output: %s", err ? strerror(-err) : errno ? strerror(errno) :
			     "a write failed before");
}

/* Options of the program itself.  -1: it is none of them. */
static int run_option(const char *option)
{
	if (!strcmp(option, "--help") || !strcmp(option, "-h") || !strcmp(option, "help"))
		print_usage(stdout);
	else if (!strcmp(option, "--version") || !strcmp(option, "-V"))
		puts("allocwatch " AW_VERSION_TEXT);
	else
		return -1;
	return AW_EXIT_OK;
}

static const struct aw_command *find_command(const char *name)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(name, commands[i]->name))
			return commands[i];
	return NULL;
}

/* `allocwatch help live` is `allocwatch live --help`. */
static int help_on(const struct aw_command *command)
{
	char name[16], option[] = "--help", *argv[] = { name, option, NULL };

	snprintf(name, sizeof(name), "%s", command->name);
	return command->run(2, argv);
}

/* `argv` as main() got it, with argv[argc] NULL. */
static int run(int argc, char **argv)
{
	const struct aw_command *command = argc > 1 ? find_command(argv[1]) : NULL;
	int status;

	if (command)
		return command->run(argc - 1, argv + 1);
	if (argc == 3 && !strcmp(argv[1], "help"))
		return find_command(argv[2]) ? help_on(find_command(argv[2])) : unknown_command(argv[2]);
	status = argc > 1 ? run_option(argv[1]) : -1;
	if (status >= 0)
		return status;
	command = aw_command_guess(argv[1]);
	if (command)
		return command->run(argc, argv);
	if (argc > 1)
		return unknown_command(argv[1]);
	print_usage(stderr);
	return AW_EXIT_USAGE;
}

int main(int argc, char **argv)
{
	int err = aw_process_open_standard_files();

	if (err)
		return aw_say_failed("can't open /dev/null in place of a closed descriptor: %s", strerror(-err));
	aw_standard_output_open();
	aw_memory_watch_jansson();
	aw_process_unlimit_files();
	return close_stdout(run(argc, argv));
}
