// SPDX-License-Identifier: GPL-2.0
/*
 * A recording while it is made.
 */
#include "output/recording_writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "event/recording_block.h"
#include "event/recording_encode.h"
#include "output/recording_file.h"
#include "output/recording_ring.h"

/* Records that make a block, and how much an event and the losses may add to it. */
#define BLOCK_BYTES (32u << 10)
#define BLOCK_MORE (72u << 10)

/* The closing block. */
#define END_BYTES (8u << 10)

#define FLUSH_NS UINT64_C(500000000)		/* what is lost in a crash is younger */
#define SNAPSHOT_NS UINT64_C(10000000000)	/* losses are told again while something happens */
#define IDLE_NS UINT64_C(60000000000)		/* ... and when nothing does: the window's end is known */

struct aw_recording_writer {
	struct aw_recording_plan plan;
	struct aw_source *source;
	struct aw_anchors *anchors;
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
	struct aw_recording_encoder *encoder;
	struct aw_recording_file file;
	struct aw_recording_ring ring;
	struct aw_bytes block;
	uint64_t begun_ns, flushed_ns, told_ns;
	uint64_t events, waiting;	/* all that were taken; of them in no block yet */
	uint64_t in_file;		/* events in the current file */
	uint64_t full_files, full_events;	/* what the full disk cost */
};

static bool is_ring(const struct aw_recording_writer *writer)
{
	return writer->plan.switch_bytes || writer->plan.switch_ns;
}

/* What a full disk cost comes to the source's losses. */
static int tell_losses(struct aw_recording_writer *writer, enum aw_recording_type type, uint64_t now_ns)
{
	struct aw_loss losses[AW_MAX_LOSSES];
	unsigned int count = writer->source->ops->losses(writer->source, losses);

	if (writer->plan.unsampled_left_out)
		count = aw_loss_add(losses, count, aw_loss_unsampled_filtered(*writer->plan.unsampled_left_out));
	if (is_ring(writer) && count + 2 <= AW_MAX_LOSSES) {
		losses[count++] = (struct aw_loss){ "disk_full_files", "older files removed because the disk was full",
						    writer->full_files };
		losses[count++] = (struct aw_loss){ "disk_full_events", "events: the disk was full", writer->full_events };
	}
	writer->told_ns = now_ns;
	return aw_recording_losses(writer->encoder, type, now_ns, losses, count);
}

/* A ring gives its oldest files for room. */
static int write_block(struct aw_recording_writer *writer)
{
	int err;

	do
		err = aw_recording_file_write(&writer->file, writer->block.data, writer->block.used);
	while (err == -ENOSPC && is_ring(writer) && !aw_recording_ring_drop(&writer->ring) &&
	       ++writer->full_files);
	return err;
}

/* The next file of the ring. */
static int create(struct aw_recording_writer *writer)
{
	int err;

	for (unsigned int attempt = 0; ; attempt++) {
		const char *path = aw_recording_ring_next(&writer->ring, attempt);

		err = path ? aw_recording_file_create(&writer->file, path, writer->ring.draft) : -ENOMEM;
		if (!err)
			return 0;
		if (path)
			aw_recording_ring_give_back(&writer->ring);
		if (err == -ENOSPC && !aw_recording_ring_drop(&writer->ring))
			writer->full_files++;
		else if (err != -EEXIST || attempt == 1000)
			return err;
	}
}

/* Header and facts. */
static int begin(struct aw_recording_writer *writer, uint64_t now_ns)
{
	int err;

	writer->block.used = 0;
	err = aw_recording_begin(writer->encoder, now_ns, &writer->block);
	writer->begun_ns = writer->flushed_ns = writer->told_ns = now_ns;
	writer->in_file = 0;
	if (!err)
		err = write_block(writer);
	/* One file of its own is published when the command has begun. */
	return !err && is_ring(writer) ? aw_recording_file_publish(&writer->file) : err;
}

/* In a ring a full disk is no end: what waits is given up and counted. */
static int give_up_block(struct aw_recording_writer *writer, int err)
{
	if (!is_ring(writer) || err != -ENOSPC)
		return err;
	writer->full_events += writer->waiting;
	writer->waiting = 0;
	aw_recording_restart(writer->encoder);
	return 0;
}

static int flush(struct aw_recording_writer *writer, uint64_t now_ns)
{
	int err;

	writer->flushed_ns = now_ns;
	writer->block.used = 0;
	err = aw_recording_flush(writer->encoder, &writer->block);
	if (err || !writer->block.used)
		return err;
	err = writer->file.fd < 0 ? -ENOSPC : write_block(writer);
	if (err)
		return give_up_block(writer, err);
	writer->in_file += writer->waiting;
	writer->waiting = 0;
	return 0;
}

static int end_file(struct aw_recording_writer *writer, uint64_t now_ns)
{
	int err = tell_losses(writer, AW_RECORD_END, now_ns), closed;

	if (!err)
		err = flush(writer, now_ns);
	aw_recording_file_sync(&writer->file);
	closed = aw_recording_file_close(&writer->file);
	return err ? err : closed;
}

/* While the disk is full the ring may be without a file; it tries again with the next event. */
static int next_file(struct aw_recording_writer *writer, uint64_t now_ns)
{
	int err = 0;

	if (writer->file.fd >= 0)
		err = end_file(writer, now_ns);
	if (!err)
		err = create(writer);
	if (!err)
		err = begin(writer, now_ns);
	if (!err)
		return 0;
	if (writer->file.fd >= 0) {
		aw_recording_ring_give_back(&writer->ring);
		aw_recording_file_close(&writer->file);
	}
	return err == -ENOSPC ? 0 : err;
}

