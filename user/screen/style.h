/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Styles of text by meaning; draw.c defines how they look.
 */
#ifndef AW_SCREEN_STYLE_H
#define AW_SCREEN_STYLE_H

enum aw_style {
	AW_STYLE_PLAIN,
	AW_STYLE_DIM,		/* less important */
	AW_STYLE_STRONG,
	AW_STYLE_TITLE,		/* the top line */
	AW_STYLE_HEAD,		/* the head of a table */
	AW_STYLE_HEAD_SORTED,	/* the head of the column that it is sorted by */
	AW_STYLE_SELECTED,	/* the row under the cursor */
	AW_STYLE_LABEL,
	AW_STYLE_HOT,		/* hard failures, free memory below min */
	AW_STYLE_WARM,		/* causes, free memory below low */
	AW_STYLE_GOOD,
	AW_STYLE_GRAPH,
	AW_STYLE_KEY,		/* in the footer: a key ... */
	AW_STYLE_KEY_NAME,	/* ... and what it does */
	AW_STYLES_MARKED,	/* those before have a mark */
	AW_STYLE_MAP_FREE = AW_STYLES_MARKED,	/* cells of the memory map */
	AW_STYLE_MAP_MOVABLE,
	AW_STYLE_MAP_PART,
	AW_STYLE_MAP_BLOCKED,
	AW_STYLE_MAP_CMA,
	AW_STYLE_MAP_RESERVE,
	AW_STYLE_MAP_CURSOR,
	AW_STYLES
};

/*
 * The text of a page switches styles with control characters, AW_MARK_FIRST +
 * style.  Text from outside cannot contain them, because it is escaped.
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
_Static_assert(AW_MARK_FIRST + AW_STYLES_MARKED <= 0x20, "marks are control characters");

#endif
