// SPDX-License-Identifier: GPL-2.0
/*
 * Wire records of newer and older writers: longer parts, more parts, shorter
 * parts; then sizes that lie.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "event/wire_read.h"

#define MOST_PARTS 6
#define ROOM 4096

/* Where the parts of a record of this build begin, the head first; and how short an older writer may make each. */
struct layout {
	uint16_t type, size;
	unsigned int parts;
	uint16_t offset[MOST_PARTS + 1];	/* the last: the end */
	uint16_t least[MOST_PARTS];
	unsigned int needed;			/* this many parts; the others may be missing */
};

#define OFFSET(record, part) offsetof(struct record, part)

static const struct layout layouts[] = {
	{ AW_WIRE_FAILURE, sizeof(struct aw_wire_failure), 6,
	  { 0, OFFSET(aw_wire_failure, task), OFFSET(aw_wire_failure, request), OFFSET(aw_wire_failure, effort),
	    OFFSET(aw_wire_failure, attempts), OFFSET(aw_wire_failure, stack), sizeof(struct aw_wire_failure) },
	  { 32, 32, 40, 4, 4, 4 }, 3 },
	{ AW_WIRE_EXTFRAG, sizeof(struct aw_wire_extfrag), 4,
	  { 0, OFFSET(aw_wire_extfrag, task), OFFSET(aw_wire_extfrag, steal), OFFSET(aw_wire_extfrag, stack),
	    sizeof(struct aw_wire_extfrag) },
	  { 32, 32, 32, 4 }, 3 },
	{ AW_WIRE_ZONE, sizeof(struct aw_wire_zone), 3,
	  { 0, OFFSET(aw_wire_zone, snapshot), OFFSET(aw_wire_zone, area), sizeof(struct aw_wire_zone) }, { 32, 348, 4 }, 2 },
	{ AW_WIRE_WARNING, sizeof(struct aw_wire_warning), 4,
	  { 0, OFFSET(aw_wire_warning, task), OFFSET(aw_wire_warning, call), OFFSET(aw_wire_warning, stack),
	    sizeof(struct aw_wire_warning) },
	  { 32, 32, 88, 4 }, 3 },
	{ AW_WIRE_OOM_KILL, sizeof(struct aw_wire_oom), 3,
	  { 0, OFFSET(aw_wire_oom, task), OFFSET(aw_wire_oom, kill), sizeof(struct aw_wire_oom) }, { 32, 32, 12 }, 3 },
	{ AW_WIRE_CMA_FAILURE, sizeof(struct aw_wire_cma), 4,
	  { 0, OFFSET(aw_wire_cma, task), OFFSET(aw_wire_cma, request), OFFSET(aw_wire_cma, stack),
	    sizeof(struct aw_wire_cma) },
	  { 32, 32, 16, 4 }, 3 },
};
#define LAYOUTS (sizeof(layouts) / sizeof(layouts[0]))

static void set_u32(uint8_t *at, uint32_t value)
{
	memcpy(at, &value, sizeof(value));
}

/* Every byte of every field is something else, and the sizes are true. */
static void fill(const struct layout *layout, union aw_wire_record *record)
{
	uint8_t *bytes = (uint8_t *)record;

	for (unsigned int i = 0; i < layout->size; i++)
		bytes[i] = (uint8_t)(i * 7 + 1);
	aw_wire_start(&record->head, layout->size, layout->type, 4711);
	for (unsigned int part = 1; part < layout->parts; part++)
		set_u32(bytes + layout->offset[part], layout->offset[part + 1] - layout->offset[part]);
	if (layout->type == AW_WIRE_FAILURE)
		record->failure.attempts.attempt_size = sizeof(struct aw_wire_attempt);
}

static void set_part_size(uint8_t *part, unsigned int number, uint32_t size)
{
	set_u32(part + (number ? 0 : offsetof(struct aw_wire_head, head_size)), size);
}

/* The same record as a writer sends it whose parts have these sizes.  Returns its bytes. */
static uint32_t rewrite(const struct layout *layout, const union aw_wire_record *record,
			const uint32_t sizes[MOST_PARTS], uint8_t out[ROOM])
{
	uint32_t used = 0;

	memset(out, 0xee, ROOM);
	for (unsigned int part = 0; part < layout->parts; part++) {
		uint32_t own = layout->offset[part + 1] - layout->offset[part];

		memcpy(out + used, (const uint8_t *)record + layout->offset[part], own < sizes[part] ? own : sizes[part]);
		set_part_size(out + used, part, sizes[part]);
		used += sizes[part];
	}
	set_u32(out, used);
	return used;
}

