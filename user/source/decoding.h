/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What sources of wire records need to turn them into events: the running kernel,
 * its symbols, the stacks seen so far and the decoder.
 */
#ifndef AW_SOURCE_DECODING_H
#define AW_SOURCE_DECODING_H

#include <stdbool.h>

#include "base/error.h"
#include "event/capture.h"
#include "event/decode.h"
#include "event/loss.h"
#include "event/stacks.h"
#include "mm/kernel.h"
#include "system/symbols.h"

struct aw_btf;
struct aw_cgroups;

struct aw_decoding {
	struct aw_kernel kernel;
	struct aw_symbols *symbols;
	struct aw_stacks *stacks;
	struct aw_decoder *decoder;
	struct aw_cgroups *cgroups;
	bool addresses_hidden;	/* kallsyms shows no addresses (kernel.kptr_restrict) */
	bool kallsyms_given;	/* another than the kernel's */
};

/*
 * Into zeroed memory, for the running kernel; the symbols are not read yet.
 * `btf`: that of this kernel, if the caller has read it; NULL.  0, or -errno with
 * the reason.  To be closed in both cases.
 */
int aw_decoding_open(struct aw_decoding *decoding, const struct aw_capture *capture, const struct aw_btf *btf,
		     struct aw_error *error);
void aw_decoding_close(struct aw_decoding *decoding);

/* What names addresses, unless a kallsyms was given: it costs no memory, and kallsyms may hide them. */
void aw_decoding_set_namer(struct aw_decoding *decoding, aw_symbol_namer namer, void *arg);

/* aw_decode(), and the path of the task's cgroup, which is valid until the next call. */
int aw_decoding_next(struct aw_decoding *decoding, const void *record, size_t size, struct aw_event *event);

/* The mask bits of which a request that may reclaim and compact has one; 0: not known. */
uint32_t aw_decoding_direct_reclaim(const struct aw_decoding *decoding);

/* To be reported if addresses are hidden and nothing else knows their names. */
struct aw_missing aw_decoding_missing_names(void);

/*
 * Are refused charges of memory cgroups out of sight?  Up to 4.7 they fail before
 * mm_page_alloc (alloc_kmem_pages() asks memcg_kmem_newpage_charge() first); 4.8
 * charges at the end of the allocator.  `cgroups`: the text of /proc/cgroups.
 */
bool aw_charges_are_hidden(uint32_t version, const char *cgroups);

/* To be reported then.  0 or 1: how many were filled in. */
unsigned int aw_decoding_missing_charges(const struct aw_decoding *decoding, struct aw_missing *out);

/* What the decoder could not use.  `damaged`: records that did not get to it.  Returns how many it filled in. */
unsigned int aw_decoding_losses(const struct aw_decoding *decoding, uint64_t damaged, struct aw_loss *out);

#endif
