// SPDX-License-Identifier: GPL-2.0
/*
 * Tests what doctor says of machines that the tests cannot boot: old kernels,
 * and kernels built without a part.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "doctor/checks.h"
#include "source/decoding.h"

static struct aw_check checks[AW_MAX_CHECKS];

static const struct aw_check *check(const struct aw_machine *machine, const char *name)
{
	unsigned int count = aw_checks_make(machine, checks);

	for (unsigned int i = 0; i < count; i++)
		if (!strcmp(checks[i].name, name))
			return &checks[i];
	fail_msg("no check %s", name);
	return NULL;
}

static void add_source(struct aw_machine *machine, const char *name, enum aw_source_state state)
{
	struct aw_source_fact *fact = &machine->sources.source[machine->sources.count++];

	fact->name = name;
	fact->state = state;
}

/* 3.18 with the module: stock kernels have no kprobes there, and none has bpf(). */
static struct aw_machine phone(void)
{
	struct aw_machine machine = { .release = "3.18.31-perf", .btf_error = -ENOENT, .bpf_error = -ENOSYS };

	add_source(&machine, "bpf", AW_SOURCE_CANNOT);
	add_source(&machine, "kmod", AW_SOURCE_WORKS);
	add_source(&machine, "tracefs", AW_SOURCE_WORKS);
	return machine;
}

static void kprobes_for_modules_only(void **state)
{
	struct aw_machine machine = phone();

	(void)state;
	assert_non_null(strstr(check(&machine, "kprobe")->reason, "has no kprobes"));
	machine.kprobes = AW_KPROBES_MODULES_ONLY;
	assert_false(check(&machine, "kprobe")->ok);
	assert_null(strstr(check(&machine, "kprobe")->reason, "has no kprobes"));
	assert_non_null(strstr(check(&machine, "kprobe")->reason, "no CONFIG_KPROBE_EVENTS"));
	assert_non_null(strstr(check(&machine, "kprobe")->todo, "allocwatch.ko"));
	machine.kprobes = AW_KPROBES_EVENTS;
	assert_true(check(&machine, "kprobe")->ok);
}

/* The packaged service on Debian and Ubuntu: CAP_BPF and CAP_PERFMON, and a kernel that wants more for perf events. */
static void more_than_perfmon(void **state)
{
	struct aw_machine machine = phone();

	(void)state;
	machine.uid = 61000;
	machine.bpf_error = 0;
	machine.kprobes = AW_KPROBES_EVENTS;
	machine.capabilities = 1ull << AW_CAP_BPF | 1ull << AW_CAP_PERFMON;
	machine.page_scan_error = -EPERM;
	machine.perf_paranoid = 2;
	assert_true(check(&machine, "kprobe")->ok);
	assert_null(strstr(check(&machine, "page_scan")->todo, "paranoid"));
	machine.perf_paranoid = 3;
	assert_false(check(&machine, "kprobe")->ok);
	assert_non_null(strstr(check(&machine, "kprobe")->reason, "kernel.perf_event_paranoid is 3"));
	assert_non_null(strstr(check(&machine, "kprobe")->todo, "sysctl kernel.perf_event_paranoid=2, or CAP_SYS_ADMIN"));
	assert_non_null(strstr(check(&machine, "page_scan")->todo, "perf_event_paranoid=2"));
	machine.capabilities |= 1ull << AW_CAP_SYS_ADMIN;
	assert_true(check(&machine, "kprobe")->ok);
	machine.capabilities = 0;
	machine.bpf_error = -EPERM; /* then that is not what is missing */
	assert_true(check(&machine, "kprobe")->ok);
}

static void zones_of_the_module(void **state)
{
	struct aw_machine machine = phone();

	(void)state;
	assert_true(check(&machine, "zone_discovery")->ok);
	assert_non_null(strstr(check(&machine, "zone_discovery")->reason, "kmod"));
	machine.sources.source[1].state = AW_SOURCE_CANNOT;
	assert_false(check(&machine, "zone_discovery")->ok);
	assert_non_null(strstr(check(&machine, "zone_discovery")->reason, "bpf and kmod"));
}

