// SPDX-License-Identifier: GPL-2.0
/*
 * Compares the answers of explain to a log with those to another form of it, in
 * their JSON form.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain/json.h"
#include "result.h"

/* Where it was read and when: forms may alter these, nothing else. */
static const char *const places[] = {
	"file", "line", "last_file", "last_line", "lines", "unknown_lines", "first_stamp", "last_stamp",
	"first_uptime_us", "last_uptime_us", "first_seen", "last_seen",
};

/* Who printed the line, which some prefixes say and others do not. */
static const char *const printers[] = { "comm", "pid", "tid", "cpu", "context", "several_tasks" };

/* An array of the answers; the caller drops it. */
static json_t *to_json(const struct aw_answers *answers)
{
	const struct aw_explain_logs no_logs = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	json_t *document, *failures;

	if (!out || aw_explain_json(out, answers, &no_logs) || fclose(out)) {
		fputs("compare: out of memory\n", stderr);
		exit(1);
	}
	document = json_loadb(text, size, 0, NULL);
	failures = json_incref(json_object_get(document, "failures"));
	json_decref(document);
	free(text);
	return failures;
}

static const char *string_at(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

static bool is_at(const json_t *object, const char *key, const char *text)
{
	return !strcmp(string_at(object, key), text);
}

static bool same_at(const json_t *a, const json_t *b, const char *key)
{
	return json_equal(json_object_get(a, key), json_object_get(b, key));
}

static bool is_null(const json_t *value)
{
	return !value || json_is_null(value);
}

static bool is_among(const char *key, const char *const *keys, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(key, keys[i]))
			return true;
	return false;
}

/* ---- forms that hold everything ---- */

static bool may_differ(const char *key, const json_t *plain, const json_t *got)
{
	if (is_among(key, places, sizeof(places) / sizeof(places[0])))
		return true;
	/* whether a wrap took a blank from it is not always known */
	if (!strcmp(key, "hardware"))
		return true;
	/* the form may add what the plain log lacks */
	if (is_among(key, printers, sizeof(printers) / sizeof(printers[0])))
		return is_null(plain) || is_null(got) || !strcmp(key, "several_tasks") || !strcmp(key, "context");
	return false;
}

static void compare_all(struct result *result, json_t *plain, json_t *got)
{
	const char *key;
	json_t *value;

	json_object_foreach(plain, key, value) {
		const json_t *other = json_object_get(got, key);
		char name[64];

		if (json_equal(value, (json_t *)other) || may_differ(key, value, other))
			continue;
		snprintf(name, sizeof(name), "answer-%s", key);
		changed(result, name);
	}
}

/* ---- forms that lost something ---- */

/* Is the statement weaker than certain?  Then it may be another one. */
static bool is_likely(const json_t *verdict, const char *key, const char *certainty)
{
	return is_at(verdict, key, "unknown") || !is_at(verdict, certainty, "certain");
}

/* Then nothing says what is reported. */
static bool lacks_header(const json_t *answer)
{
	const json_t *names = json_object_get(answer, "missing"), *name;
	size_t i;

	json_array_foreach(names, i, name)
		if (!strcmp(json_string_value(name), "header"))
			return true;
	return false;
}

/* The line of SLUB, left alone, names the object's mask, which is not all of the request's. */
static bool is_slab_line(const json_t *got)
{
	return strstr(string_at(json_object_get(got, "keys"), "type"), " of slab cache ") && !json_array_size(json_object_get(got, "stack"));
}

static bool same_mask(const json_t *plain, const json_t *got)
{
	if (is_slab_line(got))
		return true;
	const json_t *a = json_object_get(plain, "gfp"), *b = json_object_get(got, "gfp");

	return is_null(b) || same_at(a, b, "raw");
}

static bool same_site(const json_t *plain, const json_t *got)
{
	const json_t *a = json_object_get(plain, "site"), *b = json_object_get(got, "site");

	return is_null(b) || is_null(a) || same_at(a, b, "symbol") || is_at(got, "site_certainty", "likely");
}

