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

static void *map_pages(const struct aw_bpf_object *bpf, enum aw_bpf_map map, size_t size)
{
	void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, aw_bpf_map_fd(bpf, map), 0);

	return pages == MAP_FAILED ? NULL : pages;
}

void aw_bpf_map_following(struct aw_bpf_object *bpf)
{
	bpf->following = map_pages(bpf, AW_MAP_FOLLOWING, sizeof(*bpf->following));
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

/* Its key is of no request, so only user space changes it. */
static void free_direct(struct aw_bpf_object *bpf, uint32_t place, uint64_t age_ns, aw_bpf_record_fn take, void *arg)
{
	struct aw_request request = bpf->direct[place];

	memset(&bpf->direct[place], 0, sizeof(request));
	follow_no_more(bpf->following, request.slot);
	__atomic_sub_fetch(&bpf->following->direct[place], 1, __ATOMIC_RELEASE);
	forget(bpf, &request, age_ns, take, arg);
}

/* The kernel side finds it no more, unless it has done so already.  False: the request has just ended. */
static bool leave(struct aw_request *request, __u64 key)
{
	return key == AW_KEY_LEFT ||
	       __atomic_compare_exchange_n(&request->key, &key, AW_KEY_LEFT, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

/*
 * The request in a place may end at any time, and then it is the kernel side that counts it down.  So the key of an old
 * one is taken away first.  At the next look, seconds later, it has ended nevertheless, or does so no more, and is
 * freed here.  What is left is freed at once when nothing is attached any more.
 */
static void expire_direct(struct aw_bpf_object *bpf, uint64_t age_ns, uint64_t before, aw_bpf_record_fn take, void *arg)
{
	const size_t size = AW_DIRECT * sizeof(*bpf->direct);

	/* Not mapped all the time: its pages would count as memory of this process. */
	bpf->direct = map_pages(bpf, AW_MAP_DIRECT, size);
	for (uint32_t place = 0; bpf->direct && place < AW_DIRECT; place++) {
		struct aw_request *request = &bpf->direct[place];
		bool left = bpf->left[place];
		__u64 key;

		bpf->left[place] = false;
		if (__atomic_load_n(&bpf->following->direct[place], __ATOMIC_RELAXED) != 1)
			continue;
		key = __atomic_load_n(&request->key, __ATOMIC_RELAXED);
		if (!key || !is_old(request, before))
			continue;
		if (!age_ns || (left && key == AW_KEY_LEFT))
			free_direct(bpf, place, age_ns, take, arg);
		else
			bpf->left[place] = leave(request, key);
	}
	if (bpf->direct)
		munmap(bpf->direct, size);
	bpf->direct = NULL;
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
