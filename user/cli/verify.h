/* SPDX-License-Identifier: GPL-2.0 */
/*
 * allocwatch report --verify: is a recording whole?
 */
#ifndef AW_CLI_VERIFY_H
#define AW_CLI_VERIFY_H

/*
 * Reads all of `file` ("-": standard input), and prints what it holds and which
 * parts are damaged.  Returns the exit status: 1 if it is not whole.
 */
int aw_verify(const char *file);

#endif
