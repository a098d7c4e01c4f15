// SPDX-License-Identifier: GPL-2.0
/*
 * The output of doctor as JSON.  Keys are stable; new ones may be added.
 */
#include <errno.h>
#include <jansson.h>

#include "doctor/print.h"

static json_t *check_json(const struct aw_check *check)
{
	return json_pack("{s:s, s:b, s:s, s:s}", "name", check->name, "ok", check->ok, "reason", check->reason,
			 "todo", check->todo);
}

static json_t *missing_json(const struct aw_machine *machine, unsigned int index)
{
	json_t *list = json_array();

	for (unsigned int i = 0; i < machine->nr_missing[index]; i++) {
		const struct aw_missing *missing = &machine->missing[index][i];

		json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "what", missing->what, "why", missing->why,
						      "cost", missing->cost));
	}
	return list;
}

static json_t *sources_json(const struct aw_machine *machine)
{
	json_t *list = json_array();

	for (unsigned int i = 0; i < machine->sources.count; i++) {
		struct aw_check check;
		json_t *row;

		aw_check_source(machine, i, &check);
		row = check_json(&check);
		json_object_set_new(row, "missing", missing_json(machine, i));
		json_array_append_new(list, row);
	}
	return list;
}

static json_t *features_json(const struct aw_machine *machine)
{
	struct aw_check checks[AW_MAX_CHECKS];
	unsigned int count = aw_checks_make(machine, checks);
	json_t *list = json_array();

	for (unsigned int i = 0; i < count; i++)
		json_array_append_new(list, check_json(&checks[i]));
	return list;
}

int aw_doctor_print_json(FILE *out, const struct aw_machine *machine)
{
	struct aw_choice choice;
	const char *source;
	json_t *root;
	int err;

	aw_choose(&machine->sources, NULL, &choice);
	source = choice.type == AW_CHOICE_TAKE ? machine->sources.source[choice.index].name : NULL;
	root = json_pack("{s:s, s:{s:s, s:s}, s:b, s:s?, s:s, s:o, s:o}", "schema", "allocwatch-doctor/1",
			 "kernel", "release", machine->release, "arch", machine->arch, "root", !machine->uid,
			 "source", source, "degraded", choice.degraded, "sources", sources_json(machine),
			 "features", features_json(machine));
	err = root && !json_dumpf(root, out, JSON_INDENT(2) | JSON_ENSURE_ASCII) ? 0 : -ENOMEM;
	fputs("\n", out);
	json_decref(root);
	return err;
}
