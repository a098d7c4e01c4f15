// SPDX-License-Identifier: GPL-2.0
/*
 * Logs as people have them: plain, packed, in directories; damaged, and bombs.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>
#include <zlib.h>

#include "lines/files.h"
#include "lines/gzip.h"
#include "lines/magic.h"
#include "temp.h"

/* All members: "NAME=CONTENT|", or "!|" for one that could not be read. */
static void read_all(const char *path, size_t cut_name, char *out, size_t size)
{
	struct aw_log_files *files;
	struct aw_error error;
	int status;

	out[0] = '\0';
	assert_int_equal(aw_log_files_open(path, &files, &error), 0);
	while ((status = aw_log_files_next(files, &error))) {
		const char *text;
		ssize_t got;

		if (status < 0) {
			strcat(out, "!|");
			continue;
		}
		snprintf(out + strlen(out), size - strlen(out), "%s=", aw_log_files_name(files) + cut_name);
		while ((got = aw_log_files_read(files, &text, &error)) > 0)
			snprintf(out + strlen(out), size - strlen(out), "%.*s", (int)(got < 100 ? got : 100), text);
		strcat(out, got < 0 ? "!|" : "|");
	}
	aw_log_files_close(files);
}

/* `text` as gzip writes it. */
static size_t pack(const char *text, size_t len, unsigned char *out, size_t size)
{
	z_stream stream = { .next_in = (unsigned char *)text, .avail_in = (unsigned int)len,
			    .next_out = out, .avail_out = (unsigned int)size };

	assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	deflateEnd(&stream);
	return size - stream.avail_out;
}

static void plain_and_gzip(void **state)
{
	char path[TEMP_PATH], out[1024], expected[256];
	unsigned char packed[256];
	size_t len = pack("hello", 5, packed, sizeof(packed));

	(void)state;
	temp_make(path, "hello", 5);
	read_all(path, 0, out, sizeof(out));
	snprintf(expected, sizeof(expected), "%s=hello|", path);
	assert_string_equal(out, expected);
	temp_write(path, packed, len);
	read_all(path, 0, out, sizeof(out));
	assert_string_equal(out, expected);
	temp_write(path, packed, len - 6);
	read_all(path, strlen(path), out, sizeof(out));
	assert_non_null(strstr(out, "!|"));
	temp_write(path, "", 0);
	read_all(path, strlen(path), out, sizeof(out));
	assert_string_equal(out, "=|");
	/* a program that was named is read, one in a directory is not */
	temp_write(path, "\177ELFx", 5);
	read_all(path, strlen(path), out, sizeof(out));
	assert_string_equal(out, "=\177ELFx|");
	unlink(path);
	read_all(path, 0, out, sizeof(out));
	assert_string_equal(out, "!|");
}

static void put(const char *dir, const char *name, const void *data, size_t len)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fwrite(data, 1, len, file);
	fclose(file);
}

static void directories(void **state)
{
	char dir[] = "/tmp/aw-unit-XXXXXX", sub[64], name[128], out[1024];
	unsigned char packed[256];
	size_t len = pack("packed", 6, packed, sizeof(packed));

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(sub, sizeof(sub), "%s/sub", dir);
	assert_int_equal(mkdir(sub, 0700), 0);
	put(dir, "log.10", "ten", 3);
	put(dir, "log.9", "nine", 4);
	put(dir, "program", "\177ELFx", 5);
	put(sub, "log.gz", packed, len);
	snprintf(name, sizeof(name), "%s/link", dir);
	assert_int_equal(symlink("sub", name), 0);
	snprintf(name, sizeof(name), "%s/fifo", dir);
	assert_int_equal(mkfifo(name, 0600), 0);
	read_all(dir, strlen(dir), out, sizeof(out));
	assert_string_equal(out, "/log.9=nine|/log.10=ten|/sub/log.gz=packed|");
	snprintf(name, sizeof(name), "rm -r %s", dir);
	assert_int_equal(system(name), 0);
}

