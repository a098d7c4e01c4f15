/* SPDX-License-Identifier: GPL-2.0 */
/*
 * --holders: the programs that follow a sample of the blocks in use, and what they found.
 */
#ifndef AW_SOURCE_BPF_HOLDERS_H
#define AW_SOURCE_BPF_HOLDERS_H

#include "base/error.h"
#include "event/held.h"
#include "event/stacks.h"
#include "mm/kernel.h"
#include "source/source.h"

struct aw_bpf_held;

/* Loads and attaches them.  Both pointers are borrowed.  0, or -errno with the reason. */
int aw_bpf_held_open(const struct aw_kernel *kernel, struct aw_stacks *stacks, struct aw_bpf_held **out,
		     struct aw_error *error);
void aw_bpf_held_close(struct aw_bpf_held *held);	/* NULL allowed */

/* What was found can still be read. */
void aw_bpf_held_detach(struct aw_bpf_held *held);

/* Delivers the table now and then, and once after programs were detached.  How many rows, 0 (not now), or -errno. */
int aw_bpf_held_poll(struct aw_bpf_held *held, aw_event_fn deliver, void *arg);

/* Each block of the sample that is in use now, those of one stack together.  0 or -errno. */
int aw_bpf_held_blocks(struct aw_bpf_held *held, aw_held_fn take, void *arg);

/* How many it filled in. */
unsigned int aw_bpf_held_losses(const struct aw_bpf_held *held, struct aw_loss *out);

#endif
