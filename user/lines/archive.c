// SPDX-License-Identifier: GPL-2.0
/*
 * Compressed files and archives, through libarchive.
 */
#include "lines/archive.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "lines/libarchive.h"

#define MOST_OF_NOTHING 512	/* bytes of a packed empty file, with its name */

struct aw_log_archive {
	struct aw_log_libarchive lib;
	struct archive *reader;
	aw_log_pull_fn pull;
	void *ctx;
	uint64_t pulled;	/* bytes */
	int pull_err;		/* -errno of the source, which libarchive does not know of */
};

static la_ssize_t pull(struct archive *reader, void *ctx, const void **data)
{
	struct aw_log_archive *archive = ctx;
	ssize_t got = archive->pull(archive->ctx, data);

	(void)reader;
	archive->pulled += got > 0 ? (uint64_t)got : 0;
	if (got >= 0)
		return got;
	archive->pull_err = (int)got;
	return -1;
}

/* No filter or format that runs another program, or that has to seek.  False: no memory for one of them. */
static bool choose_formats(struct aw_log_archive *archive)
{
	const struct aw_log_libarchive *lib = &archive->lib;
	int (*const add[])(struct archive *reader) = {
		lib->read_support_filter_gzip, lib->read_support_filter_bzip2, lib->read_support_filter_xz,
		lib->read_support_filter_lzma, lib->read_support_filter_zstd, lib->read_support_filter_lz4,
		lib->read_support_format_tar, lib->read_support_format_zip, lib->read_support_format_cpio,
		lib->read_support_format_raw, lib->read_support_format_empty,
	};

	for (size_t i = 0; i < ARRAY_SIZE(add); i++)
		if (add[i](archive->reader) < ARCHIVE_WARN)
			return false;
	return true;
}

static int say_why(struct aw_log_archive *archive, struct aw_error *error)
{
	const char *why = archive->lib.error_string(archive->reader);

	if (archive->pull_err)
		return aw_error_set(error, archive->pull_err, "%s", strerror(-archive->pull_err));
	return aw_error_set(error, -EIO, "%s", why ? why : "damaged");
}

int aw_log_archive_open(aw_log_pull_fn source, void *ctx, struct aw_log_archive **out, struct aw_error *error)
{
	struct aw_log_archive *archive = calloc(1, sizeof(*archive));
	int err;

	if (!archive)
		return aw_error_set(error, -ENOMEM, "out of memory");
	err = aw_log_libarchive_load(&archive->lib, error);
	if (err) {
		free(archive);
		return err;
	}
	archive->pull = source;
	archive->ctx = ctx;
	archive->reader = archive->lib.read_new();
	if (!archive->reader) {
		free(archive);
		return aw_error_set(error, -ENOMEM, "out of memory");
	}
	if (!choose_formats(archive)) {
		aw_log_archive_close(archive);
		return aw_error_set(error, -ENOMEM, "out of memory");
	}
	if (archive->lib.read_open(archive->reader, archive, NULL, pull, NULL) < ARCHIVE_WARN) {
		err = say_why(archive, error);
		aw_log_archive_close(archive);
		return err;
	}
	*out = archive;
	return 0;
}

int aw_log_archive_next(struct aw_log_archive *archive, const char **name, struct aw_error *error)
{
	const struct aw_log_libarchive *lib = &archive->lib;
	struct archive_entry *entry;
	int status;

	do {
		status = lib->read_next_header(archive->reader, &entry);
		/* Where libarchive has no memory to look at the data, it takes them for an empty file. */
		if (status == ARCHIVE_EOF && lib->format(archive->reader) == ARCHIVE_FORMAT_EMPTY && archive->pulled > MOST_OF_NOTHING)
			return aw_error_set(error, -EIO, "nothing in it could be read");
		if (status == ARCHIVE_EOF)
			return 0;
		if (status < ARCHIVE_WARN)
			return say_why(archive, error);
	} while (lib->entry_filetype(entry) != AE_IFREG && lib->entry_filetype(entry) != 0);
	*name = lib->format(archive->reader) == ARCHIVE_FORMAT_RAW ? NULL : lib->entry_pathname(entry);
	if (!*name && lib->format(archive->reader) != ARCHIVE_FORMAT_RAW)
		*name = "?";	/* no name, or none in this locale */
	return 1;
}

ssize_t aw_log_archive_read(struct aw_log_archive *archive, const void **data, struct aw_error *error)
{
	size_t len;
	la_int64_t offset;	/* of a sparse file: holes are left out */
	int status;

	do
		status = archive->lib.read_data_block(archive->reader, data, &len, &offset);
	while (status >= ARCHIVE_WARN && status != ARCHIVE_EOF && !len);
	if (status == ARCHIVE_EOF)
		return 0;
	return status < ARCHIVE_WARN ? say_why(archive, error) : (ssize_t)len;
}

void aw_log_archive_close(struct aw_log_archive *archive)
{
	if (!archive)
		return;
	archive->lib.read_free(archive->reader);
	free(archive);
}
