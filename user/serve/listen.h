/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Parses an address to listen on, "127.0.0.1:10477", "[::1]:9100" or
 * "localhost:0", and opens the socket.
 */
#ifndef AW_SERVE_LISTEN_H
#define AW_SERVE_LISTEN_H

#include <stdbool.h>

#include "base/error.h"

#define AW_LISTEN_DEFAULT "127.0.0.1:10477"
#define AW_LISTEN_TEXT 80

struct aw_listen_name {
	char host[256];		/* without brackets */
	char port[8];
};

/* Parses ADDR:PORT; both are required.  0, or -EINVAL with a message that tells what is valid. */
int aw_listen_parse(const char *text, struct aw_listen_name *out, struct aw_error *error);

/*
 * Returns a listening TCP socket, or -errno with the reason.  `where` is set to
 * its address ("[::1]:9100", with the real port instead of 0), and `loopback`
 * to whether only this machine can connect to it.
 */
int aw_listen_open(const char *text, char where[AW_LISTEN_TEXT], bool *loopback, struct aw_error *error);

#endif
