// SPDX-License-Identifier: GPL-2.0
/*
 * Memory of the kernel by the code that asked for it.
 */
#include "system/callers.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"

static void add(struct aw_memory_callers *callers, const char *name, uint64_t bytes)
{
	unsigned int i;

	callers->bytes += bytes;
	for (i = 0; i < callers->count && strcmp(callers->list[i].name, name); i++)
		;
	if (i == AW_MEMORY_CALLERS) {
		callers->left_out += bytes;
		return;
	}
	if (i == callers->count) {
		snprintf(callers->list[i].name, sizeof(callers->list[i].name), "%s", name);
		callers->list[i].bytes = 0;
		callers->count++;
	}
	callers->list[i].bytes += bytes;
}

/* Calls `take` for every line, which is cut where it is too long. */
static void each_line(const char *text, size_t len, uint64_t page_size, struct aw_memory_callers *out,
		      void (*take)(const char *line, uint64_t page_size, struct aw_memory_callers *out))
{
	const char *end = text + len;

	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		char line[512];

		snprintf(line, sizeof(line), "%.*s", (int)((newline ? newline : end) - text), text);
		take(line, page_size, out);
		text = newline ? newline + 1 : end;
	}
}

/*
 *     4096        1 drivers/video/fbdev.c:1314 func:fb_alloc
 *    20480        5 fs/ext4/super.c:1380 [ext4] func:ext4_alloc_inode
 */
static void take_allocinfo(const char *line, uint64_t page_size, struct aw_memory_callers *out)
{
	const char *function = strstr(line, " func:"), *module = strstr(line, " [");
	char name[AW_CALLER_NAME], of[AW_CALLER_NAME] = "";
	uint64_t bytes, calls;

	(void)page_size;
	if (!function || sscanf(line, " %" SCNu64 " %" SCNu64 " ", &bytes, &calls) != 2 || !bytes)
		return;
	if (module && module < function)
		snprintf(of, sizeof(of), "%.*s", (int)strcspn(module + 1, " ") + 1, module);
	snprintf(name, sizeof(name), "%.40s%.20s", function + strlen(" func:"), of);
	add(out, name, bytes);
}

void aw_callers_parse_allocinfo(const char *text, size_t len, struct aw_memory_callers *out)
{
	each_line(text, len, 0, out, take_allocinfo);
}

/* 0xffff800080000000-0xffff800080005000   20480 kernel_clone+0xb8/0x400 [module] pages=4 vmalloc N0=4 */
static void take_vmallocinfo(const char *line, uint64_t page_size, struct aw_memory_callers *out)
{
	const char *pages = strstr(line, " pages="), *module = strstr(line, " [");
	char name[AW_CALLER_NAME], function[256], of[AW_CALLER_NAME] = "";

	/* ioremap has no pages, those of vmap are somebody else's. */
	if (!pages || !strstr(pages, " vmalloc") || sscanf(line, "%*s %*s %255s", function) != 1)
		return;
	if (module && module < pages)
		snprintf(of, sizeof(of), "%.*s", (int)strcspn(module + 1, " ") + 1, module);
	snprintf(name, sizeof(name), "%.*s%.20s", (int)strcspn(function, "+") < 40 ? (int)strcspn(function, "+") : 40, function, of);
	add(out, name, strtoull(pages + strlen(" pages="), NULL, 10) * page_size);
}

void aw_callers_parse_vmallocinfo(const char *text, size_t len, uint64_t page_size, struct aw_memory_callers *out)
{
	each_line(text, len, page_size, out, take_vmallocinfo);
}

/* The n-th word between tabs, without spaces around it. */
static void get_field(const char *line, unsigned int n, char *out, size_t size)
{
	size_t len;

	for (; n && *line; n--) {
		line += strcspn(line, "\t");
		line += *line == '\t';
	}
	line += strspn(line, " ");
	len = strcspn(line, "\t");
	while (len && line[len - 1] == ' ')
		len--;
	snprintf(out, size, "%.*s", (int)len, line);
}

/*
 * dma_buf_debug_show(): size, flags, mode, references, exporter, inode, name; the last two from 5.3 on.
 * 00032768\t00000002\t00080007\t00000002\tsystem\t00000003\tcamera
 */
static void take_bufinfo(const char *line, uint64_t page_size, struct aw_memory_callers *out)
{
	char name[AW_CALLER_NAME], exporter[32], of[32];
	uint64_t bytes;

	(void)page_size;
	if (sscanf(line, "%" SCNu64 "\t%*x\t%*x\t%*d\t%31s", &bytes, exporter) != 2)
		return;
	get_field(line, 4, exporter, sizeof(exporter));
	get_field(line, 6, of, sizeof(of));
	if (!of[0] || !strcmp(of, "<none>"))
		snprintf(name, sizeof(name), "%s", exporter);
	else
		snprintf(name, sizeof(name), "%.29s: %.31s", exporter, of);
	add(out, name, bytes);
}

void aw_callers_parse_bufinfo(const char *text, size_t len, struct aw_memory_callers *out)
{
	each_line(text, len, 0, out, take_bufinfo);
}

static int has_more(const void *first, const void *second)
{
	const struct aw_memory_caller *a = first, *b = second;

	return a->bytes < b->bytes ? 1 : a->bytes > b->bytes ? -1 : strcmp(a->name, b->name);
}

void aw_callers_rank(struct aw_memory_callers *callers)
{
	qsort(callers->list, callers->count, sizeof(callers->list[0]), has_more);
}

static void keep_largest(struct aw_memory_callers *all, struct aw_largest_callers *out)
{
	aw_callers_rank(all);
	out->bytes = all->bytes;
	out->count = all->count < AW_LARGEST_CALLERS ? all->count : AW_LARGEST_CALLERS;
	memcpy(out->list, all->list, out->count * sizeof(out->list[0]));
}

int aw_callers_read(uint64_t page_size, struct aw_largest_callers *out)
{
	AW_FREE struct aw_memory_callers *all = calloc(1, sizeof(*all));
	AW_FREE char *text = NULL;
	size_t len;

	*out = (struct aw_largest_callers){ .source = "" };
	if (!all)
		return -ENOMEM;
	if (!aw_file_read("/proc/allocinfo", &text, &len)) {
		out->source = "/proc/allocinfo";
		aw_callers_parse_allocinfo(text, len, all);
	} else if (!aw_file_read("/proc/vmallocinfo", &text, &len)) {
		out->source = "/proc/vmallocinfo";
		aw_callers_parse_vmallocinfo(text, len, page_size, all);
	}
	keep_largest(all, out);
	return 0;
}

int aw_dma_buffers_read(struct aw_largest_callers *out)
{
	static const char path[] = "/sys/kernel/debug/dma_buf/bufinfo";
	AW_FREE struct aw_memory_callers *all = calloc(1, sizeof(*all));
	AW_FREE char *text = NULL;
	size_t len;

	*out = (struct aw_largest_callers){ .source = "" };
	if (!all)
		return -ENOMEM;
	if (!aw_file_read(path, &text, &len)) {
		out->source = path;
		aw_callers_parse_bufinfo(text, len, all);
	}
	keep_largest(all, out);
	return 0;
}
