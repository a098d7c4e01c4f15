/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writes JSON as it is made, without a tree: a line per event must not cost an
 * allocation per value.
 *
 * Each function appends one value.  `key` names it in an object, and is NULL in
 * an array and after aw_json_key().  Keys are constants of plain ASCII without
 * quotes or backslashes.  The text is ASCII and has no blanks: U+009B starts a
 * control sequence on some terminals, but is valid in a JSON string.
 * Without memory nothing more is appended, and aw_json_flush() says so.
 */
#ifndef AW_BASE_JSON_WRITER_H
#define AW_BASE_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/bytes.h"

/* All zero: nothing written.  aw_json_free() ends its life. */
struct aw_json {
	struct aw_bytes text;	/* what was not flushed yet */
	bool comma;		/* a value came before, in the same object or array */
};

void aw_json_free(struct aw_json *json);
#define AW_JSON __attribute__((cleanup(aw_json_free)))

/* An object or array follows, to its close. */
void aw_json_object(struct aw_json *json, const char *key);
void aw_json_object_end(struct aw_json *json);
void aw_json_array(struct aw_json *json, const char *key);
void aw_json_array_end(struct aw_json *json);

/* A key from outside; the value follows with NULL as its key. */
void aw_json_key(struct aw_json *json, const char *key);

void aw_json_null(struct aw_json *json, const char *key);
void aw_json_bool(struct aw_json *json, const char *key, bool value);
void aw_json_integer(struct aw_json *json, const char *key, int64_t value);
/* Readers have signed 64-bit integers: a larger number, of a broken file, becomes their largest. */
void aw_json_number(struct aw_json *json, const char *key, uint64_t value);
/* null if not known */
void aw_json_known(struct aw_json *json, const char *key, bool known, uint64_t value);
/* 12 significant digits, always with a point or an exponent */
void aw_json_real(struct aw_json *json, const char *key, double value);

/* A text of ours, which may be empty: plain ASCII. */
void aw_json_name(struct aw_json *json, const char *key, const char *name);

/*
 * A text from outside, of any bytes; "" and NULL become null.  A byte that is not of valid
 * UTF-8 becomes \xNN, and so does DEL, which acts on terminals; a backslash becomes \\.
 * So the original can be recovered from the string.
 */
void aw_json_text(struct aw_json *json, const char *key, const char *text);

/* The next value starts on a line of its own. */
void aw_json_line(struct aw_json *json);

/* Appends what was written to `out`.  0 or -ENOMEM; whoever opened `out` checks it for errors. */
int aw_json_flush(struct aw_json *json, FILE *out);

#endif
