/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the BPF source share: loading, attaching, reading back.
 */
#ifndef AW_SOURCE_BPF_INTERNAL_H
#define AW_SOURCE_BPF_INTERNAL_H

#include "source/bpf/load.h"

/* Does this build have it, and was it loaded? */
bool aw_bpf_is_loaded(const struct aw_bpf_object *bpf, enum aw_bpf_program program);

/* This build has to have the map. */
int aw_bpf_map_fd(const struct aw_bpf_object *bpf, enum aw_bpf_map map);

bool aw_bpf_have_kprobes(void);

/* Adds something that does not work here, why, and what that costs. */
void aw_bpf_miss(struct aw_bpf_object *bpf, const char *what, const char *cost, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Attaches what works and adds the rest to what is missing.  0, or -errno with the reason. */
int aw_bpf_attach(struct aw_bpf_object *bpf, const struct aw_bpf_config *config, struct aw_error *error);

/* Maps the counters of followed requests.  Without them, no request expires. */
void aw_bpf_map_following(struct aw_bpf_object *bpf);
void aw_bpf_unmap_following(struct aw_bpf_object *bpf);

#endif
