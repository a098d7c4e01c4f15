// SPDX-License-Identifier: GPL-2.0
/*
 * Loading the BPF object: which build of it, and which programs, this kernel
 * takes.
 */
#include "source/bpf_load.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../bpf/names.h" /* before the skeletons, which use its types */
#include "allocwatch.skel.h"
#include "allocwatch_nobtf.skel.h"
#include "allocwatch_nopercpu.skel.h"
#include "kernel/lockdown.h"
#include "source/bpf_parts.h"

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

/* Reading it takes long: only where libbpf would have to look elsewhere. */
static bool have_btf(void)
{
	return !access("/sys/kernel/btf/vmlinux", R_OK);
}

/* Programs that older or stricter kernels refuse to load: left out when loading fails with them. */
struct extras {
	bool names;		/* format_names */
	bool fentry;		/* find_zones_fentry, where there are no kprobes */
};

static bool is_wanted(const struct aw_bpf_config *config, const struct extras *extras, const char *program)
{
	if (!strcmp(program, "page_alloc"))
		return config->tracepoint && !config->count_allocations;
	if (!strcmp(program, "page_alloc_count"))
		return config->tracepoint && config->count_allocations;
	if (!strcmp(program, "format_names"))
		return extras->names;
	if (!strcmp(program, "find_zones"))
		return config->zones_per_second && aw_bpf_have_kprobes();
	if (!strcmp(program, "find_zones_fentry"))
		return config->zones_per_second && extras->fentry;
	if (!strcmp(program, "compaction_end"))
		return config->compaction_end_args == 5;
	if (!strcmp(program, "compaction_end_of_six"))
		return config->compaction_end_args == 6;
	return true;
}

static int configure(struct bpf_object *object, const struct aw_bpf_config *config,
		     const struct extras *extras)
{
	struct bpf_map *rodata = bpf_object__find_map_by_name(object, ".rodata.config");
	struct bpf_map *ring = bpf_object__find_map_by_name(object, "events");
	struct bpf_program *program;

	if (!rodata || !ring)
		return -EINVAL;
	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program, is_wanted(config, extras,
							     bpf_program__name(program)));
	bpf_map__set_max_entries(ring, config->ring_bytes);
	return bpf_map__set_initial_value(rodata, config, sizeof(*config));
}

static int load_build(const struct build *build, const struct aw_bpf_config *config,
		      const struct extras *extras, const char *btf, struct bpf_object **out)
{
	size_t size;
	const void *bytes = build->bytes(&size);
	struct bpf_object *object;
	int err;

	LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = "allocwatch", .btf_custom_path = btf);

	object = bpf_object__open_mem(bytes, size, &options);
	if (!object)
		return -errno;
	err = configure(object, config, extras);
	if (!err)
		err = bpf_object__load(object);
	if (err)
		bpf_object__close(object);
	else
		*out = object;
	return err;
}

/* One build, with all that is wanted, then with less. */
static int load_most(const struct build *build, const struct aw_bpf_config *config, bool want_names,
		     const char *btf, struct bpf_object **out)
{
	const struct extras tries[] = {
		{ want_names, !aw_bpf_have_kprobes() }, { want_names, false }, { false, false },
	};
	int err = -ENOTSUP;

	for (unsigned int i = 0; err && i < sizeof(tries) / sizeof(tries[0]); i++) {
		if (i && !memcmp(&tries[i], &tries[i - 1], sizeof(tries[i])))
			continue;
		err = load_build(build, config, &tries[i], btf, out);
	}
	return err;
}

static int load_any(const struct aw_bpf_config *config, bool want_names, const char *btf_path,
		    struct aw_bpf_object *bpf)
{
	bool btf = btf_path || have_btf();
	int err = -ENOTSUP;

	for (unsigned int i = 0; i < sizeof(builds) / sizeof(builds[0]); i++) {
		if (builds[i].needs_btf && !btf)
			continue;
		err = load_most(&builds[i], config, want_names, builds[i].needs_btf ? btf_path : NULL,
				&bpf->object);
		if (!err) {
			bpf->build = builds[i].name;
			return 0;
		}
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
	if (aw_lockdown_is_confidential())
		return aw_error_set(error, -ENODEV, "BPF may not read kernel memory: boot without lockdown=confidentiality");
	if (err == -ENOSYS)
		return aw_error_set(error, -ENODEV, "this kernel has no BPF (CONFIG_BPF_SYSCALL)");
	return aw_error_set(error, -ENODEV, "this kernel does not take the BPF programs: %s; the ring buffer needs 5.8 or later",
			    strerror(-err));
}

static void miss_by_build(struct aw_bpf_object *bpf)
{
	if (bpf->build == builds[2].name)
		aw_bpf_miss(bpf, "BTF", "task flags, interrupt context, real-time policy and allowed nodes are not known",
		     "this kernel has no BTF (CONFIG_DEBUG_INFO_BTF), so its structures can't be read");
	else if (bpf->build == builds[1].name)
		aw_bpf_miss(bpf, "preempt_count", "interrupt context is taken from the stack",
		     "the kernel hides its per-cpu variables (CONFIG_KALLSYMS_ALL is off)");
}

int aw_bpf_load(const struct aw_bpf_config *config, bool want_names, const char *btf, struct aw_bpf_object *out,
		struct aw_error *error)
{
	struct aw_bpf_object bpf = { .object = NULL };
	int err = load_any(config, want_names, btf, &bpf);

	if (err)
		return explain_load(err, error);
	err = aw_bpf_attach(&bpf, config, error);
	if (err) {
		aw_bpf_unload(&bpf);
		return err;
	}
	miss_by_build(&bpf);
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
	if (bpf->following)
		munmap(bpf->following, sysconf(_SC_PAGESIZE));
	bpf->following = NULL;
	bpf_object__close(bpf->object);
	bpf->object = NULL;
}
