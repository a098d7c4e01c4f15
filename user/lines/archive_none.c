// SPDX-License-Identifier: GPL-2.0
/*
 * The replacement of archive.c in a build that loads no libraries.
 */
#include "lines/archive.h"

#include <errno.h>

int aw_log_archive_open(aw_log_pull_fn pull, void *ctx, struct aw_log_archive **out, struct aw_error *error)
{
	(void)pull;
	(void)ctx;
	(void)out;
	return aw_error_set(error, -ENOTSUP, "this build is static and unpacks gzip only: unpack it first");
}

int aw_log_archive_next(struct aw_log_archive *archive, const char **name, struct aw_error *error)
{
	(void)archive;
	(void)name;
	(void)error;
	return 0;
}

ssize_t aw_log_archive_read(struct aw_log_archive *archive, const void **data, struct aw_error *error)
{
	(void)archive;
	(void)data;
	(void)error;
	return 0;
}

void aw_log_archive_close(struct aw_log_archive *archive)
{
	(void)archive;
}
