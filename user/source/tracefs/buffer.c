// SPDX-License-Identifier: GPL-2.0
/*
 * The trace buffers of all cpus as one stream of records, sorted by time.
 *
 * libtraceevent's kbuffer parses the pages that trace_pipe_raw returns.
 */
#include "source/tracefs/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <traceevent/kbuffer.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "source/tracefs/page.h"

struct stream {
	int fd;			/* -1: saved pages */
	aw_trace_page_fn read;
	void *arg;
	void (*free_arg)(void *arg);
	unsigned int cpu;
	bool wakes;
	bool drained;		/* in the current round */
	struct kbuffer *kbuffer;
	void *page;
	void *data;		/* the next record; NULL: the next page has to be read */
	unsigned long long time_ns;
};

struct aw_trace_buffer {
	const struct aw_trace_formats *formats;
	size_t page_size;
	struct stream *streams;
	unsigned int nr_streams;
	uint64_t until_ns;
	uint64_t damaged, missed;
	bool saved;
	bool idle;		/* there was no record in the last round */
};

/*
 * 	field: char data;	offset:16;	size:4080;	signed:1;
 * read() returns a page: 4096 bytes unless the pages of the kernel are larger.
 */
static size_t page_size_of(const char *root)
{
	struct aw_trace_field data;
	AW_FREE char *text = NULL;
	char path[256];
	size_t len;

	snprintf(path, sizeof(path), "%s/events/header_page", root);
	if (!aw_file_read(path, &text, &len) && !aw_trace_format_field(text, len, "data", &data) &&
	    data.offset + data.size >= 4096)
		return data.offset + data.size;
	return (size_t)sysconf(_SC_PAGESIZE);
}

static struct aw_trace_buffer *new_buffer(const struct aw_trace_formats *formats, size_t page_size, bool saved)
{
	struct aw_trace_buffer *buffer = calloc(1, sizeof(*buffer));

	if (buffer)
		*buffer = (struct aw_trace_buffer){ .formats = formats, .page_size = page_size, .saved = saved };
	return buffer;
}

struct aw_trace_buffer *aw_trace_buffer_new(const struct aw_trace_formats *formats, const char *root)
{
	return new_buffer(formats, page_size_of(root), false);
}

struct aw_trace_buffer *aw_trace_buffer_new_saved(const struct aw_trace_formats *formats, size_t page_size)
{
	return new_buffer(formats, page_size, true);
}

static void free_stream(struct stream *stream)
{
	if (stream->fd >= 0)
		close(stream->fd);
	if (stream->kbuffer)
		kbuffer_free(stream->kbuffer);
	if (stream->free_arg)
		stream->free_arg(stream->arg);
	free(stream->page);
}

void aw_trace_buffer_free(struct aw_trace_buffer *buffer)
{
	if (!buffer)
		return;
	for (unsigned int i = 0; i < buffer->nr_streams; i++)
		free_stream(&buffer->streams[i]);
	free(buffer->streams);
	free(buffer);
}

/* Takes over what `stream` owns. */
static int add_stream(struct aw_trace_buffer *buffer, struct stream stream)
{
	struct stream *streams = realloc(buffer->streams, (buffer->nr_streams + 1) * sizeof(*streams));

	if (streams)
		buffer->streams = streams;
	stream.kbuffer = kbuffer_alloc(KBUFFER_LSIZE_SAME_AS_HOST, KBUFFER_ENDIAN_SAME_AS_HOST);
	/* kbuffer reads the header of every page, so after a short read it has to find zeros. */
	stream.page = calloc(1, buffer->page_size);
	if (!streams || !stream.kbuffer || !stream.page) {
		free_stream(&stream);
		return -ENOMEM;
	}
	buffer->streams[buffer->nr_streams++] = stream;
	return 0;
}

int aw_trace_buffer_add_fd(struct aw_trace_buffer *buffer, int fd, unsigned int cpu, bool wakes)
{
	return add_stream(buffer, (struct stream){ .fd = fd, .cpu = cpu, .wakes = wakes });
}

int aw_trace_buffer_add_saved(struct aw_trace_buffer *buffer, unsigned int cpu, aw_trace_page_fn read_page, void *arg,
			      void (*free_arg)(void *arg))
{
	return add_stream(buffer, (struct stream){
		.fd = -1, .cpu = cpu, .read = read_page, .arg = arg, .free_arg = free_arg,
	});
}

