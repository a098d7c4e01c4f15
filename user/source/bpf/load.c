// SPDX-License-Identifier: GPL-2.0
/*
 * Loading the BPF object: the build and the programs that this kernel accepts.
 */
#include "source/bpf/load.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "source/bpf/internal.h"
#include "system/btf.h"
#include "system/btf_part.h"
#include "system/lockdown.h"

/* Programs that older or stricter kernels refuse.  They are left out if loading fails with them. */
struct extras {
	bool names;		/* format_names */
	bool fentry;		/* find_zones_fentry, used if there are no kprobes */
};

static bool is_wanted(const struct aw_bpf_config *config, const struct extras *extras, enum aw_bpf_program program)
{
	switch (program) {
	case AW_PROGRAM_PAGE_ALLOC:
		return config->tracepoint && !config->count_allocations;
	case AW_PROGRAM_PAGE_ALLOC_COUNT:
		return config->tracepoint && config->count_allocations;
	case AW_PROGRAM_FORMAT_NAMES:
		return extras->names;
	case AW_PROGRAM_WARN_ALLOC:	/* the verifier takes longest for it: 12 ms */
	case AW_PROGRAM_WARN_PRINTED:
		return aw_bpf_have_kprobes();
	case AW_PROGRAM_FIND_ZONES:
		return config->zones_per_second && aw_bpf_have_kprobes();
	case AW_PROGRAM_FIND_ZONES_FENTRY:
		return config->zones_per_second && extras->fentry;
	case AW_PROGRAM_COMPACTION_END:
		return config->compaction_end_args == 5;
	case AW_PROGRAM_COMPACTION_END_OF_SIX:
		return config->compaction_end_args == 6;
	default:
		return true;
	}
}

static bool can_find_zones(const struct aw_bpf_object *bpf, const struct aw_bpf_config *config,
			   const struct extras *extras)
{
	return (bpf->programs[AW_PROGRAM_FIND_ZONES] && is_wanted(config, extras, AW_PROGRAM_FIND_ZONES)) ||
	       (bpf->programs[AW_PROGRAM_FIND_ZONES_FENTRY] && is_wanted(config, extras, AW_PROGRAM_FIND_ZONES_FENTRY));
}

static int configure(struct aw_bpf_object *bpf, const struct aw_bpf_config *config, const struct extras *extras)
{
	struct aw_bpf_config loaded = *config;
	int err = aw_bpf_find_all(bpf->object, bpf->build, bpf->programs, bpf->maps);

	if (err)
		return err;
	/* Zones that cannot be found are never read: aw_take_zones() ends at once, and the verifier leaves the rest out. */
	if (!can_find_zones(bpf, config, extras))
		loaded.zones_per_second = 0;
	for (unsigned int program = 0; program < AW_PROGRAMS; program++)
		if (bpf->programs[program])
			bpf_program__set_autoload(bpf->programs[program], is_wanted(config, extras, program));
	bpf_map__set_max_entries(bpf->maps[AW_MAP_EVENTS], config->ring_bytes);
	/* Without mm_page_alloc, successes stay until others need the room. */
	if (!config->tracepoint)
		bpf_map__set_type(bpf->maps[AW_MAP_REQUESTS], BPF_MAP_TYPE_LRU_HASH);
	bpf->ends_seen = config->tracepoint;
	return bpf_map__set_initial_value(bpf->maps[AW_MAP_CONFIG], &loaded, sizeof(loaded));
}

/* The names are those of the largest build: all have one source. */
static int make_part(const struct aw_btf *btf, struct btf **out)
{
	size_t size;
	const void *bytes = aw_bpf_build_bytes(AW_BUILD_CORE, &size);
	struct bpf_object *object = bpf_object__open_mem(bytes, size, NULL);
	int err;

	if (!object)
		return -errno;
	err = aw_btf_part(btf, bpf_object__btf(object), out);
	bpf_object__close(object);
	return err;
}

int aw_bpf_write_btf_part(const struct aw_btf *btf)
{
	struct btf *part;
	uint32_t size;
	const void *data;
	AW_CLOSE int fd = -1;
	bool written;
	int taken, err = make_part(btf, &part);

	if (err)
		return err;
	data = btf__raw_data(part, &size);
	if (data)
		fd = memfd_create("btf", MFD_CLOEXEC);
	written = fd >= 0 && write(fd, data, size) == (ssize_t)size;
	btf__free(part);
	if (!written)
		return -ENOSPC;
	taken = fd;
	fd = -1;
	return taken;
}

static int load_build(enum aw_bpf_build build, const struct aw_bpf_config *config, const struct extras *extras,
		      const char *btf, struct aw_bpf_object *out)
{
	struct aw_bpf_object bpf = { .build = build };
	size_t size;
	const void *bytes = aw_bpf_build_bytes(build, &size);
	int err;

	LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = "allocwatch", .btf_custom_path = btf);

	bpf.object = bpf_object__open_mem(bytes, size, &options);
	if (!bpf.object)
		return -errno;
	err = configure(&bpf, config, extras);
	if (!err)
		err = bpf_object__load(bpf.object);
	if (err)
		bpf_object__close(bpf.object);
	else
		*out = bpf;
	return err;
}

