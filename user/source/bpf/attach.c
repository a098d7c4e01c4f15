// SPDX-License-Identifier: GPL-2.0
/*
 * Attaching the BPF programs: what works here, and what is missing.
 */
#include <bpf/bpf.h>
#include <errno.h>
#include <linux/capability.h>
#include <linux/perf_event.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/privileges.h"
#include "source/bpf/internal.h"
#include "system/tracefs.h"

static bool kernel_has_kprobes(void)
{
	return !access("/sys/bus/event_source/devices/kprobe", F_OK);
}

/* Debian and Ubuntu have a level above 2, at which perf_event_open(2) takes CAP_SYS_ADMIN, and CAP_PERFMON is not enough. */
static bool perf_wants_admin(void)
{
	AW_FREE char *text = NULL;

	return !(aw_capabilities_effective() & AW_CAPABILITY(CAP_SYS_ADMIN)) &&
	       !aw_file_read("/proc/sys/kernel/perf_event_paranoid", &text, NULL) && strtol(text, NULL, 10) > 2;
}

bool aw_bpf_have_kprobes(void)
{
	return kernel_has_kprobes() && !perf_wants_admin();
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
	if (!link && errno == ENOMEM)
		aw_memory_note_failure();
	if (!link)
		return -errno;
	bpf->links[bpf->nr_links++] = link;
	return 0;
}

/* "tracepoint/GROUP/NAME": the number of the event in tracefs, wherever that is mounted; -ENOENT: no such event; -errno. */
static int tracepoint_number(const char *section)
{
	AW_FREE char *text = NULL;
	char path[256];
	const char *dir = aw_tracefs_dir();
	int err;

	if (!dir)
		return -ENOENT;
	snprintf(path, sizeof(path), "%s/events/%s/id", dir, section + strlen("tracepoint/"));
	err = aw_file_read(path, &text, NULL);
	return err ? err : atoi(text);
}

/* As bpf_program__attach_tracepoint(), which finds tracefs only where it is usually mounted. */
static struct bpf_link *attach_tracepoint(const struct bpf_program *program)
{
	int number = tracepoint_number(bpf_program__section_name(program));
	struct perf_event_attr attr = { .type = PERF_TYPE_TRACEPOINT, .size = sizeof(attr), .sample_period = 1 };
	struct bpf_link *link;
	int fd;