int aw_trace_buffer_add(struct aw_trace_buffer *buffer, const char *dir, bool wakes)
{
	long cpus = sysconf(_SC_NPROCESSORS_CONF);
	unsigned int before = buffer->nr_streams;

	for (long cpu = 0; cpu < cpus; cpu++) {
		char path[320];
		int fd, err;

		snprintf(path, sizeof(path), "%s/per_cpu/cpu%ld/trace_pipe_raw", dir, cpu);
		fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
		if (fd < 0 && errno == ENOENT)
			continue;
		if (fd < 0)
			return -errno;
		err = aw_trace_buffer_add_fd(buffer, fd, (unsigned int)cpu, wakes);
		if (err)
			return err;
	}
	return buffer->nr_streams > before ? 0 : -ENOENT;
}

/* Reads the next page.  False: there is none. */
static bool read_page(struct aw_trace_buffer *buffer, struct stream *stream)
{
	ssize_t got = stream->read ? stream->read(stream->arg, stream->page, buffer->page_size) :
		      read(stream->fd, stream->page, buffer->page_size);
	int missed;

	buffer->damaged += got < 0 && buffer->saved;
	if (got <= 0)
		return false;
	if (!aw_trace_page_is_sound(stream->page, (size_t)got, buffer->page_size) ||
	    kbuffer_load_subbuffer(stream->kbuffer, stream->page)) {
		buffer->damaged++;
		return true;
	}
	missed = kbuffer_missed_events(stream->kbuffer);
	buffer->missed += missed < 0 ? 1 : missed;
	stream->data = kbuffer_read_event(stream->kbuffer, &stream->time_ns);
	return true;
}

static void advance(struct stream *stream)
{
	stream->data = kbuffer_next_event(stream->kbuffer, &stream->time_ns);
}

static void look_ahead(struct aw_trace_buffer *buffer, struct stream *stream)
{
	while (!stream->data && !stream->drained)
		stream->drained = !read_page(buffer, stream);
}

void aw_trace_buffer_round(struct aw_trace_buffer *buffer, uint64_t until_ns)
{
	buffer->until_ns = until_ns;
	buffer->idle = true;
	for (unsigned int i = 0; i < buffer->nr_streams; i++)
		buffer->streams[i].drained = false;
}

/* The stream with the oldest record.  NULL: all are drained. */
static struct stream *oldest(struct aw_trace_buffer *buffer)
{
	struct stream *found = NULL;

	for (unsigned int i = 0; i < buffer->nr_streams; i++) {
		struct stream *stream = &buffer->streams[i];

		look_ahead(buffer, stream);
		if (stream->data && (!found || stream->time_ns < found->time_ns))
			found = stream;
	}
	return found;
}

/* The size of the record, as far as it is in the page. */
static size_t size_of(const struct aw_trace_buffer *buffer, const struct stream *stream)
{
	size_t room = buffer->page_size - ((char *)stream->data - (char *)stream->page);
	int size = kbuffer_event_size(stream->kbuffer);

	return size <= 0 ? 0 : (size_t)size < room ? (size_t)size : room;
}

int aw_trace_buffer_next(struct aw_trace_buffer *buffer, struct aw_trace_record *out)
{
	struct stream *stream;

	while ((stream = oldest(buffer)) && stream->time_ns <= buffer->until_ns) {
		int err = aw_trace_record_decode(buffer->formats, stream->data, size_of(buffer, stream), out);

		out->time_ns = stream->time_ns;
		out->cpu = stream->cpu;
		advance(stream);
		buffer->idle = false;
		if (!err)
			return 1;
		buffer->damaged += err != -ENOENT || !buffer->saved;
	}
	return 0;
}

static bool holds_back(const struct aw_trace_buffer *buffer)
{
	for (unsigned int i = 0; i < buffer->nr_streams; i++)
		if (buffer->streams[i].data)
			return true;
	return false;
}

static void pause_ms(int ms)
{
	struct timespec time = { .tv_sec = ms / 1000, .tv_nsec = (ms % 1000) * 1000000l };

	nanosleep(&time, NULL);
}

/* If poll() returns although nothing can be read, wait: a loop would keep a cpu busy. */
void aw_trace_buffer_wait(struct aw_trace_buffer *buffer, int timeout_ms)
{
	struct pollfd fds[64];
	unsigned int count = 0;

	if (timeout_ms > 0 && holds_back(buffer)) {
		pause_ms(1);
		return;
	}
	for (unsigned int i = 0; i < buffer->nr_streams && count < 64; i++)
		if (buffer->streams[i].wakes)
			fds[count++] = (struct pollfd){ .fd = buffer->streams[i].fd, .events = POLLIN };
	if (poll(fds, count, timeout_ms) > 0 && buffer->idle)
		pause_ms(timeout_ms < 5 ? timeout_ms : 5);
}

uint64_t aw_trace_buffer_damaged(const struct aw_trace_buffer *buffer)
{
	return buffer->damaged;
}

uint64_t aw_trace_buffer_missed(const struct aw_trace_buffer *buffer)
{
	return buffer->missed;
}
