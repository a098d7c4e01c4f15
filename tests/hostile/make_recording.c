// SPDX-License-Identifier: GPL-2.0
/*
 * Writes a recording with an event of every type, with all of its strings.
 *
 * usage: make_recording FILE
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/recording_builder.h"

int main(int argc, char **argv)
{
	static struct recorded recorded;
	struct aw_bytes bytes = { 0 };
	size_t ends[BUILT_EVENTS];
	FILE *file = argc == 2 ? fopen(argv[1], "w") : NULL;
	int bad;

	if (!file) {
		fputs("usage: make_recording FILE\n", stderr);
		return 2;
	}
	recorded_build(&recorded);
	for (unsigned int i = 0; i < BUILT_EVENTS; i++) {
		recorded.events[i].task.context = AW_IN_TASK;
		recorded.events[i].task.cgroup = "/kubepods/pod0a1b2c3d-1111-2222-3333-44445555666a/"
			"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
		recorded.events[i].site = &recorded.built.stack.frames[1];
	}
	recorded_file(&recorded, false, &bytes, ends);
	bad = fwrite(bytes.data, 1, bytes.used, file) != bytes.used;
	aw_bytes_free(&bytes);
	built_free(&recorded.built);
	return fclose(file) || bad;
}
