// SPDX-License-Identifier: GPL-2.0
/*
 * Tests stacks merged into a tree, and failures by site.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "output/flame/draw.h"
#include "output/flame/flame.h"
#include "output/sites.h"
#include "report_builder.h"

/* Innermost first, like all stacks. */
static struct aw_stack stack_of(const char *a, const char *b, const char *c)
{
	const char *names[] = { a, b, c };
	struct aw_stack stack = { 0 };

	for (unsigned int i = 0; i < 3 && names[i]; i++)
		stack.frames[stack.count++] = (struct aw_frame){ .name = names[i], .module = "",
								 .addr = 0x1000 * (i + 1) };
	return stack;
}

static const struct aw_flame_frame *child(const struct aw_flame *flame, const struct aw_flame_frame *parent,
					  const char *name)
{
	for (uint32_t i = parent->child; i != AW_FLAME_NONE; i = flame->frames[i].next)
		if (!strcmp(flame->frames[i].name, name))
			return &flame->frames[i];
	fail_msg("no frame %s", name);
	return NULL;
}

static void outermost_at_the_root(void **state)
{
	struct aw_stack one = stack_of("alloc", "ioctx_alloc", "syscall");
	struct aw_stack two = stack_of("alloc", "pipe_resize", "syscall");
	struct aw_flame *flame = aw_flame_new();
	const struct aw_flame_frame *syscall;

	(void)state;
	assert_non_null(flame);
	aw_flame_add(flame, &one, 7);
	aw_flame_add(flame, &two, 3);
	aw_flame_add(flame, &one, 1);
	assert_int_equal(flame->frames[0].count, 11);
	syscall = child(flame, &flame->frames[0], "syscall");
	assert_int_equal(syscall->count, 11);
	assert_int_equal(syscall->next, AW_FLAME_NONE);
	assert_int_equal(child(flame, syscall, "ioctx_alloc")->count, 8);
	assert_int_equal(child(flame, syscall, "pipe_resize")->count, 3);
	assert_int_equal(child(flame, child(flame, syscall, "ioctx_alloc"), "alloc")->count, 8);
	assert_int_equal(flame->nr_frames, 6);
	assert_int_equal(flame->depth, 3);
	free(flame);
}

static void siblings_stand_by_name(void **state)
{
	const char *names[] = { "m", "z", "a", "k" };
	struct aw_flame *flame = aw_flame_new();
	const char *before = "";

	(void)state;
	assert_non_null(flame);
	for (size_t i = 0; i < 4; i++) {
		struct aw_stack stack = stack_of(names[i], NULL, NULL);

		aw_flame_add(flame, &stack, 1);
	}
	for (uint32_t i = flame->frames[0].child; i != AW_FLAME_NONE; i = flame->frames[i].next) {
		assert_true(strcmp(before, flame->frames[i].name) < 0);
		before = flame->frames[i].name;
	}
	assert_string_equal(before, "z");
	free(flame);
}

static void modules_and_addresses_tell_apart(void **state)
{
	struct aw_stack stack = stack_of("f", NULL, NULL);
	struct aw_flame *flame = aw_flame_new();

	(void)state;
	assert_non_null(flame);
	aw_flame_add(flame, &stack, 1);
	stack.frames[0].module = "hog";
	aw_flame_add(flame, &stack, 1);
	stack.frames[0].addr = 0x9999;		/* frames are compared by name */
	aw_flame_add(flame, &stack, 1);
	assert_int_equal(flame->nr_frames, 3);
	stack.frames[0].name = "";
	aw_flame_add(flame, &stack, 1);
	stack.frames[0].addr = 0x8888;
	aw_flame_add(flame, &stack, 1);
	assert_int_equal(flame->nr_frames, 5);
	free(flame);
}

static void failures_without_a_stack(void **state)
{
	struct aw_stack none = { 0 };
	struct aw_flame *flame = aw_flame_new();

	(void)state;
	assert_non_null(flame);
	aw_flame_add(flame, &none, 5);
	assert_int_equal(flame->frames[0].count, 5);
	assert_int_equal(flame->frames[1].type, AW_FLAME_NO_STACK);
	assert_int_equal(flame->frames[1].count, 5);
	free(flame);
}

/* Stacks that do not fit any more are counted as cut; the others stay exact. */
static void bounded(void **state)
{
	struct aw_flame *flame = aw_flame_new();
	struct aw_stack stack = stack_of("", "common", NULL);

	(void)state;
	assert_non_null(flame);
	for (uint64_t i = 0; i < AW_FLAME_FRAMES + 100; i++) {
		stack.frames[0].addr = i + 1;
		aw_flame_add(flame, &stack, 2);
	}
	assert_int_equal(flame->nr_frames, AW_FLAME_FRAMES);
	assert_int_equal(flame->frames[0].count, 2 * (AW_FLAME_FRAMES + 100));
	assert_int_equal(child(flame, &flame->frames[0], "common")->count, 2 * (AW_FLAME_FRAMES + 100));
	assert_int_equal(flame->cut, 2 * (100 + 2));
	free(flame);
}

