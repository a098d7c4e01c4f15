// SPDX-License-Identifier: GPL-2.0
/*
 * Logs as people have them.
 *
 * Directories are walked in the order of their names, and not through links.
 * A file is read as it is, or as layers: what it is packed with, and what a
 * member of that is packed with.  Nothing is held but a piece a layer.
 */
#include "lines/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hint.h"
#include "base/interrupt.h"
#include "lines/archive.h"
#include "lines/gzip.h"
#include "lines/magic.h"

#define PIECE (256 * 1024)
#define MAX_DIRS 32		/* directories in each other */
#define MAX_LAYERS 2
#define BOMB_LEAST (256ull << 20)	/* bytes that are unpacked before anybody asks from how many */
#define BOMB_RATIO 1000		/* gzip packs zeros 1030:1; logs hardly 50:1 */

struct dir {
	struct dirent **entries;
	int count, next;
	size_t path_len;	/* of the directory in the path */
};

/* What a file or a member of one is packed with. */
struct layer {
	struct aw_log_archive *archive;
	struct aw_log_gzip *gzip;	/* instead, where there is no libarchive */
	bool begun;		/* gzip: its only member */
	const void *held;	/* the member's first piece, already looked at; NULL: taken */
	size_t held_len;
	size_t name_len;	/* of the name before the member's */
};

struct aw_log_files {
	struct dir dirs[MAX_DIRS];
	unsigned int nr_dirs;
	char path[PATH_MAX];
	char name[2 * PATH_MAX];
	bool given;		/* the path itself is still to be read */
	int fd;			/* of the file; -1 none */
	bool plain;		/* the file is the member */
	size_t head_len;	/* of its first piece, already looked at; 0: taken */
	struct layer layers[MAX_LAYERS];
	unsigned int nr_layers;
	uint64_t packed, unpacked;	/* bytes of this file so far */
	uint64_t done, total;
	char piece[PIECE];
};

/* ---- the file ---- */

static ssize_t pull_file(void *ctx, const void **data)
{
	struct aw_log_files *files = ctx;
	ssize_t got = (ssize_t)files->head_len;

	files->head_len = 0;
	*data = files->piece;
	if (got)
		return got;
	do
		got = read(files->fd, files->piece, sizeof(files->piece));
	while (got < 0 && errno == EINTR && !aw_interrupted());
	if (got < 0)
		return -errno;
	files->packed += (uint64_t)got;
	files->done += (uint64_t)got;
	return got;
}

static void close_layer(struct aw_log_files *files)
{
	struct layer *layer = &files->layers[--files->nr_layers];

	aw_log_archive_close(layer->archive);
	aw_log_gzip_close(layer->gzip);
	files->name[layer->name_len] = '\0';
	*layer = (struct layer){ 0 };
}

static void close_file(struct aw_log_files *files)
{
	while (files->nr_layers)
		close_layer(files);
	if (files->fd >= 0)
		close(files->fd);
	files->fd = -1;
	files->plain = false;
	files->head_len = 0;
}

/* A sentence about the file that is open, which ends with it. */
static int give_up(struct aw_log_files *files, int err, const char *why, struct aw_error *error)
{
	char sentence[AW_ERROR_TEXT];

	snprintf(sentence, sizeof(sentence), "%s", why);
	aw_error_set(error, err, "can't read %s: %s", files->name, sentence);
	close_file(files);
	return err;
}

static int refuse_events(struct aw_log_files *files, struct aw_error *error)
{
	return give_up(files, -EINVAL, "it is a recording or a trace, not a log: name its file, allocwatch report FILE", error);
}

/* ---- layers ---- */

static ssize_t read_layer(struct layer *layer, const void **data, struct aw_error *error)
{
	if (layer->held) {
		*data = layer->held;
		layer->held = NULL;
		return (ssize_t)layer->held_len;
	}
	return layer->gzip ? aw_log_gzip_read(layer->gzip, data, error) : aw_log_archive_read(layer->archive, data, error);
}

/* A member that is packed itself, for the layer above it. */
static ssize_t pull_member(void *ctx, const void **data)
{
	struct aw_error ignored;

	return read_layer(ctx, data, &ignored);
}

