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

/* A number of a cgroup, which can be "max". */
static uint64_t read_number(const char *cgroup, const char *name)
{
	char file[4200];
	AW_FREE char *text = NULL;
	char *end;
	uint64_t number;

	snprintf(file, sizeof(file), "/sys/fs/cgroup%s/%s", cgroup, name);
	if (aw_file_read(file, &text, NULL))
		return UINT64_MAX;
	number = strtoull(text, &end, 10);
	return end == text ? UINT64_MAX : number;
}

static uint64_t limit_of(const char *cgroup)
{
	return read_number(cgroup, "memory.max");
}

static uint64_t left_in(const char *cgroup)
{
	uint64_t limit = limit_of(cgroup), used = limit == UINT64_MAX ? 0 : read_number(cgroup, "memory.current");

	return limit == UINT64_MAX || used == UINT64_MAX ? UINT64_MAX : limit > used ? limit - used : 0;
}

/* The least of all cgroups that this process is in: "0::/system.slice/allocwatch.service" */
static uint64_t least(uint64_t (*number)(const char *cgroup))
{
	uint64_t found = UINT64_MAX;
	AW_FREE char *text = NULL;
	char *path, *slash;

	if (aw_file_read("/proc/self/cgroup", &text, NULL) || !(path = strstr(text, "0::/")))
		return found;
	path += strlen("0::");
	path[strcspn(path, "\n")] = '\0';
	for (; path[0] && path[1]; *slash = '\0') {
		uint64_t here = number(path);

		found = here < found ? here : found;
		slash = strrchr(path, '/');
	}
	return found;
}

uint64_t aw_memory_limit(void)
{
	uint64_t machine = of_machine(), cgroups = least(limit_of);

	return cgroups < machine ? cgroups : machine;
}

uint64_t aw_memory_left_by_cgroups(void)
{
	return least(left_in);
}

/* MemAvailable:     198488 kB */
uint64_t aw_memory_available(void)
{
	static const char key[] = "MemAvailable:";
	AW_FREE char *text = NULL;
	const char *line = aw_file_read("/proc/meminfo", &text, NULL) ? NULL : strstr(text, key);

	return line ? strtoull(line + strlen(key), NULL, 10) << 10 : UINT64_MAX;
}
