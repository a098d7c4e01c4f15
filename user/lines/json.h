/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Log lines in JSON, on one line or over many, and in the string and list
 * literals of programming languages.
 */
#ifndef AW_LINES_JSON_H
#define AW_LINES_JSON_H

#include "base/cursor.h"
#include "lines/entry.h"

struct aw_log_json {
	unsigned int depth;
	uint64_t lists;		/* a bit a depth: a list, not an object */
	char key[64];		/* of the value that comes next; "" none */
	size_t key_len;
	bool inside;		/* a line before began something that goes on */
	struct aw_log_entry entry;
	size_t len;		/* of the string in `string` */
	char string[AW_LOG_ENTRY_TEXT];
};

void aw_log_json_clear(struct aw_log_json *json);

/*
 * Does the line begin or go on with JSON, or is it nothing but strings in
 * quotes?  Steps `t` over what stands before it (a logger's prefix).
 */
bool aw_log_json_begins(const struct aw_log_json *json, struct aw_text *t);

/*
 * Reads it and hands on every message that is complete.  A string that stands
 * alone, in a list or not, is a message if there is a ' ', ':' or '+' in it.
 */
void aw_log_json_line(struct aw_log_json *json, struct aw_text t, aw_log_entry_fn fn, void *ctx);

/* "ts=... level=warn msg=\"...\"": hands on the message; false: the line is none. */
bool aw_log_json_logfmt(struct aw_log_json *json, struct aw_text t, aw_log_entry_fn fn, void *ctx);

#endif
