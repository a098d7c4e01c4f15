/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One line as it was pasted -> the log lines in it.
 */
#ifndef AW_LINES_DECODE_H
#define AW_LINES_DECODE_H

#include "lines/csv.h"
#include "lines/fields.h"
#include "lines/json.h"
#include "lines/words.h"

#define AW_LOG_DECODE_LINE (32 * 1024)	/* bytes of the longest line */
#define AW_LOG_DECODE_POOL (8 * AW_LOG_DECODE_LINE)

/* The times are those of the container; text is valid during the call only. */
typedef aw_log_entry_fn aw_log_decode_fn;

struct aw_log_decode {
	const struct aw_log_words *words;
	aw_log_decode_fn fn;
	void *ctx;
	unsigned int level;	/* messages within messages */
	struct aw_log_csv csv;
	struct aw_log_fields fields;
	struct aw_log_json json[2];	/* the second: of JSON within JSON, a line only */
	size_t pooled;
	char pool[AW_LOG_DECODE_POOL];	/* what the stages of decoding write to, as a stack */
};

/* `number`: of the line that is read, as it stands at the time of each call. */
void aw_log_decode_init(struct aw_log_decode *decode, const struct aw_log_words *words, const uint64_t *number,
			aw_log_decode_fn fn, void *ctx);

/* A line of at most AW_LOG_DECODE_LINE bytes, without its end. */
void aw_log_decode_line(struct aw_log_decode *decode, const char *text, size_t len);

/* Is a message waiting for the end of its entry? */
bool aw_log_decode_pending(const struct aw_log_decode *decode);

/* The text is over: hands out entries that are open, and forgets what was learned. */
void aw_log_decode_finish(struct aw_log_decode *decode);

#endif
