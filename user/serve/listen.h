/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where a server listens: "127.0.0.1:10477", "[::1]:9100", "localhost:0".
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

/* ADDR:PORT, both given. 0, or -EINVAL with a sentence that says what is valid. */
int aw_listen_parse(const char *text, struct aw_listen_name *out, struct aw_error *error);

/*
 * A listening TCP socket, or -errno with the reason.  `where` becomes the
 * address that it got ("[::1]:9100"; a port of 0 is replaced by the real
 * one), `loopback` whether only this machine can reach it.
 */
int aw_listen_open(const char *text, char where[AW_LISTEN_TEXT], bool *loopback, struct aw_error *error);

#endif
