/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A signal that ends the reading of input, not the process at once: what was
 * read is shown, and then the process ends by the signal.
 */
#ifndef AW_BASE_INTERRUPT_H
#define AW_BASE_INTERRUPT_H

/* From now on the first SIGINT, SIGTERM or SIGHUP is only noted, and ends a blocked read(2) with EINTR. */
void aw_interrupt_catch(void);

/* Its number; 0: there was none. */
int aw_interrupted(void);

/* Ends the process by that signal, after standard output was flushed.  Returns if there was none. */
void aw_interrupt_end(void);

#endif
