// SPDX-License-Identifier: GPL-2.0
/*
 * The recording source: replays a file, at once or at its original pace.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/hint.h"
#include "recording/kind.h"
#include "recording/reader.h"
#include "source/source.h"

/* Maximum number of events delivered by one poll. */
#define BATCH 4096

#define OPEN_WAIT_MS 200	/* how often a blocked open checks for a signal */

struct recording_source {
	struct aw_source source;
	char *name;			/* for messages */
	int fd;
	struct aw_recording_reader reader;
	struct aw_recorded recorded;
	char damage[sizeof(((struct aw_missing *)0)->why)];
	double speed;			/* 1: the original pace; 0: as fast as possible */
	uint64_t began_ns;		/* start of the replay, on this machine's clock */
	bool held;			/* `event` is read, but not due yet */
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

/* 1: source->event is set; 0: no event is left in this block; or -errno. */
static int next_event(struct recording_source *source)
{
	if (source->held) {
		source->held = false;
		return 1;
	}
	return aw_recording_reader_event(&source->reader, &source->event);
}

/* Repeats a step of opening the source until it is done, or a signal ends the run. */
static int finish(struct recording_source *source, const struct aw_capture *capture,
		  int (*step)(struct aw_recording_reader *reader, int timeout_ms))
{
	int got;

	do {
		if (capture->interrupted && capture->interrupted())
			return -EINTR;
		got = step(&source->reader, OPEN_WAIT_MS);
	} while (got == -EAGAIN);
	return got;
}

static int cannot_read(const struct recording_source *source, int err, struct aw_error *error)
{
	if (err == -EINTR)
		return aw_error_set(error, err, "interrupted before all of %s was read", source->name);
	return aw_error_set(error, err, "can't read %s: %s%s", source->name, strerror(-err), aw_hint_reading(err));
}

/* Why there is nothing to read from, by what aw_recording_reader_header() returned. */
static int no_header(const struct recording_source *source, int err, struct aw_error *error)
{
	const struct aw_recording_head *head = &source->reader.head;

	if (err == -ENOENT || err == -ENODATA || err == -EBADMSG)
		return aw_error_set(error, -EINVAL, "can't read %s: %s", source->name,
				    err == -ENOENT ? "it is empty; sudo allocwatch record -o FILE writes one" :
				    err == -ENODATA ? aw_recording_hint(source->name) : "its header is damaged, and nothing of it can be read: take a copy again");
	if (err == -ENOTSUP && head->version > AW_RECORDING_VERSION)
		return aw_error_set(error, err, "can't read %s: it has format version %u, this program reads up to version %u: "
				    "use a newer allocwatch", source->name, head->version, AW_RECORDING_VERSION);
	if (err == -ENOTSUP)
		return aw_error_set(error, err, "can't read %s: it has flags that this program does not know (0x%x in a file "
				    "of version %u): use a newer allocwatch", source->name,
				    head->flags & ~AW_RECORDING_FLAGS, head->version);
	return cannot_read(source, err, error);
}

/* The first block that can be read holds the facts. */
static int read_facts(struct recording_source *source, const struct aw_capture *capture, struct aw_error *error)
{
	struct aw_recording_reader *reader = &source->reader;
	int err = reader->in_block ? 0 : finish(source, capture, aw_recording_reader_block);

	if (!err) {
		err = next_event(source);
		source->held = err > 0;
	}
	if (err < 0)
		return cannot_read(source, err, error);
	if (reader->told->has_kernel)
		return 0;
	aw_recording_reader_damage(reader, source->damage, sizeof(source->damage));
	return aw_error_set(error, -EINVAL, "can't read %s: %s: take a copy again", source->name,
			    source->damage[0] ? source->damage : "the kernel facts are missing");
}

static void recording_close(struct aw_source *base)
{
	struct recording_source *source = of(base);

	if (source->fd > STDIN_FILENO)
		close(source->fd);
	aw_recording_reader_free(&source->reader);
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
	if (source->fd >= 0)
		return 0;
	return aw_error_set(error, -errno, "can't open the recording %s: %s%s", file, strerror(errno),
			    errno == ENOENT ? "; sudo allocwatch record -o FILE writes one" :
			    aw_hint_reading(errno));
}

static uint64_t size_of(int fd)
{
	struct stat status;

	return !fstat(fd, &status) && S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
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
	if (!err) {
		aw_recording_reader_init(&source->reader, source->fd);
		err = finish(source, capture, aw_recording_reader_header);
		err = err ? no_header(source, err, error) : 0;
	}
	if (!err)
		err = read_facts(source, capture, error);
	if (err) {
		recording_close(&source->source);
		/* Not -ENODEV, which would mean that this machine cannot be watched. */
		return err == -ENODEV ? -EIO : err;
	}
	source->recorded.source = source->reader.told->source;
	source->recorded.start_ns = source->reader.told->start_ns;
	source->recorded.raw_addresses = source->reader.head.flags & AW_RECORDING_RAW_ADDRESSES;
	source->recorded.damage = source->damage;
	source->recorded.size = size_of(source->fd);
	source->began_ns = aw_now_ns();
	*out = &source->source;
	return 0;
}

/* The time until the event is due in a paced replay, in ns; 0: it is due. */
static uint64_t due_in(const struct recording_source *source)
{
	uint64_t time = source->event.time_ns, start = source->reader.told->start_ns, due;

	if (source->speed <= 0 || time <= start)
		return 0;
	due = source->began_ns + (uint64_t)((double)(time - start) / source->speed);
	return due > aw_now_ns() ? due - aw_now_ns() : 0;
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
		if (got < 0)
			return got;
		if (!got && source->reader.over)
			return count ? count : -ENODATA;
		if (!got) {
			got = aw_recording_reader_block(&source->reader, count ? 0 : timeout_ms);
			if (got)
				return got == -EAGAIN ? count : got;
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
	return &of_const(base)->reader.told->kernel;
}

static unsigned int recording_missing(const struct aw_source *base, struct aw_missing *out)
{
	const struct recording_source *source = of_const(base);
	const struct aw_recording_told *told = source->reader.told;
	unsigned int count = told->nr_missing;
	bool cut = aw_recording_reader_cut(&source->reader);

	memcpy(out, told->missing, count * sizeof(*out));
	if (!source->reader.nr_gaps || count == AW_MAX_MISSING_FEATURES)
		return count;
	out[count] = (struct aw_missing){
		.what = cut ? "end of the recording" : "part of the recording",
		.cost = cut ? "later events are missing" : "its events are missing",
	};
	aw_recording_reader_damage(&source->reader, out[count].why, sizeof(out[count].why));
	return count + 1;
}

static unsigned int recording_losses(struct aw_source *base, struct aw_loss *out)
{
	const struct aw_recording_told *told = of(base)->reader.told;
	const struct aw_loss more[] = {
		AW_LOSS(recording_unknown, "records of unknown types", told->unknown),
		AW_LOSS(recording_bad, "invalid records", told->bad),
		AW_LOSS(recording_damaged, "failures in damaged parts of the recording", of(base)->reader.skipped_failures),
	};
	unsigned int count = told->nr_losses;

	memcpy(out, told->losses, count * sizeof(*out));
	for (unsigned int i = 0; i < ARRAY_SIZE(more) && count < AW_MAX_LOSSES; i++)
		if (more[i].count)
			out[count++] = more[i];
	return count;
}

/* A paced replay that is stopped does not continue. */
static void recording_stop(struct aw_source *base)
{
	struct recording_source *source = of(base);

	source->held = source->reader.in_block = false;
	source->reader.over = true;
}

/* The clock of the replay never passes the next event. */
static uint64_t replayed_ns(const struct recording_source *source)
{
	uint64_t start = source->reader.told->start_ns, last = source->reader.told->last_ns, past;

	if (source->speed <= 0 || last <= start)
		return last > start ? last : start;
	past = (uint64_t)((double)(aw_now_ns() - source->began_ns) * source->speed);
	return past < last - start ? start + past : last;
}

static const struct aw_recorded *recording_recorded(const struct aw_source *base)
{
	struct recording_source *source = (struct recording_source *)of_const(base);

	aw_recording_reader_damage(&source->reader, source->damage, sizeof(source->damage));
	source->recorded.end_ns = source->reader.told->last_ns;
	source->recorded.losses_ns = source->reader.told->losses_ns;
	source->recorded.cut = aw_recording_reader_cut(&source->reader);
	source->recorded.now_ns = replayed_ns(source);
	source->recorded.read = source->reader.input.offset;
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
