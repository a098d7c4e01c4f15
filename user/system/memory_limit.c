// SPDX-License-Identifier: GPL-2.0
/*
 * How much memory this process can have at most.
 */
#include "system/memory_limit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysinfo.h>

#include "base/cleanup.h"
#include "base/file.h"

static uint64_t of_machine(void)
{
	struct sysinfo info;

	return sysinfo(&info) ? UINT64_MAX : (uint64_t)info.totalram * info.mem_unit;
}

/* "max", or bytes. */
static uint64_t of_cgroup(const char *path)
{
	char file[4200];
	AW_FREE char *text = NULL;
	char *end;
	uint64_t limit;

	snprintf(file, sizeof(file), "/sys/fs/cgroup%s/memory.max", path);
	if (aw_file_read(file, &text, NULL))
		return UINT64_MAX;
	limit = strtoull(text, &end, 10);
	return end == text ? UINT64_MAX : limit;
}

/* 0::/system.slice/allocwatch.service */
uint64_t aw_memory_limit(void)
{
	uint64_t limit = of_machine();
	AW_FREE char *text = NULL;
	char *path, *slash;

	if (aw_file_read("/proc/self/cgroup", &text, NULL) || !(path = strstr(text, "0::/")))
		return limit;
	path += strlen("0::");
	path[strcspn(path, "\n")] = '\0';
	while ((slash = strrchr(path, '/'))) {
		uint64_t here = slash[1] || slash > path ? of_cgroup(path) : UINT64_MAX;

		limit = here < limit ? here : limit;
		*slash = '\0';
	}
	return limit;
}
