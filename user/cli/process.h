/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the process sets up before it does anything else.
 */
#ifndef AW_CLI_PROCESS_H
#define AW_CLI_PROCESS_H

/*
 * Opens /dev/null for each of the descriptors 0 to 2 that is closed, so that
 * no file, map or ring buffer gets a standard descriptor's number.  The wrong
 * way round for 0 and 1: reading a closed standard input and writing to a
 * closed standard output still fail with EBADF, as they should.
 * 0 or -errno.
 */
int aw_process_open_standard_files(void);

/*
 * Raises the soft limit of open files to the hard one: BPF takes a descriptor
 * for every map, program and link.  A command that is run for the user gets
 * the old limit back between aw_process_limit_files() and
 * aw_process_unlimit_files().
 */
void aw_process_unlimit_files(void);
void aw_process_limit_files(void);

#endif
