/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The file header and the blocks of a recording.  Each block of records is
 * compressed and checked separately.
 */
#ifndef AW_RECORDING_BLOCK_H
#define AW_RECORDING_BLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "recording/format.h"
#include "recording/libdeflate.h"

/* Appends the file header. */
void aw_recording_put_header(struct aw_bytes *out, uint32_t flags);

struct aw_recording_head {
	unsigned int version;
	uint32_t flags;
};

/*
 * Reads AW_RECORDING_HEADER bytes.  0, -ENODATA (not a recording), -ENOTSUP (a
 * version or flags that this program does not know, stored in `head`) or
 * -EBADMSG (damaged).
 */
int aw_recording_get_header(const uint8_t *data, struct aw_recording_head *head);

/* What the first record of a group says. */
struct aw_recording_group {
	uint64_t start_ns;		/* of the file, as in its KERNEL records */
	uint64_t time_ns;		/* of the group, CLOCK_MONOTONIC */
	uint64_t events, failures;	/* in the file before it; failures that were only counted included */
	uint32_t flags;			/* of the file */
};

/* Appends that record. */
void aw_recording_put_group(struct aw_bytes *records, const struct aw_recording_group *group);

/* Reads it from the records of a block.  False: they do not begin a group of a known version. */
bool aw_recording_get_group(const uint8_t *records, size_t size, struct aw_recording_group *group);

/* Appends a block with these records.  0 or -ENOMEM. */
int aw_recording_pack(struct aw_bytes *out, const uint8_t *records, size_t size);

struct aw_block_header {
	uint32_t stored;	/* bytes that follow the header */
	uint32_t size;		/* bytes of records after decompression */
	uint32_t crc;		/* of the stored bytes */
};

/* Reads AW_RECORDING_BLOCK_HEADER bytes. 0 or -EBADMSG. */
int aw_recording_get_block(const uint8_t *data, struct aw_block_header *header);

/*
 * Decompresses header->stored bytes into header->size bytes of records at
 * `out`.  0, -EBADMSG (damaged) or -ENOMEM.  The answer is the same without `fast`.
 */
int aw_recording_unpack(const struct aw_block_header *header, const uint8_t *stored, uint8_t *out,
			const struct aw_libdeflate *fast /* NULL allowed */);

/* The maximum size of a block with `size` bytes of records. */
size_t aw_recording_packed_max(size_t size);

#endif
