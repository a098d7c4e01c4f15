/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A tree of frames drawn as SVG boxes, for the SVG file and the page.
 */
#ifndef AW_OUTPUT_FLAME_DRAW_H
#define AW_OUTPUT_FLAME_DRAW_H

#include <stdbool.h>
#include <stdio.h>

#include "output/flame/flame.h"

#define AW_FLAME_MODULES 6	/* modules with a colour of their own; all others share one */
#define AW_FLAME_LABEL 192

/* The colours of modules: classes m0 to m5, the modules of the largest groups first. */
struct aw_flame_colours {
	unsigned int nr_modules;
	const char *modules[AW_FLAME_MODULES];
	bool others;			/* there are modules without a colour of their own */
	bool allocator, unresolved;	/* there are such frames */
};

void aw_flame_colours(const struct aw_flame *flame, struct aw_flame_colours *out);

/* Row `i` of the legend: its CSS class and its name, not escaped.  False: there is no such row. */
bool aw_flame_legend(const struct aw_flame_colours *colours, unsigned int i, const char **class,
		     const char **name);

/* Height of all boxes, in pixels. */
unsigned int aw_flame_height(const struct aw_flame *flame);

/*
 * Draws the boxes from `top` pixels down, with the root at the bottom.  Each
 * frame is a nested <svg>, which clips its text.  Positions are in per cent,
 * so that the graph fills the available width while text keeps its size.
 */
void aw_flame_put_boxes(FILE *out, const struct aw_flame *flame,
			const struct aw_flame_colours *colours, unsigned int top, bool raw_addresses);

/* `part` of `whole` in per cent, with `digits` (0 to 4) decimals and a decimal point in every locale. */
void aw_put_percent(FILE *out, uint64_t part, uint64_t whole, unsigned int digits);

/* Style sheet and script of the boxes. */
extern const char aw_flame_css[];
extern const char aw_flame_js[];

#endif
