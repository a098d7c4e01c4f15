// SPDX-License-Identifier: GPL-2.0
/*
 * The BPF object: which build of it this kernel takes, its configuration,
 * which programs run.
 */
#include "source/bpf_load.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../bpf/names.h" /* before the skeletons, which use its types */
#include "allocwatch.skel.h"
#include "allocwatch_nobtf.skel.h"
#include "allocwatch_nopercpu.skel.h"
#include "kernel/btf.h"

/* ---- which build ---- */

struct build {
	const char *name;
	bool needs_btf;
	const void *(*bytes)(size_t *size);
};

static const struct build builds[] = {
	{ "CO-RE", true, allocwatch_bpf__elf_bytes },
	{ "CO-RE without per-cpu symbols", true, allocwatch_nopercpu_bpf__elf_bytes },
	{ "without BTF", false, allocwatch_nobtf_bpf__elf_bytes },
};

static void miss(struct aw_bpf_object *bpf, const char *what, const char *cost, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static void miss(struct aw_bpf_object *bpf, const char *what, const char *cost, const char *format, ...)
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

static bool have_btf(void)
{
	struct aw_btf *btf = aw_btf_open();

	aw_btf_free(btf);
	return btf != NULL;
}

/* ---- which programs ---- */

static bool is_wanted(const struct aw_bpf_config *config, bool want_names, const char *program)
{
	if (!strcmp(program, "page_alloc"))
		return config->tracepoint;
	if (!strcmp(program, "format_names"))
		return want_names;
	return true;
}

static struct bpf_program *find(const struct aw_bpf_object *bpf, const char *name)
{
	struct bpf_program *program = bpf_object__find_program_by_name(bpf->object, name);

	return program && bpf_program__fd(program) >= 0 ? program : NULL;
}

static int map_fd(const struct aw_bpf_object *bpf, const char *name)
{
	return bpf_object__find_map_fd_by_name(bpf->object, name);
}

static int configure(struct bpf_object *object, const struct aw_bpf_config *config, bool want_names)
{
	struct bpf_map *rodata = bpf_object__find_map_by_name(object, ".rodata.config");
	struct bpf_map *ring = bpf_object__find_map_by_name(object, "events");
	struct bpf_program *program;

	if (!rodata || !ring)
		return -EINVAL;
	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program, is_wanted(config, want_names,
							     bpf_program__name(program)));
	bpf_map__set_max_entries(ring, config->ring_bytes);
	return bpf_map__set_initial_value(rodata, config, sizeof(*config));
}

static int load_build(const struct build *build, const struct aw_bpf_config *config,
		      bool want_names, struct bpf_object **out)
{
	size_t size;
	const void *bytes = build->bytes(&size);
	struct bpf_object *object;
	int err;

	LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = "allocwatch");

	object = bpf_object__open_mem(bytes, size, &options);
	if (!object)
		return -errno;
	err = configure(object, config, want_names);
	if (!err)
		err = bpf_object__load(object);
	if (err)
		bpf_object__close(object);
	else
		*out = object;
	return err;
}

static int load_any(const struct aw_bpf_config *config, bool want_names, struct aw_bpf_object *bpf)
{
	bool btf = have_btf();
	int err = -ENOTSUP;

	for (unsigned int i = 0; i < sizeof(builds) / sizeof(builds[0]); i++) {
		if (builds[i].needs_btf && !btf)
			continue;
		err = load_build(&builds[i], config, want_names, &bpf->object);
		if (!err) {
			bpf->build = builds[i].name;
			return 0;
		}
		if (err == -EPERM)
			return err;
	}
	return err;
}

static int explain_load(int err, struct aw_error *error)
{
	if (err == -EPERM && geteuid())
		return aw_error_set(error, -ENODEV, "BPF is not permitted for this user: run as root (sudo allocwatch live), "
				    "or give CAP_BPF and CAP_PERFMON");
	if (err == -EPERM)
		return aw_error_set(error, -ENODEV, "the kernel denies bpf() even to root here: a container without CAP_BPF, "
				    "kernel lockdown or a security module forbids it");
	if (err == -ENOSYS)
		return aw_error_set(error, -ENODEV, "this kernel has no BPF (CONFIG_BPF_SYSCALL)");
	return aw_error_set(error, -ENODEV, "this kernel does not take the BPF programs: %s; the ring buffer needs 5.8 or later",
			    strerror(-err));
}

/* ---- attaching ---- */

static int add_link(struct aw_bpf_object *bpf, struct bpf_link *link)
{
	if (!link)
		return -errno;
	bpf->links[bpf->nr_links++] = link;
	return 0;
}

static int attach(struct aw_bpf_object *bpf, const char *name)
{
	struct bpf_program *program = find(bpf, name);

	return program ? add_link(bpf, bpf_program__attach(program)) : -ENOENT;
}

