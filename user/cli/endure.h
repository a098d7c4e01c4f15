/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Makes a run last while memory is short, which is when it is needed.
 */
#ifndef AW_CLI_ENDURE_H
#define AW_CLI_ENDURE_H

/*
 * The OOM killer's adjustment: of processes of the same size this one is chosen
 * last, but before the machine is lost to it (-1000 would be never).
 */
#define AW_OOM_SCORE_ADJ (-500)

struct aw_source;

/*
 * Lowers the adjustment, as far as privileges allow.  To be called first: opening a
 * source takes more memory than watching it.
 */
void aw_endure_begin(void);

/* In a child that is not to keep the lowered adjustment. */
void aw_endure_undo(void);

/*
 * Has the source read what its events will need, and locks the memory in use, the
 * code and a reserve for the heap, as far as privileges and limits allow.  To be
 * called when everything is open, before privileges are given up.
 */
void aw_endure(struct aw_source *source);

#endif
