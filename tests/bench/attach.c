/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Attaches one of the empty programs, and stays.
 *
 * usage: attach empty_tp_btf|empty_raw_tp      prints "attached" when it is
 */
#include <bpf/libbpf.h>
#include <err.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "empty.skel.h"

int main(int argc, char **argv)
{
	struct empty_bpf *skeleton = empty_bpf__open();
	struct bpf_program *program;

	if (argc != 2 || !skeleton)
		errx(2, "usage: attach PROGRAM");
	program = bpf_object__find_program_by_name(skeleton->obj, argv[1]);
	if (!program)
		errx(2, "no program %s", argv[1]);
	bpf_program__set_autoload(program, true);
	if (empty_bpf__load(skeleton) || !bpf_program__attach(program))
		errx(1, "%s can't be attached", argv[1]);
	puts("attached");
	fflush(stdout);
	pause();
	return 0;
}
