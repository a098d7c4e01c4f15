// SPDX-License-Identifier: GPL-2.0
/*
 * Attaching the BPF programs: what can be had here, and what is missing.
 */
#include <bpf/bpf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "source/bpf_parts.h"

bool aw_bpf_have_kprobes(void)
{
	return !access("/sys/bus/event_source/devices/kprobe", F_OK);
}

void aw_bpf_miss(struct aw_bpf_object *bpf, const char *what, const char *cost, const char *format, ...)
{
	struct aw_missing *missing;
	va_list args;

	if (bpf->nr_missing == AW_MAX_MISSING_FEATURES)
		return;
	missing = &bpf->missing[bpf->nr_missing++];
	missing->what = what;
	missing->cost = cost;
	va_start(args, format);
	vsnprintf(missing->why, sizeof(missing->why), format, args);
	va_end(args);
}

static int add_link(struct aw_bpf_object *bpf, struct bpf_link *link)
{
	if (!link)
		return -errno;
	bpf->links[bpf->nr_links++] = link;
	return 0;
}

static int attach(struct aw_bpf_object *bpf, const char *name)
{
	struct bpf_program *program = aw_bpf_program(bpf, name);

	return program ? add_link(bpf, bpf_program__attach(program)) : -ENOENT;
}

static int attach_kprobe(struct aw_bpf_object *bpf, const char *name, const char *function)
{
	struct bpf_program *program = aw_bpf_program(bpf, name);

	return program ? add_link(bpf, bpf_program__attach_kprobe(program, false, function)) : -ENOENT;
}

static const char *why_no_kprobe(int err)
{
	if (access("/sys/bus/event_source/devices/kprobe", F_OK))
		return "this kernel has no kprobes (CONFIG_KPROBES, CONFIG_KPROBE_EVENTS)";
	if (err == -EPERM || err == -EACCES)
		return "the kernel does not permit kprobes (lockdown, or missing CAP_PERFMON)";
	return strerror(-err);
}

/*
 * Functions that warn_alloc calls once it has decided to print, and only then:
 * the first that can be probed.  arm64 forbids probes in much of lib/, where
 * dump_stack() and show_mem() are; cpuset_print_current_mems_allowed() is
 * called since 4.11, the zones are printed by every kernel.
 */
static const char *const printing[] = {
	"cpuset_print_current_mems_allowed", "__show_free_areas", "show_free_areas",
	"__show_mem", "show_mem", "dump_stack",
};

static int attach_printing(struct aw_bpf_object *bpf)
{
	int err = -ENOENT;

	for (unsigned int i = 0; err && i < sizeof(printing) / sizeof(printing[0]); i++)
		err = attach_kprobe(bpf, "warn_printed", printing[i]);
	return err;
}

static void attach_warn_alloc(struct aw_bpf_object *bpf, const struct aw_bpf_config *config,
			      struct aw_bpf_watch *watch)
{
	const char *function = config->warn_abi == AW_WARN_FAILED ? "warn_alloc_failed" : "warn_alloc";
	int err = attach_kprobe(bpf, "warn_alloc", function);

	watch->warn = !err;
	if (err) {
		aw_bpf_miss(bpf, "warn_alloc kprobe", "whether the kernel log got a failure is not known, vmalloc errors are not seen, "
		     "and the time is that of the tracepoint", "%s can't be probed: %s", function, why_no_kprobe(err));
		return;
	}
	err = attach_printing(bpf);
	watch->printed = !err;
	if (err)
		aw_bpf_miss(bpf, "kprobe on the report", "printed and rate-limited reports can't be told apart",
		     "none of the functions that warn_alloc prints with can be probed: %s", why_no_kprobe(err));
}

static void attach_extfrag(struct aw_bpf_object *bpf)
{
	bool has_classic = aw_bpf_program(bpf, "extfrag");
	int classic = attach(bpf, "extfrag"), raw;

	if (!classic)
		return;
	raw = attach(bpf, "extfrag_raw");
	if (raw)
		aw_bpf_miss(bpf, "mm_page_alloc_extfrag", "who breaks up memory is not seen",
		     "the tracepoint can't be attached: %s", strerror(-raw));
	else if (!has_classic)
		aw_bpf_miss(bpf, "mm_page_alloc_extfrag record", "whether a pageblock changed hands is not known",
			    "it can't be read without BTF");
	else
		aw_bpf_miss(bpf, "mm_page_alloc_extfrag record", "whether a pageblock changed hands is not known",
		     "the tracepoint's record can't be read (%s): is tracefs mounted at /sys/kernel/tracing?", strerror(-classic));
}

