/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What tells the reports of a log apart: keys of the shared groups, for events
 * whose origin is a struct aw_logged.
 */
#ifndef AW_EXPLAIN_KEYS_H
#define AW_EXPLAIN_KEYS_H

#include "summary/key.h"

extern const struct aw_key *const aw_explain_keys[];
extern const unsigned int aw_explain_keys_count;

#endif
