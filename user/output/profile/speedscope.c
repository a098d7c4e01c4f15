// SPDX-License-Identifier: GPL-2.0
/*
 * Profiles for speedscope: https://www.speedscope.app/file-format-schema.json,
 * a profile each of failures, bytes and steals.
 */
#include <errno.h>
#include <stdio.h>

#include "base/json_writer.h"
#include "output/exporters.h"
#include "output/profile/profile.h"

static void put_frames(struct aw_json *json, const struct aw_profile *profile)
{
	aw_json_object(json, "shared");
	aw_json_array(json, "frames");
	for (unsigned int i = 0; i < profile->nr_frames; i++) {
		aw_json_object(json, NULL);
		aw_json_text(json, "name", profile->frames[i].function);
		if (profile->frames[i].module[0])
			aw_json_text(json, "file", profile->frames[i].module);
		aw_json_object_end(json);
	}
	aw_json_array_end(json);
	aw_json_object_end(json);
}

static uint64_t total(const struct aw_profile *profile, enum aw_weight weight)
{
	uint64_t sum = 0;

	for (unsigned int i = 0; i < profile->nr_samples; i++)
		sum += profile->samples[i].weights[weight];
	return sum;
}

/* Outermost first. */
static void put_stack(struct aw_json *json, const struct aw_profile_sample *sample)
{
	aw_json_array(json, NULL);
	for (unsigned int i = sample->nr_frames; i-- > 0;)
		aw_json_number(json, NULL, sample->frames[i]);
	aw_json_array_end(json);
}

static void put_profile(struct aw_json *json, const struct aw_profile *profile, enum aw_weight weight)
{
	aw_json_object(json, NULL);
	aw_json_name(json, "type", "sampled");
	aw_json_name(json, "name", aw_weight_name(weight));
	aw_json_name(json, "unit", weight == AW_WEIGHT_BYTES ? "bytes" : "none");
	aw_json_number(json, "startValue", 0);
	aw_json_number(json, "endValue", total(profile, weight));
	aw_json_array(json, "samples");
	for (unsigned int i = 0; i < profile->nr_samples; i++)
		if (profile->samples[i].weights[weight])
			put_stack(json, &profile->samples[i]);
	aw_json_array_end(json);
	aw_json_array(json, "weights");
	for (unsigned int i = 0; i < profile->nr_samples; i++)
		if (profile->samples[i].weights[weight])
			aw_json_number(json, NULL, profile->samples[i].weights[weight]);
	aw_json_array_end(json);
	aw_json_object_end(json);
}

static void put_document(struct aw_json *json, const struct aw_report *report, const struct aw_profile *profile)
{
	char name[256];

	aw_json_object(json, NULL);
	aw_json_name(json, "$schema", "https://www.speedscope.app/file-format-schema.json");
	aw_json_name(json, "exporter", "allocwatch " AW_VERSION_TEXT);
	snprintf(name, sizeof(name), "page allocation failures, Linux %s%s", report->kernel->release,
		 aw_report_damaged(report) ? " (the recording is damaged)" : "");
	aw_json_text(json, "name", name);
	aw_json_number(json, "activeProfileIndex", AW_WEIGHT_FAILURES);
	put_frames(json, profile);
	aw_json_array(json, "profiles");
	for (int weight = 0; weight < AW_WEIGHTS; weight++)
		put_profile(json, profile, weight);
	aw_json_array_end(json);
	aw_json_object_end(json);
}

static int write_speedscope(FILE *out, const struct aw_report *report, struct aw_error *error)
{
	AW_JSON struct aw_json json = { 0 };
	struct aw_profile profile;
	int err = aw_profile_make(report, &profile);

	if (!err) {
		put_document(&json, report, &profile);
		err = aw_json_flush(&json, out);
		putc('\n', out);
	}
	aw_profile_free(&profile);
	return err ? aw_report_no_memory(error) : 0;
}

const struct aw_exporter aw_export_speedscope = {
	.name = "speedscope",
	.endings = { "speedscope.json" },
	.summary = "stacks with counts, bytes and steals for www.speedscope.app",
	.write = write_speedscope,
	.by_stack = true,
};
