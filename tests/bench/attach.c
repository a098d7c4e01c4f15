/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Attaches one of the empty programs, or says that somebody is in a slow path
 * to the allocwatch that runs, and stays.
 *
 * usage: attach empty_tp_btf|empty_raw_tp|somebody      prints "attached" when it is
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

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

/* bpf/maps.bpf.h: the counter that the success path looks at. */
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

static void follow(void)
{
	uint64_t *following = mmap(NULL, (size_t)sysconf(_SC_PAGESIZE), PROT_READ | PROT_WRITE, MAP_SHARED,
				   find_following(), 0);

	if (following == MAP_FAILED)
		err(1, "mmap");
	__atomic_add_fetch(following, 1, __ATOMIC_RELAXED);
}

int main(int argc, char **argv)
{
	if (argc != 2)
		errx(2, "usage: attach PROGRAM");
	if (strcmp(argv[1], "somebody"))
		attach(argv[1]);
	else
		follow();
	puts("attached");
	fflush(stdout);
	pause();
	return 0;
}
