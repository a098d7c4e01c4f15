/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A number that identifies a group, the same for the group and its events.
 */
#ifndef AW_SCREEN_GROUP_ID_H
#define AW_SCREEN_GROUP_ID_H

#include <stdint.h>

#include "summary/group.h"

uint64_t aw_group_id_of_event(const struct aw_key *const *keys, unsigned int nr_keys, const struct aw_event *event);
uint64_t aw_group_id(const struct aw_key *const *keys, unsigned int nr_keys, const struct aw_group *group);

#endif