/* "shortage" is what is left of "zone-restricted" when the other zones are not known. */
static bool same_cause(const char *was, const char *is)
{
	return !strcmp(was, is) || (!strcmp(was, "zone-restricted") && !strcmp(is, "shortage"));
}

/* What the form's answer states as certain and the log's does not say; NULL: nothing. */
static const char *contradiction(const json_t *plain, const json_t *got, bool lacks_middle)
{
	const json_t *was = json_object_get(plain, "verdict"), *is = json_object_get(got, "verdict");

	if (!is_at(got, "type", string_at(plain, "type")) && !lacks_header(got))
		return lacks_middle && is_at(is, "cause", "unknown") ? NULL : "type";
	if (!is_null(json_object_get(got, "order")) && !same_at(plain, got, "order"))
		return "order";
	if (!same_mask(plain, got))
		return "gfp";
	if (!lacks_middle && !same_site(plain, got))
		return "site";
	if (!is_likely(is, "cause", "certainty") && !same_cause(string_at(was, "cause"), string_at(is, "cause")))
		return "cause";
	if (!is_likely(is, "rule", "rule_certainty") && !is_at(was, "rule", string_at(is, "rule")))
		return "rule";
	return NULL;
}

static bool same_ids(const json_t *plain, const json_t *got)
{
	const json_t *a = json_object_get(plain, "advice"), *b = json_object_get(got, "advice");

	if (json_array_size(a) != json_array_size(b))
		return false;
	for (size_t i = 0; i < json_array_size(a); i++)
		if (!same_at(json_array_get(a, i), json_array_get(b, i), "id"))
			return false;
	return true;
}

static bool same_answer(const json_t *plain, const json_t *got)
{
	const json_t *was = json_object_get(plain, "verdict"), *is = json_object_get(got, "verdict");

	return same_at(plain, got, "order") && same_site(plain, got) && same_at(was, is, "cause") &&
	       same_at(was, is, "rule") && same_ids(plain, got);
}

static bool says_what_is_missing(const json_t *got)
{
	json_int_t lines = json_integer_value(json_object_get(got, "lines"));
	json_int_t unknown = json_integer_value(json_object_get(got, "unknown_lines"));

	return json_array_size(json_object_get(got, "missing")) ||
	       json_array_size(json_object_get(json_object_get(got, "verdict"), "missing")) || 2 * unknown > lines;
}

/* Nothing was certain: the log has no failure, and what is left of it does not tell that. */
static bool is_doubt(const json_t *got)
{
	return lacks_header(got) && is_at(json_object_get(got, "verdict"), "cause", "unknown");
}

/* One answer to the form: does any answer to the log say the same, or more? */
static void compare_one(struct result *result, const json_t *plain, const json_t *got)
{
	const char *why = NULL;
	bool silent = false;
	char name[64];
	json_t *was;
	size_t i;

	if (!json_array_size(plain) && is_doubt(got))
		return;
	json_array_foreach(plain, i, was) {
		const char *now = contradiction(was, got, result->lacks_middle);

		if (!now && (result->lacks_middle || same_answer(was, got) || says_what_is_missing(got)))
			return;
		silent = silent || !now;
		why = why ? why : now;
	}
	snprintf(name, sizeof(name), "answer-%s%s", silent ? "silent" : why ? why : "invented", silent ? "" : "-certain");
	changed(result, name);
}

/* ---- the whole ---- */

void compare_answers(struct result *result, const struct aw_answers *plain, const struct aw_answers *got, bool lossless)
{
	json_t *a = to_json(plain), *b = to_json(got), *answer;
	size_t i;

	if (lossless && json_array_size(a) != json_array_size(b))
		changed(result, "answers");
	json_array_foreach(b, i, answer) {
		if (!lossless)
			compare_one(result, a, answer);
		else if (i < json_array_size(a))
			compare_all(result, json_array_get(a, i), answer);
	}
	json_decref(a);
	json_decref(b);
}
