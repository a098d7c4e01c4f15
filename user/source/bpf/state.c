// SPDX-License-Identifier: GPL-2.0
/*
 * Reading the maps of the BPF programs: counters, requests whose end was missed,
 * names that the kernel formatted.
 */
#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../bpf/names.h"
#include "base/clock.h"
#include "source/bpf/internal.h"

bool aw_bpf_is_loaded(const struct aw_bpf_object *bpf, enum aw_bpf_program program)
{
	return bpf->programs[program] && bpf_program__fd(bpf->programs[program]) >= 0;
}

int aw_bpf_map_fd(const struct aw_bpf_object *bpf, enum aw_bpf_map map)
{
	return bpf_map__fd(bpf->maps[map]);
}

void aw_bpf_map_following(struct aw_bpf_object *bpf)
{
	int fd = aw_bpf_map_fd(bpf, AW_MAP_FOLLOWING);
	void *pages = mmap(NULL, sizeof(*bpf->following), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	bpf->following = pages == MAP_FAILED ? NULL : pages;
}

void aw_bpf_unmap_following(struct aw_bpf_object *bpf)
{
	if (bpf->following)
		munmap(bpf->following, sizeof(*bpf->following));
	bpf->following = NULL;
}

static void follow_no_more(struct aw_bpf_following *following, uint32_t slot)
{
	__atomic_sub_fetch(&following->slots[slot % AW_FOLLOWING_SLOTS], 1, __ATOMIC_RELAXED);
	__atomic_sub_fetch(&following->requests, 1, __ATOMIC_RELAXED);
}

/* As far as it is known from warn_alloc. */
static void deliver_warned(const struct aw_request *request, aw_bpf_record_fn take, void *arg)
{
	struct aw_wire_failure record = {
		.request = {
			.gfp = request->warn_gfp, .order = request->warn_order, .migratetype = -1,
			.seen = AW_SEEN_WARN | AW_SEEN_WARN_WATCHED | (request->printed ? AW_SEEN_PRINTED : 0),
			.caller = request->warn_caller, .unsampled = 1,
		},
		.effort = request->tried.now.effort, .attempts = request->tried.now.attempts,
		.stack.nr_frames = request->nr_frames,
	};

	memcpy(record.stack.frames, request->frames, sizeof(record.stack.frames));
	aw_wire_start(&record.head, sizeof(record), AW_WIRE_FAILURE, request->warn_ns);
	aw_wire_size_failure(&record);
	take(arg, &record);
}

static bool is_old(const struct aw_request *request, uint64_t before_ns)
{
	uint64_t last = request->warn_ns ? request->warn_ns : request->tried.now.effort.begin_ns;

	return last && last < before_ns;
}

/*
 * The end of a request was missed; `age_ns` 0: it has not ended, but is not watched any more.  With --low-overhead, no
 * end is seen of a request that gets its pages.
 */
static void forget(struct aw_bpf_object *bpf, const struct aw_request *request, uint64_t age_ns, aw_bpf_record_fn take, void *arg)
{
	if (request->warn_ns)
		deliver_warned(request, take, arg);
	else if (age_ns && bpf->ends_seen)
		bpf->expired++;
}

static bool look_at_direct(const struct aw_bpf_object *bpf, uint32_t place, struct aw_request *out)
{
	return !bpf_map_lookup_elem(aw_bpf_map_fd(bpf, AW_MAP_DIRECT), &place, out) && out->key;
}

/* `counted`: what stands in the counter of the place, which only user space changes. */
static void free_direct(struct aw_bpf_object *bpf, uint32_t place, uint32_t counted, uint64_t age_ns,
			aw_bpf_record_fn take, void *arg)
{
	static const struct aw_request none;
	struct aw_request request;

	if (!look_at_direct(bpf, place, &request) ||
	    bpf_map_update_elem(aw_bpf_map_fd(bpf, AW_MAP_DIRECT), &place, &none, BPF_ANY))
		return;
	follow_no_more(bpf->following, request.slot);
	__atomic_sub_fetch(&bpf->following->direct[place], counted, __ATOMIC_RELAXED);
	forget(bpf, &request, age_ns, take, arg);
}

/*
 * The request in a place may end at any time, and then it is the kernel side that counts it down.  So an old one is
 * frozen first, which the kernel side heeds.  At the next look, seconds later, it has either ended before that, or does
 * so no more, and is freed here.  Whatever is left is freed when nothing is attached any more.
 */
static void expire_direct(struct aw_bpf_object *bpf, uint64_t age_ns, uint64_t before, aw_bpf_record_fn take, void *arg)
{
	for (uint32_t place = 0; place < AW_DIRECT; place++) {
		uint32_t counted = __atomic_load_n(&bpf->following->direct[place], __ATOMIC_RELAXED);
		struct aw_request request;

		if (counted == AW_DIRECT_FROZEN)
			__atomic_sub_fetch(&bpf->following->direct[place], AW_DIRECT_FROZEN, __ATOMIC_RELAXED);
		else if (counted == AW_DIRECT_FROZEN + 1)
			free_direct(bpf, place, counted, age_ns, take, arg);
		else if (counted != 1 || !look_at_direct(bpf, place, &request) || !is_old(&request, before))
			continue;
		else if (age_ns)
			__atomic_add_fetch(&bpf->following->direct[place], AW_DIRECT_FROZEN, __ATOMIC_RELAXED);
		else
			free_direct(bpf, place, counted, age_ns, take, arg);
	}
}

/*
 * Whoever deletes an entry decrements the counters: here, or on the kernel side if
 * the request ends meanwhile.
 */
void aw_bpf_expire(struct aw_bpf_object *bpf, uint64_t age_ns, aw_bpf_record_fn take, void *arg)
{
	int fd = aw_bpf_map_fd(bpf, AW_MAP_REQUESTS);
	uint64_t key, next, before = aw_now_ns() - age_ns;
	int more;

	if (!bpf->following)
		return;
	expire_direct(bpf, age_ns, before, take, arg);
	for (more = !bpf_map_get_next_key(fd, NULL, &key); more; key = next) {
		struct aw_request request;

		more = !bpf_map_get_next_key(fd, &key, &next);
		if (bpf_map_lookup_elem(fd, &key, &request) || !is_old(&request, before))
			continue;
		if (bpf_map_delete_elem(fd, &key))
			continue;
		follow_no_more(bpf->following, request.slot);
		forget(bpf, &request, age_ns, take, arg);
	}
}

int aw_bpf_counters(const struct aw_bpf_object *bpf, struct aw_bpf_counters *out)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(aw_bpf_map_fd(bpf, AW_MAP_COUNTERS), &zero, out) ? -errno : 0;
}

