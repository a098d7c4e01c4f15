/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The main part of the screen: the table of failures, or a page of text.
 */
#ifndef AW_SCREEN_TABLE_H
#define AW_SCREEN_TABLE_H

#include "screen/panel.h"

/* Both draw lines y to y + height - 1, and tell the view how many lines exist and fit. */
void aw_table_draw(const struct aw_scene *scene, int y, int height);
void aw_page_draw(const struct aw_scene *scene, const struct aw_panel *panel, int y, int height);

#endif
