// SPDX-License-Identifier: GPL-2.0
/*
 * Checks a recording from its first byte to its last.
 */
#include "cli/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/exit_status.h"
#include "base/hint.h"
#include "base/progress.h"
#include "cli/say.h"
#include "recording/kind.h"
#include "recording/reader.h"

#define WAIT_MS 1000

static uint64_t size_of(int fd)
{
	struct stat status;

	return !fstat(fd, &status) && S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
}

static int read_blocks(struct aw_recording_reader *reader, struct aw_progress *progress)
{
	uint64_t size = size_of(reader->input.fd);
	struct aw_event event;
	int got;

	do
		got = aw_recording_reader_header(reader, WAIT_MS);
	while (got == -EAGAIN);
	while (!got && !reader->over) {
		while ((got = aw_recording_reader_event(reader, &event)) == 1)
			;
		if (!got && !reader->over)
			got = aw_recording_reader_block(reader, WAIT_MS);
		if (got == -EAGAIN)
			got = 0;
		aw_progress_show(progress, reader->input.offset, size);
	}
	return got;
}

static int read_all(struct aw_recording_reader *reader)
{
	struct aw_progress progress;
	int err;

	aw_progress_begin(&progress, STDERR_FILENO);
	err = read_blocks(reader, &progress);
	aw_progress_end(&progress);
	return err;
}

static const char *reason(int err, const char *file)
{
	switch (err) {
	case -ENOENT: return "it is empty; sudo allocwatch record -o FILE writes one";
	case -ENODATA: return aw_recording_hint(file);
	case -EBADMSG: return "its header is damaged, and no group of blocks follows: take a copy again";
	case -ENOTSUP: return "a newer version wrote it: use a newer allocwatch";
	default: return strerror(-err);
	}
}

/* Returns the exit status. */
static int print_result(const struct aw_recording_reader *reader)
{
	const struct aw_recording_told *told = reader->told;
	unsigned int kept = reader->nr_gaps < ARRAY_SIZE(reader->gaps) ? reader->nr_gaps : ARRAY_SIZE(reader->gaps);
	char text[256];

	printf("version %u, %" PRIu64 " bytes: %" PRIu64 " groups, %" PRIu64 " blocks, %" PRIu64 " events, %" PRIu64
	       " failures\n", reader->head.version, reader->input.offset + aw_recording_input_left(&reader->input),
	       reader->groups, reader->blocks, told->events, told->stored_failures);
	for (unsigned int i = 0; i < kept; i++)
		printf("%s\n", aw_recording_gap_text(reader, &reader->gaps[i], text, sizeof(text)));
	if (reader->nr_gaps > kept)
		printf("%u more damaged parts\n", reader->nr_gaps - kept);
	if (told->bad)
		printf("%" PRIu64 " invalid records\n", told->bad);
	if (told->unknown)
		printf("%" PRIu64 " records of unknown types: a newer allocwatch reads them\n", told->unknown);
	if (!reader->nr_gaps && !told->bad) {
		printf("whole\n");
		return AW_EXIT_OK;
	}
	printf("not whole: %" PRIu64 " bytes were not read; %" PRIu64 " events with %" PRIu64 " failures are known to be "
	       "missing%s\n", reader->skipped_bytes, reader->skipped_events, reader->skipped_failures,
	       aw_recording_reader_cut(reader) ? ", and the end" : "");
	return AW_EXIT_ERROR;
}

int aw_verify(const char *file)
{
	AW_CLOSE int opened = -1;
	bool is_stdin = !strcmp(file, "-");
	struct aw_recording_reader reader;
	int err, status;

	if (!is_stdin)
		opened = open(file, O_RDONLY | O_CLOEXEC);
	if (!is_stdin && opened < 0)
		return aw_say_failed("can't open the recording %s: %s%s", file, strerror(errno), aw_hint_reading(errno));
	aw_recording_reader_init(&reader, is_stdin ? STDIN_FILENO : opened);
	err = read_all(&reader);
	status = err ? aw_say_failed("can't read %s: %s", is_stdin ? "standard input" : file, reason(err, file)) :
		 print_result(&reader);
	aw_recording_reader_free(&reader);
	return status;
}
