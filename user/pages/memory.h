/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How memory of the kernel is read.
 */
#ifndef AW_PAGES_MEMORY_H
#define AW_PAGES_MEMORY_H

#include <stddef.h>
#include <stdint.h>

struct aw_kernel_memory {
	int (*read)(void *context, uint64_t address, void *out, size_t size);	/* 0 or -errno */
	void *context;
};

#endif
