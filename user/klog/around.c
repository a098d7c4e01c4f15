// SPDX-License-Identifier: GPL-2.0
/*
 * What lines outside of reports say: which kernel prints, whether it is being
 * suspended, how many reports it kept back.
 */
#include "klog/around.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "klog/header.h"
#include "klog/open.h"
#include "klog/task.h"
#include "klog/vmalloc.h"

#define ONE_REQUEST_US 1000000	/* from vmalloc's line to the header of the same request, on a slow console */

/*
 * alloc_vmap_area() prints its line for each, and then warn_alloc() counts the header that it keeps back, if it was
 * vmalloc() that asked for the addresses: ioremap() and vmap() print no header.  The last line is that of a header to come.
 */
static void note_told(struct aw_klog_assembly *a, const struct aw_klog_line *line, uint64_t count)
{
	const struct aw_klog_open *last = a->nr_open ? a->open[a->nr_open - 1] : NULL;
	uint64_t to_come = a->vmap_lines && last && last->r.type == AW_KLOG_VMALLOC && !last->r.has_mode && last->touched + 1 == a->serial &&
			   line->mono_us - last->r.mono_us <= ONE_REQUEST_US;
	uint64_t told = a->vmap_lines - to_come;

	a->stats->suppressed_told += told < count ? told : count;
	a->vmap_lines = to_come;
}

/* "warn_alloc: 427 callbacks suppressed" stands before the report that is printed again. */
static void count_suppressed(struct aw_klog_assembly *a, const struct aw_klog_line *line, uint64_t count)
{
	if (count)
		note_told(a, line, count);
	a->stats->suppressed += count;
	a->suppressed += count;
}

/* ACPI's "Preparing to enter system sleep state S3"; S5 is the end of a shutdown, which disables no OOM killer. */
static bool is_sleep(struct aw_text t)
{
	return aw_text_skip_past(&t, "Preparing to enter system sleep state S") && aw_text_at(&t, 0) != '5';
}

/* oom_killer_disable() and oom_killer_enable() of suspend and hibernation say so, the latter from 4.14 on; ACPI, and who thaws tasks. */
static void note_suspend(struct aw_klog_assembly *a, const struct aw_klog_line *line)
{
	if (aw_text_starts(&line->text, "OOM killer disabled") || is_sleep(line->text))
		a->suspended = true;
	else if (aw_text_starts(&line->text, "OOM killer enabled") || aw_text_find(&line->text, "Restarting tasks"))
		a->suspended = false;
}

void aw_klog_note_upstream(struct aw_klog_assembly *a, const char *release, uint32_t upstream)
{
	if (!upstream)
		return;
	snprintf(a->based, sizeof(a->based), "%s", release);
	a->upstream = upstream;
}

/* What a line says of the kernel that prints, outside of reports. */
static void note_kernel(struct aw_klog_assembly *a, const struct aw_klog_line *line)
{
	uint32_t upstream = 0;
	char release[sizeof(a->release)];

	if (aw_klog_linux_version(line, a->release, sizeof(a->release), &upstream)) {
		a->kdump = a->suspended = a->nommu = false;	/* a boot */
		aw_klog_note_upstream(a, a->release, upstream);
	} else if (aw_klog_uname(line->text, release, sizeof(release), &upstream)) {
		memcpy(a->release_guess, release, sizeof(release));
		aw_klog_note_upstream(a, release, upstream);
	} else if (aw_klog_is_kdump(line)) {
		a->kdump = true;
	}
}

void aw_klog_note_around(struct aw_klog_assembly *a, const struct aw_klog_line *line)
{
	count_suppressed(a, line, aw_klog_suppressed(line, false));
	a->stats->suppressed += aw_klog_suppressed(line, true);	/* they say nothing of the page allocator */
	note_suspend(a, line);
	note_kernel(a, line);
	a->suppressed_lines += aw_klog_vmalloc_suppressed(line->text);
}

bool aw_klog_is_foreign(const struct aw_klog_line *line)
{
	static const char *const starts[] = {
		"WARNING: ", "BUG: ", "------------[ cut here", "INFO: ", "Unable to handle kernel",
		"Internal error: ", "Kernel panic", "general protection fault", "rcu: INFO", "sysrq: ",
		"Oops", "watchdog: BUG", "SysRq", "NMI backtrace", "UBSAN:", "kasan:", "kernel BUG at",
	};

	for (size_t i = 0; i < ARRAY_SIZE(starts); i++)
		if (aw_text_starts(&line->text, starts[i]))
			return true;
	return false;
}
