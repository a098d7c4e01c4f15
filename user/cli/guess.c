// SPDX-License-Identifier: GPL-2.0
/*
 * What a command line without a command means.
 */
#include "cli/guess.h"

#include <stdbool.h>
#include <unistd.h>

#include "base/incomplete.h"
#include "cli/trace_or_log.h"
#include "recording/kind.h"

static bool is_recording(const char *path)
{
	int kind = aw_recording_kind(path);

	if (kind < 0)
		aw_incomplete_note_file(path, kind);
	return kind > AW_RECORDING_NONE;
}

const struct aw_command *aw_command_guess(const char *first)
{
	if (!first)
		return !geteuid() && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) ? &aw_command_live : NULL;
	if (first[0] == '-' || access(first, F_OK))
		return NULL;
	return is_recording(first) || aw_is_trace_without_reports(first) ? &aw_command_report : &aw_command_explain;
}
