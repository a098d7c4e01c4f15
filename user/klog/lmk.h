/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Android's low memory killers: the driver of kernels up to 4.9, and lmkd,
 * which took its place.
 */
#ifndef AW_KLOG_LMK_H
#define AW_KLOG_LMK_H

#include "klog/header.h"

enum aw_klog_match aw_klog_lmk(struct aw_text t, struct aw_klog_report *r);

/* The lines behind it; false: none of them. */
bool aw_klog_lmk_more(struct aw_text t, struct aw_klog_report *r);

#endif
