// SPDX-License-Identifier: GPL-2.0
/*
 * Writes a recording.
 */
#include "recording/writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/hint.h"
#include "recording/block.h"
#include "recording/encode.h"
#include "recording/file.h"
#include "recording/rotation.h"

/* The size of records that makes a block, and the maximum that an event and the losses may add. */
#define BLOCK_BYTES (32u << 10)
#define BLOCK_MORE (80u << 10)

/* The size kept free for the closing group. */
#define END_BYTES (8u << 10)

/* A group is damaged as a whole, so it is short: less than a minute of events, and less than a MiB. */
#define GROUP_NS UINT64_C(59000000000)
#define GROUP_BYTES (1u << 20)

#define FLUSH_NS UINT64_C(500000000)		/* maximum age of what a crash may lose */
#define SNAPSHOT_NS UINT64_C(10000000000)	/* how often losses are written while there are events */
#define IDLE_NS UINT64_C(60000000000)		/* ... and without events, which tells that the run goes on */

struct aw_recording_writer {
	struct aw_recording_plan plan;
	struct aw_source *source;
	struct aw_anchors *anchors;
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
	struct aw_recording_encoder *encoder;
	struct aw_recording_file file;
	struct aw_recording_rotation rotation;
	struct aw_bytes block;
	uint64_t begun_ns, flushed_ns, told_ns;
	uint64_t group_ns, group_at;	/* when and where in the file the group began */
	uint64_t events, waiting;	/* all events; those of them that are in no block yet */
	uint64_t in_file;		/* events in the current file */
	uint64_t full_files, full_events;	/* lost because the disk was full */
	uint64_t full_blocks;		/* not written because the disk was full */
};

static bool is_rotated(const struct aw_recording_writer *writer)
{
	return writer->plan.switch_bytes || writer->plan.switch_ns;
}

/* The losses of the source, and those of a full disk. */
static int tell_losses(struct aw_recording_writer *writer, enum aw_recording_type type, uint64_t now_ns)
{
	struct aw_loss losses[AW_MAX_LOSSES];
	unsigned int count = writer->source->ops->losses(writer->source, losses);

	if (writer->plan.unsampled_left_out)
		count = aw_loss_add(losses, count, aw_loss_unsampled_filtered(*writer->plan.unsampled_left_out));
	if (is_rotated(writer) && count + 2 <= AW_MAX_LOSSES) {
		losses[count++] = (struct aw_loss)AW_LOSS(disk_full_files,
							   "older files removed because the disk was full",
							   writer->full_files);
		losses[count++] = (struct aw_loss)AW_LOSS(disk_full_events, "events dropped because the disk was full",
							   writer->full_events);
	}
	writer->told_ns = now_ns;
	return aw_recording_losses(writer->encoder, type, now_ns, losses, count);
}

/* Appends; on a full disk, removes the oldest files of the rotation until there is room. */
static int write_block(struct aw_recording_writer *writer)
{
	int err;

	do
		err = aw_recording_file_write(&writer->file, writer->block.data, writer->block.used);
	while (err == -ENOSPC && is_rotated(writer) && !aw_recording_rotation_drop(&writer->rotation) &&
	       ++writer->full_files);
	return !err && writer->plan.fsync ? aw_recording_file_sync(&writer->file) : err;
}

/* Creates the next file of the rotation. */
static int create(struct aw_recording_writer *writer)
{
	int err;

	for (unsigned int attempt = 0; ; attempt++) {
		const char *path = aw_recording_rotation_next(&writer->rotation, attempt);

		err = path ? aw_recording_file_create(&writer->file, path, writer->rotation.draft) : -ENOMEM;
		if (!err)
			return 0;
		if (path)
			aw_recording_rotation_give_back(&writer->rotation);
		if (err == -ENOSPC && !aw_recording_rotation_drop(&writer->rotation))
			writer->full_files++;
		else if (err != -EEXIST || attempt == 1000)
			return err;
	}
}

/* Writes the file header and the facts. */
static int begin(struct aw_recording_writer *writer, uint64_t now_ns)
{
	int err;

	writer->block.used = 0;
	err = aw_recording_begin(writer->encoder, now_ns, &writer->block);
	writer->begun_ns = writer->flushed_ns = writer->told_ns = writer->group_ns = now_ns;
	writer->group_at = 0;
	writer->in_file = 0;
	if (!err)
		err = write_block(writer);
	if (err || !is_rotated(writer))
		return err;	/* without rotation, the file is published once the command has started */
	err = aw_recording_file_publish(&writer->file);
	return !err && writer->plan.fsync ? aw_recording_file_sync_name(&writer->file) : err;
}

