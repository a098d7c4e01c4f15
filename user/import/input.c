// SPDX-License-Identifier: GPL-2.0
/*
 * The file of a trace that somebody else recorded.
 */
#include "import/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "import/line.h"

#define LOOK (64u << 10)	/* enough of a text to see what it is */
#define MOST_COPIED (UINT64_C(2) << 30)

/* ---- what it is ---- */

static bool is_text(const char *head, size_t len)
{
	const char *line = head, *end = head + len;

	while (line < end) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		struct aw_import_line parsed;

		if (newline && aw_import_line_parse(line, (size_t)(newline - line), &parsed) && parsed.type >= 0)
			return true;
		line = newline ? newline + 1 : end;
	}
	return false;
}

enum aw_import_kind aw_import_kind_of(const char *head, size_t len)
{
	if (len >= 10 && !memcmp(head, "\x17\x08\x44tracing", 10))
		return AW_IMPORT_TRACE_DAT;
	if (len >= 8 && !memcmp(head, "PERFILE2", 8))
		return AW_IMPORT_PERF_DATA;
	return is_text(head, len) ? AW_IMPORT_TEXT : AW_IMPORT_NONE;
}

/* tee() copies what a pipe holds, and leaves it there. */
static ssize_t look_into_pipe(char *head)
{
	AW_CLOSE int from = -1;
	AW_CLOSE int to = -1;
	int ends[2];
	ssize_t len;

	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	from = ends[0];
	to = ends[1];
	len = tee(STDIN_FILENO, to, LOOK, 0);
	if (len > 0)
		len = read(from, head, LOOK);
	return len < 0 ? -errno : len;
}

static ssize_t look_at(int fd, off_t at, char *head)
{
	ssize_t len = at < 0 ? -1 : pread(fd, head, LOOK, at);

	return len < 0 ? -errno : len;
}

static ssize_t look_at_standard_input(char *head)
{
	struct stat st;

	if (fstat(STDIN_FILENO, &st))
		return -errno;
	if (S_ISFIFO(st.st_mode))
		return look_into_pipe(head);
	return S_ISREG(st.st_mode) ? look_at(STDIN_FILENO, lseek(STDIN_FILENO, 0, SEEK_CUR), head) : 0;
}

/* Anything but a regular file is not opened: who writes into a FIFO would take the end of the look for that of its reader. */
static ssize_t look(const char *path, char *head)
{
	AW_CLOSE int fd = -1;
	struct stat st;

	if (!strcmp(path, "-"))
		return look_at_standard_input(head);
	if (!stat(path, &st)) {
		if (!S_ISREG(st.st_mode))
			return 0;
		fd = open(path, O_RDONLY | O_CLOEXEC);
	}
	if (fd >= 0)
		return look_at(fd, 0, head);
	return errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == EIO ? -errno : 0;
}

int aw_import_recognize(const char *path)
{
	AW_FREE char *head = malloc(LOOK);
	ssize_t len = head ? look(path, head) : -ENOMEM;

	return len < 0 ? (int)len : (int)aw_import_kind_of(head, (size_t)len);
}

char *aw_import_text_between(const char *path, size_t *len)
{
	char *head = malloc(LOOK);
	ssize_t got = head ? look(path, head) : -ENOMEM;
	const char *line = head, *end = head + (got > 0 ? got : 0);
	struct aw_import_line parsed;
	char *to = head;

	if (got < 0) {
		free(head);
		return NULL;
	}
	while (line < end) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		const char *next = newline ? newline + 1 : end;

		if (!aw_import_line_parse(line, (size_t)((newline ? newline : end) - line), &parsed)) {
			memmove(to, line, (size_t)(next - line));
			to += next - line;
		}
		line = next;
	}
	*len = (size_t)(to - head);
	return head;
}

/* ---- its bytes ---- */

static int copy_all(int from, int to)
{
	AW_FREE char *buffer = malloc(LOOK);
	uint64_t total = 0;
	ssize_t got;

	if (!buffer)
		return -ENOMEM;
	while ((got = read(from, buffer, LOOK)) > 0) {
		total += (uint64_t)got;
		if (total > MOST_COPIED)
			return -EFBIG;
		for (ssize_t done = 0, put; done < got; done += put) {
			put = write(to, buffer + done, (size_t)(got - done));
			if (put < 0)
				return -errno;
		}
	}
	return got < 0 ? -errno : 0;
}

/* Takes over `fd`. */
static int make_seekable(int *fd)
{
	int copy, err;

	if (lseek(*fd, 0, SEEK_CUR) >= 0)
		return 0;
	copy = memfd_create("trace", MFD_CLOEXEC);
	if (copy < 0)
		return -errno;
	err = copy_all(*fd, copy);
	if (*fd > STDIN_FILENO)
		close(*fd);
	*fd = copy;
	return err;
}

int aw_import_input_open(const char *path, struct aw_import_input *out, struct aw_error *error)
{
	bool standard = !strcmp(path, "-");
	struct aw_import_input input = { .fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC) };
	struct stat st;
	int err;

	*out = (struct aw_import_input){ .fd = -1 };
	if (input.fd < 0)
		return aw_error_set(error, -errno, "can't open the trace %s: %s", path, strerror(errno));
	err = make_seekable(&input.fd);
	if (!err && fstat(input.fd, &st))
		err = -errno;
	input.name = strdup(standard ? "standard input" : path);
	if (!err && !input.name)
		err = -ENOMEM;
	if (err) {
		aw_import_input_close(&input);
		return aw_error_set(error, err, "can't read the trace %s: %s", path, strerror(-err));
	}
	input.size = (uint64_t)st.st_size;
	*out = input;
	return 0;
}

void aw_import_input_close(struct aw_import_input *input)
{
	if (input->fd > STDIN_FILENO)
		close(input->fd);
	free(input->name);
	*input = (struct aw_import_input){ .fd = -1 };
}

ssize_t aw_import_input_read(struct aw_import_input *input, uint64_t offset, void *data, size_t size)
{
	size_t done = 0;

	if (offset >= input->size)
		return 0;
	while (done < size) {
		ssize_t got = pread(input->fd, (char *)data + done, size - done, (off_t)(offset + done));

		if (got < 0 && errno != EINTR) {
			if (!input->err)
				input->err = -errno;
			return input->err;
		}
		if (!got)
			break;
		done += got > 0 ? (size_t)got : 0;
	}
	input->read += done;
	return (ssize_t)done;
}

void *aw_import_input_copy(struct aw_import_input *input, uint64_t offset, uint64_t size, uint64_t most, int *err)
{
	AW_FREE char *data = NULL;
	ssize_t got;

	*err = -EBADMSG;
	if (size > most || offset > input->size || size > input->size - offset)
		return NULL;
	data = calloc(1, size + 1);
	*err = -ENOMEM;
	if (!data)
		return NULL;
	got = aw_import_input_read(input, offset, data, size);
	*err = got < 0 ? (int)got : (uint64_t)got < size ? -EBADMSG : 0;
	return *err ? NULL : TAKE_PTR(data);
}
