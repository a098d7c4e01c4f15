/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A number that events of one group share, whatever copy of the texts they
 * hold.
 */
#ifndef AW_LIVE_KIND_H
#define AW_LIVE_KIND_H

#include <stdint.h>

#include "summary/group.h"

uint64_t aw_kind_of_event(const struct aw_key *const *keys, unsigned int nr_keys, const struct aw_event *event);
uint64_t aw_kind_of_group(const struct aw_key *const *keys, unsigned int nr_keys, const struct aw_group *group);

#endif
