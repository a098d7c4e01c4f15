/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Frames that a text names, as addresses: those that the text has, else made-up
 * ones.
 */
#ifndef AW_IMPORT_NAMES_H
#define AW_IMPORT_NAMES_H

#include "import/line.h"

struct aw_import_names;

struct aw_import_names *aw_import_names_new(void);	/* NULL: no memory */
void aw_import_names_free(struct aw_import_names *names);	/* NULL allowed */

/* The address that stands for the frame; 0: it has no name, or no memory. */
uint64_t aw_import_names_add(struct aw_import_names *names, const struct aw_import_frame *frame);

/* An aw_symbol_namer, of these addresses and those one byte before. */
int aw_import_names_name(void *names, uint64_t addr, char *name, size_t size);

#endif