uint64_t aw_bpf_recursion_misses(const struct aw_bpf_object *bpf)
{
	uint64_t misses = 0;

	for (unsigned int program = 0; program < AW_PROGRAMS; program++) {
		struct bpf_prog_info info = { 0 };
		__u32 size = sizeof(info);

		if (aw_bpf_is_loaded(bpf, program) &&
		    !bpf_obj_get_info_by_fd(bpf_program__fd(bpf->programs[program]), &info, &size))
			misses += info.recursion_misses;
	}
	return misses;
}

int aw_bpf_name_address(void *arg, uint64_t addr, char *name, size_t size)
{
	const struct aw_bpf_object *bpf = arg;
	struct aw_names names = { .address = addr };
	__u32 zero = 0;
	int fd;

	LIBBPF_OPTS(bpf_test_run_opts, run);

	if (!aw_bpf_is_loaded(bpf, AW_PROGRAM_FORMAT_NAMES))
		return -ENOTSUP;
	fd = aw_bpf_map_fd(bpf, AW_MAP_NAMES);
	if (bpf_map_update_elem(fd, &zero, &names, BPF_ANY) ||
	    bpf_prog_test_run_opts(bpf_program__fd(bpf->programs[AW_PROGRAM_FORMAT_NAMES]), &run) ||
	    bpf_map_lookup_elem(fd, &zero, &names))
		return -errno;
	snprintf(name, size, "%.*s", AW_NAMES_LEN - 1, names.name);
	return 0;
}
