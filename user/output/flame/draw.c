// SPDX-License-Identifier: GPL-2.0
/*
 * A tree of frames drawn as SVG boxes, for the SVG file and the page.
 */
#include "output/flame/draw.h"

#include <inttypes.h>
#include <string.h>

#include "base/array.h"
#include "base/escape_xml.h"
#include "mm/site.h"
#include "output/frame_text.h"

#define ROW 19		/* height of a box and the gap below it, in pixels */
#define BOX 18
#define NARROW 30	/* a box narrower than 1/NARROW of the width has no text until it is zoomed in on */

static const char *const module_classes[AW_FLAME_MODULES] = { "m0", "m1", "m2", "m3", "m4", "m5" };

static bool is_allocator(const struct aw_flame_frame *frame)
{
	return frame->type == AW_FLAME_FRAME && aw_site_is_wrapper(frame->name, frame->module);
}

/* -1: the module has no colour of its own. */
static int module_colour(const struct aw_flame_colours *colours, const char *module)
{
	for (unsigned int i = 0; i < colours->nr_modules; i++)
		if (!strcmp(colours->modules[i], module))
			return (int)i;
	return -1;
}

static void add_module(struct aw_flame_colours *colours, const char *module)
{
	if (module_colour(colours, module) >= 0)
		return;
	if (colours->nr_modules < AW_FLAME_MODULES)
		colours->modules[colours->nr_modules++] = module;
	else
		colours->others = true;
}

void aw_flame_colours(const struct aw_flame *flame, struct aw_flame_colours *out)
{
	*out = (struct aw_flame_colours){ 0 };
	for (uint32_t i = 1; i < flame->nr_frames; i++) {
		const struct aw_flame_frame *frame = &flame->frames[i];

		out->allocator |= is_allocator(frame);
		out->unresolved |= frame->type != AW_FLAME_FRAME;
		if (frame->module[0])
			add_module(out, frame->module);
	}
}

bool aw_flame_legend(const struct aw_flame_colours *colours, unsigned int i, const char **class,
		     const char **name)
{
	const struct { const char *class, *name; bool there; } rows[] = {
		{ "k", "kernel", true },
		{ "a", "page allocator", colours->allocator },
		{ "u", "not resolved", colours->unresolved },
		{ "m", "other modules", colours->others },
	};

	for (size_t row = 0; row < ARRAY_SIZE(rows); row++) {
		if (!rows[row].there || i--)
			continue;
		*class = rows[row].class;
		*name = rows[row].name;
		return true;
	}
	if (i >= colours->nr_modules)
		return false;
	*class = module_classes[i];
	*name = colours->modules[i];
	return true;
}

unsigned int aw_flame_height(const struct aw_flame *flame)
{
	return (flame->depth + 1) * ROW;
}

/* Uses integers, because printf() would use the decimal comma of the locale. */
void aw_put_percent(FILE *out, uint64_t part, uint64_t whole, unsigned int digits)
{
	unsigned int scale = 1;
	uint64_t value;

	for (unsigned int i = 0; i < digits; i++)
		scale *= 10;
	value = whole ? (uint64_t)((double)part / (double)whole * 100 * scale + 0.5) : 0;
	fprintf(out, "%" PRIu64, value / scale);
	if (digits)
		fprintf(out, ".%0*" PRIu64, (int)digits, value % scale);
}

static const char *class_of(const struct aw_flame_frame *frame, const struct aw_flame_colours *colours)
{
	int module;

	switch (frame->type) {
	case AW_FLAME_ROOT: return "r";
	case AW_FLAME_UNRESOLVED:
	case AW_FLAME_NO_STACK: return "u";
	case AW_FLAME_FRAME: break;
	}
	if (!frame->module[0])
		return is_allocator(frame) ? "a" : "k";
	module = module_colour(colours, frame->module);
	return module < 0 ? "m" : module_classes[module];
}

/* "hog_get_buffer [hog]", truncated to a readable length. */
static void label_of(const struct aw_flame_frame *frame, bool raw_addresses, char text[AW_FLAME_LABEL])
{
	const struct aw_frame function = { .name = frame->name, .module = frame->module, .addr = frame->addr };

	if (frame->type == AW_FLAME_ROOT)
		snprintf(text, AW_FLAME_LABEL, "all failures");
	else if (frame->type == AW_FLAME_NO_STACK)
		snprintf(text, AW_FLAME_LABEL, "(no stack)");
	else
		aw_format_function(&function, raw_addresses, text, AW_FLAME_LABEL);
}

/* What all boxes of a graph have in common. */
struct canvas {
	FILE *out;
	const struct aw_flame *flame;
	const struct aw_flame_colours *colours;
	unsigned int top;
	bool raw_addresses;
};

static void put_box(const struct canvas *canvas, const struct aw_flame_frame *frame, uint64_t before)
{
	uint64_t all = canvas->flame->frames[0].count;
	bool narrow = (double)frame->count * NARROW < (double)all;
	char label[AW_FLAME_LABEL];
	FILE *out = canvas->out;

	label_of(frame, canvas->raw_addresses, label);
	fprintf(out, "<svg class=\"f %s%s\"%s data-n=\"%" PRIu64 "\" x=\"", class_of(frame, canvas->colours),
		narrow ? " n" : "", narrow ? "" : " tabindex=\"0\"", frame->count);
	aw_put_percent(out, before, all, 4);
	fputs("%\" width=\"", out);
	aw_put_percent(out, frame->count, all, 4);
	fprintf(out, "%%\" y=\"%u\" height=\"%d\"><title>",
		canvas->top + (canvas->flame->depth - frame->depth) * ROW, BOX);
	aw_put_xml(out, label);
	fprintf(out, ": %" PRIu64 " failure%s, ", frame->count, frame->count == 1 ? "" : "s");
	aw_put_percent(out, frame->count, all, 1);
	fprintf(out, " %%</title><rect width=\"100%%\" height=\"%d\"/><text x=\"4\" y=\"13\">", BOX);
	aw_put_xml(out, label);
	fputs("</text></svg>\n", out);
}

/* Callers come before their callees, siblings from left to right; the script relies on this. */
static void put_tree(const struct canvas *canvas, uint32_t at, uint64_t before)
{
	const struct aw_flame_frame *frame = &canvas->flame->frames[at];

	put_box(canvas, frame, before);
	for (uint32_t child = frame->child; child != AW_FLAME_NONE; child = canvas->flame->frames[child].next) {
		put_tree(canvas, child, before);
		before += canvas->flame->frames[child].count;
	}
}

void aw_flame_put_boxes(FILE *out, const struct aw_flame *flame,
			const struct aw_flame_colours *colours, unsigned int top, bool raw_addresses)
{
	const struct canvas canvas = { out, flame, colours, top, raw_addresses };

	put_tree(&canvas, 0, 0);
}
