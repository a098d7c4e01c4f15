// SPDX-License-Identifier: GPL-2.0
/*
 * The facts about the running kernel, each from the best source that is readable.
 */
#include "system/running.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "system/btf.h"
#include "system/tracefs.h"

static int64_t wall_offset(void)
{
	struct timespec wall, mono;

	clock_gettime(CLOCK_MONOTONIC, &mono);
	clock_gettime(CLOCK_REALTIME, &wall);
	return ((int64_t)wall.tv_sec - mono.tv_sec) * 1000000000 + wall.tv_nsec - mono.tv_nsec;
}

/* Node 0, zone      DMA      1      0      1 ...: one column per order. */
static unsigned int max_order_of_buddyinfo(const char *text)
{
	const char *zone = strstr(text, "zone");
	unsigned int columns = 0;
	int used;

	if (!zone || sscanf(zone, "zone %*s%n", &used) < 0)
		return 0;
	for (zone += used; sscanf(zone, " %*[0-9]%n", &used) >= 0 && *zone != '\n'; zone += used) {
		if (!strspn(zone + strspn(zone, " "), "0123456789"))
			break;
		columns++;
	}
	return columns ? columns - 1 : 0;
}

/* The usual largest order of arm64 and x86 by page size. */
static unsigned int usual_max_order(uint32_t page_size)
{
	return page_size == 65536 ? 13 : page_size == 16384 ? 11 : 10;
}

static unsigned int max_order(uint32_t page_size)
{
	AW_FREE char *text = NULL;
	unsigned int order = 0;

	if (!aw_file_read("/proc/buddyinfo", &text, NULL))
		order = max_order_of_buddyinfo(text);
	return order ? order : usual_max_order(page_size);
}

/* Page block order: 9 */
static void read_pagetypeinfo(struct aw_kernel *kernel)
{
	AW_FREE char *text = NULL;
	size_t len;
	const char *order;

	if (aw_file_read("/proc/pagetypeinfo", &text, &len))
		return;
	order = strstr(text, "Page block order:");
	if (order)
		kernel->pageblock_order = strtoul(order + strlen("Page block order:"), NULL, 10);
	aw_migratetypes_from_pagetypeinfo(text, len, &kernel->migratetypes);
}

static int read_gfp(struct aw_kernel *kernel, const struct aw_btf *btf)
{
	AW_FREE char *format = NULL;
	size_t len;

	if (!aw_tracefs_format("kmem", "mm_page_alloc", &format, &len) &&
	    !aw_gfp_table_from_format(format, len, &kernel->gfp)) {
		aw_gfp_table_set_origin(kernel->gfp, "tracefs");
		return 0;
	}
	if (btf && !aw_btf_gfp_table(btf, &kernel->gfp))
		return 0;
	return aw_gfp_table_for_release(kernel->release, kernel->android, &kernel->gfp);
}

/* The first word of a one-line file, at most size - 1 bytes. */
static void read_word(const char *path, char *word, size_t size)
{
	AW_FREE char *text = NULL;

	if (!aw_file_read(path, &text, NULL))
		snprintf(word, size, "%.*s", (int)strcspn(text, " \n"), text);
}

static int read_setting(const char *name)
{
	AW_FREE char *text = NULL;
	char path[64];

	snprintf(path, sizeof(path), "/proc/sys/vm/%s", name);
	return aw_file_read(path, &text, NULL) ? -1 : (int)strtol(text, NULL, 10);
}

static void read_vm_settings(struct aw_vm_settings *vm)
{
	*vm = (struct aw_vm_settings){
		.min_free_kbytes = read_setting("min_free_kbytes"),
		.watermark_scale_factor = read_setting("watermark_scale_factor"),
		.watermark_boost_factor = read_setting("watermark_boost_factor"),
		.defrag_mode = read_setting("defrag_mode"),
		.compaction_proactiveness = read_setting("compaction_proactiveness"),
		.extfrag_threshold = read_setting("extfrag_threshold"),
		.min_free_order_shift = read_setting("min_free_order_shift"),
		.compact_unevictable_allowed = read_setting("compact_unevictable_allowed"),
	};
}

/* Ubuntu names the stable release in a separate file, others in uname -v. */
static void read_version(const char *build, struct aw_kernel *kernel)
{
	AW_FREE char *signature = NULL;

	if (!aw_file_read("/proc/version_signature", &signature, NULL))
		build = signature;
	kernel->version = aw_version_upstream(kernel->release, build, &kernel->version_exact);
}

static int find_out(const struct aw_btf *btf, bool pagetypeinfo, struct aw_kernel *out)
{
	struct aw_kernel kernel = { .page_size = (uint32_t)sysconf(_SC_PAGESIZE) };
	struct utsname name;
	int err;

	if (uname(&name))
		memset(&name, 0, sizeof(name));
	snprintf(kernel.release, sizeof(kernel.release), "%s", name.release);
	snprintf(kernel.arch, sizeof(kernel.arch), "%.16s", name.machine);
	snprintf(kernel.host, sizeof(kernel.host), "%s", name.nodename);
	read_word("/proc/sys/kernel/random/boot_id", kernel.boot_id, sizeof(kernel.boot_id));
	read_version(name.version, &kernel);
	kernel.android = strstr(kernel.release, "android") || !access("/system/bin/sh", X_OK);
	read_vm_settings(&kernel.vm);
	kernel.max_order = max_order(kernel.page_size);
	kernel.wall_offset_ns = wall_offset();
	aw_migratetypes_for_release(kernel.release, kernel.android, &kernel.migratetypes);
	if (!btf || aw_btf_compact_numbers(btf, &kernel.compact_numbers))
		aw_compact_numbers_for(kernel.version, &kernel.compact_numbers);
	/* Reading pagetypeinfo walks all free lists with the zone lock held, so it is used only without BTF. */
	if ((!btf || aw_btf_migratetypes(btf, &kernel.migratetypes)) && pagetypeinfo)
		read_pagetypeinfo(&kernel);
	err = read_gfp(&kernel, btf);
	*out = kernel;
	return err;
}

int aw_kernel_running_with(const struct aw_btf *btf, struct aw_kernel *out)
{
	return find_out(btf, true, out);
}

int aw_kernel_running_quietly(const struct aw_btf *btf, struct aw_kernel *out)
{
	return find_out(btf, false, out);
}

int aw_kernel_running(struct aw_kernel *out)
{
	struct aw_btf *btf = aw_btf_open();
	int err = aw_kernel_running_with(btf, out);

	aw_btf_free(btf);
	return err;
}