/* The slow path's tracepoints, by what they tell of. */
static const struct {
	const char *program;
	uint32_t part;
} efforts[] = {
	{ "reclaim_end", AW_EFFORT_RECLAIM },
	{ "reclaim_begin", AW_EFFORT_RECLAIM },
	{ "compaction_suitable", AW_EFFORT_COMPACTION },
	{ "compaction_deferred", AW_EFFORT_COMPACTION },
	{ "compaction_begin", AW_EFFORT_COMPACTION },
	{ "compaction_end", AW_EFFORT_COMPACTION },
	{ "compaction_end_of_six", AW_EFFORT_COMPACTION },
	{ "compaction_try", AW_EFFORT_COMPACTION },
	{ "reclaim_retry", AW_EFFORT_RETRY },
	{ "compact_retry", AW_EFFORT_RETRY },
};

/* A part is known only with all of its programs. */
static uint32_t attach_effort(struct aw_bpf_object *bpf)
{
	uint32_t known = AW_EFFORT_RECLAIM | AW_EFFORT_COMPACTION | AW_EFFORT_RETRY;

	for (unsigned int i = 0; i < sizeof(efforts) / sizeof(efforts[0]); i++)
		if (aw_bpf_program(bpf, efforts[i].program) && attach(bpf, efforts[i].program))
			known &= ~efforts[i].part;
	if (!(known & AW_EFFORT_RECLAIM))
		aw_bpf_miss(bpf, "direct reclaim events", "how much was reclaimed is not known", "the tracepoints can't be attached");
	if (!(known & AW_EFFORT_COMPACTION))
		aw_bpf_miss(bpf, "compaction events", "what compaction tried is not known",
		     "the tracepoints can't be attached (CONFIG_COMPACTION)");
	return known;
}

/* Kernels without CMA have no such event, and no such failure: nothing is missing then. */
static void attach_others(struct aw_bpf_object *bpf)
{
	if (attach(bpf, "cma_finish"))
		attach(bpf, "cma_alloc");
	if (attach(bpf, "oom_kill"))
		aw_bpf_miss(bpf, "oom:mark_victim", "OOM kills are not seen", aw_bpf_program(bpf, "oom_kill") ?
			    "the tracepoint can't be attached" : "it can't be read without BTF");
}

/* next_zone() is handed every zone while /proc/meminfo sums up what is available. */
static bool find_zones(struct aw_bpf_object *bpf)
{
	const char *program = aw_bpf_program(bpf, "find_zones") ? "find_zones" : "find_zones_fentry";
	AW_FREE char *meminfo = NULL;
	struct aw_bpf_zones zones = { 0 };
	__u32 zero = 0;

	if (attach(bpf, program))
		return false;
	aw_file_read("/proc/meminfo", &meminfo, NULL);
	bpf_link__destroy(bpf->links[--bpf->nr_links]);
	bpf_map_lookup_elem(aw_bpf_map_fd(bpf, ".data.zones"), &zero, &zones);
	return zones.count > 0;
}

static int write_watch(const struct aw_bpf_object *bpf, const struct aw_bpf_watch *watch)
{
	__u32 zero = 0;

	return bpf_map_update_elem(aw_bpf_map_fd(bpf, ".data.watch"), &zero, watch, BPF_ANY) ? -errno : 0;
}

/* mm_page_alloc last: from then on every failure is seen with all that can be known of it. */
int aw_bpf_attach(struct aw_bpf_object *bpf, const struct aw_bpf_config *config, struct aw_error *error)
{
	struct aw_bpf_watch watch = { 0 };
	int err;

	if (config->zones_per_second)
		bpf->zones_found = find_zones(bpf);
	if (config->zones_per_second && !bpf->zones_found)
		aw_bpf_miss(bpf, "zones at the failure", "they are read from /proc after the failure",
		     "next_zone, which tells where they are, can't be probed");
	attach_warn_alloc(bpf, config, &watch);
	attach_extfrag(bpf);
	attach_others(bpf);
	if (config->tracepoint)
		watch.effort = attach_effort(bpf);
	err = write_watch(bpf, &watch);
	if (err)
		return aw_error_set(error, err, "can't tell the BPF programs what is attached: %s", strerror(-err));
	if (!config->tracepoint)
		return watch.warn ? 0 : aw_error_set(error, -ENODEV, "--low-overhead watches warn_alloc only, which can't be probed: %s",
						     why_no_kprobe(-ENOENT));
	err = attach(bpf, config->count_allocations ? "page_alloc_count" : "page_alloc");
	if (err)
		return aw_error_set(error, -ENODEV, "the tracepoint mm_page_alloc can't be attached: %s", strerror(-err));
	return 0;
}