	if (number <= 0) {
		errno = number ? -number : ENOENT;
		return NULL;
	}
	attr.config = (uint64_t)number;
	fd = (int)syscall(SYS_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
	if (fd < 0)
		return NULL;
	link = bpf_program__attach_perf_event(program, fd);
	if (!link || libbpf_get_error(link)) {
		int err = errno;

		close(fd);
		errno = err;
	}
	return link;
}

static bool is_classic(const struct bpf_program *program)
{
	return bpf_program__type(program) == BPF_PROG_TYPE_TRACEPOINT;
}

/* 0; -ENOENT: the program was not loaded; -errno. */
static int attach(struct aw_bpf_object *bpf, enum aw_bpf_program number)
{
	const struct bpf_program *program = bpf->programs[number];

	if (!aw_bpf_is_loaded(bpf, number))
		return -ENOENT;
	return add_link(bpf, is_classic(program) ? attach_tracepoint(program) : bpf_program__attach(program));
}

static int attach_kprobe(struct aw_bpf_object *bpf, enum aw_bpf_program program, const char *function)
{
	return aw_bpf_is_loaded(bpf, program) ?
	       add_link(bpf, bpf_program__attach_kprobe(bpf->programs[program], false, function)) : -ENOENT;
}

#define PARANOID "kernel.perf_event_paranoid is above 2, so it takes CAP_SYS_ADMIN, or: sysctl kernel.perf_event_paranoid=2"

/* Of a program that is attached by perf_event_open(2). */
static const char *why_no_event(int err)
{
	if ((err == -EPERM || err == -EACCES) && perf_wants_admin())
		return PARANOID;
	if (err == -ENOENT)
		return "no such event; is tracefs mounted at /sys/kernel/tracing?";
	return strerror(-err);
}

static const char *why_no_kprobe(int err)
{
	if (!kernel_has_kprobes())
		return "this kernel has no kprobes (CONFIG_KPROBES, CONFIG_KPROBE_EVENTS)";
	if (perf_wants_admin())
		return PARANOID;
	if (err == -EPERM || err == -EACCES)
		return "the kernel does not permit kprobes (lockdown, or missing CAP_PERFMON)";
	return strerror(-err);
}

/*
 * Functions that warn_alloc calls if it prints, and only then; the first that can
 * be probed is used.  arm64 forbids probes in much of lib/, where dump_stack()
 * and show_mem() are.  cpuset_print_current_mems_allowed() is called since 4.11;
 * every kernel prints the zones.
 */
static const char *const printing[] = {
	"cpuset_print_current_mems_allowed", "__show_free_areas", "show_free_areas",
	"__show_mem", "show_mem", "dump_stack",
};

static int attach_printing(struct aw_bpf_object *bpf)
{
	int err = -ENOENT;

	for (unsigned int i = 0; err && i < ARRAY_SIZE(printing); i++)
		err = attach_kprobe(bpf, AW_PROGRAM_WARN_PRINTED, printing[i]);
	return err;
}

static void attach_warn_alloc(struct aw_bpf_object *bpf, const struct aw_bpf_config *config,
			      struct aw_bpf_watch *watch)
{
	const char *function = config->warn_abi == AW_WARN_FAILED ? "warn_alloc_failed" : "warn_alloc";
	int err = attach_kprobe(bpf, AW_PROGRAM_WARN_ALLOC, function);