/* In memory of exactly its size, so that a sanitizer sees every read past it. */
static int read_exactly(const uint8_t *bytes, uint32_t size, union aw_wire_record *out)
{
	uint8_t *record = malloc(size + !size);
	int result;

	memcpy(record, bytes, size);
	memset(out, 0x5a, sizeof(*out));
	result = aw_wire_read(record, size, out);
	free(record);
	return result;
}

/* Sizes are those of the writer: put back before records are compared. */
static void expect(const struct layout *layout, union aw_wire_record *got, const union aw_wire_record *expected)
{
	union aw_wire_record whole;

	fill(layout, &whole);
	got->head.size = expected->head.size;
	for (unsigned int part = 0; part < layout->parts; part++) {
		uint32_t own = layout->offset[part + 1] - layout->offset[part];

		set_part_size((uint8_t *)got + layout->offset[part], part, own);
	}
	assert_memory_equal(got, expected, layout->size);
}

static void own_records(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < LAYOUTS; i++) {
		union aw_wire_record record, got;

		fill(&layouts[i], &record);
		assert_int_equal(read_exactly((uint8_t *)&record, layouts[i].size, &got), 0);
		assert_memory_equal(&got, &record, layouts[i].size);
	}
}

/* Fields were added at the end of one part, or of all. */
static void newer_writer(void **state)
{
	uint8_t bytes[ROOM];

	(void)state;
	for (unsigned int i = 0; i < LAYOUTS; i++) {
		const struct layout *layout = &layouts[i];

		for (unsigned int longer = 0; longer <= layout->parts; longer++) {
			union aw_wire_record record, got;
			uint32_t sizes[MOST_PARTS], size;

			for (unsigned int part = 0; part < layout->parts; part++)
				sizes[part] = layout->offset[part + 1] - layout->offset[part] +
					      (longer == part || longer == layout->parts ? 24 : 0);
			fill(layout, &record);
			size = rewrite(layout, &record, sizes, bytes);
			assert_int_equal(read_exactly(bytes, size, &got), 0);
			expect(layout, &got, &record);
			/* and a part of its own behind them */
			set_u32(bytes, size + 40);
			assert_int_equal(read_exactly(bytes, size + 40, &got), 0);
			expect(layout, &got, &record);
		}
	}
}

/* Fields at the end of one part, or of all, are not there yet. */
static void older_writer(void **state)
{
	uint8_t bytes[ROOM];

	(void)state;
	for (unsigned int i = 0; i < LAYOUTS; i++) {
		const struct layout *layout = &layouts[i];

		for (unsigned int shorter = 0; shorter <= layout->parts; shorter++) {
			union aw_wire_record record, got;
			uint32_t sizes[MOST_PARTS], size;

			fill(layout, &record);
			for (unsigned int part = 0; part < layout->parts; part++)
				sizes[part] = shorter == part || shorter == layout->parts ?
					      layout->least[part] : layout->offset[part + 1] - layout->offset[part];
			size = rewrite(layout, &record, sizes, bytes);
			for (unsigned int part = 0; part < layout->parts; part++)
				memset((uint8_t *)&record + layout->offset[part] + sizes[part], 0,
				       layout->offset[part + 1] - layout->offset[part] - sizes[part]);
			assert_int_equal(read_exactly(bytes, size, &got), 0);
			expect(layout, &got, &record);
		}
	}
}

/* Attempts are as long as their writer says. */
static void attempts_of_other_sizes(void **state)
{
	static const struct { uint32_t each, count; } writers[] = { { 16, 8 }, { 12, 3 }, { 6, 8 }, { 4, 2 }, { 8, 20 } };
	const struct layout *layout = &layouts[0];
	uint8_t bytes[ROOM];

	(void)state;
	for (unsigned int w = 0; w < sizeof(writers) / sizeof(writers[0]); w++) {
		uint32_t sizes[MOST_PARTS] = { 32, 56, 48, 104, 8 + writers[w].each * writers[w].count, 392 }, size;
		uint8_t *attempts = bytes + 32 + 56 + 48 + 104;
		union aw_wire_record record, got;

		fill(layout, &record);
		size = rewrite(layout, &record, sizes, bytes);
		set_u32(attempts + 4, writers[w].each);
		for (unsigned int i = 0; i < writers[w].count; i++)
			for (unsigned int b = 0; b < writers[w].each; b++)
				attempts[8 + i * writers[w].each + b] = b < 8 ? (uint8_t)(i * 16 + b + 1) : 0xee;
		assert_int_equal(read_exactly(bytes, size, &got), 0);
		for (unsigned int i = 0; i < AW_WIRE_ATTEMPTS; i++)
			for (unsigned int b = 0; b < 8; b++)
				assert_int_equal(((uint8_t *)&got.failure.attempts.attempt[i])[b],
						 i < writers[w].count && b < writers[w].each ? i * 16 + b + 1 : 0);
		/* what follows is where it belongs */
		assert_int_equal(got.failure.stack.nr_frames, record.failure.stack.nr_frames);
	}
}

