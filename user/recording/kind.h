/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whether a file is a recording, by its first bytes.
 */
#ifndef AW_RECORDING_KIND_H
#define AW_RECORDING_KIND_H

enum aw_recording_kind {
	AW_RECORDING_NONE,
	AW_RECORDING_PLAIN,
	AW_RECORDING_GZIP	/* one that somebody compressed */
};

/* Of a regular file; others are not opened, as a FIFO would block.  Or -errno: it could not be read. */
int aw_recording_kind(const char *path);

/* Why a file that does not begin as one cannot be read, and what to do: the end of a message. */
const char *aw_recording_hint(const char *path);

#endif
