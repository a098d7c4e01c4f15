/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The look at all pages that the screen of live asks for.
 */
#ifndef AW_CLI_LIVE_MAP_H
#define AW_CLI_LIVE_MAP_H

#include <stdbool.h>

#include "base/error.h"
#include "blockers/answer.h"

struct aw_live_map {
	struct aw_page_scan *scan;	/* owned; NULL: pages cannot be looked at, for the reason in `error` */
	struct aw_error error;
	unsigned int next;		/* zone */
};

/* Opens what needs privileges, which are given up later. */
void aw_live_map_open(struct aw_live_map *map, const struct aw_kernel *kernel);
void aw_live_map_close(struct aw_live_map *map);

/* As aw_screen_host.look. */
int aw_live_map_look(struct aw_live_map *map, bool begin, struct aw_blockers *found, struct aw_error *error);

#endif