/* BPF works, and did not find the zones: its reason counts, unless the module is there. */
static void zones_that_bpf_lacks(void **state)
{
	struct aw_machine machine = { .release = "6.1.0" };

	(void)state;
	add_source(&machine, "bpf", AW_SOURCE_WORKS);
	machine.nr_missing[0] = 1;
	machine.missing[0][0] = (struct aw_missing){ "zones at the failure", "no BTF", "" };
	assert_false(check(&machine, "zone_discovery")->ok);
	assert_string_equal(check(&machine, "zone_discovery")->reason, "no BTF");
	add_source(&machine, "kmod", AW_SOURCE_WORKS);
	assert_true(check(&machine, "zone_discovery")->ok);
}

static void btf_that_no_option_brings(void **state)
{
	struct aw_machine machine = phone();

	(void)state;
	assert_null(strstr(check(&machine, "btf")->todo, "CONFIG_DEBUG_INFO_BTF"));
	assert_non_null(strstr(check(&machine, "btf")->todo, "before 5.4"));
	snprintf(machine.release, sizeof(machine.release), "5.10.0-32-arm64");
	assert_non_null(strstr(check(&machine, "btf")->todo, "CONFIG_DEBUG_INFO_BTF"));
}

/* 5.10 of a phone: BPF without kprobes and uprobes has no programs for tracing. */
static void bpf_that_cannot_trace(void **state)
{
	struct aw_machine machine = { .release = "5.10.262", .capabilities = UINT64_MAX, .tracefs = "/sys/kernel/tracing" };
	struct aw_check row;

	(void)state;
	add_source(&machine, "bpf", AW_SOURCE_CANNOT);
	aw_check_source(&machine, 0, &row);
	assert_false(row.ok);
	assert_non_null(strstr(row.todo, "CONFIG_UPROBE_EVENTS"));
	machine.bpf_traces = true;
	aw_check_source(&machine, 0, &row);
	assert_string_equal(row.todo, "");
}

static void charges_before_the_allocator(void **state)
{
	static const char with[] = "#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t0\t1\t1\nmemory\t2\t31\t1\npids\t0\t1\t0\n";
	static const char off[] = "#subsys_name\thierarchy\tnum_cgroups\tenabled\nmemory\t0\t1\t0\npids\t0\t1\t1\n";

	(void)state;
	assert_true(aw_charges_are_hidden(AW_VERSION(3, 18, 20), with));
	assert_true(aw_charges_are_hidden(AW_VERSION(4, 7, 10), with));
	assert_false(aw_charges_are_hidden(AW_VERSION(4, 8, 0), with));
	assert_false(aw_charges_are_hidden(AW_VERSION(3, 18, 20), off));
	assert_false(aw_charges_are_hidden(AW_VERSION(3, 18, 20), ""));
}

static void page_scan(void **state)
{
	struct aw_machine machine = { .page_scan_error = -ENOTSUP, .page_scan_why = "this kernel has no BTF" };

	(void)state;
	assert_false(check(&machine, "page_scan")->ok);
	assert_string_equal(check(&machine, "page_scan")->reason, "this kernel has no BTF: blockers may not look at anything");
	machine.pagetypeinfo = true;
	assert_string_equal(check(&machine, "page_scan")->reason, "this kernel has no BTF: blockers only counts free blocks");
	machine.kpageflags = true;
	assert_non_null(strstr(check(&machine, "page_scan")->reason, "/proc/kpageflags"));
	machine.page_scan_error = 0;
	assert_true(check(&machine, "page_scan")->ok);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kprobes_for_modules_only),
		cmocka_unit_test(more_than_perfmon),
		cmocka_unit_test(zones_of_the_module),
		cmocka_unit_test(zones_that_bpf_lacks),
		cmocka_unit_test(btf_that_no_option_brings),
		cmocka_unit_test(bpf_that_cannot_trace),
		cmocka_unit_test(charges_before_the_allocator),
		cmocka_unit_test(page_scan),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
