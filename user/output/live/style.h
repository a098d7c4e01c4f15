/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What text on the screen means; draw.c knows how that looks.
 */
#ifndef AW_LIVE_STYLE_H
#define AW_LIVE_STYLE_H

enum aw_style {
	AW_STYLE_PLAIN,
	AW_STYLE_DIM,		/* less important */
	AW_STYLE_STRONG,
	AW_STYLE_TITLE,		/* the line at the top */
	AW_STYLE_HEAD,		/* of a table */
	AW_STYLE_HEAD_SORTED,	/* the column that it is sorted by */
	AW_STYLE_SELECTED,	/* the row under the cursor */
	AW_STYLE_LABEL,
	AW_STYLE_HOT,		/* hard failures, below min */
	AW_STYLE_WARM,		/* causes, below low */
	AW_STYLE_GOOD,
	AW_STYLE_GRAPH,
	AW_STYLE_KEY,		/* in the line at the bottom: a key ... */
	AW_STYLE_KEY_NAME,	/* ... and what it does */
	AW_STYLES
};

/*
 * Texts of pages switch styles with bytes that no text from outside has,
 * because it is escaped: AW_MARK_FIRST + style.
 */
#define AW_MARK_FIRST 0x0e
#define AW_MARK_PLAIN "\016"
#define AW_MARK_DIM "\017"
#define AW_MARK_STRONG "\020"
#define AW_MARK_HEAD "\022"
#define AW_MARK_LABEL "\025"
#define AW_MARK_HOT "\026"
#define AW_MARK_WARM "\027"
#define AW_MARK_GRAPH "\031"
_Static_assert(AW_MARK_FIRST + AW_STYLES <= 0x20, "marks are control characters");

#endif
