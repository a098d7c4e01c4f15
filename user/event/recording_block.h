/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The outer layer of a recording: its file header, and blocks of records that
 * are compressed and checked one by one.
 */
#ifndef AW_EVENT_RECORDING_BLOCK_H
#define AW_EVENT_RECORDING_BLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "event/recording.h"

/* Appends the file header. */
void aw_recording_put_header(struct aw_bytes *out, uint32_t flags);

/*
 * Reads AW_RECORDING_HEADER bytes.  0, -ENODATA (no recording at all),
 * -ENOTSUP (a later version, in *version), -EBADMSG (damaged).
 */
int aw_recording_get_header(const uint8_t *data, uint32_t *flags, unsigned int *version);

/* Appends a block that holds these records.  0 or -ENOMEM. */
int aw_recording_pack(struct aw_bytes *out, const uint8_t *records, size_t size);

struct aw_block_header {
	uint32_t stored;	/* bytes that follow the header */
	uint32_t size;		/* bytes of the records in them */
	uint32_t crc;		/* of the stored bytes */
};

/* Reads AW_RECORDING_BLOCK_HEADER bytes. 0 or -EBADMSG. */
int aw_recording_get_block(const uint8_t *data, struct aw_block_header *header);

/*
 * The records of a block: header->stored bytes into header->size bytes at
 * `out`.  0, -EBADMSG (damaged) or -ENOMEM.
 */
int aw_recording_unpack(const struct aw_block_header *header, const uint8_t *stored, uint8_t *out);

/* Bytes that a block of `size` bytes of records needs at most. */
size_t aw_recording_packed_max(size_t size);

#endif
