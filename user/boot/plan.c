// SPDX-License-Identifier: GPL-2.0
/*
 * How this kernel can trace failures before user space.
 */
#include "boot/plan.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "source/tracefs/boot.h"
#include "system/has_symbol.h"
#include "system/tracefs.h"

/* The functions of kernel/trace/ that read each option, by enum aw_boot_way - 1. */
const char *const aw_boot_functions[AW_BOOT_FUNCTIONS] = {
	[AW_BOOT_EVERY - 1] = "setup_trace_event",
	[AW_BOOT_TRIGGER - 1] = "setup_trace_triggers",
	[AW_BOOT_CONFIG - 1] = "trace_boot_init",
};
_Static_assert(AW_BOOT_WAYS - 1 == AW_BOOT_FUNCTIONS, "a function for each way");

enum aw_boot_way aw_boot_way_of(uint32_t known)
{
	enum aw_boot_way way = AW_BOOT_WAYS - 1;

	while (way != AW_BOOT_NOT && !(known >> (way - 1) & 1))
		way--;
	return way;
}

int aw_boot_plan_read(struct aw_boot_plan *out, struct aw_error *error)
{
	struct aw_boot_plan plan = { .way = AW_BOOT_NOT };
	long pages = sysconf(_SC_PHYS_PAGES), cpus = sysconf(_SC_NPROCESSORS_CONF);
	int err;

	if (!aw_tracefs_dir())
		return aw_error_set(error, -ENODEV, "tracefs can't be reached, which tells what this kernel can trace: %s",
				    geteuid() ? "run as root (sudo allocwatch boot)" : aw_tracefs_mount());
	err = aw_trace_formats_read(&plan.formats, error);
	if (err)
		return err;
	plan.way = aw_boot_way_of(aw_symbols_known("/proc/kallsyms", aw_boot_functions, AW_BOOT_FUNCTIONS));
	if (plan.way == AW_BOOT_NOT)
		return aw_error_set(error, -ENODEV, "this kernel has no trace_event= (CONFIG_EVENT_TRACING), or no names in "
				    "/proc/kallsyms (CONFIG_KALLSYMS): a larger log_buf_len= keeps what it prints");
	plan.memory = pages > 0 ? (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
	plan.cpus = cpus > 0 ? (unsigned int)cpus : 1;
	*out = plan;
	return 0;
}

/* A thirty-second of memory in all, and so much on each cpu that a boot fits into it. */
#define SHARE 32
#define LEAST_MIB 1
#define MOST_MIB 64

unsigned int aw_boot_buffer_mib(const struct aw_boot_plan *plan)
{
	uint64_t mib = (plan->memory >> 20) / SHARE / (plan->cpus ? plan->cpus : 1);
	unsigned int power = LEAST_MIB;

	while (power < MOST_MIB && 2 * power <= mib)
		power *= 2;
	return power;
}

/* Bytes of a record in the trace buffer: measured on arm64, a stack has some 12 frames. */
static const unsigned int record_bytes[AW_BOOT_WAYS] = { [AW_BOOT_EVERY] = 160, [AW_BOOT_TRIGGER] = 40 };

uint64_t aw_boot_allocations(const struct aw_boot_plan *plan)
{
	unsigned int bytes = record_bytes[plan->way];

	return bytes ? ((uint64_t)aw_boot_buffer_mib(plan) << 20) / bytes : 0;
}

/* What requests tried is traced, too: nothing fires unless memory is scarce. */
static bool is_effort(const struct aw_boot_plan *plan, unsigned int type)
{
	return plan->formats.events[type].id && !aw_trace_events[type].failures;
}

static void filter_of(const struct aw_boot_plan *plan, char *filter, size_t size)
{
	aw_trace_filter(&plan->formats, 0, UINT32_MAX, filter, size);
}

void aw_boot_print_cmdline(const struct aw_boot_plan *plan, FILE *out)
{
	char filter[96];

	if (plan->way == AW_BOOT_CONFIG) {
		fputs("bootconfig log_buf_len=1M", out);
		return;
	}
	fputs("trace_event=kmem:mm_page_alloc", out);
	for (unsigned int type = 0; type < AW_TRACE_TYPES; type++)
		if (is_effort(plan, type))
			fprintf(out, ",%s:%s", aw_trace_events[type].group, aw_trace_events[type].name);
	filter_of(plan, filter, sizeof(filter));
	if (plan->way == AW_BOOT_TRIGGER)
		fprintf(out, " trace_trigger=\"mm_page_alloc.stacktrace if %s\"", filter);
	else
		fputs(" trace_options=stacktrace", out);
	fprintf(out, " trace_buf_size=%uM trace_clock=mono log_buf_len=1M", aw_boot_buffer_mib(plan));
}

void aw_boot_print_config(const struct aw_boot_plan *plan, FILE *out)
{
	char filter[96];

	filter_of(plan, filter, sizeof(filter));
	fprintf(out, "ftrace.instance.%s {\n"
		"\toptions = stacktrace\n"
		"\ttrace_clock = mono\n"
		"\tbuffer_size = 512KB\n"
		"\tevent.kmem.mm_page_alloc {\n"
		"\t\tfilter = \"%s\"\n"
		"\t\tenable\n"
		"\t}\n"
		"}\n", AW_BOOT_INSTANCE, filter);
	fprintf(out, "ftrace.instance.%s {\n\ttrace_clock = mono\n\tbuffer_size = 128KB\n", AW_BOOT_EFFORT);
	for (unsigned int type = 0; type < AW_TRACE_TYPES; type++)
		if (is_effort(plan, type))
			fprintf(out, "\tevent.%s.%s.enable\n", aw_trace_events[type].group, aw_trace_events[type].name);
	fputs("}\n", out);
}
