// SPDX-License-Identifier: GPL-2.0
/*
 * Does each source see a failure?
 */
#include "doctor/self_test.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/units.h"
#include "base/wrap.h"
#include "doctor/refused.h"
#include "source/source.h"

/* What is counted in the kernel only comes once a second; the rest comes at once. */
#define PATIENCE_NS UINT64_C(2500000000)
#define POLL_MS 100

static const char *const names[] = {
	[AW_SELF_SAW] = "saw", [AW_SELF_MISSED] = "missed", [AW_SELF_UNAVAILABLE] = "unavailable",
	[AW_SELF_CANNOT] = "cannot",
};
_Static_assert(ARRAY_SIZE(names) == AW_SELF_STATES, "a state has no name");

const char *aw_seen_state_name(enum aw_seen_state state)
{
	return names[state];
}

struct look {
	uint32_t pid;
	bool seen;
	unsigned int order;
};

static void look_at(void *arg, struct aw_event *event)
{
	struct look *look = arg;

	if (event->type != AW_EVENT_FAILURE || event->task.pid != look->pid || !event->failure.order)
		return;
	look->seen = true;
	look->order = event->failure.order;
}

/* Waits until the source saw the request, or patience is over. */
static void wait_for(struct aw_source *source, struct look *look)
{
	uint64_t until = aw_now_ns() + PATIENCE_NS;

	while (!look->seen && aw_now_ns() < until)
		if (source->ops->poll(source, POLL_MS, look_at, look) < 0)
			return;
}

/* 0, or -errno: the request could not be made, and none of the others need be tried. */
static int test_source(struct aw_self_test *test, unsigned int index, struct aw_refused *refused, struct aw_error *error)
{
	const struct aw_capture capture = { .order_max = UINT32_MAX, .stall_ns = 1000000 };
	const struct aw_source_ops *ops = aw_sources[index];
	struct look look = { .seen = false };
	struct aw_source *source;
	int err = ops->open(&capture, &source, error);

	if (err) {
		test->sources[test->count].state = AW_SELF_UNAVAILABLE;
		snprintf(test->sources[test->count].why, sizeof(test->sources[0].why), "%.199s", error->text);
		return 0;
	}
	err = aw_refused_ask(refused, error);
	look.pid = (uint32_t)refused->pid;
	if (!err)
		wait_for(source, &look);
	ops->close(source);
	test->sources[test->count].state = look.seen ? AW_SELF_SAW : AW_SELF_MISSED;
	test->sources[test->count].order = look.order;
	return err;
}

/* The kernel log has what is printed only. */
static bool needs_a_line(const struct aw_source_ops *ops)
{
	return ops == &aw_source_klog;
}

static int test_all(struct aw_self_test *test, struct aw_refused *refused, struct aw_error *error)
{
	int err = 0;

	for (unsigned int i = 0; i < aw_sources_count && !err && test->count < AW_MAX_SOURCES; i++) {
		if (aw_sources[i]->needs_argument)
			continue;
		test->sources[test->count].name = aw_sources[i]->name;
		if (needs_a_line(aw_sources[i]))
			test->sources[test->count].state = AW_SELF_CANNOT;
		else
			err = test_source(test, i, refused, error);
		test->count++;
	}
	return err;
}

int aw_self_test(struct aw_self_test *out, struct aw_error *error)
{
	struct aw_refused refused;
	int err;

	*out = (struct aw_self_test){ .count = 0 };
	err = aw_refused_begin(&refused, error);
	out->bytes = refused.bytes;
	if (!err)
		err = test_all(out, &refused, error);
	aw_refused_end(&refused);
	return err;
}

/* ---- the output ---- */

static void put_source(FILE *out, const struct aw_self_test *test, unsigned int i, unsigned int width)
{
	char text[300];

	switch (test->sources[i].state) {
	case AW_SELF_SAW:
		snprintf(text, sizeof(text), "saw it, as order %u", test->sources[i].order);
		break;
	case AW_SELF_MISSED:
		snprintf(text, sizeof(text), "did not see it, though it works here: please report this");
		break;
	case AW_SELF_CANNOT:
		snprintf(text, sizeof(text), "not tried: the request has __GFP_NOWARN, so that the kernel prints nothing");
		break;
	default:
		snprintf(text, sizeof(text), "not tried: %s", test->sources[i].why);
	}
	aw_wrap_row(out, test->sources[i].name, text, width);
}

void aw_self_test_print_text(FILE *out, const struct aw_self_test *test, unsigned int width)
{
	char bytes[AW_UNITS_TEXT];

	fprintf(out, "A process in a memory cgroup of its own asked for %s or more and was refused, once for each source:\n",
		aw_format_bytes(test->bytes, bytes));
	for (unsigned int i = 0; i < test->count; i++)
		put_source(out, test, i, width);
}

int aw_self_test_print_json(FILE *out, const struct aw_self_test *test)
{
	json_t *list = json_array(), *root;
	int err;

	for (unsigned int i = 0; i < test->count; i++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:s}", "name", test->sources[i].name,
			"state", aw_seen_state_name(test->sources[i].state),
			"order", test->sources[i].order ? json_integer(test->sources[i].order) : json_null(),
			"reason", test->sources[i].why));
	root = json_pack("{s:s, s:I, s:o}", "schema", "allocwatch-self-test/1", "bytes", (json_int_t)test->bytes,
			 "sources", list);
	err = root && !json_dumpf(root, out, JSON_INDENT(2) | JSON_ENSURE_ASCII) ? 0 : -ENOMEM;
	fputs("\n", out);
	json_decref(root);
	return err;
}
