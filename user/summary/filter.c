// SPDX-License-Identifier: GPL-2.0
/*
 * Which failures are wanted.
 */
#include "summary/filter.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/glob.h"
#include "base/units.h"

static const struct { const char *text; enum aw_op op; } ops[] = {
	{ "!=", AW_OP_NE }, { ">=", AW_OP_GE }, { "<=", AW_OP_LE },
	{ "=", AW_OP_EQ }, { ">", AW_OP_GT }, { "<", AW_OP_LT },
};

static int bad_key(const char *term, struct aw_error *error)
{
	char names[256];

	return aw_error_set(error, -EINVAL, "bad --filter term '%s': it starts with none of the keys %s",
			    term, aw_keys_names(names, sizeof(names)));
}

static int parse_value(const char *term, const char *value, struct aw_term *out, struct aw_error *error)
{
	const struct aw_key *key = out->key;

	if (!*value)
		return aw_error_set(error, -EINVAL, "bad --filter term '%s': no value after %s", term, key->name);
	snprintf(out->text, sizeof(out->text), "%s", value);
	if (key->type == AW_KEY_TEXT) {
		if (out->op == AW_OP_EQ || out->op == AW_OP_NE)
			return 0;
		return aw_error_set(error, -EINVAL, "bad --filter term '%s': %s is text, compare it with = or !=",
				    term, key->name);
	}
	if ((key->parse ? key->parse : aw_parse_number)(value, &out->number))
		return aw_error_set(error, -EINVAL, "bad --filter term '%s': '%s' is no number, as in %s>=4", term, value, key->name);
	return 0;
}

static int parse_term(const char *term, struct aw_term *out, struct aw_error *error)
{
	size_t len = strcspn(term, "=!<>"), key = len;

	while (key && term[key - 1] == ' ')
		key--;
	out->key = aw_key_find(term, key);
	if (!out->key)
		return bad_key(term, error);
	for (unsigned int i = 0; i < ARRAY_SIZE(ops); i++) {
		size_t op_len = strlen(ops[i].text);

		if (strncmp(term + len, ops[i].text, op_len))
			continue;
		out->op = ops[i].op;
		len += op_len;
		return parse_value(term, term + len + strspn(term + len, " "), out, error);
	}
	return aw_error_set(error, -EINVAL, "bad --filter term '%s': after %s comes one of = != >= <= > <",
			    term, out->key->name);
}

int aw_filter_parse(const char *text, struct aw_filter *filter, struct aw_error *error)
{
	unsigned int count = filter->count;
	char term[AW_TERM_TEXT];

	for (;;) {
		size_t len, wanted;
		int err;

		text += strspn(text, " ");
		len = wanted = strcspn(text, ",");
		while (wanted && text[wanted - 1] == ' ')
			wanted--;
		if (wanted >= sizeof(term))
			return aw_error_set(error, -EINVAL, "a --filter term is longer than %zu bytes", sizeof(term) - 1);
		if (count == AW_MAX_TERMS)
			return aw_error_set(error, -EINVAL, "more than %d --filter terms", AW_MAX_TERMS);
		snprintf(term, sizeof(term), "%.*s", (int)wanted, text);
		err = parse_term(term, &filter->terms[count], error);
		if (err)
			return err;
		count++;
		if (!text[len])
			break;
		text += len + 1;
	}
	filter->count = count;
	return 0;
}

static bool compare(enum aw_op op, uint64_t left, uint64_t right)
{
	switch (op) {
	case AW_OP_EQ: return left == right;
	case AW_OP_NE: return left != right;
	case AW_OP_GE: return left >= right;
	case AW_OP_LE: return left <= right;
	case AW_OP_GT: return left > right;
	case AW_OP_LT: return left < right;
	}
	return false;
}

/* The order of a steal is the order of the request that took the block. */
static bool extfrag_value(const struct aw_key *key, const struct aw_event *event, struct aw_value *value)
{
	if (aw_key_id(key) != AW_BY_ORDER)
		return false;
	value->number = event->extfrag.alloc_order;
	return true;
}