static int open_layer(struct aw_log_files *files, enum aw_log_magic magic, struct aw_error *error)
{
	struct layer *layer = &files->layers[files->nr_layers];
	aw_log_pull_fn pull = files->nr_layers ? pull_member : pull_file;
	void *ctx = files->nr_layers ? (void *)(layer - 1) : files;
	int err;

	*layer = (struct layer){ .name_len = strlen(files->name) };
	err = aw_log_archive_open(pull, ctx, &layer->archive, error);
	if ((err == -ENOENT || err == -ENOTSUP) && magic == AW_LOG_MAGIC_GZIP) {
		layer->gzip = aw_log_gzip_open(pull, ctx);
		err = layer->gzip ? 0 : aw_error_set(error, -ENOMEM, "out of memory");
	}
	if (!err)
		files->nr_layers++;
	return err;
}

static int next_in_layer(struct layer *layer, const char **name, struct aw_error *error)
{
	if (layer->archive)
		return aw_log_archive_next(layer->archive, name, error);
	*name = NULL;
	if (layer->begun)
		return 0;
	layer->begun = true;
	return 1;
}

static void set_member_name(struct aw_log_files *files, const struct layer *layer, const char *name)
{
	files->name[layer->name_len] = '\0';
	if (name)
		snprintf(files->name + layer->name_len, sizeof(files->name) - layer->name_len, ":%s", name);
}

/* 1: the next member of the innermost layer is text; 0: look again; or -errno. */
static int next_member(struct aw_log_files *files, struct aw_error *error)
{
	struct layer *layer = &files->layers[files->nr_layers - 1];
	enum aw_log_magic magic;
	const char *name;
	ssize_t got;
	int more;

	layer->held = NULL;
	more = next_in_layer(layer, &name, error);
	if (more < 0)
		return give_up(files, more, error->text, error);
	if (!more) {
		close_layer(files);
		return 0;
	}
	set_member_name(files, layer, name);
	got = read_layer(layer, &layer->held, error);
	if (got < 0)
		return give_up(files, (int)got, error->text, error);
	layer->held_len = (size_t)got;
	magic = aw_log_magic(layer->held, layer->held_len);
	if (!got || magic == AW_LOG_MAGIC_TEXT)
		return 1;
	/* what was given is nothing else */
	if (magic == AW_LOG_MAGIC_EVENTS && !name && !files->nr_dirs)
		return refuse_events(files, error);
	if (magic == AW_LOG_MAGIC_EVENTS || magic == AW_LOG_MAGIC_OTHER || files->nr_layers == MAX_LAYERS)
		return 0;
	more = open_layer(files, magic, error);
	return more < 0 ? give_up(files, more, error->text, error) : 0;
}

/* ---- files ---- */

/* 1: the file is a member; 0: look again (it has members, or is none); or -errno. */
static int begin_file(struct aw_log_files *files, struct aw_error *error)
{
	enum aw_log_magic magic;
	const void *data;
	ssize_t got;
	int err;

	files->packed = files->unpacked = 0;
	snprintf(files->name, sizeof(files->name), "%s", strcmp(files->path, "-") ? files->path : "standard input");
	got = pull_file(files, &data);
	if (got < 0)
		return give_up(files, (int)got, strerror((int)-got), error);
	files->head_len = (size_t)got;
	magic = aw_log_magic(files->piece, files->head_len);
	if (magic == AW_LOG_MAGIC_EVENTS && !files->nr_dirs)
		return refuse_events(files, error);
	/* a file that was named is read whatever it looks like */
	if (magic == AW_LOG_MAGIC_TEXT || (magic == AW_LOG_MAGIC_OTHER && !files->nr_dirs)) {
		files->plain = true;
		return 1;
	}
	if (magic == AW_LOG_MAGIC_OTHER || magic == AW_LOG_MAGIC_EVENTS) {
		close_file(files);
		return 0;
	}
	err = open_layer(files, magic, error);
	return err ? give_up(files, err, error->text, error) : 0;
}

static int is_entry(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
}

static int enter_dir(struct aw_log_files *files, struct aw_error *error)
{
	struct dir *dir = &files->dirs[files->nr_dirs];

	if (files->nr_dirs == MAX_DIRS)
		return aw_error_set(error, -ELOOP, "can't read %s: too many directories in each other", files->path);
	dir->count = scandir(files->path, &dir->entries, is_entry, versionsort);
	if (dir->count < 0)
		return aw_error_set(error, -errno, "can't read %s: %s%s", files->path, strerror(errno), aw_hint_reading(errno));
	dir->next = 0;
	dir->path_len = strlen(files->path);
	files->nr_dirs++;
	return 0;
}

static void leave_dir(struct aw_log_files *files)
{
	struct dir *dir = &files->dirs[--files->nr_dirs];

	while (dir->next < dir->count)
		free(dir->entries[dir->next++]);
	free(dir->entries);
}

