/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What could not be read although the output needs it, where no caller can be told:
 * the command ends with this message and status 1.  base/memory.h is the same for memory.
 */
#ifndef AW_BASE_INCOMPLETE_H
#define AW_BASE_INCOMPLETE_H

/* Notes a reason, such as "can't read /proc/kallsyms: Input/output error".  The first one is kept. */
void aw_incomplete_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Notes that `path` can't be read if `err`, -errno, shows a fault of the machine or a lack of
 * descriptors: not that the file is missing, or not for this user, with which callers do without it.
 */
void aw_incomplete_note_file(const char *path, int err);

/* The reason.  NULL: there is none. */
const char *aw_incomplete(void);

#endif
