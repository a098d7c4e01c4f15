// SPDX-License-Identifier: GPL-2.0
/*
 * Tests which records kmod/ring.c keeps, for readers of the time and, with the argument keep, for later ones.  Prints lines of tests/run.
 */
#include <ring.c>

unsigned int nr_cpu_ids = 2, current_cpu;
bool aw_keeps;

static void check(const char *name, long expected, long got)
{
	printf("%s - %s, %s\n", expected == got ? "ok" : "not ok", aw_keeps ? "kept" : "not kept", name);
	if (expected != got)
		printf("#   expected: %ld\n#   got: %ld\n", expected, got);
}

/* A record whose time is its number. */
static void write_record(enum aw_wire_type type, u64 number)
{
	size_t size = type == AW_WIRE_FAILURE ? sizeof(struct aw_wire_failure) : sizeof(struct aw_wire_extfrag);
	unsigned long flags;

	if (aw_record_begin(type, size, number, &flags))
		aw_record_commit(flags);
}

struct seen {
	long count, first, last, gaps, backwards;
	u64 lost[AW_LOST_MAX];
};

static struct seen read_all(struct aw_cursor *cursor, enum aw_wire_type type)
{
	u64 record[AW_KMOD_RECORD_MAX / sizeof(u64)];
	struct seen seen = { .first = -1, .last = -1 };

	while (aw_cursor_next(cursor, aw_ring_news(), record, seen.lost)) {
		const struct aw_wire_head *head = (const struct aw_wire_head *)record;

		if (head->type != type)
			continue;
		if (seen.first < 0)
			seen.first = head->time_ns;
		else if ((long)head->time_ns < seen.last)
			seen.backwards++;
		else if ((long)head->time_ns != seen.last + 1)
			seen.gaps++;
		seen.last = head->time_ns;
		seen.count++;
	}
	return seen;
}

#define TOTAL 1000

int main(int argc, char **argv)
{
	struct aw_cursor *cursor;
	struct seen seen;
	long i, fit;

	aw_keeps = argc > 1 && !strcmp(argv[1], "keep");
	if (aw_ring_init(64))
		return 1;
	fit = (64 << 10) / (sizeof(struct aw_entry) + ALIGN(sizeof(struct aw_wire_failure), AW_KMOD_ALIGN));
	cursor = malloc(aw_cursor_size());
	aw_cursor_start(cursor);
	check("nothing at first", 0, read_all(cursor, AW_WIRE_FAILURE).count);
	for (i = 0; i < 10; i++)
		write_record(AW_WIRE_FAILURE, i);
	check("all that came", 10, read_all(cursor, AW_WIRE_FAILURE).count);
	aw_cursor_start(cursor);
	check("a reader that starts now has none of them", 0, read_all(cursor, AW_WIRE_FAILURE).count);
	aw_cursor_rewind(cursor);
	check("from the oldest", 10, read_all(cursor, AW_WIRE_FAILURE).count);

	/* Nobody reads; two processors by turns. */
	for (; i < TOTAL; i++) {
		current_cpu = i < 10 + 2 * fit ? 0 : i & 1;
		write_record(AW_WIRE_FAILURE, i);
		write_record(AW_WIRE_EXTFRAG, i);
	}
	aw_cursor_rewind(cursor);
	seen = read_all(cursor, AW_WIRE_FAILURE);
	check("the last one is there", TOTAL - 1, seen.last);
	check("in order", 0, seen.backwards);
	check("kept and lost are all", TOTAL, seen.count + seen.lost[AW_LOST_RING_FAILURE]);
	check("the first one is there if they are kept", 1, (seen.first == 0) == aw_keeps);
	check("as many of the last ones on each as fit", 1, seen.count >= (2 + 2 * aw_keeps) * fit);
	check("some were lost", 1, seen.lost[AW_LOST_RING_FAILURE] > 0);

	/* A cursor that only starts now has lost nothing, whatever came before. */
	aw_cursor_start(cursor);
	write_record(AW_WIRE_FAILURE, TOTAL);
	seen = read_all(cursor, AW_WIRE_FAILURE);
	check("one after a start", 1, seen.count);
	check("a start has lost nothing", 0, seen.lost[AW_LOST_RING_FAILURE] + seen.lost[AW_LOST_RING_EXTFRAG]);
	check("no record is nested in another", 0, aw_nested_count());
	free(cursor);
	aw_ring_exit();
	return 0;
}
