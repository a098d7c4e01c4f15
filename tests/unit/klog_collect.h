/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Feeds text to the log parser and collects the reports.
 */
#ifndef AW_TESTS_KLOG_COLLECT_H
#define AW_TESTS_KLOG_COLLECT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "klog/klog.h"

#define COLLECT_MAX 32

struct collect {
	unsigned int count;
	struct aw_klog_report reports[COLLECT_MAX];
	struct aw_klog_stats stats;
};

static inline void collect_one(void *ctx, const struct aw_klog_report *report)
{
	struct collect *c = ctx;

	assert_true(c->count < COLLECT_MAX);
	c->reports[c->count++] = *report;
}

/* In pieces of `piece` bytes, each in its own allocation, so that ASan detects every access beyond. */
static inline struct collect *collect_pieces(const char *text, size_t len, size_t piece)
{
	struct collect *c = calloc(1, sizeof(*c));
	struct aw_klog *klog = aw_klog_new(collect_one, c);

	assert_non_null(klog);
	for (size_t at = 0; at < len; at += piece) {
		size_t n = len - at < piece ? len - at : piece;
		char *copy = malloc(n);

		memcpy(copy, text + at, n);
		aw_klog_feed(klog, copy, n);
		free(copy);
	}
	aw_klog_finish(klog);
	c->stats = *aw_klog_stats(klog);
	aw_klog_free(klog);
	return c;
}

static inline struct collect *collect(const char *text)
{
	return collect_pieces(text, strlen(text), 1 << 20);
}

/* A file of the golden tests; the caller frees it. */
static inline char *golden_text(const char *name, size_t *len)
{
	static const char *const roots[] = { "", "../", "../../", "../../../" };
	char path[256], *text = NULL;

	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
		FILE *f;
		long size;

		snprintf(path, sizeof(path), "%stests/golden/explain/%s", roots[i], name);
		f = fopen(path, "r");
		if (!f)
			continue;
		fseek(f, 0, SEEK_END);
		size = ftell(f);
		rewind(f);
		text = malloc((size_t)size + 1);
		assert_int_equal(fread(text, 1, (size_t)size, f), size);
		text[size] = '\0';
		*len = (size_t)size;
		fclose(f);
		return text;
	}
	fail_msg("run from the top of the tree: tests/golden/explain/%s is not found", name);
	return NULL;
}

#endif
