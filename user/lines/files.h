/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Logs as people have them: a file, a compressed one, an archive, a directory
 * of all these.
 */
#ifndef AW_LINES_FILES_H
#define AW_LINES_FILES_H

#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

struct aw_log_files;

/* `path` "-": standard input.  0, or -errno with a sentence. */
int aw_log_files_open(const char *path, struct aw_log_files **out, struct aw_error *error);
void aw_log_files_close(struct aw_log_files *files);	/* NULL allowed */

/*
 * 1: the next member begins, a text of its own.  0: there is no more.  Else
 * -errno and a sentence: a file could not be read, and the next call goes on
 * behind it.  Of a directory and an archive only what may be text is a member;
 * archives in archives are unpacked two deep.
 */
int aw_log_files_next(struct aw_log_files *files, struct aw_error *error);

/* Of the member: "kern.log", "logs/kern.log.1.gz", "bugreport.zip:FS/data/dmesg"; until the next call. */
const char *aw_log_files_name(const struct aw_log_files *files);

/*
 * The next piece of the member: its length, 0 at its end, or -errno and a
 * sentence: the rest of the file cannot be read.  What unpacks to more than 1000
 * times its size is given up.  The piece is valid until the next call.
 */
ssize_t aw_log_files_read(struct aw_log_files *files, const char **text, struct aw_error *error);

/* How far it is, in bytes as they lie in the files; *total is 0 where it is not known, and grows with directories. */
void aw_log_files_progress(const struct aw_log_files *files, uint64_t *done, uint64_t *total);

#endif
