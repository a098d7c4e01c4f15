// SPDX-License-Identifier: GPL-2.0
/*
 * One request for memory that is refused, and hurts nobody.
 */
#include "doctor/refused.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/file.h"

/* Room for the pages that the process itself touches. */
#define LIMIT_PAGES 256

/* A pipe's slot is at least so large (struct pipe_buffer, since 2.6.17), and a pipe at most so large. */
#define SLOT_BYTES 40
#define PIPE_BYTES (UINT64_C(1) << 31)

/* What the child says with its exit status, besides an errno. */
#define REFUSED 0
#define SERVED 255
#define TOO_LARGE 254

static int write_text(const char *directory, const char *name, const char *text)
{
	char path[200];
	AW_CLOSE int fd = -1;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	return write(fd, text, strlen(text)) < 0 ? -errno : 0;
}

static bool has_word(const char *directory, const char *name, const char *word)
{
	AW_FREE char *text = NULL;
	char path[200];

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	return !aw_file_read(path, &text, NULL) && strstr(text, word);
}

/* Version 2, with the controller; it may have to be enabled for children. */
static bool use_version_2(struct aw_refused *refused, const char *root)
{
	if (!has_word(root, "cgroup.controllers", "memory"))
		return false;
	if (!has_word(root, "cgroup.subtree_control", "memory")) {
		if (write_text(root, "cgroup.subtree_control", "+memory"))
			return false;
		refused->enabled = true;
	}
	return true;
}

static bool use_version_1(const char *root)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/memory.limit_in_bytes", root);
	return !access(path, F_OK);
}

static int find_root(struct aw_refused *refused, struct aw_error *error)
{
	static const char *const roots[] = { "/sys/fs/cgroup", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/memory" };

	for (unsigned int i = 0; i < ARRAY_SIZE(roots); i++) {
		if (!use_version_2(refused, roots[i]) && !use_version_1(roots[i]))
			continue;
		snprintf(refused->root, sizeof(refused->root), "%s", roots[i]);
		return 0;
	}
	return aw_error_set(error, -ENOTSUP, "no memory cgroup can be made: it needs root, and the memory controller below "
			    "/sys/fs/cgroup");
}

/* Slots that need more than the limit.  Their number is a power of two. */
static int choose_size(struct aw_refused *refused, uint64_t page, struct aw_error *error)
{
	uint64_t slots = 1;

	while (slots * SLOT_BYTES <= LIMIT_PAGES * page)
		slots *= 2;
	if (slots * page > PIPE_BYTES)
		return aw_error_set(error, -ENOTSUP, "with pages of %u KiB no pipe is large enough", (unsigned int)(page / 1024));
	refused->slots = (unsigned int)slots;
	refused->bytes = slots * SLOT_BYTES;
	return 0;
}

static int make_cgroup(struct aw_refused *refused, uint64_t page, struct aw_error *error)
{
	char limit[32], path[sizeof(refused->directory)];
	int err;

	snprintf(path, sizeof(path), "%s/allocwatch-self-test-%d", refused->root, (int)getpid());
	if (mkdir(path, 0755))
		return aw_error_set(error, -errno, "can't make %s: %s", path, strerror(errno));
	memcpy(refused->directory, path, sizeof(path));
	snprintf(limit, sizeof(limit), "%llu", (unsigned long long)(LIMIT_PAGES * page));
	err = write_text(path, "memory.max", limit);
	if (err == -ENOENT)
		err = write_text(path, "memory.limit_in_bytes", limit);
	return err ? aw_error_set(error, err, "can't set the limit of %s: %s", path, strerror(-err)) : 0;
}

int aw_refused_begin(struct aw_refused *refused, struct aw_error *error)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
	int err;

	*refused = (struct aw_refused){ .pid = 0 };
	err = choose_size(refused, page, error);
	if (!err)
		err = find_root(refused, error);
	return err ? err : make_cgroup(refused, page, error);
}

/* In the child.  An errno, REFUSED or SERVED. */
static int ask(const struct aw_refused *refused)
{
	int ends[2], err = write_text(refused->directory, "cgroup.procs", "0");

	if (err)
		return -err;
	if (pipe2(ends, O_CLOEXEC))
		return errno;
	if (fcntl(ends[0], F_SETPIPE_SZ, (int)(refused->slots * (unsigned int)sysconf(_SC_PAGESIZE))) >= 0)
		return SERVED;
	return errno == ENOMEM ? REFUSED : errno == EPERM ? TOO_LARGE : errno;
}

int aw_refused_ask(struct aw_refused *refused, struct aw_error *error)
{
	int status;

	refused->pid = fork();
	if (refused->pid < 0)
		return aw_error_set(error, -errno, "can't start a process: %s", strerror(errno));
	if (!refused->pid)
		_exit(ask(refused));
	while (waitpid(refused->pid, &status, 0) < 0)
		if (errno != EINTR)
			return aw_error_set(error, -errno, "the process is lost: %s", strerror(errno));
	if (!WIFEXITED(status))
		return aw_error_set(error, -EINTR, "the process that asked was killed by signal %d", WTERMSIG(status));
	if (WEXITSTATUS(status) == SERVED)
		return aw_error_set(error, -EINVAL, "the request was served: this kernel does not charge it to the cgroup");
	if (WEXITSTATUS(status) == TOO_LARGE)
		return aw_error_set(error, -EPERM, "a pipe above fs.pipe-max-size needs CAP_SYS_RESOURCE: run as root");
	if (WEXITSTATUS(status) != REFUSED)
		return aw_error_set(error, -WEXITSTATUS(status), "can't ask: %s", strerror(WEXITSTATUS(status)));
	return 0;
}

void aw_refused_end(struct aw_refused *refused)
{
	if (refused->directory[0])
		rmdir(refused->directory);
	if (refused->enabled)
		write_text(refused->root, "cgroup.subtree_control", "-memory");
	*refused = (struct aw_refused){ .pid = 0 };
}
