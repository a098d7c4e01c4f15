/* SPDX-License-Identifier: GPL-2.0 */
/* What the zones had for a request, in words: the numbers that show the cause. */
#ifndef AW_VERDICT_ZONE_TEXT_H
#define AW_VERDICT_ZONE_TEXT_H

#include "verdict/case.h"

/* Appends what one zone had, in as many words as its cause needs. */
void aw_tell_zone(const struct aw_case *request, const struct aw_finding *finding,
		  struct aw_sentence *sentence);

/* Appends "; zone X has N free" for other zones open to the request than the decisive one. */
void aw_tell_other_zones(const struct aw_case *request, struct aw_sentence *sentence);

/* Appends how old the zone snapshot is, where it is not from the failure itself. */
void aw_tell_age(const struct aw_case *request, struct aw_sentence *sentence);

#endif