static int attach_kprobe(struct aw_bpf_object *bpf, const char *name, const char *function)
{
	struct bpf_program *program = find(bpf, name);

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
		miss(bpf, "warn_alloc kprobe", "whether the kernel log got a failure is not known, vmalloc errors are not seen, "
		     "and the time is that of the tracepoint", "%s can't be probed: %s", function, why_no_kprobe(err));
		return;
	}
	err = attach_printing(bpf);
	watch->printed = !err;
	if (err)
		miss(bpf, "kprobe on the report", "printed and rate-limited reports can't be told apart",
		     "none of the functions that warn_alloc prints with can be probed: %s", why_no_kprobe(err));
}

static void attach_extfrag(struct aw_bpf_object *bpf)
{
	int classic = attach(bpf, "extfrag"), raw;

	if (!classic)
		return;
	raw = attach(bpf, "extfrag_raw");
	if (raw)
		miss(bpf, "mm_page_alloc_extfrag", "who breaks up memory is not seen",
		     "the tracepoint can't be attached: %s", strerror(-raw));
	else
		miss(bpf, "mm_page_alloc_extfrag record", "whether a pageblock changed hands is not known",
		     "the tracepoint's record can't be read (%s): is tracefs mounted at /sys/kernel/tracing?", strerror(-classic));
}

static int write_watch(const struct aw_bpf_object *bpf, const struct aw_bpf_watch *watch)
{
	__u32 zero = 0;

	return bpf_map_update_elem(map_fd(bpf, ".data.watch"), &zero, watch, BPF_ANY) ? -errno : 0;
}

/* mm_page_alloc last: from then on every failure is seen with all that can be known of it. */
static int attach_all(struct aw_bpf_object *bpf, const struct aw_bpf_config *config, struct aw_error *error)
{
	struct aw_bpf_watch watch = { 0 };
	int err;

	attach_warn_alloc(bpf, config, &watch);
	attach_extfrag(bpf);
	err = write_watch(bpf, &watch);
	if (err)
		return aw_error_set(error, err, "can't tell the BPF programs what is attached: %s", strerror(-err));
	if (!config->tracepoint)
		return watch.warn ? 0 : aw_error_set(error, -ENODEV, "--low-overhead watches warn_alloc only, and %s",
						     bpf->missing[0].why);
	err = attach(bpf, "page_alloc");
	if (err)
		return aw_error_set(error, -ENODEV, "the tracepoint mm_page_alloc can't be attached: %s", strerror(-err));
	return 0;
}

static void miss_by_build(struct aw_bpf_object *bpf)
{
	if (bpf->build == builds[2].name)
		miss(bpf, "BTF", "task flags, interrupt context, real-time policy and allowed nodes are not known",
		     "this kernel has no BTF (CONFIG_DEBUG_INFO_BTF), so its structures can't be read");
	else if (bpf->build == builds[1].name)
		miss(bpf, "preempt_count", "interrupt context is taken from the stack",
		     "the kernel hides its per-cpu variables (CONFIG_KALLSYMS_ALL is off)");
}

int aw_bpf_load(const struct aw_bpf_config *config, bool want_names, struct aw_bpf_object *out,
		struct aw_error *error)
{
	struct aw_bpf_object bpf = { .object = NULL };
	int err = load_any(config, want_names, &bpf);

	if (err && want_names)
		err = load_any(config, false, &bpf);
	if (err)
		return explain_load(err, error);
	err = attach_all(&bpf, config, error);
	if (err) {
		aw_bpf_unload(&bpf);
		return err;
	}
	miss_by_build(&bpf);
	*out = bpf;
	return 0;
}

void aw_bpf_detach(struct aw_bpf_object *bpf)
{
	while (bpf->nr_links)
		bpf_link__destroy(bpf->links[--bpf->nr_links]);
}

void aw_bpf_unload(struct aw_bpf_object *bpf)
{
	aw_bpf_detach(bpf);
	bpf_object__close(bpf->object);
	bpf->object = NULL;
}

/* ---- reading back ---- */

int aw_bpf_counters(const struct aw_bpf_object *bpf, struct aw_bpf_counters *out)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(map_fd(bpf, ".data.counters"), &zero, out) ? -errno : 0;
}

uint64_t aw_bpf_recursion_misses(const struct aw_bpf_object *bpf)
{
	struct bpf_program *program;
	uint64_t misses = 0;

	bpf_object__for_each_program(program, bpf->object) {
		struct bpf_prog_info info = { 0 };
		__u32 size = sizeof(info);

		if (bpf_program__fd(program) >= 0 &&
		    !bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size))
			misses += info.recursion_misses;
	}
	return misses;
}

int aw_bpf_name_address(void *arg, uint64_t addr, char *name, size_t size)
{
	const struct aw_bpf_object *bpf = arg;
	struct bpf_program *program = find(bpf, "format_names");
	int fd = map_fd(bpf, ".data.names");
	struct aw_names names = { .address = { addr } };
	__u32 zero = 0;

	LIBBPF_OPTS(bpf_test_run_opts, run);

	if (!program || fd < 0)
		return -ENOTSUP;
	if (bpf_map_update_elem(fd, &zero, &names, BPF_ANY) ||
	    bpf_prog_test_run_opts(bpf_program__fd(program), &run) ||
	    bpf_map_lookup_elem(fd, &zero, &names))
		return -errno;
	snprintf(name, size, "%.*s", AW_NAMES_LEN - 1, names.name[0]);
	return 0;
}