static int open_path(struct aw_log_files *files, struct aw_error *error)
{
	bool standard = !files->nr_dirs && !strcmp(files->path, "-");
	struct stat status;

	files->fd = standard ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : open(files->path, O_RDONLY | O_CLOEXEC);
	if (files->fd < 0)
		return aw_error_set(error, -errno, "can't open %s: %s%s", standard ? "standard input" : files->path,
				    strerror(errno), aw_hint_reading(errno));
	if (fstat(files->fd, &status))
		return give_up(files, -errno, strerror(errno), error);
	if (S_ISDIR(status.st_mode)) {
		close_file(files);
		return enter_dir(files, error);
	}
	if (!files->nr_dirs && S_ISREG(status.st_mode))
		files->total += (uint64_t)status.st_size;
	return begin_file(files, error);
}

/* The next entry of the innermost directory: as begin_file(). */
static int next_entry(struct aw_log_files *files, struct aw_error *error)
{
	struct dir *dir = &files->dirs[files->nr_dirs - 1];
	struct stat status;
	struct dirent *entry;
	int len;

	if (dir->next == dir->count) {
		leave_dir(files);
		return 0;
	}
	entry = dir->entries[dir->next++];
	len = snprintf(files->path + dir->path_len, sizeof(files->path) - dir->path_len, "/%s", entry->d_name);
	free(entry);
	if (len < 0 || (size_t)len >= sizeof(files->path) - dir->path_len)
		return aw_error_set(error, -ENAMETOOLONG, "can't open %.64s...: %s", files->path, strerror(ENAMETOOLONG));
	if (lstat(files->path, &status))
		return errno == ENOENT ? 0 : aw_error_set(error, -errno, "can't open %s: %s", files->path, strerror(errno));
	if (S_ISDIR(status.st_mode))
		return enter_dir(files, error);
	if (!S_ISREG(status.st_mode))
		return 0;
	files->total += (uint64_t)status.st_size;
	return open_path(files, error);
}

int aw_log_files_open(const char *path, struct aw_log_files **out, struct aw_error *error)
{
	struct aw_log_files *files;

	if (strlen(path) >= sizeof(files->path))
		return aw_error_set(error, -ENAMETOOLONG, "can't open %.64s...: %s%s", path, strerror(ENAMETOOLONG),
				    aw_hint_reading(ENAMETOOLONG));
	files = calloc(1, sizeof(*files));
	if (!files)
		return aw_error_set(error, -ENOMEM, "out of memory");
	strcpy(files->path, path);
	files->fd = -1;
	files->given = true;
	*out = files;
	return 0;
}

void aw_log_files_close(struct aw_log_files *files)
{
	if (!files)
		return;
	close_file(files);
	while (files->nr_dirs)
		leave_dir(files);
	free(files);
}

int aw_log_files_next(struct aw_log_files *files, struct aw_error *error)
{
	for (;;) {
		int status;

		if (files->plain)
			close_file(files);
		if (files->given) {
			files->given = false;
			status = open_path(files, error);
		} else if (files->nr_layers) {
			status = next_member(files, error);
			if (!status && !files->nr_layers)
				close_file(files);
		} else if (files->nr_dirs) {
			status = next_entry(files, error);
		} else {
			return 0;
		}
		if (status)
			return status;
	}
}

const char *aw_log_files_name(const struct aw_log_files *files)
{
	return files->name;
}

static bool is_bomb(const struct aw_log_files *files)
{
	return files->unpacked > BOMB_LEAST && files->unpacked / BOMB_RATIO > files->packed;
}

ssize_t aw_log_files_read(struct aw_log_files *files, const char **text, struct aw_error *error)
{
	const void *data = NULL;
	ssize_t got;

	if (files->fd < 0)
		return 0;
	if (files->plain)
		got = pull_file(files, &data);
	else
		got = read_layer(&files->layers[files->nr_layers - 1], &data, error);
	if (got < 0)
		return give_up(files, (int)got, files->plain ? strerror((int)-got) : error->text, error);
	files->unpacked += (uint64_t)got;
	if (!files->plain && is_bomb(files))
		return give_up(files, -EFBIG, "it unpacks to more than 1000 times its size, which no log does", error);
	*text = data;
	return got;
}

void aw_log_files_progress(const struct aw_log_files *files, uint64_t *done, uint64_t *total)
{
	*done = files->done;
	*total = files->total;
}
