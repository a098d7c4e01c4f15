/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The pages of this process: they are there because somebody asks, and are free
 * when the answer is read.
 */
#ifndef AW_PAGES_OWN_H
#define AW_PAGES_OWN_H

#include "pages/zone.h"

/*
 * Gives the anonymous pages of this process in `zone` the class OWN, by
 * /proc/self/pagemap (-1: not open).  Who opens it without root sees no frame numbers there, and nothing changes.
 */
void aw_zone_mark_own(struct aw_zone_pages *zone, int pagemap);

#endif
