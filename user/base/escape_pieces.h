/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The loop of the escaping functions: escapes a text character by character into
 * a buffer of limited size.
 */
#ifndef AW_BASE_ESCAPE_PIECES_H
#define AW_BASE_ESCAPE_PIECES_H

#include <stddef.h>

#define AW_PIECE 24	/* maximum size of an escape, including the NUL */

/* Escapes the start of the text into `piece`; returns the number of bytes of the text consumed, at least 1. */
typedef size_t (*aw_piece_fn)(const char *text, char piece[AW_PIECE]);

/* Writes at most `size` bytes including the NUL, and never a partial escape.  Returns `out`. */
const char *aw_escape_pieces(const char *text, char *out, size_t size, aw_piece_fn next);

#endif
