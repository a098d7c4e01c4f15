// SPDX-License-Identifier: GPL-2.0
/*
 * A file that appears whole or not at all.
 */
#include "base/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Renaming over /dev/null would do the machine no good, nor over /dev/stdout,
 * even when that is a link to a regular file.
 */
static bool written_in_place(const char *path)
{
	struct stat st;

	if (!strncmp(path, "/dev/", 5) || !strncmp(path, "/proc/", 6))
		return true;
	return !stat(path, &st) && !S_ISREG(st.st_mode);
}

/* dir/.name.PID.new: where the rename stays on one file system, and no *.prom or *.json is matched. */
static int make_name(const char *path, char name[PATH_MAX])
{
	const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
	int length;

	if (!*base)
		return -EISDIR;
	length = snprintf(name, PATH_MAX, "%.*s.%s.%ld.new", (int)(base - path), path, base, (long)getpid());
	return length < PATH_MAX ? 0 : -ENAMETOOLONG;
}

int aw_output_open(const char *path, struct aw_output_file *out)
{
	int flags = O_WRONLY | O_CLOEXEC, fd, err;

	*out = (struct aw_output_file){ .path = path };
	if (written_in_place(path)) {
		fd = open(path, flags);
	} else {
		err = make_name(path, out->new_path);
		if (err)
			return err;
		/* Left behind by a process of our number that was killed. */
		unlink(out->new_path);
		fd = open(out->new_path, flags | O_CREAT | O_EXCL | O_NOFOLLOW, 0666);
	}
	if (fd < 0)
		return -errno;
	out->file = fdopen(fd, "w");
	if (out->file)
		return 0;
	close(fd);
	return -ENOMEM;
}

/* Closes; the first error counts. */
static int finish(struct aw_output_file *output)
{
	int err = 0;

	errno = EIO;
	if (fflush(output->file) || ferror(output->file))
		err = -errno;
	if (!err && output->new_path[0] && fsync(fileno(output->file)))
		err = -errno;
	if (fclose(output->file) && !err)
		err = -errno;
	output->file = NULL;
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
	fclose(output->file);
	output->file = NULL;
	if (output->new_path[0])
		unlink(output->new_path);
}
