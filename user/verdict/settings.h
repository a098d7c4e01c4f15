/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The values that advice gives to settings below /proc/sys/vm.
 */
#ifndef AW_VERDICT_SETTINGS_H
#define AW_VERDICT_SETTINGS_H

#include <stdint.h>

#include "verdict/case.h"

/*
 * vm.min_free_kbytes as it is: the setting itself where it was read, else what
 * the min watermarks of the zones below HIGHMEM add up to, without the boost
 * (__setup_per_zone_wmarks()).  kB.
 */
uint64_t aw_min_free_kbytes_now(const struct aw_case *request);

/*
 * Twice that.  0: no value can be advised, because not all zones are known, a
 * twentieth of memory would be passed, or there is too little page cache that
 * kswapd could reclaim for it.
 */
uint64_t aw_min_free_kbytes_advised(const struct aw_case *request);

/*
 * vm.watermark_scale_factor: 50, or where that is more twice of what is set, or what triples the distance of the marks
 * of the decisive zone; at most 1000.
 */
unsigned int aw_scale_factor_advised(const struct aw_case *request);

/* Page cache of a zone that reclaim can take without writing it. */
uint64_t aw_zone_clean_cache(const struct aw_zone *zone);

#endif
