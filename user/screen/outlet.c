// SPDX-License-Identifier: GPL-2.0
/*
 * Sends the frames of curses to the terminal without ever blocking.
 */
#include "screen/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/cleanup.h"

#define PIECE 4096
#define FINISH_MS 1000
#define FINISH_STEP_MS 20

/* If the terminal cannot be reopened (after su, it belongs to another user), writes may block. */
static int open_again(int terminal)
{
	const char *name = ttyname(terminal);
	int fd = name ? open(name, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) : -1;

	return fd >= 0 ? fd : fcntl(terminal, F_DUPFD_CLOEXEC, 3);
}

int aw_outlet_open(struct aw_outlet *outlet, int terminal)
{
	AW_CLOSE int memory = memfd_create("frame", MFD_CLOEXEC);
	FILE *frame;

	if (memory < 0)
		return -errno;
	frame = fdopen(memory, "r+");
	if (!frame)
		return -errno;
	memory = -1;
	outlet->frame = frame;
	outlet->sent = 0;
	outlet->terminal = open_again(terminal);
	if (outlet->terminal >= 0)
		return 0;
	fclose(frame);
	return -errno;
}

void aw_outlet_close(struct aw_outlet *outlet)
{
	if (outlet->frame)
		fclose(outlet->frame);
	if (outlet->frame && outlet->terminal >= 0)
		close(outlet->terminal);
	outlet->frame = NULL;
}

static void begin_frame(struct aw_outlet *outlet)
{
	int memory = fileno(outlet->frame);

	/* If truncation fails, old bytes remain after the offset set by lseek(); they are overwritten later. */
	if (!ftruncate(memory, 0))
		lseek(memory, 0, SEEK_SET);
	outlet->sent = 0;
}

bool aw_outlet_send(struct aw_outlet *outlet)
{
	int memory = fileno(outlet->frame);
	off_t end = lseek(memory, 0, SEEK_CUR);
	char piece[PIECE];

	while (outlet->sent < end) {
		ssize_t got = pread(memory, piece, sizeof(piece), outlet->sent);
		ssize_t put = got > 0 ? write(outlet->terminal, piece, (size_t)got) : -1;

		if (put < 0)
			return false;
		outlet->sent += put;
	}
	if (end)
		begin_frame(outlet);
	return true;
}

void aw_outlet_finish(struct aw_outlet *outlet)
{
	struct pollfd fd = { .fd = outlet->terminal, .events = POLLOUT };

	for (int waited = 0; waited < FINISH_MS && !aw_outlet_send(outlet); waited += FINISH_STEP_MS)
		poll(&fd, 1, FINISH_STEP_MS);
}
