/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writes messages in the wire format of protocol buffers: only what files for
 * other programs need, without descriptions of the messages.
 *
 * Each function appends one field.  A message within another one is written on
 * its own, and then appended with aw_proto_message().  Without memory nothing
 * more is appended, and aw_proto_flush() says so.
 */
#ifndef AW_BASE_PROTOBUF_H
#define AW_BASE_PROTOBUF_H

#include <stdint.h>
#include <stdio.h>

#include "base/bytes.h"

/* All zero: an empty message.  aw_proto_free() ends its life. */
struct aw_proto {
	struct aw_bytes bytes;
};

void aw_proto_free(struct aw_proto *proto);
#define AW_PROTO __attribute__((cleanup(aw_proto_free)))

/* uint32, uint64, bool, enum */
void aw_proto_number(struct aw_proto *proto, uint32_t field, uint64_t value);
/* int32, int64 (not sint64) */
void aw_proto_integer(struct aw_proto *proto, uint32_t field, int64_t value);

/*
 * A string.  It must be valid UTF-8, so a text from outside is written as
 * aw_escape_terminal() shows it, and cut at 1 KiB.  NULL counts as "".
 */
void aw_proto_text(struct aw_proto *proto, uint32_t field, const char *text);

/* A message within the message; it is empty afterwards. */
void aw_proto_message(struct aw_proto *proto, uint32_t field, struct aw_proto *message);

/* Appends the message to `out`, and empties it.  0 or -ENOMEM; whoever opened `out` checks it for errors. */
int aw_proto_flush(struct aw_proto *proto, FILE *out);

#endif
