// SPDX-License-Identifier: GPL-2.0
/*
 * Profiles for pprof, Pyroscope and Grafana: a gzip of the message Profile of
 * pprof's proto/profile.proto, whose field numbers are below.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/cleanup.h"
#include "base/protobuf.h"
#include "output/exporters.h"
#include "output/profile/profile.h"
#include "verdict/verdict.h"

enum { PROFILE_SAMPLE_TYPE = 1, PROFILE_SAMPLE = 2, PROFILE_MAPPING = 3, PROFILE_LOCATION = 4, PROFILE_FUNCTION = 5,
       PROFILE_STRING = 6, PROFILE_TIME_NANOS = 9, PROFILE_DURATION_NANOS = 10, PROFILE_COMMENT = 13,
       PROFILE_DEFAULT_TYPE = 14 };
enum { VALUE_TYPE = 1, VALUE_UNIT = 2 };
enum { SAMPLE_LOCATION = 1, SAMPLE_VALUE = 2, SAMPLE_LABEL = 3 };
enum { LABEL_KEY = 1, LABEL_STR = 2, LABEL_NUM = 3 };
enum { MAPPING_ID = 1, MAPPING_FILENAME = 5, MAPPING_HAS_FUNCTIONS = 7 };
enum { LOCATION_ID = 1, LOCATION_MAPPING = 2, LOCATION_LINE = 4 };
enum { LINE_FUNCTION = 1 };
enum { FUNCTION_ID = 1, FUNCTION_NAME = 2, FUNCTION_FILENAME = 4 };

#define COMMENT_MAX 256

/* Messages refer to strings by their index; string 0 is "". */
struct writer {
	struct aw_proto profile, message, nested;
	uint64_t nr_strings;
};

static uint64_t string(struct writer *writer, const char *text)
{
	if (!text || !text[0])
		return 0;
	aw_proto_text(&writer->profile, PROFILE_STRING, text);
	return writer->nr_strings++;
}

static void put_types(struct writer *writer)
{
	for (int weight = 0; weight < AW_WEIGHTS; weight++) {
		aw_proto_number(&writer->message, VALUE_TYPE, string(writer, aw_weight_name(weight)));
		aw_proto_number(&writer->message, VALUE_UNIT, string(writer, aw_weight_unit(weight)));
		aw_proto_message(&writer->profile, PROFILE_SAMPLE_TYPE, &writer->message);
	}
	aw_proto_number(&writer->profile, PROFILE_DEFAULT_TYPE, string(writer, aw_weight_name(AW_WEIGHT_FAILURES)));
}

static void put_label(struct writer *writer, const char *key, const char *text)
{
	if (!text || !text[0])
		return;
	aw_proto_number(&writer->nested, LABEL_KEY, string(writer, key));
	aw_proto_number(&writer->nested, LABEL_STR, string(writer, text));
	aw_proto_message(&writer->message, SAMPLE_LABEL, &writer->nested);
}

static void put_labels(struct writer *writer, const struct aw_group *group)
{
	struct aw_sample_room room;
	const struct aw_event *event = aw_group_sample(group, &room);
	const struct aw_failure *failure = &event->failure;

	aw_proto_number(&writer->nested, LABEL_KEY, string(writer, "order"));
	aw_proto_integer(&writer->nested, LABEL_NUM, failure->order);
	aw_proto_message(&writer->message, SAMPLE_LABEL, &writer->nested);
	put_label(writer, "gfp", failure->gfp.names);
	put_label(writer, "class", aw_class_name(failure->class));
	put_label(writer, "cause", aw_cause_name(failure->cause));
	put_label(writer, "rule", aw_rule_name(failure->rule));
	put_label(writer, "module", event->site ? event->site->module : NULL);
	if (group->sampled && event->task.context <= AW_IN_TASK)
		put_label(writer, "comm", event->task.comm);
}

/* Location N is frame N - 1. */
static void put_samples(struct writer *writer, const struct aw_profile *profile)
{
	for (unsigned int i = 0; i < profile->nr_samples; i++) {
		const struct aw_profile_sample *sample = &profile->samples[i];

		for (unsigned int f = 0; f < sample->nr_frames; f++)
			aw_proto_number(&writer->message, SAMPLE_LOCATION, UINT64_C(1) + sample->frames[f]);
		for (int weight = 0; weight < AW_WEIGHTS; weight++)
			aw_proto_integer(&writer->message, SAMPLE_VALUE, (int64_t)sample->weights[weight]);
		if (sample->group)
			put_labels(writer, sample->group);
		aw_proto_message(&writer->profile, PROFILE_SAMPLE, &writer->message);
	}
}

