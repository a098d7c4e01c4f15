/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A recorder that starts before its place can be written: its files lie in memory
 * until then, and move.
 */
#ifndef AW_CLI_RECORD_MOVE_H
#define AW_CLI_RECORD_MOVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct aw_record_move {
	const char *to;		/* the path of -o; NULL: nothing has to move */
	char *from;		/* the path in memory; owned */
	uint64_t next_ns;	/* when to look again */
};

/* `memory`: a directory that can be written now.  Nothing has to move if that of `to` can be.  0 or -ENOMEM. */
int aw_record_move_plan(struct aw_record_move *move, const char *to, const char *memory);
void aw_record_move_clear(struct aw_record_move *move);

/* Can the directory of `to` be written by now?  Looks twice a second. */
bool aw_record_move_is_due(struct aw_record_move *move, uint64_t now_ns);

/*
 * Moves the files that were written, which are complete, as files of the same
 * rotation.  Their number, or -errno with the reason: what was not moved stays.
 */
int aw_record_move_files(const struct aw_record_move *move, struct aw_error *error);

#endif
