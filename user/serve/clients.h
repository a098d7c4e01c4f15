/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The open connections of the HTTP server, bounded for each peer, so that none
 * keeps the others out: a new connection takes the place of the peer's oldest.
 */
#ifndef AW_SERVE_CLIENTS_H
#define AW_SERVE_CLIENTS_H

#include <netinet/in.h>
#include <stdint.h>
#include <sys/socket.h>

/* Connections that a peer may have: an IPv4 address, or an IPv6 network of 64 bits. */
#define AW_HTTP_PER_PEER 16
/* Places that are kept free for new ones: beyond that, the oldest of all goes. */
#define AW_HTTP_SPARE 16

struct aw_client {
	int fd;			/* -1: the slot is free */
	uint64_t since_ns;
	struct in6_addr peer;	/* IPv4 mapped; of IPv6 only the first 64 bits */
};

void aw_clients_clear(struct aw_client *clients, unsigned int room);

/*
 * Takes a slot for a connection.  Shuts down the oldest of its peer if that has
 * as many as it may, and the oldest of all if there are few slots left; their
 * owner closes them, and gives the slots back with fd = -1.  NULL: all are taken.
 */
struct aw_client *aw_clients_add(struct aw_client *clients, unsigned int room, int fd, const struct sockaddr *address,
				 uint64_t now_ns);

/* Shuts down what has been open for longer than `longest_ns`. */
void aw_clients_drop_old(struct aw_client *clients, unsigned int room, uint64_t now_ns, uint64_t longest_ns);

#endif
