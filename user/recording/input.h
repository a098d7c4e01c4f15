/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A window on the bytes of a recording's file, which may be a pipe: bytes enter
 * it at the end, and are dropped at the start.
 */
#ifndef AW_RECORDING_INPUT_H
#define AW_RECORDING_INPUT_H

#include <stddef.h>
#include <stdint.h>

struct aw_recording_input {
	int fd;			/* borrowed */
	uint64_t offset;	/* of the start of the window in the file */
	uint8_t *data;
	size_t room;
	size_t from, to;	/* the window, in data */
};

static inline const uint8_t *aw_recording_input_at(const struct aw_recording_input *input)
{
	return input->data + input->from;
}

static inline size_t aw_recording_input_left(const struct aw_recording_input *input)
{
	return input->to - input->from;
}

/*
 * Reads until the window has `size` bytes or more, and keeps what was read so
 * far.  1: it has; 0: the file ends before; -EAGAIN: no input arrived within
 * timeout_ms, or a signal did; or -errno.
 */
int aw_recording_input_fill(struct aw_recording_input *input, size_t size, int timeout_ms);

/* Drops bytes that the window has. */
void aw_recording_input_drop(struct aw_recording_input *input, size_t size);

void aw_recording_input_free(struct aw_recording_input *input);

#endif
