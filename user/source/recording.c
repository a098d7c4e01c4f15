// SPDX-License-Identifier: GPL-2.0
/*
 * The recording source: a file's blocks to events, all at once or paced.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "event/recording_block.h"
#include "event/recording_decode.h"
#include "source/source.h"

/* Events delivered by one poll at most. */
#define BATCH 4096

struct recording_source {
	struct aw_source source;
	char *name;			/* for messages */
	int fd;
	struct aw_recording_decoder *decoder;
	const struct aw_recording_told *told;
	struct aw_recorded recorded;
	char damage[sizeof(((struct aw_missing *)0)->why)];
	uint64_t offset;		/* of the next block in the file */
	struct aw_bytes stored, records;
	bool in_block, over;
	double speed;			/* 0: as fast as it can be read */
	uint64_t began_ns;		/* when the replay began, now's clock */
	bool held;			/* `event` is not due yet */
	struct aw_event event;
};

static struct recording_source *of(struct aw_source *source)
{
	return (struct recording_source *)source;
}

static const struct recording_source *of_const(const struct aw_source *source)
{
	return (const struct recording_source *)source;
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Bytes read, less than `size` only at the end; or -errno. */
static ssize_t read_fully(int fd, uint8_t *data, size_t size)
{
	size_t used = 0;

	while (used < size) {
		ssize_t got = read(fd, data + used, size - used);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (!got)
			break;
		used += (size_t)got;
	}
	return (ssize_t)used;
}

/* What comes from here on cannot be read; what was read before stays. */
static int end_here(struct recording_source *source, const char *what)
{
	snprintf(source->damage, sizeof(source->damage),
		 "%s at byte %" PRIu64 "; the %" PRIu64 " events before it were read", what, source->offset,
		 source->told->events);
	source->over = true;
	return 0;
}

static int end_of_file(struct recording_source *source)
{
	if (!source->told->ended)
		return end_here(source, "the run that wrote it did not end properly: no closing record");
	source->over = true;
	return 0;
}

/* The records of the next block. 0, also when there is none; or -errno. */
static int next_block(struct recording_source *source)
{
	uint8_t head[AW_RECORDING_BLOCK_HEADER];
	struct aw_block_header header;
	ssize_t got = read_fully(source->fd, head, sizeof(head));
	int err;

	if (got <= 0)
		return got ? (int)got : end_of_file(source);
	if (got < (ssize_t)sizeof(head))
		return end_here(source, "cut inside a block");
	if (aw_recording_get_block(head, &header))
		return end_here(source, "damaged: no block");
	source->stored.used = source->records.used = 0;
	if (!aw_bytes_grow(&source->stored, header.stored) || !aw_bytes_grow(&source->records, header.size))
		return -ENOMEM;
	got = read_fully(source->fd, source->stored.data, header.stored);
	if (got < 0)
		return (int)got;
	if (got < (ssize_t)header.stored)
		return end_here(source, "cut inside a block");
	err = aw_recording_unpack(&header, source->stored.data, source->records.data);
	if (err)
		return err == -ENOMEM ? err : end_here(source, "damaged: a block's checksum is wrong");
	aw_recording_records(source->decoder, source->records.data, header.size);
	source->offset += sizeof(head) + header.stored;
	source->in_block = true;
	return 0;
}

/* 1 and source->event; 0: none is left in this block; or -errno. */
static int next_event(struct recording_source *source)
{
	int got;

	if (source->held) {
		source->held = false;
		return 1;
	}
	if (!source->in_block)
		return 0;
	got = aw_recording_next(source->decoder, &source->event);
	if (got == 1)
		return 1;
	source->in_block = false;
	return got < 0 ? end_here(source, "damaged: the records of a block do not add up") : 0;
}

static const char *const no_recording = "it is not a recording: `allocwatch record` makes one";

static int read_header(struct recording_source *source, struct aw_error *error)
{
	uint8_t head[AW_RECORDING_HEADER];
	unsigned int version = 0;
	uint32_t flags;
	ssize_t got = read_fully(source->fd, head, sizeof(head));
	int err;

	if (got < 0)
		return aw_error_set(error, (int)got, "can't read %s: %s", source->name, strerror((int)-got));
	if (got < (ssize_t)sizeof(head))
		return aw_error_set(error, -EINVAL, "can't read %s: %s", source->name,
				    got ? no_recording : "it is empty");
	err = aw_recording_get_header(head, &flags, &version);
	if (err == -ENOTSUP)
		return aw_error_set(error, err, "can't read %s: its format is version %u, and this program reads %u: "
				    "take a newer allocwatch", source->name, version, AW_RECORDING_VERSION);
	if (err)
		return aw_error_set(error, -EINVAL, "can't read %s: %s", source->name,
				    err == -ENODATA ? no_recording : "its header is damaged");
	source->decoder = aw_recording_decoder_new(flags);
	if (!source->decoder)
		return aw_error_set(error, -ENOMEM, "out of memory");
	source->told = aw_recording_told(source->decoder);
	source->recorded.raw_addresses = flags & AW_RECORDING_RAW_ADDRESSES;
	source->offset = sizeof(head);
	return 0;
}

/* The facts are the first block. */
static int read_facts(struct recording_source *source, struct aw_error *error)
{
	int err = next_block(source);

	if (!err && next_event(source) > 0)
		source->held = true;
	if (err)
		return aw_error_set(error, err, "can't read %s: %s", source->name, strerror(-err));
	if (!source->told->has_kernel)
		return aw_error_set(error, -EINVAL, "can't read %s: %s", source->name,
				    source->damage[0] ? source->damage : "it does not say of which kernel it is");
	return 0;
}

static void recording_close(struct aw_source *base)
{
	struct recording_source *source = of(base);

	if (source->fd > STDIN_FILENO)
		close(source->fd);
	aw_recording_decoder_free(source->decoder);
	aw_bytes_free(&source->stored);
	aw_bytes_free(&source->records);
	free(source->name);
	free(source);
}

static int open_file(struct recording_source *source, const char *file, struct aw_error *error)
{
	bool is_stdin = !strcmp(file, "-");

	source->name = strdup(is_stdin ? "standard input" : file);
	if (!source->name)
		return aw_error_set(error, -ENOMEM, "out of memory");
	source->fd = is_stdin ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
	return source->fd < 0 ? aw_error_set(error, -errno, "can't open the recording %s: %s", file,
					     strerror(errno)) : 0;
}

static int recording_open(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error)
{
	struct recording_source *source = calloc(1, sizeof(*source));
	int err;

	if (!source)
		return aw_error_set(error, -ENOMEM, "out of memory");
	source->source.ops = &aw_source_recording;
	source->fd = -1;
	source->speed = capture->speed;
	err = open_file(source, capture->argument, error);
	if (!err)
		err = read_header(source, error);
	if (!err)
		err = read_facts(source, error);
	if (err) {
		recording_close(&source->source);
		/* Not -ENODEV: that would say that this machine cannot. */
		return err == -ENODEV ? -EIO : err;
	}
	source->recorded.source = source->told->source;
	source->recorded.start_ns = source->told->start_ns;
	source->recorded.damage = source->damage;
	source->began_ns = now_ns();
	*out = &source->source;
	return 0;
}

/* How long until the event is due in a paced replay; 0: now. */
static uint64_t due_in(const struct recording_source *source)
{
	uint64_t time = source->event.time_ns, start = source->told->start_ns, due;

	if (source->speed <= 0 || time <= start)
		return 0;
	due = source->began_ns + (uint64_t)((double)(time - start) / source->speed);
	return due > now_ns() ? due - now_ns() : 0;
}

static void wait_ns(uint64_t ns, int timeout_ms)
{
	uint64_t most = (uint64_t)(timeout_ms < 0 ? 1000 : timeout_ms) * 1000000;
	struct timespec wait;

	if (ns > most)
		ns = most;
	wait = (struct timespec){ .tv_sec = (time_t)(ns / 1000000000), .tv_nsec = (long)(ns % 1000000000) };
	nanosleep(&wait, NULL);
}

static int recording_poll(struct aw_source *base, int timeout_ms, aw_event_fn deliver, void *arg)
{
	struct recording_source *source = of(base);
	int count = 0, got;

	while (count < BATCH) {
		uint64_t wait;

		got = next_event(source);
		if (!got && source->over)
			return count ? count : -ENODATA;
		if (!got) {
			got = next_block(source);
			if (got)
				return got;
			continue;
		}
		wait = due_in(source);
		if (wait) {
			source->held = true;
			if (!count)
				wait_ns(wait, timeout_ms);
			return count;
		}
		deliver(arg, &source->event);
		count++;
	}
	return count;
}

static const struct aw_kernel *recording_kernel(const struct aw_source *base)
{
	return &of_const(base)->told->kernel;
}

static unsigned int recording_missing(const struct aw_source *base, struct aw_missing *out)
{
	const struct recording_source *source = of_const(base);
	unsigned int count = source->told->nr_missing;

	memcpy(out, source->told->missing, count * sizeof(*out));
	if (!source->damage[0] || count == AW_MAX_MISSING_FEATURES)
		return count;
	out[count] = (struct aw_missing){ .what = "end of the recording", .cost = "what came later is not here" };
	snprintf(out[count].why, sizeof(out[count].why), "%s", source->damage);
	return count + 1;
}

static unsigned int recording_losses(struct aw_source *base, struct aw_loss *out)
{
	const struct aw_recording_told *told = of(base)->told;
	unsigned int count = told->nr_losses;

	memcpy(out, told->losses, count * sizeof(*out));
	if (count < AW_MAX_LOSSES && told->unknown)
		out[count++] = (struct aw_loss){ "recording_unknown", "records of a kind that this program does not know",
						 told->unknown };
	if (count < AW_MAX_LOSSES && told->bad)
		out[count++] = (struct aw_loss){ "recording_bad", "records that say what cannot be", told->bad };
	return count;
}

/* A paced replay that is stopped does not go on. */
static void recording_stop(struct aw_source *base)
{
	struct recording_source *source = of(base);

	source->held = source->in_block = false;
	source->over = true;
}

/* Never past the next event. */
static uint64_t replayed_ns(const struct recording_source *source)
{
	uint64_t start = source->told->start_ns, last = source->told->last_ns, past;

	if (source->speed <= 0 || last <= start)
		return last > start ? last : start;
	past = (uint64_t)((double)(now_ns() - source->began_ns) * source->speed);
	return past < last - start ? start + past : last;
}

static const struct aw_recorded *recording_recorded(const struct aw_source *base)
{
	struct recording_source *source = (struct recording_source *)of_const(base);

	source->recorded.end_ns = source->told->last_ns;
	source->recorded.now_ns = replayed_ns(source);
	return &source->recorded;
}

const struct aw_source_ops aw_source_recording = {
	.name = "recording",
	.summary = "a file that `allocwatch record` wrote: FILE.aw, recording:FILE, or - for standard input",
	.takes_argument = true,
	.needs_argument = true,
	.open = recording_open,
	.poll = recording_poll,
	.kernel = recording_kernel,
	.missing = recording_missing,
	.losses = recording_losses,
	.stop = recording_stop,
	.close = recording_close,
	.recorded = recording_recorded,
};
