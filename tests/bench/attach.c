/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Attaches one of the empty programs, or tells the running allocwatch that
 * threads are in slow paths, and keeps running.
 *
 * usage: attach empty_tp_btf|empty_raw_tp|THREADS      prints "attached" when ready
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../bpf/config.h"
#include "empty.skel.h"

static void attach(const char *name)
{
	struct empty_bpf *skeleton = empty_bpf__open();
	struct bpf_program *program = skeleton ? bpf_object__find_program_by_name(skeleton->obj, name) : NULL;

	if (!program)
		errx(2, "no program %s", name);
	bpf_program__set_autoload(program, true);
	if (empty_bpf__load(skeleton) || !bpf_program__attach(program))
		errx(1, "%s can't be attached", name);
}

/* From bpf/maps.bpf.h: the counters that the success path checks. */
static int find_following(void)
{
	uint32_t id = 0;

	while (!bpf_map_get_next_id(id, &id)) {
		struct bpf_map_info info = { 0 };
		uint32_t size = sizeof(info);
		int fd = bpf_map_get_fd_by_id(id);

		if (fd >= 0 && !bpf_obj_get_info_by_fd(fd, &info, &size) && !strncmp(info.name, ".data.following", 15))
			return fd;
		close(fd);
	}
	errx(1, "no allocwatch runs here");
}

/*
 * As many threads as would be in slow paths, in the slots that task_structs of this kernel have: they are in slabs of
 * 32 KiB, 4352 bytes each.  The measured thread's slot is one of them in 1 of 64 boots with 64.
 */
static void follow(unsigned int threads)
{
	struct aw_bpf_following *following = mmap(NULL, sizeof(*following), PROT_READ | PROT_WRITE, MAP_SHARED,
						  find_following(), 0);
	uint64_t slab = UINT64_C(0xffff000000000000) + ((uint64_t)getpid() << 20);

	if (following == MAP_FAILED)
		err(1, "mmap");
	for (unsigned int i = 0; i < threads; i++)
		__atomic_add_fetch(&following->slots[aw_following_slot_of(slab + i / 7 * 32768 + i % 7 * 4352)], 1, __ATOMIC_RELAXED);
	__atomic_add_fetch(&following->requests, threads, __ATOMIC_RELAXED);
}

int main(int argc, char **argv)
{
	if (argc != 2)
		errx(2, "usage: attach PROGRAM");
	if (atoi(argv[1]))
		follow((unsigned int)atoi(argv[1]));
	else
		attach(argv[1]);
	puts("attached");
	fflush(stdout);
	pause();
	return 0;
}
