// SPDX-License-Identifier: GPL-2.0
/*
 * A window on the bytes of a recording's file.
 */
#include "recording/input.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHUNK (64u << 10)	/* what is read at once */

void aw_recording_input_free(struct aw_recording_input *input)
{
	free(input->data);
	*input = (struct aw_recording_input){ .fd = -1 };
}

/* Waits for input.  1: there is some; 0: none arrived within timeout_ms, or a signal did. */
static int wait_readable(int fd, int timeout_ms)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };

	return poll(&ready, 1, timeout_ms) > 0;
}

/* Room for a window of `size` bytes. */
static bool make_room(struct aw_recording_input *input, size_t size)
{
	size_t room = size > CHUNK ? size : CHUNK;
	uint8_t *larger;

	if (input->from && input->room - input->from < size) {
		memmove(input->data, input->data + input->from, aw_recording_input_left(input));
		input->to -= input->from;
		input->from = 0;
	}
	if (room <= input->room)
		return true;
	larger = realloc(input->data, room);
	if (!larger)
		return false;
	input->data = larger;
	input->room = room;
	return true;
}

int aw_recording_input_fill(struct aw_recording_input *input, size_t size, int timeout_ms)
{
	if (aw_recording_input_left(input) < size && !make_room(input, size))
		return -ENOMEM;
	while (aw_recording_input_left(input) < size) {
		ssize_t got;

		if (!wait_readable(input->fd, timeout_ms))
			return -EAGAIN;
		got = read(input->fd, input->data + input->to, input->room - input->to);
		if (got < 0)
			return errno == EINTR ? -EAGAIN : -errno;
		if (!got)
			return 0;
		input->to += (size_t)got;
		timeout_ms = 0;	/* after some input, return to the caller instead of waiting again */
	}
	return 1;
}

void aw_recording_input_drop(struct aw_recording_input *input, size_t size)
{
	input->from += size;
	input->offset += size;
	if (input->from == input->to)
		input->from = input->to = 0;
}
