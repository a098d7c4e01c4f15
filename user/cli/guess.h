/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a command line without a command means.
 */
#ifndef AW_CLI_GUESS_H
#define AW_CLI_GUESS_H

#include "cli/command.h"

/*
 * The command for `allocwatch FILE`: report if FILE is a recording, else explain;
 * for `allocwatch` alone (`first` NULL): live for root on a terminal.  NULL: none.
 */
const struct aw_command *aw_command_guess(const char *first);

#endif