	watch->warn = !err;
	if (err) {
		aw_bpf_miss(bpf, "warn_alloc kprobe", "whether a failure was printed is not known, vmalloc errors are not seen, "
			    "and times are those of the tracepoint", "%s can't be probed: %s", function, why_no_kprobe(err));
		return;
	}
	err = attach_printing(bpf);
	watch->printed = !err;
	if (err)
		aw_bpf_miss(bpf, "kprobe on the report", "printed and rate-limited reports can't be distinguished",
		     "none of the functions that warn_alloc prints with can be probed: %s", why_no_kprobe(err));
}

static void attach_extfrag(struct aw_bpf_object *bpf)
{
	int classic = attach(bpf, AW_PROGRAM_EXTFRAG), raw;

	if (!classic)
		return;
	raw = attach(bpf, AW_PROGRAM_EXTFRAG_RAW);
	if (raw)
		aw_bpf_miss(bpf, "mm_page_alloc_extfrag", "steals are not seen",
		     "the tracepoint can't be attached: %s", strerror(-raw));
	else if (bpf->build == AW_BUILD_NO_BTF)
		aw_bpf_miss(bpf, "mm_page_alloc_extfrag record", "whether a pageblock changed hands is not known",
			    "it can't be read without BTF");
	else
		aw_bpf_miss(bpf, "mm_page_alloc_extfrag record", "whether a pageblock changed hands is not known",
		     "the tracepoint's record can't be read: %s", why_no_event(classic));
}

/*
 * The slow path's tracepoints, by the part of the effort that they are needed
 * for; what ends something stands before what begins it.
 */
static const struct {
	enum aw_bpf_program program;
	uint32_t part;
} efforts[] = {
	{ AW_PROGRAM_RECLAIM_END, AW_EFFORT_RECLAIM },
	{ AW_PROGRAM_RECLAIM_BEGIN, AW_EFFORT_RECLAIM },
	{ AW_PROGRAM_COMPACTION_MOVED, AW_EFFORT_PAGES },
	{ AW_PROGRAM_COMPACTION_FREE_SCANNED, AW_EFFORT_PAGES },
	{ AW_PROGRAM_COMPACTION_SCANNED, AW_EFFORT_PAGES },
	{ AW_PROGRAM_COMPACTION_SUITABLE, AW_EFFORT_COMPACTION },
	{ AW_PROGRAM_COMPACTION_DEFERRED, AW_EFFORT_COMPACTION },
	{ AW_PROGRAM_COMPACTION_END, AW_EFFORT_COMPACTION },
	{ AW_PROGRAM_COMPACTION_END_OF_SIX, AW_EFFORT_COMPACTION },
	{ AW_PROGRAM_COMPACTION_BEGIN, AW_EFFORT_COMPACTION },
	{ AW_PROGRAM_COMPACTION_TRY, AW_EFFORT_COMPACTION },
	{ AW_PROGRAM_RECLAIM_RETRY, AW_EFFORT_RETRY },
	{ AW_PROGRAM_COMPACT_RETRY, AW_EFFORT_RETRY },
};

/* A part is known only with all of its programs: without one of them, the others would be misleading. */
static uint32_t attach_effort(struct aw_bpf_object *bpf)
{
	uint32_t known = AW_EFFORT_RECLAIM | AW_EFFORT_COMPACTION | AW_EFFORT_RETRY | AW_EFFORT_PAGES;
	int reclaim = 0, compaction = 0, pages = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(efforts); i++) {
		uint32_t part = efforts[i].part;
		int err = known & part && aw_bpf_is_loaded(bpf, efforts[i].program) ? attach(bpf, efforts[i].program) : 0;

		if (!err)
			continue;
		known &= ~part;
		if (part == AW_EFFORT_RECLAIM)
			reclaim = err;
		else if (part == AW_EFFORT_COMPACTION)
			compaction = err;
		else if (part == AW_EFFORT_PAGES)
			pages = err;
	}
	if (!(known & AW_EFFORT_RECLAIM))
		aw_bpf_miss(bpf, "direct reclaim events", "what reclaim did is not known", "the tracepoints can't be attached: %s",
			    strerror(-reclaim));
	if (!(known & AW_EFFORT_COMPACTION))
		aw_bpf_miss(bpf, "compaction events", "what compaction did is not known",
			    "the tracepoints can't be attached (CONFIG_COMPACTION): %s", strerror(-compaction));
	else if (!(known & AW_EFFORT_PAGES))
		aw_bpf_miss(bpf, "events of compaction's scanners", "how many pages compaction scanned and moved is not known",
			    "the tracepoints can't be attached: %s", why_no_event(pages));
	if (bpf->zones_found && known & AW_EFFORT_COMPACTION && known & AW_EFFORT_RETRY)
		known |= AW_EFFORT_ZONES;
	return known;
}

/* Kernels without CMA have neither the event nor the failures, so nothing is missing. */
static void attach_cma(struct aw_bpf_object *bpf)
{
	int err = attach(bpf, AW_PROGRAM_CMA_FINISH);

	if (err == -ENOENT)
		err = attach(bpf, AW_PROGRAM_CMA_ALLOC);
	if (err && err != -ENOENT)
		aw_bpf_miss(bpf, "cma:cma_alloc_finish", "failures of CMA areas are not seen", "the tracepoint can't be attached: %s",
			    strerror(-err));
}

static void attach_oom(struct aw_bpf_object *bpf)
{
	int err = attach(bpf, AW_PROGRAM_OOM_KILL);

	if (err && bpf->build == AW_BUILD_NO_BTF)
		aw_bpf_miss(bpf, "oom:mark_victim", "OOM kills are not seen", "it can't be read without BTF");
	else if (err)
		aw_bpf_miss(bpf, "oom:mark_victim", "OOM kills are not seen", "the tracepoint can't be attached: %s", why_no_event(err));
}

