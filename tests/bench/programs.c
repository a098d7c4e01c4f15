/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lists the loaded BPF programs.
 *
 * usage: programs          how often each program ran and how long that took, since
 *                          kernel.bpf_stats_enabled was set: NAME RUNS NANOSECONDS
 *        programs count    how many there are: programs N maps N links N
 */
#include <bpf/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

static void tell_programs(void)
{
	uint32_t id = 0;

	while (!bpf_prog_get_next_id(id, &id)) {
		struct bpf_prog_info info = { 0 };
		uint32_t size = sizeof(info);
		int fd = bpf_prog_get_fd_by_id(id);

		if (fd >= 0 && !bpf_obj_get_info_by_fd(fd, &info, &size))
			printf("%s %llu %llu\n", info.name, (unsigned long long)info.run_cnt,
			       (unsigned long long)info.run_time_ns);
		close(fd);
	}
}

static unsigned int count(int (*next)(uint32_t id, uint32_t *next_id))
{
	unsigned int n = 0;
	uint32_t id = 0;

	while (!next(id, &id))
		n++;
	return n;
}

int main(int argc, char **argv)
{
	(void)argv;
	if (argc < 2)
		tell_programs();
	else
		printf("programs %u maps %u links %u\n", count(bpf_prog_get_next_id), count(bpf_map_get_next_id),
		       count(bpf_link_get_next_id));
	return 0;
}
