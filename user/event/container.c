// SPDX-License-Identifier: GPL-2.0
/*
 * Containers and pods by the path of a cgroup:
 *
 *   /kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podUID.slice/cri-containerd-ID.scope
 *   /kubepods/burstable/podUID/ID
 *   /system.slice/docker-ID.scope   /docker/ID   /machine.slice/libpod-ID.scope
 *   /lxc.payload.NAME   /machine.slice/machine-NAME.scope
 *
 * ID has 64 hexadecimal digits, of which people know the first 12.  UID has the
 * form of a UUID, in systemd's names with '_' for '-', or 32 digits (static pods).
 */
#include "event/container.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/array.h"
#include "event/pods.h"

#define ID_LEN 64
#define SHORT_ID_LEN 12
#define UUID_LEN 36
#define HASH_LEN 32

static bool is_hex(char c)
{
	return isdigit((unsigned char)c) || (c >= 'a' && c <= 'f');
}

static size_t hex_length(const char *text)
{
	size_t len = 0;

	while (is_hex(text[len]))
		len++;
	return len;
}

/* The last id in the path: what is inside of a container has a path below it.  conmon only watches one. */
static bool find_id(const char *path, char *container)
{
	bool found = false;

	for (const char *at = path; *at; at++) {
		size_t len = at == path || !isalnum((unsigned char)at[-1]) ? hex_length(at) : 0;

		if (len != ID_LEN || isalnum((unsigned char)at[len]))
			continue;
		if (at - path >= 7 && !strncmp(at - 7, "conmon-", 7))
			continue;
		memcpy(container, at, SHORT_ID_LEN);
		container[SHORT_ID_LEN] = '\0';
		found = true;
	}
	return found;
}

/* "lxc.payload.web" -> "web"; names of containers without an id. */
static void find_name(const char *path, char *container, size_t size)
{
	static const struct { const char *before, *after; } forms[] = {
		{ "/lxc.payload.", "" }, { "/lxc/", "" }, { "/machine-", ".scope" },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(forms); i++) {
		const char *name = strstr(path, forms[i].before);
		size_t len, after = strlen(forms[i].after);

		if (!name)
			continue;
		name += strlen(forms[i].before);
		len = strcspn(name, "/");
		if (len <= after || len - after >= size || strncmp(name + len - after, forms[i].after, after))
			continue;
		memcpy(container, name, len - after);
		container[len - after] = '\0';
		return;
	}
}

static size_t uid_length(const char *text)
{
	size_t len = 0;

	while (is_hex(text[len]) || text[len] == '-' || text[len] == '_')
		len++;
	return len == UUID_LEN || (len == HASH_LEN && hex_length(text) == HASH_LEN) ? len : 0;
}

static void find_pod(const char *path, char *pod)
{
	for (const char *at = strstr(path, "pod"); at; at = strstr(at + 1, "pod")) {
		size_t len = at > path && (at[-1] == '/' || at[-1] == '-') ? uid_length(at + 3) : 0;

		if (!len)
			continue;
		for (size_t i = 0; i < len; i++)
			pod[i] = at[3 + i] == '_' ? '-' : at[3 + i];
		pod[len] = '\0';
		return;
	}
}

void aw_task_set_cgroup(struct aw_task *task, const char *path)
{
	task->cgroup = path;
	task->container[0] = '\0';
	task->pod[0] = '\0';
	if (!find_id(path, task->container))
		find_name(path, task->container, sizeof(task->container));
	find_pod(path, task->pod);
	task->names = aw_pods_find(task->pod);
}
