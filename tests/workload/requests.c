/* SPDX-License-Identifier: GPL-2.0 */
/*
 * System calls that each make the kernel allocate one large block.
 *
 * Sizes scale with the page size, so that the order is always 4: a lower one is retried forever and
 * ends in the OOM killer.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fragment.h"
#include "memory.h"
#include "requests.h"
#include "sysctl.h"

#define ORDER_MAX 10 /* with 4K pages; larger pages allow more */
#define AIO_MAX_NR "/proc/sys/fs/aio-max-nr"
#define PIPE_BYTES_MAX (1L << 31)	 /* round_pipe_size() rejects more; fcntl() drops higher bits */
#define IO_EVENT_BYTES 32		 /* struct io_event; the header, struct aio_ring, has the same size */
#define IO_EVENTS_MAX (0x10000000 / IO_EVENT_BYTES) /* ioctx_alloc() rejects more */

static int order_of(long bytes)
{
	int order = 0;

	while (sysconf(_SC_PAGESIZE) << order < bytes)
		order++;
	return order;
}

/* aio_setup_ring() allocates a pointer to each page of a ring for twice the number of events plus two, with kcalloc(). */
static long ring_pointer_bytes(long events)
{
	long page = sysconf(_SC_PAGESIZE);
	long ring = IO_EVENT_BYTES + IO_EVENT_BYTES * (2 * events + 2);

	return (ring + page - 1) / page * sizeof(void *);
}

/* The smallest number of events whose page pointers need order 4, plus a tenth, if the kernel allows that many. */
static long events_for_order(void)
{
	long page = sysconf(_SC_PAGESIZE);
	long pointers = (page << (REQUEST_ORDER - 1)) / sizeof(void *);
	long events = pointers * page / IO_EVENT_BYTES / 2 * 11 / 10;

	return events < IO_EVENTS_MAX / 2 ? events : IO_EVENTS_MAX / 2;
}

void warned_prepare(void)
{
	long events = events_for_order();

	if (order_of(ring_pointer_bytes(events)) != REQUEST_ORDER)
		errx(1, "io_setup() cannot ask for order %d with pages of %ld bytes; try --silent", REQUEST_ORDER,
		     sysconf(_SC_PAGESIZE));
	if (sysctl_read(AIO_MAX_NR) < 4 * events)
		sysctl_for_now(AIO_MAX_NR, 4 * events);
}

void request_warned(struct request_count *count)
{
	unsigned long context = 0;

	if (syscall(SYS_io_setup, events_for_order(), &context) == 0) {
		count->ok++;
		syscall(SYS_io_destroy, context);
	} else if (errno == ENOMEM) {
		count->failed++;
	} else {
		err(1, "io_setup");
	}
}

/* pipe_resize_ring(): page/4 slots of 40 bytes take 10 pages, that is order 4, with any page size. */
static long pipe_bytes(int order)
{
	long page = sysconf(_SC_PAGESIZE);

	return (page / 4 << (order - 4)) * page;
}

int silent_order_max(void)
{
	int order = REQUEST_ORDER;

	while (order < ORDER_MAX && pipe_bytes(order + 1) <= PIPE_BYTES_MAX)
		order++;
	return order;
}

void request_silent_order(struct request_count *count, int order)
{
	static int ends[2] = { -1, -1 };

	if (ends[0] < 0)
		pipe_open(ends);
	if (fcntl(ends[0], F_SETPIPE_SZ, pipe_bytes(order)) >= 0) {
		count->ok++;
		ends[0] = -1; /* stays open, so that this block stays in use */
	} else if (errno == ENOMEM) {
		count->failed++;
	} else {
		err(1, "F_SETPIPE_SZ");
	}
}

void request_silent(struct request_count *count)
{
	request_silent_order(count, REQUEST_ORDER);
}

void use_up_blocks(struct request_count *count)
{
	long failed = count->failed;

	while (count->failed == failed && memory_blocks(REQUEST_ORDER) > 0)
		request_silent(count);
}
