// SPDX-License-Identifier: GPL-2.0
/*
 * A boot configuration at the end of an initramfs:
 *
 * [initramfs][text][zeros][size, le32][checksum, le32]["#BOOTCONFIG\n"]
 *
 * Zeros make the whole file a multiple of 4 bytes; they count in the size.  The
 * checksum is the sum of the bytes.
 */
#include "boot/initramfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/output_file.h"

static const char magic[] = "#BOOTCONFIG\n";
#define MAGIC (sizeof(magic) - 1)
#define TRAILER (4 + 4 + MAGIC)
#define ALIGNMENT 4
#define MOST 32767	/* XBC_DATA_MAX of include/linux/bootconfig.h */

static void put_le32(char *to, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		to[i] = (char)(value >> 8 * i);
}

static uint32_t checksum(const char *text, size_t len)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < len; i++)
		sum += (unsigned char)text[i];
	return sum;
}

static bool has_one(int fd, off_t end)
{
	char tail[MAGIC];

	return end >= (off_t)MAGIC && pread(fd, tail, MAGIC, end - (off_t)MAGIC) == (ssize_t)MAGIC &&
	       !memcmp(tail, magic, MAGIC);
}

static int write_at(int fd, off_t at, const char *data, size_t len)
{
	ssize_t wrote = pwrite(fd, data, len, at);

	return wrote < 0 ? -errno : (size_t)wrote < len ? -ENOSPC : 0;
}

/* The text with a NUL, as tools/bootconfig writes it, the zeros and the trailer. */
static int append(int fd, off_t end, const char *text, size_t len)
{
	size_t size = len + 1;
	char whole[MOST + 1 + ALIGNMENT + TRAILER] = { 0 };
	int err;

	size += (ALIGNMENT - (size_t)(end + (off_t)(size + TRAILER)) % ALIGNMENT) % ALIGNMENT;
	memcpy(whole, text, len);
	put_le32(whole + size, (uint32_t)size);
	put_le32(whole + size + 4, checksum(text, len));
	memcpy(whole + size + 8, magic, MAGIC);
	err = write_at(fd, end, whole, size + TRAILER);
	if (!err && fsync(fd))
		err = -errno;
	if (err && ftruncate(fd, end))
		return -EIO;
	return err;
}

int aw_initramfs_append(const char *path, const char *text, size_t len, struct aw_error *error)
{
	int err = aw_output_check(path);
	AW_CLOSE int fd = err ? -1 : open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	off_t end = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);

	if (err)
		return aw_error_set(error, err, "can't append to %s: %s", path, aw_output_strerror(err));
	if (end < 0)
		return aw_error_set(error, -errno, "can't append to %s: %s", path, strerror(errno));
	if (len > MOST)
		return aw_error_set(error, -E2BIG, "the boot configuration has %zu bytes, the kernel takes %d", len, MOST);
	if (has_one(fd, end))
		return aw_error_set(error, -EEXIST, "%s has a boot configuration already: bootconfig -l %s shows it, bootconfig -d "
				    "%s removes it", path, path, path);
	err = append(fd, end, text, len);
	return err ? aw_error_set(error, err, "can't append to %s: %s", path, strerror(-err)) : 0;
}