/* 320 MB of one letter are 320 KB: reading ends with a sentence. */
static void bombs(void **state)
{
	size_t size = 16 << 20, len;
	char path[TEMP_PATH], *letters = malloc(size);
	unsigned char *packed = malloc(1 << 20);
	struct aw_log_files *files;
	struct aw_error error;
	const char *text;
	ssize_t got;

	(void)state;
	memset(letters, 'a', size);
	len = pack(letters, size, packed, 1 << 20);
	for (int i = 1; i < 20; i++)
		memcpy(packed + i * len, packed, len);
	temp_make(path, packed, 20 * len);
	free(letters);
	free(packed);
	assert_int_equal(aw_log_files_open(path, &files, &error), 0);
	assert_int_equal(aw_log_files_next(files, &error), 1);
	while ((got = aw_log_files_read(files, &text, &error)) > 0)
		;
	assert_int_equal(got, -EFBIG);
	assert_non_null(strstr(error.text, path));
	assert_int_equal(aw_log_files_next(files, &error), 0);
	aw_log_files_close(files);
	unlink(path);
}

/* ---- gzip where there is no libarchive ---- */

struct source {
	const unsigned char *data;
	size_t len, at, piece;
};

static ssize_t pull(void *ctx, const void **data)
{
	struct source *source = ctx;
	size_t n = source->len - source->at < source->piece ? source->len - source->at : source->piece;

	*data = source->data + source->at;
	source->at += n;
	return (ssize_t)n;
}

static int unpack(struct source *source, char *out)
{
	struct aw_log_gzip *gzip = aw_log_gzip_open(pull, source);
	struct aw_error error;
	const void *data;
	ssize_t got;

	out[0] = '\0';
	while ((got = aw_log_gzip_read(gzip, &data, &error)) > 0)
		strncat(out, data, (size_t)got);
	aw_log_gzip_close(gzip);
	return (int)got;
}

static void gzip_alone(void **state)
{
	unsigned char packed[512];
	char out[256];
	size_t len = pack("one", 3, packed, sizeof(packed)), all;

	(void)state;
	all = len + pack("two", 3, packed + len, sizeof(packed) - len);	/* as cat a.gz b.gz makes them */
	for (size_t piece = 1; piece < 100; piece++) {
		struct source source = { packed, all, 0, piece };

		assert_int_equal(unpack(&source, out), 0);
		assert_string_equal(out, "onetwo");
	}
	for (size_t cut = 1; cut < len; cut++) {
		struct source source = { packed, cut, 0, 100 };

		assert_true(unpack(&source, out) < 0);
	}
	packed[len / 2] ^= 0xff;
	assert_true(unpack(&(struct source){ packed, len, 0, 100 }, out) < 0);
}

static void tells_files_apart(void **state)
{
	char tar[512] = "name";

	(void)state;
	memcpy(tar + 257, "ustar", 5);
	assert_int_equal(aw_log_magic("[    1.2] x", 11), AW_LOG_MAGIC_TEXT);
	assert_int_equal(aw_log_magic("", 0), AW_LOG_MAGIC_TEXT);
	assert_int_equal(aw_log_magic("\x1f\x8b\x08", 3), AW_LOG_MAGIC_GZIP);
	assert_int_equal(aw_log_magic("\xfd" "7zXZ\0", 6), AW_LOG_MAGIC_PACKED);
	assert_int_equal(aw_log_magic("PK\3\4", 4), AW_LOG_MAGIC_PACKED);
	assert_int_equal(aw_log_magic(tar, sizeof(tar)), AW_LOG_MAGIC_PACKED);
	assert_int_equal(aw_log_magic(tar, 200), AW_LOG_MAGIC_TEXT);
	assert_int_equal(aw_log_magic("LPKSHHRH", 8), AW_LOG_MAGIC_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_and_gzip),
		cmocka_unit_test(directories),
		cmocka_unit_test(bombs),
		cmocka_unit_test(gzip_alone),
		cmocka_unit_test(tells_files_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
