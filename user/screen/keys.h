/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The keys, as one table that both the help page and the input use.
 */
#ifndef AW_SCREEN_KEYS_H
#define AW_SCREEN_KEYS_H

#include "screen/view.h"

#define AW_KEY_CODES 5

struct aw_key_row {
	int codes[AW_KEY_CODES];	/* curses key codes, terminated by 0 */
	const char *name;		/* "Up  k" */
	const char *help;
	const char *button;		/* its label in the footer; NULL: not shown there */
	uint32_t pages;			/* where it works: bit n for page n of enum aw_page */
	void (*act)(struct aw_view *view);
};

extern const struct aw_key_row aw_key_rows[];
extern const unsigned int aw_key_rows_count;

/* Handles a key press: changes `view` accordingly. */
void aw_key_press(struct aw_view *view, int code);

#endif
