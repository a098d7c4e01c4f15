// SPDX-License-Identifier: GPL-2.0
/*
 * The list of pods, sorted by uid.
 */
#include "event/pods.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/line_reader.h"

#define PODS_MAX 200000u	/* more than the largest clusters have */

static struct {
	struct aw_pod *rows;
	size_t count, room;
} list;

static int by_uid(const void *one, const void *other)
{
	return strcmp(((const struct aw_pod *)one)->uid, ((const struct aw_pod *)other)->uid);
}

static void pod_free(struct aw_pod *pod)
{
	free(pod->uid);
	free(pod->namespace);
	free(pod->name);
}

void aw_pods_clear(void)
{
	for (size_t i = 0; i < list.count; i++)
		pod_free(&list.rows[i]);
	free(list.rows);
	memset(&list, 0, sizeof(list));
}

static int add(const char *uid, size_t uid_len, const char *namespace, size_t namespace_len, const char *name, size_t name_len)
{
	struct aw_pod pod;

	if (!uid_len || !namespace_len || !name_len || list.count == PODS_MAX)
		return 0;
	if (list.count == list.room) {
		size_t room = list.room ? 2 * list.room : 64;
		struct aw_pod *rows = realloc(list.rows, room * sizeof(*rows));

		if (!rows)
			return -ENOMEM;
		list.rows = rows;
		list.room = room;
	}
	pod.uid = strndup(uid, uid_len);
	pod.namespace = strndup(namespace, namespace_len);
	pod.name = strndup(name, name_len);
	if (!pod.uid || !pod.namespace || !pod.name) {
		pod_free(&pod);
		return -ENOMEM;
	}
	list.rows[list.count++] = pod;
	return 0;
}

/* "kube-system_coredns-5d78c9869d-abcde_8c1c92b4-2f3d-4b1e-9a07-0d7c4e5f6a7b": no part has a '_' of its own */
static int add_entry(const char *entry)
{
	const char *name = strchr(entry, '_'), *uid = name ? strchr(name + 1, '_') : NULL;

	if (!uid || strchr(uid + 1, '_'))
		return 0;
	return add(uid + 1, strlen(uid + 1), entry, (size_t)(name - entry), name + 1, (size_t)(uid - name - 1));
}

static int read_directory(DIR *dir)
{
	struct dirent *entry;
	int err = 0;

	for (errno = 0; !err && (entry = readdir(dir)); errno = 0)
		err = add_entry(entry->d_name);
	return err ? err : -errno;
}

/* The head of kubectl's columns is not a uid that any pod has. */
static int add_line(const char *line)
{
	const char *words[3];
	size_t lens[3];

	for (int i = 0; i < 3; i++) {
		words[i] = line + strspn(line, " \t\r");
		lens[i] = strcspn(words[i], " \t\r");
		line = words[i] + lens[i];
	}
	return add(words[0], lens[0], words[1], lens[1], words[2], lens[2]);
}

static int read_file(FILE *file)
{
	AW_FREE struct aw_line_reader *reader = calloc(1, sizeof(*reader));
	int got = reader ? 1 : -ENOMEM;

	if (reader)
		reader->file = file;
	while (got > 0) {
		int err = 0;

		got = aw_line_next(reader);
		if (got > 0)
			err = add_line(reader->line);
		if (err)
			return err;
	}
	return got;
}

int aw_pods_load(const char *path, struct aw_error *error)
{
	AW_FCLOSE FILE *file = NULL;
	DIR *dir = opendir(path);
	int err;

	aw_pods_clear();
	if (dir) {
		err = read_directory(dir);
		closedir(dir);
	} else {
		file = errno == ENOTDIR ? fopen(path, "re") : NULL;
		err = file ? read_file(file) : -errno;
	}
	if (err)
		return aw_error_set(error, err, "can't read the pods in %s: %s; give /var/log/pods, or a file with lines of "
				    "UID NAMESPACE NAME", path, strerror(-err));
	if (!list.count)
		return aw_error_set(error, -EINVAL, "no pods in %s: give /var/log/pods, or a file with lines of "
				    "UID NAMESPACE NAME", path);
	qsort(list.rows, list.count, sizeof(*list.rows), by_uid);
	return 0;
}

const struct aw_pod *aw_pods_find(const char *uid)
{
	struct aw_pod pod = { .uid = (char *)uid };

	return uid[0] && list.count ? bsearch(&pod, list.rows, list.count, sizeof(pod), by_uid) : NULL;
}
