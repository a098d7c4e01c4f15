// SPDX-License-Identifier: GPL-2.0
/*
 * What sources of wire records need to turn them into events.
 */
#include "source/decoding.h"

#include <errno.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "event/container.h"
#include "system/cgroup.h"
#include "system/running.h"

static int kallsyms_error(struct aw_error *error, const char *path, int err)
{
	return aw_error_set(error, err, "--kallsyms %s: %s", path,
			    err == -EPERM ? "all addresses are zero: save it while kernel.kptr_restrict is 0" :
			    err == -EFBIG ? "it is larger than 64 MiB, so it is no copy of /proc/kallsyms" :
			    err == -ENOENT ? "no such file, or no functions in it" : strerror(-err));
}

static int open_symbols(struct aw_decoding *decoding, const char *kallsyms, struct aw_error *error)
{
	const char *path = kallsyms ? kallsyms : "/proc/kallsyms";
	int err = aw_symbols_probe(path);

	if (err && kallsyms)
		return kallsyms_error(error, path, err);
	decoding->addresses_hidden = err != 0;
	decoding->kallsyms_given = kallsyms;
	decoding->symbols = aw_symbols_new(path);
	return decoding->symbols ? 0 : aw_error_set(error, -ENOMEM, "out of memory");
}

int aw_decoding_open(struct aw_decoding *decoding, const struct aw_capture *capture, const struct aw_btf *btf,
		     struct aw_error *error)
{
	struct aw_kernel *kernel = &decoding->kernel;
	int err = btf ? aw_kernel_running_with(btf, kernel) : aw_kernel_running(kernel);

	if (err)
		return aw_error_set(error, err, "no table of gfp flags for kernel %s", kernel->release);
	err = open_symbols(decoding, capture->kallsyms, error);
	if (err)
		return err;
	decoding->stacks = aw_stacks_new(decoding->symbols);
	decoding->decoder = decoding->stacks ? aw_decoder_new(kernel, decoding->stacks) : NULL;
	decoding->cgroups = aw_cgroups_new();
	return decoding->decoder && decoding->cgroups ? 0 : aw_error_set(error, -ENOMEM, "out of memory");
}

void aw_decoding_close(struct aw_decoding *decoding)
{
	aw_cgroups_free(decoding->cgroups);
	aw_decoder_free(decoding->decoder);
	aw_stacks_free(decoding->stacks);
	aw_symbols_free(decoding->symbols);
	aw_kernel_clear(&decoding->kernel);
}

void aw_decoding_set_namer(struct aw_decoding *decoding, aw_symbol_namer namer, void *arg)
{
	if (!decoding->kallsyms_given)
		aw_symbols_set_namer(decoding->symbols, namer, arg);
}

int aw_decoding_next(struct aw_decoding *decoding, const void *record, size_t size, struct aw_event *event)
{
	int found = aw_decode(decoding->decoder, record, size, event);

	if (found == 1 && event->task.known & AW_TASK_KNOWS_CGROUP)
		aw_task_set_cgroup(&event->task, aw_cgroup_path(decoding->cgroups, event->task.cgroup_id));
	return found;
}

uint32_t aw_decoding_direct_reclaim(const struct aw_decoding *decoding)
{
	const struct aw_gfp_table *gfp = decoding->kernel.gfp;

	/* 4.4 replaced __GFP_WAIT. */
	return (uint32_t)(aw_gfp_raw_bit(gfp, AW_GFP_WAIT) | aw_gfp_raw_bit(gfp, AW_GFP_DIRECT_RECLAIM));
}

struct aw_missing aw_decoding_missing_names(void)
{
	return (struct aw_missing){
		.what = "kernel symbols",
		.why = "kallsyms shows no addresses (kernel.kptr_restrict)",
		.cost = "stacks are addresses and the site is not known; give --kallsyms FILE",
	};
}

/* #subsys_name	hierarchy	num_cgroups	enabled
 * memory	0	1	1 */
bool aw_charges_are_hidden(uint32_t version, const char *cgroups)
{
	const char *row = strstr(cgroups, "\nmemory\t");

	return version && version < AW_VERSION(4, 8, 0) && row && row[1 + strcspn(row + 1, "\n") - 1] == '1';
}

unsigned int aw_decoding_missing_charges(const struct aw_decoding *decoding, struct aw_missing *out)
{
	AW_FREE char *cgroups = NULL;

	if (aw_file_read("/proc/cgroups", &cgroups, NULL) || !aw_charges_are_hidden(decoding->kernel.version, cgroups))
		return 0;
	*out = (struct aw_missing){
		.what = "refused memcg charges",
		.why = "kernels before 4.8 refuse them before the page allocator is entered",
		.cost = "failures by the limit of a memory cgroup are not seen: look at its memory.kmem.failcnt",
	};
	return 1;
}

unsigned int aw_decoding_losses(const struct aw_decoding *decoding, uint64_t damaged, struct aw_loss *out)
{
	struct aw_decoder_losses losses = aw_decoder_losses(decoding->decoder);

	out[0] = (struct aw_loss)AW_LOSS(damaged_records, "records of a wrong size", losses.damaged + damaged);
	out[1] = (struct aw_loss)AW_LOSS(unknown_records, "records of an unknown type", losses.unknown);
	out[2] = (struct aw_loss)AW_LOSS(orphan_zones, "zone snapshots whose failure was lost", losses.zones);
	return 3;
}
