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
	for (int i = 0; i < BAR; i++)
		bar[i] = percent(done, total) * BAR / 100 > i ? '#' : '.';
	bar[BAR] = '\0';
	aw_format_duration(done < total ? (uint64_t)((double)(total - done) / per_ns) : 0, left);
	snprintf(text, AW_PROGRESS_TEXT, "[%s] %d %%, %s of %s, %s/s, %s left", bar, percent(done, total), sum,
		 aw_format_bytes(total, all), rate, left);
	return text;
}

static void put(const struct aw_progress *progress, const char *text)
{
	ssize_t ignored = write(progress->fd, text, strlen(text));

	(void)ignored;
}

void aw_progress_show(struct aw_progress *progress, uint64_t done, uint64_t total)
{
	char text[AW_PROGRESS_TEXT], line[AW_PROGRESS_TEXT + sizeof(ERASE)];
	uint64_t now;

	if (progress->fd < 0)
		return;
	now = aw_now_ns();
	if (now - progress->began_ns < PATIENCE_NS || now - progress->shown_ns < EVERY_NS)
		return;
	snprintf(line, sizeof(line), ERASE "%s", aw_progress_text(done, total, now - progress->began_ns, text));
	put(progress, line);
	progress->shown_ns = now;
	progress->shown = true;
}

void aw_progress_end(struct aw_progress *progress)
{
	if (progress->shown)
		put(progress, ERASE);
	progress->shown = false;
}
