/* SPDX-License-Identifier: GPL-2.0 */
/*
 * libarchive, loaded when it is needed.
 *
 * Linked, it and its libraries would cost every command the time and memory to
 * load them, and allocwatch would not run where it is missing.
 */
#ifndef AW_LINES_LIBARCHIVE_H
#define AW_LINES_LIBARCHIVE_H

#include <archive.h>
#include <archive_entry.h>

#include "base/error.h"

/* Named as in archive.h and archive_entry.h, without archive_. */
struct aw_log_libarchive {
	__typeof__(archive_read_new) *read_new;
	__typeof__(archive_read_free) *read_free;
	__typeof__(archive_read_open) *read_open;
	__typeof__(archive_read_next_header) *read_next_header;
	__typeof__(archive_read_data_block) *read_data_block;
	__typeof__(archive_read_support_filter_gzip) *read_support_filter_gzip;
	__typeof__(archive_read_support_filter_bzip2) *read_support_filter_bzip2;
	__typeof__(archive_read_support_filter_xz) *read_support_filter_xz;
	__typeof__(archive_read_support_filter_lzma) *read_support_filter_lzma;
	__typeof__(archive_read_support_filter_zstd) *read_support_filter_zstd;
	__typeof__(archive_read_support_filter_lz4) *read_support_filter_lz4;
	__typeof__(archive_read_support_format_tar) *read_support_format_tar;
	__typeof__(archive_read_support_format_zip) *read_support_format_zip;
	__typeof__(archive_read_support_format_cpio) *read_support_format_cpio;
	__typeof__(archive_read_support_format_raw) *read_support_format_raw;
	__typeof__(archive_read_support_format_empty) *read_support_format_empty;
	__typeof__(archive_format) *format;
	__typeof__(archive_error_string) *error_string;
	__typeof__(archive_entry_pathname) *entry_pathname;
	__typeof__(archive_entry_filetype) *entry_filetype;
};

/* Stays loaded for the life of the process.  0, or -ENOENT with what to install. */
int aw_log_libarchive_load(struct aw_log_libarchive *out, struct aw_error *error);

#endif