/* The next block begins a group.  No event may be waiting. */
static int begin_group(struct aw_recording_writer *writer, uint64_t now_ns)
{
	writer->group_ns = now_ns;
	writer->group_at = writer->file.size;
	return aw_recording_group(writer->encoder, now_ns);
}

static bool is_group_full(const struct aw_recording_writer *writer, uint64_t now_ns)
{
	return now_ns - writer->group_ns >= GROUP_NS ||
	       writer->file.size - writer->group_at + aw_recording_packed_max(BLOCK_BYTES + BLOCK_MORE) > GROUP_BYTES;
}

/* With rotation, a full disk does not end the run: pending events are dropped and counted. */
static int give_up_block(struct aw_recording_writer *writer, int err, uint64_t now_ns)
{
	if (!is_rotated(writer) || err != -ENOSPC)
		return err;
	writer->full_blocks++;
	writer->full_events += writer->waiting;
	writer->waiting = 0;
	writer->group_ns = now_ns;
	writer->group_at = writer->file.size;
	return aw_recording_restart(writer->encoder, now_ns);
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
		return give_up_block(writer, err, now_ns);
	writer->in_file += writer->waiting;
	writer->waiting = 0;
	return 0;
}

static int end_file(struct aw_recording_writer *writer, uint64_t now_ns)
{
	int err = flush(writer, now_ns), closed;
	uint64_t full = writer->full_blocks;

	/* A group of its own: it says what was lost, even if the one before is damaged. */
	if (!err)
		err = begin_group(writer, now_ns);
	if (!err)
		err = tell_losses(writer, AW_RECORD_END, now_ns);
	if (!err)
		err = flush(writer, now_ns);
	if (!err && writer->full_blocks != full)
		err = -ENOSPC;	/* a file without END was not written as a whole */
	if (!err)
		err = aw_recording_file_sync(&writer->file);
	closed = aw_recording_file_close(&writer->file);
	return err ? err : closed;
}

/* On a full disk, there may be no current file; the next event tries to create one again. */
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
		aw_recording_rotation_give_back(&writer->rotation);
		aw_recording_file_close(&writer->file);
	}
	return err == -ENOSPC ? 0 : err;
}

static bool is_full(const struct aw_recording_writer *writer, uint64_t now_ns)
{
	size_t room = aw_recording_packed_max(BLOCK_BYTES + BLOCK_MORE) + END_BYTES;

	if (!is_rotated(writer))
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
		aw_anchors_open(writer->anchors, writer->plan.kallsyms);
	facts.anchors = writer->anchors;
	writer->encoder = aw_recording_encoder_new(&facts);
	return writer->encoder ? 0 : -ENOMEM;
}

static int open_rotation(struct aw_recording_writer *writer, struct aw_error *error)
{
	const char *path = writer->plan.path;
	int err;

	if (!strcmp(path, "-"))
		return aw_error_set(error, -EINVAL, "--switch-output does not work with standard output: give -o FILE");
	err = aw_recording_rotation_open(&writer->rotation, path, writer->plan.max_files);
	if (!err)
		err = create(writer);
	return err ? aw_error_set(error, err, "can't write files like %s: %s", path, strerror(-err)) : 0;
}

static void writer_free(struct aw_recording_writer *writer)
{
	aw_recording_file_close(&writer->file);
	aw_recording_rotation_close(&writer->rotation);
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
	err = is_rotated(writer) ? open_rotation(writer, error) :
	      aw_recording_file_draft(&writer->file, writer->plan.path, error);
	if (err)
		return err;
	err = begin(writer, now_ns);
	if (!err)
		return 0;
	/* The draft has no content, so remove it. */
	aw_recording_file_close(&writer->file);
	return aw_error_set(error, err, "can't write %s: %s%s", writer->plan.path, strerror(-err), aw_hint_writing(err));
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
	int err = aw_recording_file_commit(&writer->file, error);

	if (!err && writer->plan.fsync && (err = aw_recording_file_sync_name(&writer->file)))
		aw_error_set(error, err, "can't sync the directory of %s: %s", writer->file.path, strerror(-err));
	return err;
}

int aw_recording_writer_event(struct aw_recording_writer *writer, const struct aw_event *event, uint64_t now_ns)
{
	int err = 0;

	/* Switch only between blocks: a file does not depend on the one before. */
	if (!writer->waiting && is_full(writer, now_ns))
		err = next_file(writer, now_ns);
	else if (!writer->waiting && is_group_full(writer, now_ns))
		err = begin_group(writer, now_ns);
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
	return err ? err : aw_recording_file_sync(&writer->file);
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
