/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How this kernel can trace failures before user space, and what its command
 * line and its boot configuration have to say for that.
 */
#ifndef AW_BOOT_PLAN_H
#define AW_BOOT_PLAN_H

#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "source/tracefs/record.h"

enum aw_boot_way {
	AW_BOOT_NOT,		/* it can't */
	AW_BOOT_EVERY,		/* every allocation with its stack: trace_event=, no filter */
	AW_BOOT_TRIGGER,	/* every allocation, those that fail with their stack: trace_trigger=, 6.3 on */
	AW_BOOT_CONFIG,		/* failures only: the boot configuration, 5.6 on with CONFIG_BOOTTIME_TRACING */
	AW_BOOT_WAYS
};

struct aw_boot_plan {
	enum aw_boot_way way;
	struct aw_trace_formats formats;
	uint64_t memory;	/* bytes of RAM */
	unsigned int cpus;
};

/*
 * The best way of a kernel by its functions: bit k of `known` for
 * aw_boot_functions[k].  Pure.
 */
enum aw_boot_way aw_boot_way_of(uint32_t known);
#define AW_BOOT_FUNCTIONS 3
extern const char *const aw_boot_functions[AW_BOOT_FUNCTIONS];

/* Of this machine.  0, or -ENODEV with the reason: also if there is no way. */
int aw_boot_plan_read(struct aw_boot_plan *out, struct aw_error *error);

/* What to add to the kernel command line, one line without its end. */
void aw_boot_print_cmdline(const struct aw_boot_plan *plan, FILE *out);

/* The boot configuration (Documentation/admin-guide/bootconfig.rst); only for AW_BOOT_CONFIG. */
void aw_boot_print_config(const struct aw_boot_plan *plan, FILE *out);

/* MiB of trace buffer on each cpu for the ways that trace every allocation. */
unsigned int aw_boot_buffer_mib(const struct aw_boot_plan *plan);

/* How many of the last allocations each cpu then keeps, about. */
uint64_t aw_boot_allocations(const struct aw_boot_plan *plan);

#endif
