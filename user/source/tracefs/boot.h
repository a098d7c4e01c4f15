/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the kernel traced before user space, because its command line or its boot
 * configuration asked for it (allocwatch boot prints them): an instance with the
 * names below, or the top-level buffer with trace_event=.
 */
#ifndef AW_SOURCE_TRACEFS_BOOT_H
#define AW_SOURCE_TRACEFS_BOOT_H

#include "base/error.h"
#include "source/tracefs/setup.h"

/* Instances of the boot configuration. */
#define AW_BOOT_INSTANCE "allocwatch-boot"
#define AW_BOOT_EFFORT "allocwatch-boot-effort"

/* Does this kernel command line trace kmem:mm_page_alloc into the top-level buffer? */
bool aw_boot_is_traced(const char *cmdline);

/*
 * Where it was traced.  0, or -ENODEV with the reason: nothing was traced, as on nearly
 * every machine, so this comes before all that takes time.
 */
int aw_boot_find(const char *root, struct aw_trace_setup *setup, struct aw_error *error);

/*
 * Makes ready for reading what was found.  The instances go on tracing; the
 * top-level buffer, which has a record of every allocation, does not.
 */
void aw_boot_open(const struct aw_trace_formats *formats, struct aw_trace_setup *setup);

/* Stops tracing; what is in the buffers can still be read. */
void aw_boot_stop(const struct aw_trace_setup *setup);

/*
 * All was read, and the buffers are closed: removes the instances, or makes the
 * top-level buffer what it is without trace_event=.
 */
void aw_boot_remove(const struct aw_trace_setup *setup);

#endif
