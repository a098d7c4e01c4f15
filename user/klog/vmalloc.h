/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The line with which vmalloc() says that it failed: how much it was asked for,
 * and whether address space or pages were missing.
 */
#ifndef AW_KLOG_VMALLOC_H
#define AW_KLOG_VMALLOC_H

#include "klog/header.h"

/* Fills type, comm, mask, size, reason of a zeroed report. */
enum aw_klog_match aw_klog_vmalloc(struct aw_text t, struct aw_klog_report *r);

/* "alloc_vmap_area: 427 callbacks suppressed" -> 427: of printk's rate limit, which lines of all kinds share. */
uint64_t aw_klog_vmalloc_suppressed(struct aw_text t);

#endif
