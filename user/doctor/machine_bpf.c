// SPDX-License-Identifier: GPL-2.0
/*
 * Probes bpf() on this machine.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <unistd.h>

#include "doctor/machine.h"

static int try_map(enum bpf_map_type type, unsigned int key, unsigned int value, unsigned int entries)
{
	int fd = bpf_map_create(type, NULL, key, value, entries, NULL);

	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

void aw_machine_probe_bpf(struct aw_machine *out)
{
	out->bpf_traces = libbpf_probe_bpf_prog_type(BPF_PROG_TYPE_RAW_TRACEPOINT, NULL) != 0;
	out->bpf_error = try_map(BPF_MAP_TYPE_HASH, 4, 4, 1);
	out->ring_buffer_error = try_map(BPF_MAP_TYPE_RINGBUF, 0, 0, (unsigned int)sysconf(_SC_PAGESIZE));
}
