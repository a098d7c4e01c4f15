/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A tree of frames as boxes of SVG: what the picture and the page share.
 */
#ifndef AW_OUTPUT_FLAME_DRAW_H
#define AW_OUTPUT_FLAME_DRAW_H

#include <stdbool.h>
#include <stdio.h>

#include "output/flame.h"

#define AW_FLAME_MODULES 6	/* with a colour of their own; all others share one */
#define AW_FLAME_LABEL 192

/* Who is which colour: classes m0 to m5, the modules of the largest groups first. */
struct aw_flame_colours {
	unsigned int nr_modules;
	const char *modules[AW_FLAME_MODULES];
	bool others;			/* there are more modules */
	bool allocator, unresolved;	/* there are such frames */
};

void aw_flame_colours(const struct aw_flame *flame, struct aw_flame_colours *out);

/* Row `i` of the legend: its class, and its name as it came. False: there is no such row. */
bool aw_flame_legend(const struct aw_flame_colours *colours, unsigned int i, const char **class,
		     const char **name);

/* Pixels that the boxes take. */
unsigned int aw_flame_height(const struct aw_flame *flame);

/*
 * The boxes, `top` pixels down, the root at the bottom: one nested <svg> a
 * frame, which clips its text, with positions in per cent, so that the
 * picture is as wide as its place while letters keep their size.
 */
void aw_flame_put_boxes(FILE *out, const struct aw_flame *flame,
			const struct aw_flame_colours *colours, unsigned int top, bool raw_addresses);

/* `part` of `whole` in per cent with `digits` (0 to 4) after the point, the same in every locale. */
void aw_put_percent(FILE *out, uint64_t part, uint64_t whole, unsigned int digits);

/* Style and behaviour of the boxes. */
extern const char aw_flame_css[];
extern const char aw_flame_js[];

#endif