static bool is_full(const struct aw_recording_writer *writer, uint64_t now_ns)
{
	size_t room = aw_recording_packed_max(BLOCK_BYTES + BLOCK_MORE) + END_BYTES;

	if (!is_ring(writer))
		return false;
	return writer->file.fd < 0 ||
	       (writer->plan.switch_bytes && writer->file.size + room > writer->plan.switch_bytes) ||
	       (writer->plan.switch_ns && writer->in_file && now_ns - writer->begun_ns >= writer->plan.switch_ns);
}

static int prepare(struct aw_recording_writer *writer)
{
	struct aw_source *source = writer->source;
	const struct aw_recorded *recorded = aw_source_recorded(source);
	struct aw_recording_facts facts = {
		.kernel = source->ops->kernel(source),
		.source = recorded ? recorded->source : source->ops->name,
		.raw_addresses = writer->plan.raw_addresses,
		.nr_missing = source->ops->missing(source, writer->missing),
		.missing = writer->missing,
	};

	writer->anchors = aw_anchors_new();
	if (!writer->anchors)
		return -ENOMEM;
	if (!facts.raw_addresses)
		aw_anchors_read(writer->anchors, writer->plan.kallsyms);
	facts.anchors = writer->anchors;
	writer->encoder = aw_recording_encoder_new(&facts);
	return writer->encoder ? 0 : -ENOMEM;
}

static int open_ring(struct aw_recording_writer *writer, struct aw_error *error)
{
	const char *path = writer->plan.path;
	int err;

	if (!strcmp(path, "-"))
		return aw_error_set(error, -EINVAL, "--switch-output needs files: give -o FILE");
	err = aw_recording_ring_open(&writer->ring, path, writer->plan.max_files);
	if (!err)
		err = create(writer);
	return err ? aw_error_set(error, err, "can't write files like %s: %s", path, strerror(-err)) : 0;
}

static void writer_free(struct aw_recording_writer *writer)
{
	aw_recording_file_close(&writer->file);
	aw_recording_ring_close(&writer->ring);
	aw_recording_encoder_free(writer->encoder);
	aw_anchors_free(writer->anchors);
	aw_bytes_free(&writer->block);
	free(writer);
}

static int open_file(struct aw_recording_writer *writer, uint64_t now_ns, struct aw_error *error)
{
	int err = prepare(writer);

	if (err)
		return aw_error_set(error, err, "out of memory");
	err = is_ring(writer) ? open_ring(writer, error) :
	      aw_recording_file_draft(&writer->file, writer->plan.path, error);
	if (err)
		return err;
	err = begin(writer, now_ns);
	if (!err)
		return 0;
	/* A draft says nothing: it goes. */
	aw_recording_file_close(&writer->file);
	return aw_error_set(error, err, "can't write %s: %s", writer->plan.path, strerror(-err));
}

int aw_recording_writer_open(const struct aw_recording_plan *plan, struct aw_source *source, uint64_t now_ns,
			     struct aw_recording_writer **out, struct aw_error *error)
{
	struct aw_recording_writer *writer = calloc(1, sizeof(*writer));
	int err;

	if (!writer)
		return aw_error_set(error, -ENOMEM, "out of memory");
	writer->plan = *plan;
	writer->source = source;
	writer->file = (struct aw_recording_file)AW_RECORDING_FILE_NONE;
	err = open_file(writer, now_ns, error);
	if (err)
		writer_free(writer);
	else
		*out = writer;
	return err;
}

int aw_recording_writer_commit(struct aw_recording_writer *writer, struct aw_error *error)
{
	return aw_recording_file_commit(&writer->file, error);
}

int aw_recording_writer_event(struct aw_recording_writer *writer, const struct aw_event *event, uint64_t now_ns)
{
	int err = 0;

	/* Between blocks only: a file knows nothing of the one before it. */
	if (!writer->waiting && is_full(writer, now_ns))
		err = next_file(writer, now_ns);
	if (!err)
		err = aw_recording_event(writer->encoder, event);
	if (err)
		return err;
	writer->events++;
	writer->waiting++;
	if (aw_recording_pending(writer->encoder) < BLOCK_BYTES)
		return 0;
	return flush(writer, now_ns);
}

int aw_recording_writer_tick(struct aw_recording_writer *writer, uint64_t now_ns)
{
	bool due = writer->waiting && now_ns - writer->flushed_ns >= FLUSH_NS;
	int err = 0;

	if (!due && now_ns - writer->told_ns < IDLE_NS)
		return 0;
	if (writer->file.fd < 0 && !writer->waiting)
		return 0;
	if (now_ns - writer->told_ns >= SNAPSHOT_NS)
		err = tell_losses(writer, AW_RECORD_SNAPSHOT, now_ns);
	if (!err)
		err = flush(writer, now_ns);
	if (!err)
		aw_recording_file_sync(&writer->file);
	return err;
}

uint64_t aw_recording_writer_size(const struct aw_recording_writer *writer)
{
	return writer->file.size;
}

uint64_t aw_recording_writer_events(const struct aw_recording_writer *writer)
{
	return writer->events;
}

uint64_t aw_recording_writer_lost(const struct aw_recording_writer *writer)
{
	return writer->full_events;
}

const char *aw_recording_writer_path(const struct aw_recording_writer *writer)
{
	return writer->file.path ? writer->file.path : writer->plan.path;
}

int aw_recording_writer_close(struct aw_recording_writer *writer, uint64_t now_ns)
{
	int err;

	if (!writer)
		return 0;
	err = writer->file.fd >= 0 ? end_file(writer, now_ns) : 0;
	writer_free(writer);
	return err;
}