/* One build: with all programs, then with fewer. */
static int load_most(enum aw_bpf_build build, const struct aw_bpf_config *config,
		     const struct aw_bpf_refused *refused, bool want_names, const char *btf,
		     struct aw_bpf_object *out)
{
	const struct extras tries[] = {
		{ want_names, !aw_bpf_have_kprobes() && !refused->fentry }, { want_names, false }, { false, false },
	};
	int err = -ENOTSUP;

	for (unsigned int i = 0; err && err != -ENOMEM && i < ARRAY_SIZE(tries); i++) {
		if (i && !memcmp(&tries[i], &tries[i - 1], sizeof(tries[i])))
			continue;
		err = load_build(build, config, &tries[i], btf, out);
	}
	return err;
}

static int load_any(const struct aw_bpf_config *config, const struct aw_bpf_refused *refused, bool want_names,
		    const char *btf, enum aw_btf_state kernels, struct aw_bpf_object *out)
{
	int err = -ENOTSUP;

	for (enum aw_bpf_build build = 0; err && err != -ENOMEM && build < AW_BUILDS; build++) {
		bool needs_btf = build != AW_BUILD_NO_BTF;

		if (build == AW_BUILD_CORE && refused->percpu)
			continue;
		if (!needs_btf || btf || kernels == AW_BTF_THERE)
			err = load_most(build, config, refused, want_names, needs_btf ? btf : NULL, out);
	}
	return err;
}

/* About 50 are open where all programs are attached: with fewer, some would be left out without a true reason. */
#define FILES_NEEDED 128

int aw_bpf_check_files(struct aw_error *error)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= FILES_NEEDED)
		return 0;
	return aw_error_set(error, -EMFILE, "the limit of open files is too low, %llu: set it to %d or more "
			    "(ulimit -n %d; LimitNOFILE=%d in a service)", (unsigned long long)limit.rlim_cur,
			    FILES_NEEDED, FILES_NEEDED, FILES_NEEDED);
}

static int explain_load(int err, struct aw_error *error)
{
	if (err == -ENOMEM) {
		aw_memory_note_failure();
		return aw_error_set(error, err, "no memory to load the BPF programs");
	}
	if (err == -EPERM && geteuid())
		return aw_error_set(error, -ENODEV, "BPF is not permitted for this user: run as root, with sudo, "
				    "or give CAP_BPF and CAP_PERFMON");
	if (err == -EPERM)
		return aw_error_set(error, -ENODEV, "the kernel denies bpf() even to root here: a container without CAP_BPF, "
				    "kernel lockdown or a security module forbids it");
	if (aw_lockdown_is_confidential())
		return aw_error_set(error, -ENODEV, "BPF may not read kernel memory: boot without lockdown=confidentiality");
	if (err == -ENOSYS)
		return aw_error_set(error, -ENODEV, "this kernel has no BPF (CONFIG_BPF_SYSCALL)");
	if (err == -EINVAL && libbpf_probe_bpf_prog_type(BPF_PROG_TYPE_RAW_TRACEPOINT, NULL) == 0)
		return aw_error_set(error, -ENODEV, "this kernel has BPF, but none for tracing (CONFIG_BPF_EVENTS, which needs "
				    "CONFIG_PERF_EVENTS, and CONFIG_KPROBE_EVENTS or CONFIG_UPROBE_EVENTS)");
	return aw_error_set(error, -ENODEV, "this kernel does not load the BPF programs: %s; the ring buffer needs 5.8 or later",
			    strerror(-err));
}

static void miss_by_build(struct aw_bpf_object *bpf, enum aw_btf_state btf)
{
	if (bpf->build == AW_BUILD_NO_BTF)
		aw_bpf_miss(bpf, "BTF", "task flags, interrupt context, real-time policy and allowed nodes are not known",
		     btf == AW_BTF_TOO_LARGE ? "there is too little memory to read it" :
		     "this kernel has no BTF (CONFIG_DEBUG_INFO_BTF), so its structures can't be read");
	else if (bpf->build == AW_BUILD_NO_PERCPU)
		aw_bpf_miss(bpf, "preempt_count", "interrupt context is taken from the stack",
		     "the kernel hides its per-cpu variables (CONFIG_KALLSYMS_ALL is off)");
}

int aw_bpf_load(const struct aw_bpf_config *config, const struct aw_bpf_refused *refused, bool want_names,
		const char *btf, struct aw_bpf_object *out, struct aw_error *error)
{
	struct aw_bpf_object bpf = { .object = NULL };
	enum aw_btf_state kernels = aw_btf_state();
	int err = load_any(config, refused, want_names, btf, kernels, &bpf);

	if (err)
		return explain_load(err, error);
	err = aw_bpf_attach(&bpf, config, error);
	if (err) {
		aw_bpf_unload(&bpf);
		return err;
	}
	miss_by_build(&bpf, kernels);
	aw_bpf_map_following(&bpf);
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
	aw_bpf_unmap_following(bpf);
	bpf_object__close(bpf->object);
	bpf->object = NULL;
}
