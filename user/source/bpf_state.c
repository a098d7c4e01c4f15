// SPDX-License-Identifier: GPL-2.0
/*
 * What the BPF programs keep in their maps: counters, requests whose end was
 * missed, names that the kernel formats.
 */
#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "../bpf/names.h"
#include "source/bpf_parts.h"

struct bpf_program *aw_bpf_program(const struct aw_bpf_object *bpf, const char *name)
{
	struct bpf_program *program = bpf_object__find_program_by_name(bpf->object, name);

	return program && bpf_program__fd(program) >= 0 ? program : NULL;
}

int aw_bpf_map_fd(const struct aw_bpf_object *bpf, const char *name)
{
	return bpf_object__find_map_fd_by_name(bpf->object, name);
}

void aw_bpf_map_following(struct aw_bpf_object *bpf)
{
	int fd = aw_bpf_map_fd(bpf, ".data.following");
	void *page = mmap(NULL, sysconf(_SC_PAGESIZE), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	bpf->following = page == MAP_FAILED ? NULL : page;
}

/* What warn_alloc told of it. */
static void tell_warned(const struct aw_request *request, aw_bpf_record_fn take, void *arg)
{
	struct aw_wire_failure record = {
		.head = {
			.size = sizeof(record), .version = AW_WIRE_VERSION, .type = AW_WIRE_FAILURE,
			.time_ns = request->warn_ns,
		},
		.gfp = request->warn_gfp, .order = request->warn_order, .migratetype = -1,
		.seen = AW_SEEN_WARN | AW_SEEN_WARN_WATCHED | (request->printed ? AW_SEEN_PRINTED : 0),
		.caller = request->warn_caller, .effort = request->effort, .unsampled = 1,
		.nr_frames = request->nr_frames > 0 ? request->nr_frames : 0,
	};

	memcpy(record.stack, request->frames, sizeof(record.stack));
	take(arg, &record);
}

static bool is_old(const struct aw_request *request, uint64_t before_ns)
{
	uint64_t last = request->warn_ns ? request->warn_ns : request->effort.begin_ns;

	return last && last < before_ns;
}

/*
 * The counter goes down with the entry, as the kernel side does it; an entry
 * that ends meanwhile is deleted there, and not found here.
 */
void aw_bpf_expire(struct aw_bpf_object *bpf, uint64_t age_ns, aw_bpf_record_fn take, void *arg)
{
	int fd = aw_bpf_map_fd(bpf, "requests");
	struct timespec now;
	uint64_t key, next, before;
	int more;

	if (!bpf->following)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	before = (uint64_t)now.tv_sec * 1000000000 + now.tv_nsec - age_ns;
	for (more = !bpf_map_get_next_key(fd, NULL, &key); more; key = next) {
		struct aw_request request;

		more = !bpf_map_get_next_key(fd, &key, &next);
		if (bpf_map_lookup_elem(fd, &key, &request) || !is_old(&request, before))
			continue;
		if (bpf_map_delete_elem(fd, &key))
			continue;
		__atomic_sub_fetch(bpf->following, 1, __ATOMIC_RELAXED);
		if (request.warn_ns)
			tell_warned(&request, take, arg);
		else if (age_ns)	/* else it goes on, unwatched */
			bpf->expired++;
	}
}

int aw_bpf_counters(const struct aw_bpf_object *bpf, struct aw_bpf_counters *out)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(aw_bpf_map_fd(bpf, ".data.counters"), &zero, out) ? -errno : 0;
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
	struct bpf_program *program = aw_bpf_program(bpf, "format_names");
	int fd = aw_bpf_map_fd(bpf, ".data.names");
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
