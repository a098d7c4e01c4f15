/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The lines at the top and the bottom of every page.
 */
#ifndef AW_LIVE_HEADER_H
#define AW_LIVE_HEADER_H

#include "output/live/panel.h"

/* Draws from line 0 on, as much as suits a screen of `height` lines.  Returns how many lines it took. */
int aw_header_draw(const struct aw_scene *scene, int height);

/* Free memory by zone and order; takes at most `lines` lines from `y` on.  Returns how many it took. */
int aw_memory_draw(const struct aw_scene *scene, int y, int lines);

/* What keys do, or the filter as it is typed, on line `y`. */
void aw_footer_draw(const struct aw_scene *scene, int y);

#endif