static bool term_matches(const struct aw_term *term, const struct aw_event *event)
{
	bool request = event->type == AW_EVENT_FAILURE || event->type == AW_EVENT_STALL;
	struct aw_value value;
	bool has = term->key->get(event, &value);

	if (!has && event->type == AW_EVENT_EXTFRAG)
		has = extfrag_value(term->key, event, &value);
	if (!has)
		return !request && !term->key->of_task;
	if (term->key->type == AW_KEY_TEXT)
		return aw_glob_match(term->text, value.text) == (term->op == AW_OP_EQ);
	return compare(term->op, value.number, term->number);
}

bool aw_filter_match(const struct aw_filter *filter, const struct aw_event *event)
{
	for (unsigned int i = 0; i < filter->count; i++)
		if (!term_matches(&filter->terms[i], event))
			return false;
	return true;
}

static void order_to_capture(const struct aw_term *term, struct aw_capture *capture)
{
	uint32_t order = term->number > UINT32_MAX - 1 ? UINT32_MAX - 1 : (uint32_t)term->number;
	uint32_t min = 0, max = UINT32_MAX;

	switch (term->op) {
	case AW_OP_EQ: min = max = order; break;
	case AW_OP_GE: min = order; break;
	case AW_OP_GT: min = order + 1; break;
	case AW_OP_LE: max = order; break;
	case AW_OP_LT:
		if (!order)
			return;		/* nothing is below 0: user space refuses all */
		max = order - 1;
		break;
	case AW_OP_NE: return;
	}
	if (min > capture->order_min)
		capture->order_min = min;
	if (max < capture->order_max)
		capture->order_max = max;
}

static void pid_to_capture(const struct aw_term *term, struct aw_capture *capture)
{
	if (term->op == AW_OP_EQ && !capture->pid)
		capture->pid = term->number;
}

static void comm_to_capture(const struct aw_term *term, struct aw_capture *capture)
{
	size_t plain = strcspn(term->text, "*?");
	bool prefix = !strcmp(term->text + plain, "*");

	if (term->op != AW_OP_EQ || capture->comm[0] || (term->text[plain] && !prefix))
		return;
	if (plain > AW_COMM_LEN - 1)
		return;
	memcpy(capture->comm, term->text, plain);
	capture->comm[plain] = '\0';
	capture->comm_is_prefix = prefix;
}

void aw_filter_to_capture(const struct aw_filter *filter, struct aw_capture *capture)
{
	for (unsigned int i = 0; i < filter->count; i++) {
		const struct aw_term *term = &filter->terms[i];

		switch (aw_key_id(term->key)) {
		case AW_BY_ORDER:
			order_to_capture(term, capture);
			break;
		case AW_BY_PID:
			pid_to_capture(term, capture);
			break;
		case AW_BY_COMM:
			comm_to_capture(term, capture);
			break;
		default:
			break;
		}
	}
}

/* Did the kernel side count only failures that match this term? */
static bool is_captured(const struct aw_term *term, const struct aw_capture *capture)
{
	struct aw_capture own = { 0 };

	if (!capture || term->op != AW_OP_EQ)
		return false;
	switch (aw_key_id(term->key)) {
	case AW_BY_PID:
		return capture->pid && capture->pid == term->number;
	case AW_BY_COMM:
		comm_to_capture(term, &own);
		return own.comm[0] && !strcmp(own.comm, capture->comm) &&
		       own.comm_is_prefix == capture->comm_is_prefix;
	default:
		return false;
	}
}

/* May the failures behind a count differ in this key? */
static bool is_hidden(const struct aw_key *key, const struct aw_event *event)
{
	struct aw_value value;

	if (aw_failure_is_mixed(&event->failure))
		return !key->of_mixed;
	return key->of_sample && !key->get(event, &value);
}

enum aw_wanted aw_filter_wants(const struct aw_filter *filter, const struct aw_capture *capture,
			       const struct aw_event *event)
{
	enum aw_wanted wanted = AW_WANTED;

	if (event->type != AW_EVENT_FAILURE || !event->failure.unsampled)
		return aw_filter_match(filter, event) ? AW_WANTED : AW_NOT_WANTED;
	for (unsigned int i = 0; i < filter->count; i++) {
		const struct aw_term *term = &filter->terms[i];

		if (is_captured(term, capture))
			continue;
		if (is_hidden(term->key, event))
			wanted = AW_WANTED_OR_NOT;
		else if (!term_matches(term, event))
			return AW_NOT_WANTED;
	}
	return wanted;
}
