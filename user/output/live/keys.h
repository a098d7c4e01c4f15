/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The keys, as one const table: what the help page shows is what they do.
 */
#ifndef AW_LIVE_KEYS_H
#define AW_LIVE_KEYS_H

#include "output/live/view.h"

#define AW_KEY_CODES 5

struct aw_key_row {
	int codes[AW_KEY_CODES];	/* of curses; 0 ends them */
	const char *name;		/* "Up  k" */
	const char *help;
	const char *button;		/* in the line at the bottom; NULL: not there */
	uint32_t pages;			/* bit enum aw_page: where it works */
	void (*act)(struct aw_view *view);
};

extern const struct aw_key_row aw_key_rows[];
extern const unsigned int aw_key_rows_count;

/* One key pressed; says in `view` what is to be done about it. */
void aw_key_press(struct aw_view *view, int code);

#endif
