/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The header and the footer of every page.
 */
#ifndef AW_SCREEN_HEADER_H
#define AW_SCREEN_HEADER_H

#include "screen/panel.h"

/* Draws as many lines as suit a screen of `height` lines, from line 0 on.  Returns the number of lines. */
int aw_header_draw(const struct aw_scene *scene, int height);

/* Draws free memory by zone and order, in at most `lines` lines from `y` on.  Returns the number of lines. */
int aw_memory_draw(const struct aw_scene *scene, int y, int lines);

/* Draws the keys of the page, or the filter as it is typed, on line `y`. */
void aw_footer_draw(const struct aw_scene *scene, int y);

#endif