static void deepest_stack(void **state)
{
	struct aw_flame *flame = aw_flame_new();
	struct aw_stack stack = { .count = AW_MAX_STACK };

	(void)state;
	assert_non_null(flame);
	for (unsigned int i = 0; i < AW_MAX_STACK; i++)
		stack.frames[i] = (struct aw_frame){ .name = "again", .module = "" };
	aw_flame_add(flame, &stack, 1);
	assert_int_equal(flame->depth, AW_MAX_STACK);
	assert_int_equal(flame->nr_frames, AW_MAX_STACK + 1);
	free(flame);
}

static void per_cent(void **state)
{
	static const struct { uint64_t part, whole; unsigned int digits; const char *text; } cases[] = {
		{ 1, 3, 4, "33.3333" }, { 3, 3, 4, "100.0000" }, { 0, 3, 2, "0.00" }, { 5, 0, 1, "0.0" },
		{ 1, 2000, 1, "0.1" }, { 2, 3, 0, "67" }, { UINT64_MAX, UINT64_MAX, 4, "100.0000" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = NULL;
		size_t size;
		FILE *out = open_memstream(&text, &size);

		assert_non_null(out);
		aw_put_percent(out, cases[i].part, cases[i].whole, cases[i].digits);
		assert_int_equal(fclose(out), 0);
		assert_string_equal(text, cases[i].text);
		free(text);
	}
}

static void colours_of_modules(void **state)
{
	static const char *const modules[] = { "a", "b", "c", "d", "e", "f", "g", "h" };
	struct aw_flame *flame = aw_flame_new();
	struct aw_flame_colours colours;
	const char *class, *name, *last = "";
	unsigned int rows = 0;

	(void)state;
	assert_non_null(flame);
	for (size_t i = 0; i < 8; i++) {
		struct aw_stack stack = stack_of("f", NULL, NULL);

		stack.frames[0].module = modules[i];
		aw_flame_add(flame, &stack, 1);
	}
	aw_flame_colours(flame, &colours);
	assert_int_equal(colours.nr_modules, AW_FLAME_MODULES);
	assert_true(colours.others);
	assert_false(colours.allocator || colours.unresolved);
	for (; aw_flame_legend(&colours, rows, &class, &name); rows++)
		last = class;
	assert_int_equal(rows, 2 + AW_FLAME_MODULES);	/* the kernel, six modules, the others */
	assert_string_equal(last, "m5");
	free(flame);
}

static void sites_over_groups(void **state)
{
	struct aw_site_count *sites = NULL;
	struct built_report built;
	unsigned int count = 0;

	(void)state;
	assert_int_equal(build_report(&built, true), 0);
	report_request(&built, 7, "GFP_KERNEL|__GFP_COMP", "repro");
	REPORT_STACK(&built, 99, REPORT_ALLOCATOR, { "ioctx_alloc", "" });
	report_add(&built, 80, 0, 5);
	assert_int_equal(aw_sites_of(aw_summary_groups(built.summary), &sites, &count), 0);
	assert_int_equal(count, 7);
	assert_string_equal(sites[0].name, "ioctx_alloc");
	assert_int_equal(sites[0].count, 79);
	assert_int_equal(sites[0].hard, 79);
	assert_int_equal(sites[0].nr_groups, 2);
	assert_int_equal(sites[0].largest->count, 74);
	assert_string_equal(sites[6].name, "");
	free(sites);
	built_report_free(&built);
}

static void no_groups_no_sites(void **state)
{
	struct aw_site_count *sites = NULL;
	struct built_report built;
	unsigned int count = 1;

	(void)state;
	assert_int_equal(build_report(&built, false), 0);
	assert_int_equal(aw_sites_of(aw_summary_groups(built.summary), &sites, &count), 0);
	assert_int_equal(count, 0);
	assert_null(sites);
	built_report_free(&built);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outermost_at_the_root),
		cmocka_unit_test(siblings_stand_by_name),
		cmocka_unit_test(modules_and_addresses_tell_apart),
		cmocka_unit_test(failures_without_a_stack),
		cmocka_unit_test(bounded),
		cmocka_unit_test(deepest_stack),
		cmocka_unit_test(per_cent),
		cmocka_unit_test(colours_of_modules),
		cmocka_unit_test(sites_over_groups),
		cmocka_unit_test(no_groups_no_sites),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
