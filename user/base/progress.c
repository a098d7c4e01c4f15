// SPDX-License-Identifier: GPL-2.0
/*
 * How far a long piece of work is, on a terminal.
 */
#include "base/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/units.h"

#define PATIENCE_NS 2000000000ull
#define EVERY_NS 200000000ull
#define BAR 20
#define ERASE "\r\033[K"

void aw_progress_begin(struct aw_progress *progress, int fd)
{
	*progress = (struct aw_progress){ .fd = isatty(fd) ? fd : -1, .began_ns = aw_now_ns() };
}

/* A directory's total grows while it is read. */
static int percent(uint64_t done, uint64_t total)
{
	return done >= total ? 100 : (int)(100.0 * (double)done / (double)total);
}

static void draw_bar(uint64_t done, uint64_t total, char bar[BAR + 1])
{
	for (int i = 0; i < BAR; i++)
		bar[i] = percent(done, total) * BAR / 100 > i ? '#' : '.';
	bar[BAR] = '\0';
}

const char *aw_progress_text(uint64_t done, uint64_t total, uint64_t elapsed_ns, char text[AW_PROGRESS_TEXT])
{
	char sum[AW_UNITS_TEXT], all[AW_UNITS_TEXT], rate[AW_UNITS_TEXT], left[AW_UNITS_TEXT], bar[BAR + 1];
	double per_ns = elapsed_ns ? (double)done / (double)elapsed_ns : 0;

	aw_format_bytes(done, sum);
	aw_format_bytes((uint64_t)(per_ns * 1e9), rate);
	if (!total || per_ns <= 0) {
		snprintf(text, AW_PROGRESS_TEXT, "%s, %s/s", sum, rate);
		return text;
	}
	draw_bar(done, total, bar);
	aw_format_duration(done < total ? (uint64_t)((double)(total - done) / per_ns) : 0, left);
	snprintf(text, AW_PROGRESS_TEXT, "[%s] %d %%, %s of %s, %s/s, %s left", bar, percent(done, total), sum,
		 aw_format_bytes(total, all), rate, left);
	return text;
}

const char *aw_progress_wait_text(uint64_t done_ns, uint64_t most_ns, char text[AW_PROGRESS_TEXT])
{
	char waited[AW_UNITS_TEXT], most[AW_UNITS_TEXT], left[AW_UNITS_TEXT], bar[BAR + 1];

	draw_bar(done_ns, most_ns, bar);
	snprintf(text, AW_PROGRESS_TEXT, "[%s] %d %%, waited %s of %s at most, %s left", bar, percent(done_ns, most_ns),
		 aw_format_duration(done_ns, waited), aw_format_duration(most_ns, most),
		 aw_format_duration(done_ns < most_ns ? most_ns - done_ns : 0, left));
	return text;
}

static void put(const struct aw_progress *progress, const char *text)
{
	ssize_t ignored = write(progress->fd, text, strlen(text));

	(void)ignored;
}

/* Is there somebody who waits, and was it not shown just now? */
static bool is_due(const struct aw_progress *progress, uint64_t now)
{
	return progress->fd >= 0 && now - progress->began_ns >= PATIENCE_NS && now - progress->shown_ns >= EVERY_NS;
}

static void show(struct aw_progress *progress, uint64_t now, const char *text)
{
	char line[AW_PROGRESS_TEXT + sizeof(ERASE)];

	snprintf(line, sizeof(line), ERASE "%s", text);
	put(progress, line);
	progress->shown_ns = now;
	progress->shown = true;
}

void aw_progress_show(struct aw_progress *progress, uint64_t done, uint64_t total)
{
	char text[AW_PROGRESS_TEXT];
	uint64_t now = progress->fd < 0 ? 0 : aw_now_ns();

	if (is_due(progress, now))
		show(progress, now, aw_progress_text(done, total, now - progress->began_ns, text));
}

void aw_progress_wait(struct aw_progress *progress, uint64_t done_ns, uint64_t most_ns)
{
	char text[AW_PROGRESS_TEXT];
	uint64_t now = progress->fd < 0 ? 0 : aw_now_ns();

	if (is_due(progress, now))
		show(progress, now, aw_progress_wait_text(done_ns, most_ns, text));
}

void aw_progress_end(struct aw_progress *progress)
{
	if (progress->shown)
		put(progress, ERASE);
	progress->shown = false;
}
