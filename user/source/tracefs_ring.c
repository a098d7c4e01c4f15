// SPDX-License-Identifier: GPL-2.0
/*
 * The trace buffers of all cpus, as one stream of records in the order of time.
 *
 * libtraceevent's kbuffer takes the pages apart that trace_pipe_raw gives.
 */
#include "source/tracefs_ring.h"

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

struct stream {
	int fd;
	unsigned int cpu;
	bool wakes;
	bool drained;		/* in this round */
	struct kbuffer *kbuffer;
	void *page;
	void *data;		/* the record that comes next; NULL: another page must be read */
	unsigned long long time_ns;
};

struct aw_trace_ring {
	const struct aw_trace_formats *formats;
	size_t page_size;
	struct stream *streams;
	unsigned int nr_streams;
	uint64_t until_ns;
	uint64_t damaged, missed;
	bool idle;		/* the last round had nothing */
};

/*
 * 	field: char data;	offset:16;	size:4080;	signed:1;
 * What read() gives is a page: 4096 except where the kernel's are larger.
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

struct aw_trace_ring *aw_trace_ring_new(const struct aw_trace_formats *formats, const char *root)
{
	struct aw_trace_ring *ring = calloc(1, sizeof(*ring));

	if (!ring)
		return NULL;
	ring->formats = formats;
	ring->page_size = page_size_of(root);
	return ring;
}

static void free_stream(struct stream *stream)
{
	if (stream->fd >= 0)
		close(stream->fd);
	if (stream->kbuffer)
		kbuffer_free(stream->kbuffer);
	free(stream->page);
}

void aw_trace_ring_free(struct aw_trace_ring *ring)
{
	if (!ring)
		return;
	for (unsigned int i = 0; i < ring->nr_streams; i++)
		free_stream(&ring->streams[i]);
	free(ring->streams);
	free(ring);
}

int aw_trace_ring_add_fd(struct aw_trace_ring *ring, int fd, unsigned int cpu, bool wakes)
{
	struct stream *streams = realloc(ring->streams, (ring->nr_streams + 1) * sizeof(*streams));
	struct stream stream = { .fd = fd, .cpu = cpu, .wakes = wakes };

	if (streams)
		ring->streams = streams;
	stream.kbuffer = kbuffer_alloc(KBUFFER_LSIZE_SAME_AS_HOST, KBUFFER_ENDIAN_SAME_AS_HOST);
	/* kbuffer looks at the header of what it is given: zeros behind a short read. */
	stream.page = calloc(1, ring->page_size);
	if (!streams || !stream.kbuffer || !stream.page) {
		free_stream(&stream);
		return -ENOMEM;
	}
	ring->streams[ring->nr_streams++] = stream;
	return 0;
}

int aw_trace_ring_add(struct aw_trace_ring *ring, const char *dir, bool wakes)
{
	long cpus = sysconf(_SC_NPROCESSORS_CONF);
	unsigned int before = ring->nr_streams;

	for (long cpu = 0; cpu < cpus; cpu++) {
		char path[320];
		int fd, err;

		snprintf(path, sizeof(path), "%s/per_cpu/cpu%ld/trace_pipe_raw", dir, cpu);
		fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
		if (fd < 0 && errno == ENOENT)
			continue;
		if (fd < 0)
			return -errno;
		err = aw_trace_ring_add_fd(ring, fd, (unsigned int)cpu, wakes);
		if (err)
			return err;
	}
	return ring->nr_streams > before ? 0 : -ENOENT;
}

/* A page says how much of it is used: not more than was read. */
static bool is_sound(const struct stream *stream, ssize_t got)
{
	return kbuffer_subbuffer_size(stream->kbuffer) + kbuffer_start_of_data(stream->kbuffer) <= got;
}

/* Another page.  False: none is there. */
static bool read_page(struct aw_trace_ring *ring, struct stream *stream)
{
	ssize_t got = read(stream->fd, stream->page, ring->page_size);
	int missed;

	if (got <= 0)
		return false;
	if (got < 16 || kbuffer_load_subbuffer(stream->kbuffer, stream->page) || !is_sound(stream, got)) {
		ring->damaged++;
		return true;
	}
	missed = kbuffer_missed_events(stream->kbuffer);
	ring->missed += missed < 0 ? 1 : missed;
	stream->data = kbuffer_read_event(stream->kbuffer, &stream->time_ns);
	return true;
}

static void advance(struct stream *stream)
{
	stream->data = kbuffer_next_event(stream->kbuffer, &stream->time_ns);
}

static void look_ahead(struct aw_trace_ring *ring, struct stream *stream)
{
	while (!stream->data && !stream->drained)
		stream->drained = !read_page(ring, stream);
}

void aw_trace_ring_round(struct aw_trace_ring *ring, uint64_t until_ns)
{
	ring->until_ns = until_ns;
	ring->idle = true;
	for (unsigned int i = 0; i < ring->nr_streams; i++)
		ring->streams[i].drained = false;
}

/* The stream with the oldest record; NULL: all are drained. */
static struct stream *oldest(struct aw_trace_ring *ring)
{
	struct stream *found = NULL;

	for (unsigned int i = 0; i < ring->nr_streams; i++) {
		struct stream *stream = &ring->streams[i];

		look_ahead(ring, stream);
		if (stream->data && (!found || stream->time_ns < found->time_ns))
			found = stream;
	}
	return found;
}

/* Bytes of the record that are inside its page. */
static size_t size_of(const struct aw_trace_ring *ring, const struct stream *stream)
{
	size_t room = ring->page_size - ((char *)stream->data - (char *)stream->page);
	int size = kbuffer_event_size(stream->kbuffer);

	return size <= 0 ? 0 : (size_t)size < room ? (size_t)size : room;
}

int aw_trace_ring_next(struct aw_trace_ring *ring, struct aw_trace_record *out)
{
	struct stream *stream;

	while ((stream = oldest(ring)) && stream->time_ns <= ring->until_ns) {
		int err = aw_trace_record_decode(ring->formats, stream->data, size_of(ring, stream), out);

		out->time_ns = stream->time_ns;
		out->cpu = stream->cpu;
		advance(stream);
		ring->idle = false;
		if (!err)
			return 1;
		ring->damaged++;
	}
	return 0;
}

static bool holds_back(const struct aw_trace_ring *ring)
{
	for (unsigned int i = 0; i < ring->nr_streams; i++)
		if (ring->streams[i].data)
			return true;
	return false;
}

static void pause_ms(int ms)
{
	struct timespec time = { .tv_sec = ms / 1000, .tv_nsec = (ms % 1000) * 1000000l };

	nanosleep(&time, NULL);
}

/* poll() that says yes while nothing can be read would keep a processor busy. */
void aw_trace_ring_wait(struct aw_trace_ring *ring, int timeout_ms)
{
	struct pollfd fds[64];
	unsigned int count = 0;

	if (timeout_ms > 0 && holds_back(ring)) {
		pause_ms(1);
		return;
	}
	for (unsigned int i = 0; i < ring->nr_streams && count < 64; i++)
		if (ring->streams[i].wakes)
			fds[count++] = (struct pollfd){ .fd = ring->streams[i].fd, .events = POLLIN };
	if (poll(fds, count, timeout_ms) > 0 && ring->idle)
		pause_ms(timeout_ms < 5 ? timeout_ms : 5);
}

uint64_t aw_trace_ring_damaged(const struct aw_trace_ring *ring)
{
	return ring->damaged;
}

uint64_t aw_trace_ring_missed(const struct aw_trace_ring *ring)
{
	return ring->missed;
}
