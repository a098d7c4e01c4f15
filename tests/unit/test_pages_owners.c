// SPDX-License-Identifier: GPL-2.0
/*
 * Tests whose anonymous memory is pinned, with structures of a kernel that are made up.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pages/owners.h"

#define BASE UINT64_C(0xffff000000000000)
#define SIZE 4096

static const struct aw_owner_layout layout = {
	.known = true, .root = 72, .left = 16, .right = 8, .node = 32, .vma = 0, .anon_vma = 40, .mm = 16, .owner = 24,
	.pid = 4, .comm = 8,
};

struct kernel {
	uint8_t bytes[SIZE];
};

static int read_bytes(void *context, uint64_t address, void *out, size_t size)
{
	struct kernel *kernel = context;

	if (address < BASE || address - BASE > SIZE - size)
		return -EFAULT;
	memcpy(out, kernel->bytes + (address - BASE), size);
	return 0;
}

static void put(struct kernel *kernel, uint64_t at, uint64_t value)
{
	memcpy(kernel->bytes + (at - BASE), &value, sizeof(value));
}

/* A mapping of `anon_vma` in the process `pid`, whose place in the tree is returned. */
static uint64_t add_mapping(struct kernel *kernel, uint64_t at, uint64_t anon_vma, int32_t pid, const char *comm)
{
	uint64_t chain = at, vma = at + 100, mm = at + 200, task = at + 300;

	put(kernel, chain + layout.vma, vma);
	put(kernel, vma + layout.anon_vma, anon_vma);
	put(kernel, vma + layout.mm, mm);
	put(kernel, mm + layout.owner, task);
	memcpy(kernel->bytes + (task - BASE) + layout.pid, &pid, sizeof(pid));
	memcpy(kernel->bytes + (task - BASE) + layout.comm, comm, strlen(comm));
	return chain + layout.node;
}

static void find(struct kernel *kernel, uint64_t anon_vma, struct aw_holders *holders, uint16_t *holder)
{
	const struct aw_kernel_memory memory = { .read = read_bytes, .context = kernel };
	const struct aw_zone_span span = { .name = "Normal", .start = 64, .spanned = 8 };
	struct aw_zone_pages zone;

	assert_int_equal(aw_zone_pages_init(&zone, &span, 3), 0);
	assert_int_equal(aw_zone_pages_add_holders(&zone), 0);
	zone.holder[1] = aw_holder_of(holders, AW_HOLDER_CACHE, AW_PAGE_SLAB, 4711);
	zone.holder[3] = aw_holder_of(holders, AW_HOLDER_ANON, AW_PAGE_PINNED, anon_vma);
	aw_owners_find(&layout, &memory, &zone, holders);
	assert_int_equal(zone.holder[0], 0);
	assert_int_equal(zone.holder[1], 1);
	*holder = zone.holder[3];
	aw_zone_pages_clear(&zone);
}

/* The parent's mapping is below that of a child, which has an anon_vma of its own. */
static void the_process_that_made_it(void **state)
{
	const uint64_t anon_vma = BASE + 8;
	struct kernel kernel = { { 0 } };
	struct aw_holders holders = { .count = 0 };
	uint64_t child, parent;
	uint16_t holder;

	(void)state;
	child = add_mapping(&kernel, BASE + 1000, BASE + 3000, 12, "child");
	parent = add_mapping(&kernel, BASE + 2000, anon_vma, 11, "parent");
	put(&kernel, anon_vma + layout.root, child);
	put(&kernel, child + layout.right, parent);
	find(&kernel, anon_vma, &holders, &holder);
	assert_int_equal(holder, 3);
	assert_int_equal(holders.list[2].type, AW_HOLDER_PROCESS);
	assert_int_equal(holders.list[2].class, AW_PAGE_PINNED);
	assert_int_equal(holders.list[2].key, 11);
	assert_string_equal(holders.list[2].name, "parent");
	aw_holders_clear(&holders);
}

static void nobody(void **state)
{
	const uint64_t anon_vma = BASE + 8;
	struct kernel kernel = { { 0 } };
	struct aw_holders holders = { .count = 0 };
	uint64_t child;
	uint16_t holder;

	(void)state;
	find(&kernel, anon_vma, &holders, &holder);
	assert_int_equal(holder, 0);
	child = add_mapping(&kernel, BASE + 1000, BASE + 3000, 12, "child");
	put(&kernel, anon_vma + layout.root, child);
	find(&kernel, anon_vma, &holders, &holder);
	assert_int_equal(holder, 0);
	find(&kernel, 4096, &holders, &holder);	/* not to be read */
	assert_int_equal(holder, 0);
	aw_holders_clear(&holders);
}

/* It changes while it is read. */
static void a_tree_without_end(void **state)
{
	const uint64_t anon_vma = BASE + 8;
	struct kernel kernel = { { 0 } };
	struct aw_holders holders = { .count = 0 };
	uint64_t child;
	uint16_t holder;

	(void)state;
	child = add_mapping(&kernel, BASE + 1000, BASE + 3000, 12, "child");
	put(&kernel, anon_vma + layout.root, child);
	put(&kernel, child + layout.left, child);
	put(&kernel, child + layout.right, child);
	find(&kernel, anon_vma, &holders, &holder);
	assert_int_equal(holder, 0);
	aw_holders_clear(&holders);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_process_that_made_it),
		cmocka_unit_test(nobody),
		cmocka_unit_test(a_tree_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