/* Each function is its own location, because offsets would keep equal functions apart. */
static void put_functions(struct writer *writer, const struct aw_profile *profile)
{
	for (unsigned int i = 0; i < profile->nr_frames; i++) {
		const struct aw_profile_frame *frame = &profile->frames[i];

		aw_proto_number(&writer->message, FUNCTION_ID, UINT64_C(1) + i);
		aw_proto_number(&writer->message, FUNCTION_NAME, string(writer, frame->function));
		aw_proto_number(&writer->message, FUNCTION_FILENAME,
				string(writer, frame->module[0] ? frame->module : "vmlinux"));
		aw_proto_message(&writer->profile, PROFILE_FUNCTION, &writer->message);

		aw_proto_number(&writer->message, LOCATION_ID, UINT64_C(1) + i);
		aw_proto_number(&writer->message, LOCATION_MAPPING, 1);
		aw_proto_number(&writer->nested, LINE_FUNCTION, UINT64_C(1) + i);
		aw_proto_message(&writer->message, LOCATION_LINE, &writer->nested);
		aw_proto_message(&writer->profile, PROFILE_LOCATION, &writer->message);
	}
}

static void put_run(struct writer *writer, const struct aw_report *report)
{
	char comment[COMMENT_MAX];

	aw_proto_number(&writer->message, MAPPING_ID, 1);
	aw_proto_number(&writer->message, MAPPING_FILENAME, string(writer, "[kernel.kallsyms]"));
	aw_proto_number(&writer->message, MAPPING_HAS_FUNCTIONS, 1);
	aw_proto_message(&writer->profile, PROFILE_MAPPING, &writer->message);
	if (report->kernel->wall_offset_ns && report->start_ns)
		aw_proto_integer(&writer->profile, PROFILE_TIME_NANOS,
				 (int64_t)report->start_ns + report->kernel->wall_offset_ns);
	if (report->end_ns > report->start_ns)
		aw_proto_integer(&writer->profile, PROFILE_DURATION_NANOS,
				 (int64_t)(report->end_ns - report->start_ns));
	snprintf(comment, sizeof(comment), "page allocation failures of Linux %s, recorded with %s",
		 report->kernel->release, report->source);
	aw_proto_number(&writer->profile, PROFILE_COMMENT, string(writer, comment));
	if (aw_report_damaged(report))
		aw_proto_number(&writer->profile, PROFILE_COMMENT, string(writer, report->damage));
}

/* 0 or -ENOMEM */
static int put_gzip(FILE *out, const struct aw_bytes *bytes)
{
	z_stream stream = { .next_in = bytes->data, .avail_in = (uInt)bytes->used };
	AW_FREE uint8_t *packed = NULL;
	size_t room;
	int done;

	/* 16: with the header of gzip, in which zlib leaves the time out */
	if (bytes->failed || deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY))
		return -ENOMEM;
	room = deflateBound(&stream, bytes->used);
	packed = malloc(room);
	stream.next_out = packed;
	stream.avail_out = packed ? (uInt)room : 0;
	done = packed ? deflate(&stream, Z_FINISH) : Z_MEM_ERROR;
	deflateEnd(&stream);
	if (done != Z_STREAM_END)
		return -ENOMEM;
	fwrite(packed, 1, room - stream.avail_out, out);
	return 0;
}

static int write_pprof(FILE *out, const struct aw_report *report, struct aw_error *error)
{
	struct writer writer = { .nr_strings = 1 };
	struct aw_profile profile;
	int err = aw_profile_make(report, &profile);

	aw_proto_text(&writer.profile, PROFILE_STRING, "");
	if (!err) {
		put_types(&writer);
		put_samples(&writer, &profile);
		put_functions(&writer, &profile);
		put_run(&writer, report);
		err = put_gzip(out, &writer.profile.bytes);
	}
	aw_profile_free(&profile);
	aw_proto_free(&writer.profile);
	aw_proto_free(&writer.message);
	aw_proto_free(&writer.nested);
	return err ? aw_report_no_memory(error) : 0;
}

const struct aw_exporter aw_export_pprof = {
	.name = "pprof",
	.endings = { "pb.gz" },
	.summary = "a profile for go tool pprof, Pyroscope and Grafana",
	.write = write_pprof,
	.by_stack = true,
	.binary = true,
};
