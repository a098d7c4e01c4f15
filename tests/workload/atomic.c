/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Makes the kernel allocate a block of order 4 with GFP_ATOMIC.
 *
 * Sockets that share a UDP port are kept in an array that doubles under a spin lock: reuseport_grow()
 * calls kzalloc(.., GFP_ATOMIC). A group is filled until its next socket doubles the array to order 4.
 * If that fails, bind() returns EADDRINUSE, and the group is unchanged.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "atomic.h"

#define FIRST_PORT 20000
#define GROUPS 3 /* a group that got its block cannot be used again */

static int group;

/* Returns the socket, or -1 if the group could not grow. */
static int join(int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), on = 1;

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on)))
		err(1, "UDP socket");
	if (!bind(fd, (struct sockaddr *)&address, sizeof(address)))
		return fd;
	if (errno != EADDRINUSE)
		err(1, "bind to UDP port %d", port);
	close(fd);
	return -1;
}

void atomic_prepare(void)
{
	/* Twice as many pointers plus the header need more than order 3. */
	long full = (sysconf(_SC_PAGESIZE) << (REQUEST_ORDER - 1)) / sizeof(void *) / 2;

	for (int i = 0; i < GROUPS; i++)
		for (long sockets = 0; sockets < full; sockets++)
			if (join(FIRST_PORT + i) < 0)
				errx(1, "UDP port %d is in use", FIRST_PORT + i);
}

void request_atomic(struct request_count *count)
{
	if (group == GROUPS)
		errx(1, "%d atomic requests succeeded: memory is not fragmented enough", GROUPS);
	if (join(FIRST_PORT + group) < 0) {
		count->failed++;
	} else {
		count->ok++;
		group++;
	}
}
