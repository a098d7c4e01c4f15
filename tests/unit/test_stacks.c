// SPDX-License-Identifier: GPL-2.0
/*
 * Tests stacks of addresses: which frames are removed or added, and that equal
 * stacks are shared.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "event/stacks.h"
#include "temp.h"

#define WARN_ALLOC	0xffff800008000000u
#define SLOWPATH	0xffff800008001000u
#define ALLOC_PAGES	0xffff800008002000u
#define KMALLOC		0xffff800008003000u
#define IOCTX_ALLOC	0xffff800008004000u
#define SYS_IO_SETUP	0xffff800008005000u
#define BPF_TRACE_RUN	0xffff800008006000u
#define BPF_PROG	0xffff800001000000u
#define UNKNOWN		0xffff900000000000u

static const char kallsyms[] =
	"ffff800008000000 T warn_alloc\nffff800008001000 t __alloc_pages_slowpath.constprop.0\n"
	"ffff800008002000 T __alloc_pages\nffff800008003000 T __kmalloc\n"
	"ffff800008004000 t ioctx_alloc\nffff800008005000 T __arm64_sys_io_setup\n"
	"ffff800008006000 T bpf_trace_run4\nffff800008007000 T _etext\n"
	"ffff800001000000 t bpf_prog_6deef7357e7b4530_failure\t[bpf]\n";

struct fixture {
	char path[TEMP_PATH];
	struct aw_symbols *symbols;
	struct aw_stacks *stacks;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	temp_make(fixture->path, kallsyms, sizeof(kallsyms) - 1);
	fixture->symbols = aw_symbols_new(fixture->path);
	fixture->stacks = aw_stacks_new(fixture->symbols);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	aw_stacks_free(fixture->stacks);
	aw_symbols_free(fixture->symbols);
	unlink(fixture->path);
	free(fixture);
	return 0;
}

#define GET(fixture, caller, ...) \
	get(fixture, caller, (const uint64_t[]){ __VA_ARGS__ }, sizeof((uint64_t[]){ __VA_ARGS__ }) / 8)

static const struct aw_known_stack *get(struct fixture *fixture, uint64_t caller,
					const uint64_t *addresses, unsigned int count)
{
	const struct aw_known_stack *known = aw_stacks_get(fixture->stacks, addresses, count, caller);

	assert_non_null(known);
	if (known->site)
		assert_true(known->site >= known->stack.frames &&
			    known->site < known->stack.frames + known->stack.count);
	return known;
}

/* Compares with the names up to NULL. */
static void check(const struct aw_known_stack *known, const char *const *names)
{
	unsigned int count = 0;

	for (; names[count]; count++) {
		const struct aw_frame *frame = &known->stack.frames[count];
		char symbol[256];

		assert_true(count < known->stack.count);
		snprintf(symbol, sizeof(symbol), "%s%s", frame->name, aw_frame_suffix(frame));
		assert_string_equal(symbol, names[count]);
	}
	assert_int_equal(known->stack.count, count);
}

#define CHECK(known, ...) check(known, (const char *const[]){ __VA_ARGS__, NULL })

static void tracepoint_stack(void **state)
{
	const struct aw_known_stack *known =
		GET(*state, 0, ALLOC_PAGES + 0x20, KMALLOC + 0x10, IOCTX_ALLOC + 0x1c, SYS_IO_SETUP + 8);

	CHECK(known, "__alloc_pages", "__kmalloc", "ioctx_alloc", "__arm64_sys_io_setup");
	assert_string_equal(known->site->name, "ioctx_alloc");
	assert_int_equal(known->stack.frames[2].offset, 0x1c);
	assert_int_equal(known->stack.frames[2].addr, IOCTX_ALLOC + 0x1c);
}

static void tracing_is_left_out(void **state)
{
	const struct aw_known_stack *traced =
		GET(*state, 0, BPF_PROG + 0x40, BPF_TRACE_RUN + 0x60, ALLOC_PAGES + 0x20, IOCTX_ALLOC + 0x1c);
	const struct aw_known_stack *plain = GET(*state, 0, ALLOC_PAGES + 0x20, IOCTX_ALLOC + 0x1c);

	CHECK(traced, "__alloc_pages", "ioctx_alloc");
	assert_string_equal(traced->site->name, "ioctx_alloc");
	assert_true(traced->stack.id == plain->stack.id);
}

/* A tracing program that is not in kallsyms (--kallsyms FILE). */
static void unknown_beginning_is_left_out(void **state)
{
	const struct aw_known_stack *known =
		GET(*state, 0, UNKNOWN, UNKNOWN + 0x40, BPF_TRACE_RUN + 0x60, ALLOC_PAGES + 0x20, UNKNOWN,
		    IOCTX_ALLOC + 0x1c);

	CHECK(known, "__alloc_pages", "", "ioctx_alloc");
	assert_int_equal(known->stack.frames[1].addr, UNKNOWN);
	assert_ptr_equal(known->site, &known->stack.frames[1]);
}

static void unknown_altogether(void **state)
{
	const struct aw_known_stack *known = GET(*state, 0, UNKNOWN, UNKNOWN + 0x40);

	CHECK(known, "", "");
	assert_int_equal(known->site->addr, UNKNOWN);
	assert_true(known->stack.id != GET(*state, 0, UNKNOWN, UNKNOWN + 0x80)->stack.id);
}

