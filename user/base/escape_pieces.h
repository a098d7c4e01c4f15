/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the escaping functions share: a text, character by character, into
 * bounded room.
 */
#ifndef AW_BASE_ESCAPE_PIECES_H
#define AW_BASE_ESCAPE_PIECES_H

#include <stddef.h>

#define AW_PIECE 24	/* bytes of an escape at most, with the NUL */

/* What the text begins with as it is written, into `piece`; returns how many bytes of the text that is, at least 1. */
typedef size_t (*aw_piece_fn)(const char *text, char piece[AW_PIECE]);

/* Writes at most `size` bytes with the NUL, never a part of a piece.  Returns `out`. */
const char *aw_escape_pieces(const char *text, char *out, size_t size, aw_piece_fn next);

#endif
