/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The lines of memory that is not the page allocator's: bounce buffers, the
 * pool for atomic DMA, huge pages asked for at boot, ranges that must be
 * emptied, per-cpu memory, binder, zram, kgsl;
 * and -ENOMEM of a file system.
 *
 * Each fills type, pool and what the line says of a zeroed report.
 */
#ifndef AW_KLOG_POOL_H
#define AW_KLOG_POOL_H

#include "klog/header.h"

enum aw_klog_match aw_klog_pool_swiotlb(struct aw_text t, struct aw_klog_report *r);
enum aw_klog_match aw_klog_pool_dma(struct aw_text t, struct aw_klog_report *r);
enum aw_klog_match aw_klog_pool_hugetlb(struct aw_text t, struct aw_klog_report *r);
enum aw_klog_match aw_klog_pool_range(struct aw_text t, struct aw_klog_report *r);
enum aw_klog_match aw_klog_pool_percpu(struct aw_text t, struct aw_klog_report *r);
enum aw_klog_match aw_klog_pool_binder(struct aw_text t, struct aw_klog_report *r);
enum aw_klog_match aw_klog_pool_zram(struct aw_text t, struct aw_klog_report *r);
enum aw_klog_match aw_klog_pool_gpu(struct aw_text t, struct aw_klog_report *r);
enum aw_klog_match aw_klog_pool_fs(struct aw_text t, struct aw_klog_report *r);

/* A line behind such a one that says more of the same pool; false: it does not. */
bool aw_klog_pool_more(struct aw_text t, struct aw_klog_report *r);

/* Do two lines tell of one and the same failure, as those of swiotlb and its caller do? */
bool aw_klog_pool_same(const struct aw_klog_report *first, const struct aw_klog_report *next);

struct aw_klog_pool_row {
	const char *words;	/* the kernel's, in short: "swiotlb buffer is full" */
	enum aw_class class;
	const char *why;	/* it is of this class, as a sentence */
};

const struct aw_klog_pool_row *aw_klog_pool_row(enum aw_pool pool);

#endif
