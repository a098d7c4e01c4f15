/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Standard output that keeps why a write failed: stdio only says that one did.
 */
#ifndef AW_BASE_STANDARD_OUTPUT_H
#define AW_BASE_STANDARD_OUTPUT_H

/* To be called before anything is written. */
void aw_standard_output_open(void);

/* -errno of the first write that failed; 0: none did, as far as it was flushed. */
int aw_standard_output_error(void);

#endif
