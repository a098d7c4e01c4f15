// SPDX-License-Identifier: GPL-2.0
/*
 * The wire format of protocol buffers: keys, varints and counted bytes.
 */
#include "base/protobuf.h"

#include <errno.h>
#include <string.h>

#include "base/escape.h"

#define WIRE_VARINT 0u
#define WIRE_BYTES 2u
#define TEXT_MAX 1024

void aw_proto_free(struct aw_proto *proto)
{
	aw_bytes_free(&proto->bytes);
}

/* Seven bits a byte, the lowest first; the top bit says that more follow. */
static void put_varint(struct aw_bytes *bytes, uint64_t value)
{
	for (; value > 0x7f; value >>= 7)
		aw_put_u8(bytes, (uint8_t)(value | 0x80));
	aw_put_u8(bytes, (uint8_t)value);
}

static void put_counted(struct aw_proto *proto, uint32_t field, const void *data, size_t size)
{
	put_varint(&proto->bytes, (uint64_t)field << 3 | WIRE_BYTES);
	put_varint(&proto->bytes, size);
	if (size)
		aw_put_bytes(&proto->bytes, data, size);
}

void aw_proto_number(struct aw_proto *proto, uint32_t field, uint64_t value)
{
	put_varint(&proto->bytes, (uint64_t)field << 3 | WIRE_VARINT);
	put_varint(&proto->bytes, value);
}

void aw_proto_integer(struct aw_proto *proto, uint32_t field, int64_t value)
{
	aw_proto_number(proto, field, (uint64_t)value);
}

void aw_proto_text(struct aw_proto *proto, uint32_t field, const char *text)
{
	char safe[TEXT_MAX];

	aw_escape_terminal(text ? text : "", safe, sizeof(safe));
	put_counted(proto, field, safe, strlen(safe));
}

void aw_proto_message(struct aw_proto *proto, uint32_t field, struct aw_proto *message)
{
	if (message->bytes.failed)
		proto->bytes.failed = true;
	put_counted(proto, field, message->bytes.data, message->bytes.used);
	message->bytes.used = 0;
}

int aw_proto_flush(struct aw_proto *proto, FILE *out)
{
	if (proto->bytes.failed)
		return -ENOMEM;
	if (proto->bytes.used)
		fwrite(proto->bytes.data, 1, proto->bytes.used, out);
	proto->bytes.used = 0;
	return 0;
}
