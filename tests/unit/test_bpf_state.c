// SPDX-License-Identifier: GPL-2.0
/*
 * Tests how followed requests are counted: the slots of tasks, and the requests whose end was missed, with maps of this
 * test in place of the kernel's.
 */
#include <bpf/bpf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "source/bpf/internal.h"

#define SECOND 1000000000ull
#define AGE (60 * SECOND)
#define PLACE 5u
#define SLOT (3 * AW_DIRECT + PLACE)

static struct aw_request *direct;		/* in a file, which is mapped in place of the map */
static struct aw_bpf_following following;
static unsigned int delivered;

/* In place of libbpf's: the hash table is empty. */
int bpf_map__fd(const struct bpf_map *map)
{
	static int file = -1;

	(void)map;
	if (file < 0) {
		file = memfd_create("direct", MFD_CLOEXEC);
		assert_int_equal(ftruncate(file, AW_DIRECT * sizeof(*direct)), 0);
		direct = mmap(NULL, AW_DIRECT * sizeof(*direct), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
		assert_ptr_not_equal(direct, MAP_FAILED);
	}
	return file;
}

int bpf_map_get_next_key(int fd, const void *key, void *next)
{
	(void)fd;
	(void)key;
	(void)next;
	return -1;
}

static void take(void *arg, const struct aw_wire_failure *record)
{
	(void)arg;
	assert_int_equal(record->request.unsampled, 1);
	delivered++;
}

/* As aw_direct_take() leaves it, this long ago. */
static struct aw_bpf_object begun(uint64_t age_ns)
{
	bpf_map__fd(NULL);
	memset(direct, 0, AW_DIRECT * sizeof(*direct));
	memset(&following, 0, sizeof(following));
	delivered = 0;
	following.requests = following.slots[SLOT] = following.direct[PLACE] = 1;
	direct[PLACE].key = 0x1234;
	direct[PLACE].slot = SLOT;
	direct[PLACE].tried.now.effort.begin_ns = aw_now_ns() - age_ns;
	return (struct aw_bpf_object){ .following = &following, .ends_seen = true };
}

/* As aw_direct_end() does. */
static void kernel_ends(void)
{
	direct[PLACE].key = 0;
	following.slots[SLOT]--;
	following.requests--;
	following.direct[PLACE]--;
}

static void is_free(void)
{
	assert_int_equal(following.requests, 0);
	assert_int_equal(following.slots[SLOT], 0);
	assert_int_equal(following.direct[PLACE], 0);
	assert_int_equal(direct[PLACE].key, 0);
}

static void is_followed(void)
{
	assert_int_equal(following.requests, 1);
	assert_int_equal(following.slots[SLOT], 1);
	assert_int_equal(following.direct[PLACE], 1);
	assert_int_equal(direct[PLACE].key, 0x1234);
}

static void keeps_young_requests(void **state)
{
	struct aw_bpf_object bpf = begun(AGE / 2);

	(void)state;
	aw_bpf_expire(&bpf, AGE, take, NULL);
	aw_bpf_expire(&bpf, AGE, take, NULL);
	is_followed();
	kernel_ends();
	is_free();
	assert_int_equal(bpf.expired, 0);
}

static void drops_old_requests(void **state)
{
	struct aw_bpf_object bpf = begun(2 * AGE);

	(void)state;
	aw_bpf_expire(&bpf, AGE, take, NULL);
	assert_true(direct[PLACE].key == AW_KEY_LEFT);
	assert_int_equal(following.direct[PLACE], 1);
	assert_int_equal(following.requests, 1);
	assert_int_equal(bpf.expired, 0);
	aw_bpf_expire(&bpf, AGE, take, NULL);
	is_free();
	assert_int_equal(bpf.expired, 1);
	assert_int_equal(delivered, 0);
}

static void delivers_warned_requests_once(void **state)
{
	struct aw_bpf_object bpf = begun(2 * AGE);

	(void)state;
	direct[PLACE].warn_ns = aw_now_ns() - 2 * AGE;
	for (unsigned int i = 0; i < 3; i++)
		aw_bpf_expire(&bpf, AGE, take, NULL);
	is_free();
	assert_int_equal(delivered, 1);
	assert_int_equal(bpf.expired, 0);
}

/* The kernel side had found it before its key was taken away, and ends it after that: counted down once. */
static void ends_while_it_expires(void **state)
{
	struct aw_bpf_object bpf = begun(2 * AGE);

	(void)state;
	aw_bpf_expire(&bpf, AGE, take, NULL);
	kernel_ends();
	aw_bpf_expire(&bpf, AGE, take, NULL);
	is_free();
	assert_int_equal(bpf.expired, 0);
	assert_int_equal(delivered, 0);
}

/* ... and another request took the place before the next look. */
static void ends_and_another_begins(void **state)
{
	struct aw_bpf_object bpf = begun(2 * AGE), other;

	(void)state;
	aw_bpf_expire(&bpf, AGE, take, NULL);
	kernel_ends();
	other = begun(SECOND);
	memcpy(other.left, bpf.left, sizeof(other.left));
	aw_bpf_expire(&other, AGE, take, NULL);
	is_followed();
	direct[PLACE].tried.now.effort.begin_ns = aw_now_ns() - 2 * AGE;
	aw_bpf_expire(&other, AGE, take, NULL);
	assert_int_equal(following.direct[PLACE], 1);
	aw_bpf_expire(&other, AGE, take, NULL);
	is_free();
}

/* Another task adds to the counter for an instant, to find out that the place is taken. */
static void waits_for_who_looks_at_the_place(void **state)
{
	struct aw_bpf_object bpf = begun(2 * AGE);

	(void)state;
	aw_bpf_expire(&bpf, AGE, take, NULL);
	following.direct[PLACE]++;
	aw_bpf_expire(&bpf, AGE, take, NULL);
	assert_int_equal(following.direct[PLACE], 2);
	following.direct[PLACE]--;
	aw_bpf_expire(&bpf, AGE, take, NULL);
	aw_bpf_expire(&bpf, AGE, take, NULL);
	is_free();
	assert_int_equal(bpf.expired, 1);
}

/* --low-overhead does not see that a task got its pages. */
static void frees_places_where_ends_are_not_seen(void **state)
{
	struct aw_bpf_object bpf = begun(2 * AGE);

	(void)state;
	bpf.ends_seen = false;
	aw_bpf_expire(&bpf, AGE, take, NULL);
	aw_bpf_expire(&bpf, AGE, take, NULL);
	is_free();
	assert_int_equal(bpf.expired, 0);
}

static void frees_all_at_the_end(void **state)
{
	struct aw_bpf_object bpf = begun(SECOND);

	(void)state;
	aw_bpf_expire(&bpf, 0, take, NULL);
	is_free();
	assert_int_equal(bpf.expired, 0);

	bpf = begun(2 * AGE);
	direct[PLACE].warn_ns = aw_now_ns() - 2 * AGE;
	aw_bpf_expire(&bpf, AGE, take, NULL);
	aw_bpf_expire(&bpf, 0, take, NULL);
	is_free();
	assert_int_equal(delivered, 1);
}

/* Of 64 tasks in neighbouring slabs, as kernels lay them out: size of a task_struct, how many in a slab, its size. */
static void tells_tasks_apart(void **state)
{
	static const struct { uint64_t size, many, slab; } layouts[] = {
		{ 4352, 7, 32768 }, { 4224, 7, 32768 }, { 3968, 8, 32768 }, { 4096, 8, 32768 }, { 6400, 5, 32768 },
		{ 7168, 4, 32768 }, { 8192, 4, 32768 }, { 9600, 3, 32768 }, { 10112, 3, 32768 }, { 11776, 5, 65536 },
	};

	(void)state;
	for (unsigned int l = 0; l < sizeof(layouts) / sizeof(layouts[0]); l++) {
		static uint8_t seen[AW_FOLLOWING_SLOTS], places[AW_DIRECT];
		unsigned int slots = 0, taken = 0;

		memset(seen, 0, sizeof(seen));
		memset(places, 0, sizeof(places));
		for (uint64_t i = 0; i < 64; i++) {
			uint64_t task = 0xffff000012340000 + i / layouts[l].many * layouts[l].slab +
					i % layouts[l].many * layouts[l].size;
			uint32_t slot = aw_following_slot_of(task);

			assert_in_range(slot, 0, AW_FOLLOWING_SLOTS - 1);
			slots += !seen[slot]++;
			taken += !places[slot % AW_DIRECT]++;
		}
		assert_in_range(slots, 60, 64);
		assert_in_range(taken, 44, 64);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_young_requests),
		cmocka_unit_test(drops_old_requests),
		cmocka_unit_test(delivers_warned_requests_once),
		cmocka_unit_test(ends_while_it_expires),
		cmocka_unit_test(ends_and_another_begins),
		cmocka_unit_test(waits_for_who_looks_at_the_place),
		cmocka_unit_test(frees_places_where_ends_are_not_seen),
		cmocka_unit_test(frees_all_at_the_end),
		cmocka_unit_test(tells_tasks_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
