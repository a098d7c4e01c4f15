// SPDX-License-Identifier: GPL-2.0
/*
 * Failures by label set.
 */
#include "summary/series.h"

#include <string.h>

#include "base/hash.h"

struct text {
	size_t used;
	char bytes[AW_SERIES_TEXT];
};

static void append(struct text *text, const char *more)
{
	size_t length = strnlen(more, sizeof(text->bytes) - 1 - text->used);

	memcpy(text->bytes + text->used, more, length);
	text->used += length;
	text->bytes[text->used] = '\0';
}

const char *aw_series_gfp(struct aw_intern *texts, const char *names)
{
	struct text text = { .used = 0 };

	append(&text, names);
	return aw_intern(texts, text.bytes);
}

/* Never an address: it differs from boot to boot, and must not be published. */
const char *aw_series_site(struct aw_intern *texts, const struct aw_frame *site)
{
	struct text text = { .used = 0 };

	append(&text, site && site->name[0] ? site->name : "unknown");
	if (site && site->module[0]) {
		append(&text, " [");
		append(&text, site->module);
		append(&text, "]");
	}
	return aw_intern(texts, text.bytes);
}

_Static_assert(sizeof(struct aw_series_labels) % 8 == 0, "labels are hashed word by word");

/* The slot of the row with these labels, or the empty one where it belongs. */
static uint8_t *slot_of(struct aw_series *series, const struct aw_series_labels *labels)
{
	uint32_t at = aw_hash_words(labels, sizeof(*labels));

	for (;; at++) {
		uint8_t *slot = &series->slots[at % AW_SERIES_SLOTS];

		if (!*slot || !memcmp(&series->rows[*slot - 1].labels, labels, sizeof(*labels)))
			return slot;
	}
}

void aw_series_add(struct aw_series *series, const struct aw_failure *failure, const char *gfp, const char *site)
{
	const struct aw_series_labels labels = {
		.order = failure->order, .class = failure->class, .cause = failure->cause, .rule = failure->rule,
		.gfp = gfp, .site = site,
	};
	uint8_t *slot = slot_of(series, &labels);
	uint64_t count = aw_failure_count(failure);

	if (!*slot && series->count == AW_MAX_SERIES) {
		series->other[failure->class] += count;
		return;
	}
	if (!*slot) {
		series->rows[series->count].labels = labels;
		*slot = (uint8_t)++series->count;
	}
	series->rows[*slot - 1].count += count;
}
