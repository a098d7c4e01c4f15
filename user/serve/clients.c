// SPDX-License-Identifier: GPL-2.0
/*
 * The open connections of the HTTP server.
 */
#include "serve/clients.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

void aw_clients_clear(struct aw_client *clients, unsigned int room)
{
	for (unsigned int i = 0; i < room; i++)
		clients[i] = (struct aw_client){ .fd = -1 };
}

/* Who owns a network of 64 bits can use all of its addresses. */
static struct in6_addr peer_of(const struct sockaddr *address)
{
	struct in6_addr peer = { 0 };

	if (address && address->sa_family == AF_INET) {
		peer.s6_addr[10] = peer.s6_addr[11] = 0xff;
		memcpy(peer.s6_addr + 12, &((const struct sockaddr_in *)address)->sin_addr, 4);
	} else if (address && address->sa_family == AF_INET6) {
		const struct in6_addr *from = &((const struct sockaddr_in6 *)address)->sin6_addr;

		memcpy(peer.s6_addr, from, IN6_IS_ADDR_V4MAPPED(from) ? 16 : 8);
	}
	return peer;
}

/* The oldest one that was not shut down, of a peer (NULL: of all), and how many there are. */
static struct aw_client *oldest(struct aw_client *clients, unsigned int room, const struct in6_addr *peer,
				unsigned int *count)
{
	struct aw_client *found = NULL;

	*count = 0;
	for (struct aw_client *client = clients; client < clients + room; client++) {
		if (client->fd < 0 || !client->since_ns || (peer && memcmp(&client->peer, peer, sizeof(*peer))))
			continue;
		++*count;
		if (!found || client->since_ns < found->since_ns)
			found = client;
	}
	return found;
}

static void shut(struct aw_client *client)
{
	shutdown(client->fd, SHUT_RDWR);
	client->since_ns = 0;
}

static struct aw_client *free_slot(struct aw_client *clients, unsigned int room)
{
	for (struct aw_client *client = clients; client < clients + room; client++)
		if (client->fd < 0)
			return client;
	return NULL;
}

struct aw_client *aw_clients_add(struct aw_client *clients, unsigned int room, int fd, const struct sockaddr *address,
				 uint64_t now_ns)
{
	const struct in6_addr peer = peer_of(address);
	struct aw_client *slot = free_slot(clients, room), *first;
	unsigned int count;

	first = oldest(clients, room, &peer, &count);
	if (count >= AW_HTTP_PER_PEER)
		shut(first);
	first = oldest(clients, room, NULL, &count);
	if (count + AW_HTTP_SPARE >= room)
		shut(first);
	if (slot)
		*slot = (struct aw_client){ fd, now_ns, peer };
	return slot;
}

void aw_clients_drop_old(struct aw_client *clients, unsigned int room, uint64_t now_ns, uint64_t longest_ns)
{
	for (struct aw_client *client = clients; client < clients + room; client++)
		if (client->fd >= 0 && client->since_ns && now_ns - client->since_ns > longest_ns)
			shut(client);
}
