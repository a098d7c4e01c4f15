// SPDX-License-Identifier: GPL-2.0
/*
 * Makes addresses without a name relative to their module or to _text.
 */
#include "system/anchor.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/line_reader.h"
#include "system/symbol_address.h"

#define MODULES 512

/* KASLR moves the kernel by multiples of 2 MiB (arm64 MIN_KIMG_ALIGN, x86 CONFIG_PHYSICAL_ALIGN). */
#define SAME_EVERY_BOOT 0x1fffffu

struct module {
	uint64_t start, size;
	char name[64];
};

struct aw_anchors {
	FILE *kallsyms;			/* NULL: it was read */
	uint64_t text, end;
	unsigned int count;
	struct module modules[MODULES];
};

struct aw_anchors *aw_anchors_new(void)
{
	return calloc(1, sizeof(struct aw_anchors));
}

void aw_anchors_free(struct aw_anchors *anchors)
{
	if (anchors && anchors->kallsyms)
		fclose(anchors->kallsyms);
	free(anchors);
}

void aw_anchors_set_text(struct aw_anchors *anchors, uint64_t start, uint64_t end)
{
	anchors->text = start;
	anchors->end = end;
}

/* snd 114688 4 snd_timer,snd_pcm, Live 0xffff80007c8a1000 (O) */
void aw_anchors_add_modules(struct aw_anchors *anchors, const char *text)
{
	while (*text && anchors->count < MODULES) {
		struct module *module = &anchors->modules[anchors->count];

		if (sscanf(text, "%63s %" SCNu64 " %*s %*s %*s %" SCNx64, module->name, &module->size,
			   &module->start) == 3 && module->start && module->size)
			anchors->count++;
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
}

void aw_anchors_open(struct aw_anchors *anchors, const char *path)
{
	AW_FREE char *modules = NULL;

	anchors->kallsyms = fopen(path, "re");
	if (!aw_file_read("/proc/modules", &modules, NULL))
		aw_anchors_add_modules(anchors, modules);
}

/* _etext stands behind all functions of the kernel: the kernel takes a microsecond for each of 100,000. */
static void find_text(struct aw_anchors *anchors)
{
	struct aw_line_reader reader = { .file = anchors->kallsyms };

	while (!anchors->end && aw_line_next(&reader) > 0)
		if (!aw_symbol_on_line(reader.line, "_text", &anchors->text))
			aw_symbol_on_line(reader.line, "_etext", &anchors->end);
	fclose(anchors->kallsyms);
	anchors->kallsyms = NULL;
}

struct aw_frame aw_anchors_frame(struct aw_anchors *anchors, uint64_t addr)
{
	for (unsigned int i = 0; anchors && i < anchors->count; i++) {
		const struct module *module = &anchors->modules[i];

		if (addr - module->start < module->size)
			return (struct aw_frame){ .name = "[module]", .module = module->name,
						  .offset = addr - module->start };
	}
	if (anchors && anchors->kallsyms)
		find_text(anchors);
	if (anchors && anchors->text && addr >= anchors->text && addr < anchors->end)
		return (struct aw_frame){ .name = "_text", .module = "", .offset = addr - anchors->text };
	return (struct aw_frame){ .name = "[hidden]", .module = "", .offset = addr & SAME_EVERY_BOOT };
}
