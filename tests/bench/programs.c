/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How often each loaded BPF program ran and how long that took, since
 * kernel.bpf_stats_enabled was set: NAME RUNS NANOSECONDS.
 */
#include <bpf/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
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
	return 0;
}
