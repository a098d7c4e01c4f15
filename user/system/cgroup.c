// SPDX-License-Identifier: GPL-2.0
/* Paths of cgroups (v2) by their ids. */
#include "system/cgroup.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/array.h"

#define CGROUP2_MAGIC 0x63677270	/* CGROUP2_SUPER_MAGIC of linux/magic.h */
#define FILEID_KERNFS 0xfe		/* linux/exportfs.h */
#define SLOTS 64

struct slot {
	uint64_t id;			/* 0: empty; no cgroup has it */
	char path[AW_CGROUP_PATH];
};

struct aw_cgroups {
	int mount;			/* -1: there is no cgroup2 */
	char mount_path[64];
	struct slot slots[SLOTS];
};

/* cgroup2 alone, and beside cgroup v1 as systemd mounts it */
static const char *const mounts[] = { "/sys/fs/cgroup", "/sys/fs/cgroup/unified" };

static void open_mount(struct aw_cgroups *cgroups)
{
	struct statfs fs;

	for (size_t i = 0; i < ARRAY_SIZE(mounts); i++) {
		if (statfs(mounts[i], &fs) || (unsigned long)fs.f_type != CGROUP2_MAGIC)
			continue;
		cgroups->mount = open(mounts[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		snprintf(cgroups->mount_path, sizeof(cgroups->mount_path), "%s", mounts[i]);
		return;
	}
}

struct aw_cgroups *aw_cgroups_new(void)
{
	struct aw_cgroups *cgroups = calloc(1, sizeof(*cgroups));

	if (!cgroups)
		return NULL;
	cgroups->mount = -1;
	open_mount(cgroups);
	return cgroups;
}

void aw_cgroups_free(struct aw_cgroups *cgroups)
{
	if (!cgroups)
		return;
	if (cgroups->mount >= 0)
		close(cgroups->mount);
	free(cgroups);
}

static int open_id(const struct aw_cgroups *cgroups, uint64_t id)
{
	union {
		struct file_handle handle;
		char bytes[sizeof(struct file_handle) + sizeof(id)];
	} file = { .handle = { .handle_bytes = sizeof(id), .handle_type = FILEID_KERNFS } };

	memcpy(file.handle.f_handle, &id, sizeof(id));
	return open_by_handle_at(cgroups->mount, &file.handle, O_PATH | O_CLOEXEC);
}

/* What is below the mount in the name of an open directory; "" not known. */
static void read_path(const struct aw_cgroups *cgroups, int fd, char *path)
{
	size_t skip = strlen(cgroups->mount_path);
	char link[32], target[AW_CGROUP_PATH + sizeof(cgroups->mount_path)];
	ssize_t length;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, target, sizeof(target) - 1);
	if (length < 0 || (size_t)length < skip || memcmp(target, cgroups->mount_path, skip) ||
	    (size_t)length - skip >= AW_CGROUP_PATH)
		return;
	target[length] = '\0';
	snprintf(path, AW_CGROUP_PATH, "%s", target[skip] ? target + skip : "/");
	/* readlink() says so of a directory that is gone */
	if (strstr(path, " (deleted)"))
		path[0] = '\0';
}

const char *aw_cgroup_path(struct aw_cgroups *cgroups, uint64_t id)
{
	struct slot *slot = &cgroups->slots[id % SLOTS];
	int fd;

	if (!id || cgroups->mount < 0)
		return "";
	if (slot->id == id)
		return slot->path;
	*slot = (struct slot){ .id = id };
	fd = open_id(cgroups, id);
	if (fd < 0)
		return "";
	read_path(cgroups, fd, slot->path);
	close(fd);
	return slot->path;
}
