/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the BPF source share: loading, attaching, reading back.
 */
#ifndef AW_SOURCE_BPF_PARTS_H
#define AW_SOURCE_BPF_PARTS_H

#include "source/bpf_load.h"

/* A loaded program by name; NULL: there is none, or it was not loaded. */
struct bpf_program *aw_bpf_program(const struct aw_bpf_object *bpf, const char *name);

/* A map by name; negative: none. */
int aw_bpf_map_fd(const struct aw_bpf_object *bpf, const char *name);

bool aw_bpf_have_kprobes(void);

/* Notes that something does not work here, why, and what that costs. */
void aw_bpf_miss(struct aw_bpf_object *bpf, const char *what, const char *cost, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * Attaches what works, mm_page_alloc last: from then on every failure is seen
 * with all that can be known of it.  0 or -errno with the reason.
 */
int aw_bpf_attach(struct aw_bpf_object *bpf, const struct aw_bpf_config *config, struct aw_error *error);

/* Maps the counter of followed requests; without it nothing expires. */
void aw_bpf_map_following(struct aw_bpf_object *bpf);

#endif