/* In a kprobe at function entry, arm64 misses the caller. */
static void caller_is_put_in(void **state)
{
	const struct aw_known_stack *known =
		GET(*state, SLOWPATH + 0x100, WARN_ALLOC, ALLOC_PAGES + 0x20, IOCTX_ALLOC + 0x1c);

	CHECK(known, "warn_alloc", "__alloc_pages_slowpath.constprop.0", "__alloc_pages", "ioctx_alloc");
	assert_int_equal(known->stack.frames[0].offset, 0);
	assert_int_equal(known->stack.frames[1].offset, 0x100);
	assert_string_equal(known->site->name, "ioctx_alloc");
}

static void caller_is_not_put_in_twice(void **state)
{
	CHECK(GET(*state, SLOWPATH + 0x100, WARN_ALLOC, SLOWPATH + 0x100, ALLOC_PAGES + 0x20), "warn_alloc",
	      "__alloc_pages_slowpath.constprop.0", "__alloc_pages");
}

/* The BPF programs leave out the probed function.  What is before the address of a call is still its function. */
static void caller_comes_first(void **state)
{
	CHECK(GET(*state, ALLOC_PAGES, ALLOC_PAGES, IOCTX_ALLOC + 0x1c), "__alloc_pages_slowpath.constprop.0", "ioctx_alloc");
	CHECK(GET(*state, SLOWPATH + 0x100, SLOWPATH + 0x100, ALLOC_PAGES + 0x20), "__alloc_pages_slowpath.constprop.0", "__alloc_pages");
}

static const uint64_t none = ALLOC_PAGES;	/* never read */

static void caller_alone(void **state)
{
	CHECK(GET(*state, SLOWPATH + 0x100, WARN_ALLOC), "warn_alloc", "__alloc_pages_slowpath.constprop.0");
	CHECK(get(*state, IOCTX_ALLOC + 0x1c, &none, 0), "ioctx_alloc");
}

static void nothing(void **state)
{
	const struct aw_known_stack *known = get(*state, 0, &none, 0);

	assert_int_equal(known->stack.count, 0);
	assert_null(known->site);
	assert_ptr_equal(get(*state, 0, &none, 0), known);
}

static void equal_addresses_are_one_stack(void **state)
{
	const struct aw_known_stack *known = GET(*state, 0, ALLOC_PAGES + 0x20, IOCTX_ALLOC + 0x1c);

	assert_ptr_equal(GET(*state, 0, ALLOC_PAGES + 0x20, IOCTX_ALLOC + 0x1c), known);
	assert_true(GET(*state, 0, ALLOC_PAGES + 0x20, IOCTX_ALLOC + 0x20)->stack.id != known->stack.id);
	assert_true(GET(*state, 0, IOCTX_ALLOC + 0x1c, ALLOC_PAGES + 0x20)->stack.id != known->stack.id);
	assert_true(GET(*state, 0, ALLOC_PAGES + 0x20)->stack.id != known->stack.id);
	assert_true(GET(*state, 0, KMALLOC + 0x20, IOCTX_ALLOC + 0x1c)->stack.id != known->stack.id);
	assert_true(GET(*state, SLOWPATH + 4, ALLOC_PAGES + 0x20, IOCTX_ALLOC + 0x1c) != known);
}

static void longest_stacks(void **state)
{
	uint64_t addresses[AW_MAX_STACK + 8];

	for (unsigned int i = 0; i < AW_MAX_STACK + 8; i++)
		addresses[i] = ALLOC_PAGES + 0x20 + i;
	assert_int_equal(get(*state, 0, addresses, AW_MAX_STACK)->stack.count, AW_MAX_STACK);
	assert_int_equal(get(*state, 0, addresses, AW_MAX_STACK + 8)->stack.count, AW_MAX_STACK);
	assert_int_equal(get(*state, KMALLOC + 4, addresses, AW_MAX_STACK)->stack.count, AW_MAX_STACK);
	assert_string_equal(get(*state, KMALLOC + 4, addresses, AW_MAX_STACK)->stack.frames[1].name,
			    "__kmalloc");
}

/* Beyond the limit, a stack is valid until the next call; earlier ones stay valid. */
static void more_than_the_limit(void **state)
{
	const struct aw_known_stack *first = GET(*state, 0, ALLOC_PAGES + 1, IOCTX_ALLOC + 0x1c), *known;

	for (uint64_t i = 1; i < AW_STACKS_MAX + 100; i++) {
		known = GET(*state, 0, ALLOC_PAGES + 1 + i / 0x1000, IOCTX_ALLOC + 0x1c + i % 0x1000);
		assert_int_equal(known->stack.frames[1].addr, IOCTX_ALLOC + 0x1c + i % 0x1000);
	}
	assert_string_equal(first->site->name, "ioctx_alloc");
	assert_ptr_equal(GET(*state, 0, ALLOC_PAGES + 1, IOCTX_ALLOC + 0x1c), first);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tracepoint_stack),
		TEST(tracing_is_left_out),
		TEST(unknown_beginning_is_left_out),
		TEST(unknown_altogether),
		TEST(caller_is_put_in),
		TEST(caller_is_not_put_in_twice),
		TEST(caller_comes_first),
		TEST(caller_alone),
		TEST(nothing),
		TEST(equal_addresses_are_one_stack),
		TEST(longest_stacks),
		TEST(more_than_the_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
