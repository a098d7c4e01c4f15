/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The names of threads in perf.data, which come as records of their own.
 */
#ifndef AW_IMPORT_PERF_NAMES_H
#define AW_IMPORT_PERF_NAMES_H

#include <stdint.h>

/* Starts as zeros. */
struct aw_perf_names {
	struct aw_perf_name *hash;	/* owned */
	unsigned int count;
};

/* Without memory, or room for so many, a thread stays without a name.  `comm` has AW_COMM_LEN + 1 bytes. */
void aw_perf_names_set(struct aw_perf_names *names, uint32_t tid, const char *comm);
/* A new thread has the name of the one that made it. */
void aw_perf_names_inherit(struct aw_perf_names *names, uint32_t tid, uint32_t parent);
/* "": not known. */
const char *aw_perf_names_get(const struct aw_perf_names *names, uint32_t tid);
void aw_perf_names_clear(struct aw_perf_names *names);

#endif
