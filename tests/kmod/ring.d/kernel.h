/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What kmod/ring.c needs of the kernel, for a program with one thread: included before it, with the guard of compat.h
 * set and empty headers of the kernel.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/types.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t s32;
typedef unsigned int gfp_t;
typedef struct { int value; } atomic_t;
typedef struct { long value; } atomic_long_t;

#define __user
#define ATOMIC_LONG_INIT(number) { number }
#define atomic_long_inc(atomic) ((atomic)->value++)
#define atomic_long_read(atomic) ((atomic)->value)
#define atomic_long_inc_return(atomic) (++(atomic)->value)
#define READ_ONCE(x) (*(volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, new_value) (*(volatile __typeof__(x) *)&(x) = (new_value))
#define smp_wmb() ((void)0)
#define smp_rmb() ((void)0)
#define barrier() ((void)0)
#define local_irq_save(flags) ((flags) = 0)
#define local_irq_restore(flags) ((void)(flags))
#define ALIGN(x, to) (((x) + (to) - 1) / (to) * (to))
#define min(a, b) ((a) < (b) ? (a) : (b))
#define is_power_of_2(x) ((x) && !((x) & ((x) - 1)))
#define vzalloc(size) calloc(1, size)
#define vfree(memory) free(memory)
#define div_u64(a, b) ((a) / (b))

extern unsigned int nr_cpu_ids, current_cpu;
#define raw_smp_processor_id() current_cpu
