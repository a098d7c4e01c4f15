/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The commands, one file each.
 */
#ifndef AW_CLI_COMMAND_H
#define AW_CLI_COMMAND_H

struct aw_command {
	const char *name;
	const char *summary;	/* one line for the list */
	int (*run)(int argc, char **argv);	/* argv[0] is the command's name; returns enum aw_exit */
};

extern const struct aw_command aw_command_live;
extern const struct aw_command aw_command_record;
extern const struct aw_command aw_command_report;
extern const struct aw_command aw_command_export;
extern const struct aw_command aw_command_diff;
extern const struct aw_command aw_command_explain;
extern const struct aw_command aw_command_serve;
extern const struct aw_command aw_command_boot;
extern const struct aw_command aw_command_blockers;
extern const struct aw_command aw_command_check;
extern const struct aw_command aw_command_try;
extern const struct aw_command aw_command_doctor;

struct aw_options;

/* What report does with a file; explain hands traces on to it. */
int aw_report_file(const struct aw_options *options, const char *file);

#ifndef AW_VERSION_TEXT
#define AW_VERSION_TEXT "unknown"
#endif

#endif
