// SPDX-License-Identifier: GPL-2.0
/*
 * Wire records of any writer of this version, as the structures of this build.
 */
#include "event/wire_read.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/array.h"

/* Parts only grow, at their ends. */
_Static_assert(sizeof(struct aw_wire_head) >= 32 && sizeof(struct aw_wire_task) >= 56 &&
	       sizeof(struct aw_wire_stack) >= 392 && sizeof(struct aw_wire_request) >= 48 &&
	       sizeof(struct aw_wire_effort) >= 104 && sizeof(struct aw_wire_attempt) >= 8 &&
	       sizeof(struct aw_wire_steal) >= 32 && sizeof(struct aw_wire_snapshot) >= 352 &&
	       sizeof(struct aw_wire_warn_call) >= 88 && sizeof(struct aw_wire_kill) >= 32 &&
	       sizeof(struct aw_wire_cma_request) >= 88, "a part of version 2 became shorter");

struct part {
	uint16_t offset, size;	/* in the record's structure */
	uint16_t least;		/* required bytes; 0: the record may end before this part */
	bool is_attempts;	/* struct aw_wire_attempts, whose elements have a size as well */
};

#define SIZE_OF(record, part) sizeof(((struct record *)0)->part)
#define END_OF(record, field) (offsetof(struct record, field) + SIZE_OF(record, field))
/* Required up to and including `last`. */
#define PART(record, part, last) \
	{ .offset = offsetof(struct record, part), .size = SIZE_OF(record, part), \
	  .least = END_OF(record, part.last) - offsetof(struct record, part) }
/* All zero means not known. */
#define OPTIONAL(record, part, ...) \
	{ .offset = offsetof(struct record, part), .size = SIZE_OF(record, part), __VA_ARGS__ }

#define FAILURE_PARTS { \
	PART(aw_wire_failure, task, comm), \
	PART(aw_wire_failure, request, unsampled), \
	OPTIONAL(aw_wire_failure, effort), \
	OPTIONAL(aw_wire_failure, attempts, .is_attempts = true), \
	OPTIONAL(aw_wire_failure, stack), \
}

#define MOST_PARTS 5

/* What follows the head, in this order, by enum aw_wire_type. */
static const struct part parts[][MOST_PARTS] = {
	[AW_WIRE_FAILURE] = FAILURE_PARTS,
	[AW_WIRE_STALL] = FAILURE_PARTS,
	[AW_WIRE_EXTFRAG] = {
		PART(aw_wire_extfrag, task, comm),
		PART(aw_wire_extfrag, steal, fallback_migratetype),
		OPTIONAL(aw_wire_extfrag, stack),
	},
	[AW_WIRE_ZONE] = { PART(aw_wire_zone, snapshot, nr_orders), OPTIONAL(aw_wire_zone, area) },
	[AW_WIRE_WARNING] = {
		PART(aw_wire_warning, task, comm),
		PART(aw_wire_warning, call, format),
		OPTIONAL(aw_wire_warning, stack),
	},
	[AW_WIRE_OOM_KILL] = { PART(aw_wire_oom, task, comm), PART(aw_wire_oom, kill, order) },
	[AW_WIRE_CMA_FAILURE] = {
		PART(aw_wire_cma, task, comm),
		PART(aw_wire_cma, request, count),
		OPTIONAL(aw_wire_cma, stack),
	},
};
#define TYPES ARRAY_SIZE(parts)

/* What every head has: version and sizes, without which nothing else can be read. */
#define HEAD_LEAST (offsetof(struct aw_wire_head, head_size) + sizeof(uint32_t))

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Attempts may be longer or shorter than those of this build; if they are not, they were copied already. */
static void read_attempts(const uint8_t *data, size_t size, struct aw_wire_attempts *out)
{
	size_t first = offsetof(struct aw_wire_attempts, attempt), each = out->attempt_size;
	size_t count = each && size > first ? smaller((size - first) / each, AW_WIRE_ATTEMPTS) : 0;

	if (each == sizeof(out->attempt[0]))
		return;
	memset(out->attempt, 0, sizeof(out->attempt));
	for (size_t i = 0; i < count; i++)
		memcpy(&out->attempt[i], data + first + i * each, smaller(each, sizeof(out->attempt[i])));
}

/* Returns the length of the part at `data`, before which `left` bytes of the record remain, or -EINVAL. */
static int read_part(const struct part *part, const uint8_t *data, size_t left, union aw_wire_record *record)
{
	uint8_t *out = (uint8_t *)record + part->offset;
	uint32_t size;

	if (!left && !part->least) {
		memset(out, 0, part->size);
		return 0;
	}
	if (left < sizeof(size))
		return -EINVAL;
	memcpy(&size, data, sizeof(size));
	if (size < sizeof(size) || size < part->least || size > left || size > INT32_MAX)
		return -EINVAL;
	memcpy(out, data, smaller(size, part->size));
	memset(out + smaller(size, part->size), 0, part->size - smaller(size, part->size));
	if (part->is_attempts)
		read_attempts(data, size, (struct aw_wire_attempts *)out);
	return (int)size;
}

static int read_parts(const struct part *part, const uint8_t *data, size_t size, union aw_wire_record *out)
{
	size_t at = 0;

	for (unsigned int i = 0; i < MOST_PARTS && part[i].size; i++) {
		int length = read_part(&part[i], data + at, size - at, out);

		if (length < 0)
			return length;
		at += length;
	}
	return 0;
}

/* 0, -EINVAL or -ENOTSUP, as aw_wire_read(). */
static int read_head(const void *data, size_t size, struct aw_wire_head *out)
{
	if (size < HEAD_LEAST)
		return -EINVAL;
	memcpy(out, data, HEAD_LEAST);
	if (out->size < HEAD_LEAST || out->size > size)
		return -EINVAL;
	if (out->version != AW_WIRE_VERSION || out->type >= TYPES || !parts[out->type][0].size)
		return -ENOTSUP;
	if (out->head_size < HEAD_LEAST || out->head_size > out->size)
		return -EINVAL;
	memcpy(out, data, smaller(out->head_size, sizeof(*out)));
	return 0;
}

int aw_wire_read(const void *data, size_t size, union aw_wire_record *out)
{
	struct aw_wire_head head = { 0 };
	int err = read_head(data, size, &head);

	if (err)
		return err;
	out->head = head;
	return read_parts(parts[head.type], (const uint8_t *)data + head.head_size, head.size - head.head_size, out);
}
