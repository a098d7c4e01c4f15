// SPDX-License-Identifier: GPL-2.0
/*
 * An output file that appears once it is complete.
 */
#include "base/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A line of jsonl has 2.7 KB; stdio's own buffer has 8. */
#define BUFFER (64 * 1024)

static bool is_of_kernel(const char *path)
{
	return !strncmp(path, "/dev/", 5) || !strncmp(path, "/proc/", 6);
}

int aw_output_check(const char *path)
{
	struct stat status;

	return !is_of_kernel(path) && !lstat(path, &status) && S_ISLNK(status.st_mode) ? -ELOOP : 0;
}

const char *aw_output_strerror(int err)
{
	return err == -ELOOP ? "it is a symbolic link, which is not followed: give the file itself" : strerror(-err);
}

/*
 * Never rename over /dev/null or /dev/stdout, even if the latter is a link to a
 * regular file.
 */
static bool is_direct(const char *path)
{
	struct stat st;

	return is_of_kernel(path) || (!stat(path, &st) && !S_ISREG(st.st_mode));
}

/* dir/.name.PID.new: on the same file system for the rename, and not matched by *.prom or *.json. */
static int make_name(const char *path, char name[PATH_MAX])
{
	const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
	int length;

	if (!*base)
		return -EISDIR;
	length = snprintf(name, PATH_MAX, "%.*s.%s.%ld.new", (int)(base - path), path, base, (long)getpid());
	return length < PATH_MAX ? 0 : -ENAMETOOLONG;
}

static ssize_t write_out(void *cookie, const char *data, size_t size)
{
	struct aw_output_file *output = cookie;
	ssize_t put;

	do
		put = write(output->fd, data, size);
	while (put < 0 && errno == EINTR);
	if (put >= 0)
		return put;
	if (!output->err)
		output->err = -errno;
	return 0;	/* an error of fopencookie(3): not -1 */
}

static int close_out(void *cookie)
{
	return close(((struct aw_output_file *)cookie)->fd);
}

int aw_output_open(const char *path, struct aw_output_file *out)
{
	int flags = O_WRONLY | O_CLOEXEC, fd, err;

	*out = (struct aw_output_file){ .path = path };
	err = aw_output_check(path);
	if (err)
		return err;
	if (is_direct(path)) {
		fd = open(path, flags);
	} else {
		err = make_name(path, out->new_path);
		if (err)
			return err;
		/* Left by a killed process that had the same PID. */
		unlink(out->new_path);
		fd = open(out->new_path, flags | O_CREAT | O_EXCL | O_NOFOLLOW, 0666);
	}
	if (fd < 0)
		return -errno;
	out->fd = fd;
	out->file = fopencookie(out, "w", (cookie_io_functions_t){ .write = write_out, .close = close_out });
	if (!out->file) {
		close(fd);
		return -ENOMEM;
	}
	/* Without memory for it, stdio's own does. */
	out->buffer = malloc(BUFFER);
	if (out->buffer)
		setvbuf(out->file, out->buffer, _IOFBF, BUFFER);
	return 0;
}

/* 0, or -1 with errno.  The buffer is stdio's until then. */
static int close_file(struct aw_output_file *output)
{
	int err = fclose(output->file), reason = errno;

	free(output->buffer);
	output->file = NULL;
	output->buffer = NULL;
	errno = reason;
	return err;
}

/* Closes the file; returns the first error. */
static int finish(struct aw_output_file *output)
{
	int err = 0;

	errno = EIO;
	if (fflush(output->file) || ferror(output->file))
		err = output->err ? output->err : -errno;
	if (!err && output->new_path[0] && fsync(output->fd))
		err = -errno;
	if (close_file(output) && !err)
		err = -errno;
	return err;
}

int aw_output_commit(struct aw_output_file *output)
{
	int err = finish(output);

	if (!output->new_path[0])
		return err;
	if (!err && rename(output->new_path, output->path))
		err = -errno;
	if (err)
		unlink(output->new_path);
	return err;
}

void aw_output_abandon(struct aw_output_file *output)
{
	if (!output->file)
		return;
	close_file(output);
	if (output->new_path[0])
		unlink(output->new_path);
}