/*
 * The kernel calls next_zone() for every zone when it computes MemAvailable of /proc/meminfo.  0 or -errno; -ENODATA:
 * it called it for none.
 */
static int find_zones(struct aw_bpf_object *bpf)
{
	AW_FREE char *meminfo = NULL;
	struct aw_bpf_zones zones = { 0 };
	int err = attach(bpf, AW_PROGRAM_FIND_ZONES);
	__u32 zero = 0;

	if (err && aw_bpf_is_loaded(bpf, AW_PROGRAM_FIND_ZONES_FENTRY))
		err = attach(bpf, AW_PROGRAM_FIND_ZONES_FENTRY);
	if (err)
		return err;
	aw_file_read("/proc/meminfo", &meminfo, NULL);
	bpf_link__destroy(bpf->links[--bpf->nr_links]);
	bpf_map_lookup_elem(aw_bpf_map_fd(bpf, AW_MAP_ZONES), &zero, &zones);
	return zones.count > 0 ? 0 : -ENODATA;
}

static const char *why_no_zones(int err)
{
	if (err == -ENODATA)
		return "the kernel called it for no zone";
	if (aw_bpf_have_kprobes() || perf_wants_admin())
		return why_no_kprobe(err);
	if (err == -ENOENT)	/* neither program was loaded */
		return "this kernel has no kprobes, and refuses fentry programs";
	return strerror(-err);
}

static void attach_zones(struct aw_bpf_object *bpf)
{
	static const char cost[] = "they are read from /proc after the failure";
	int err = find_zones(bpf);

	bpf->zones_found = !err;
	if (err && bpf->build == AW_BUILD_NO_BTF)
		aw_bpf_miss(bpf, "zones at the failure", cost, "they can't be read without BTF");
	else if (err)
		aw_bpf_miss(bpf, "zones at the failure", cost, "next_zone, which shows their addresses, can't be probed: %s",
			    why_no_zones(err));
}

static int write_watch(const struct aw_bpf_object *bpf, const struct aw_bpf_watch *watch)
{
	__u32 zero = 0;

	return bpf_map_update_elem(aw_bpf_map_fd(bpf, AW_MAP_WATCH), &zero, watch, BPF_ANY) ? -errno : 0;
}

/* mm_page_alloc last, so that every failure that is seen is seen with everything that is watched. */
int aw_bpf_attach(struct aw_bpf_object *bpf, const struct aw_bpf_config *config, struct aw_error *error)
{
	struct aw_bpf_watch watch = { 0 };
	int err;

	if (config->zones_per_second)
		attach_zones(bpf);
	attach_warn_alloc(bpf, config, &watch);
	attach_extfrag(bpf);
	attach_cma(bpf);
	attach_oom(bpf);
	watch.effort = attach_effort(bpf);
	if (!config->tracepoint)
		aw_bpf_miss(bpf, "--low-overhead", bpf->build == AW_BUILD_NO_BTF ?
			    "failures that warn_alloc is not called for and stalls are not seen, and what was tried is not known" :
			    "failures that warn_alloc is not called for and stalls are not seen, and what was tried is known of "
			    "requests above order 3 only", "nothing is attached to mm_page_alloc");
	err = write_watch(bpf, &watch);
	if (err)
		return aw_error_set(error, err, "can't pass on to the BPF programs what is attached: %s", strerror(-err));
	if (!config->tracepoint)
		return watch.warn ? 0 : aw_error_set(error, -ENODEV, "--low-overhead watches warn_alloc only, which can't be probed: %s",
						     why_no_kprobe(-ENOENT));
	err = attach(bpf, config->count_allocations ? AW_PROGRAM_PAGE_ALLOC_COUNT : AW_PROGRAM_PAGE_ALLOC);
	if (err)
		return aw_error_set(error, -ENODEV, "the tracepoint mm_page_alloc can't be attached: %s", strerror(-err));
	return 0;
}
