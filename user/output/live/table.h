/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The middle of the screen: the table of failures, or a page of text.
 */
#ifndef AW_LIVE_TABLE_H
#define AW_LIVE_TABLE_H

#include "output/live/panel.h"

/* Lines y .. y + height; both tell the view how much they have and show. */
void aw_table_draw(const struct aw_scene *scene, int y, int height);
void aw_page_draw(const struct aw_scene *scene, const struct aw_panel *panel, int y, int height);

#endif