/* Without these fields a record would say something that is not so. */
static void less_than_a_record_needs(void **state)
{
	uint8_t bytes[ROOM];

	(void)state;
	for (unsigned int i = 0; i < LAYOUTS; i++)
		for (unsigned int part = 0; part < layouts[i].parts; part++) {
			union aw_wire_record record, got;
			uint32_t sizes[MOST_PARTS];

			fill(&layouts[i], &record);
			for (unsigned int p = 0; p < layouts[i].parts; p++)
				sizes[p] = layouts[i].least[p] - (p == part);
			assert_int_equal(read_exactly(bytes, rewrite(&layouts[i], &record, sizes, bytes), &got), -EINVAL);
		}
}

static void sizes_that_lie(void **state)
{
	static const uint32_t lies[] = { 0, 1, 3, 4096, INT32_MAX, UINT32_MAX };

	(void)state;
	for (unsigned int i = 0; i < LAYOUTS; i++)
		for (unsigned int part = 0; part < layouts[i].parts; part++)
			for (unsigned int lie = 0; lie < sizeof(lies) / sizeof(lies[0]); lie++) {
				union aw_wire_record record, got;

				fill(&layouts[i], &record);
				set_part_size((uint8_t *)&record + layouts[i].offset[part], part, lies[lie]);
				assert_int_equal(read_exactly((uint8_t *)&record, layouts[i].size, &got), -EINVAL);
			}
}

/* An attempt of no bytes, or of more than there are: none was sent. */
static void attempt_sizes_that_lie(void **state)
{
	static const uint32_t lies[] = { 0, 65, UINT32_MAX };
	static const struct aw_wire_attempt none[AW_WIRE_ATTEMPTS];

	(void)state;
	for (unsigned int lie = 0; lie < 3; lie++) {
		union aw_wire_record record, got;

		fill(&layouts[0], &record);
		record.failure.attempts.attempt_size = lies[lie];
		assert_int_equal(read_exactly((uint8_t *)&record, layouts[0].size, &got), 0);
		assert_memory_equal(got.failure.attempts.attempt, none, sizeof(none));
	}
}

static bool ends_between_parts(const struct layout *layout, uint32_t size)
{
	for (unsigned int part = layout->needed; part < layout->parts; part++)
		if (size == layout->offset[part])
			return true;
	return false;
}

static void cut_anywhere(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < LAYOUTS; i++) {
		union aw_wire_record record, got;

		for (uint32_t size = 0; size < layouts[i].size; size++) {
			fill(&layouts[i], &record);
			assert_int_equal(read_exactly((uint8_t *)&record, size, &got), -EINVAL);
			record.head.size = size;
			assert_int_equal(read_exactly((uint8_t *)&record, size, &got),
					 ends_between_parts(&layouts[i], size) ? 0 : -EINVAL);
		}
	}
}

/* Parts that were added behind the others are not there yet. */
static void writer_of_fewer_parts(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < LAYOUTS; i++)
		for (unsigned int part = layouts[i].needed; part < layouts[i].parts; part++) {
			uint32_t size = layouts[i].offset[part];
			union aw_wire_record record, got;

			fill(&layouts[i], &record);
			record.head.size = size;
			assert_int_equal(read_exactly((uint8_t *)&record, size, &got), 0);
			memset((uint8_t *)&record + size, 0, layouts[i].size - size);
			assert_memory_equal(&got, &record, layouts[i].size);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_records),
		cmocka_unit_test(newer_writer),
		cmocka_unit_test(older_writer),
		cmocka_unit_test(attempts_of_other_sizes),
		cmocka_unit_test(less_than_a_record_needs),
		cmocka_unit_test(sizes_that_lie),
		cmocka_unit_test(attempt_sizes_that_lie),
		cmocka_unit_test(cut_anywhere),
		cmocka_unit_test(writer_of_fewer_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
