// SPDX-License-Identifier: GPL-2.0
/*
 * Gives up the privileges of a run once everything is open.
 */
#include "cli/confine.h"

#include <errno.h>
#include <libgen.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "base/privileges.h"
#include "cli/say.h"

#ifndef CAP_BPF
#define CAP_BPF 39
#endif

#define EVERY UINT64_MAX

/*
 * What a source may need to be read, least first.  bpf(2) without CAP_BPF: up to
 * 5.18 with kernel.unprivileged_bpf_disabled, not even a map can be read (c8644cd0efe7
 * "bpf: refine kernel.unprivileged_bpf_disabled behaviour").  A log file that is
 * rotated is opened again.
 */
static const uint64_t of_sources[] = {
	0,
	AW_CAPABILITY(CAP_BPF),
	AW_CAPABILITY(CAP_DAC_READ_SEARCH),
	AW_CAPABILITY(CAP_SYS_ADMIN),
};

static uint64_t for_source(struct aw_source *source)
{
	if (!source->ops->readable)
		return 0;
	for (unsigned int i = 0; i < ARRAY_SIZE(of_sources); i++)
		if (!aw_capabilities_try_without(~of_sources[i]) && source->ops->readable(source))
			return of_sources[i];
	return EVERY;
}

/* What it takes to scan pages: running a program needs CAP_BPF where bpf(2) does.  If nothing suffices, scans go without. */
static uint64_t for_scanner(struct aw_scanner *scanner)
{
	if (!scanner)
		return 0;
	for (unsigned int i = 0; i < ARRAY_SIZE(of_sources); i++)
		if (!aw_capabilities_try_without(~of_sources[i]) && !aw_scanner_try(scanner))
			return of_sources[i];
	return 0;
}

/* The same for the look that the screen asks for. */
static uint64_t for_scan(struct aw_page_scan *scan)
{
	if (!scan)
		return 0;
	for (unsigned int i = 0; i < ARRAY_SIZE(of_sources); i++)
		if (!aw_capabilities_try_without(~of_sources[i]) && !aw_page_scan_try(scan))
			return of_sources[i];
	return 0;
}

/* open_by_handle_at(2), which finds a cgroup by its id. */
static uint64_t for_cgroups(const struct aw_confinement *confinement)
{
	return confinement->cgroups && confinement->source->ops->names_cgroups ? AW_CAPABILITY(CAP_DAC_READ_SEARCH) : 0;
}

/* Root does not own every directory that it writes to. */
static uint64_t for_directory(const char *file)
{
	AW_FREE char *path = file ? strdup(file) : NULL;
	struct stat status;
	mode_t needed;

	if (!path || stat(dirname(path), &status))
		return 0;
	needed = status.st_uid == geteuid() ? S_IWUSR | S_IXUSR : S_IWOTH | S_IXOTH;
	return (status.st_mode & needed) == needed ? 0 : AW_CAPABILITY(CAP_DAC_OVERRIDE);
}

void aw_confine(const struct aw_confinement *confinement)
{
	uint64_t keep = for_source(confinement->source) | for_scanner(confinement->scanner) | for_scan(confinement->scan) |
			for_directory(confinement->replaces) | for_cgroups(confinement);
	int err = aw_capabilities_keep(keep);

	if (err) {
		aw_say("can't give up privileges: %s", strerror(-err));
		return;
	}
	if (keep == EVERY)
		aw_say("all privileges are kept: the %s source can't be read without", confinement->source->ops->name);
	err = confinement->calls ? aw_calls_limit() : 0;
	if (err)
		aw_say("can't limit system calls: %s", err == -EINVAL ? "this kernel has no CONFIG_SECCOMP_FILTER" :
		       strerror(-err));
}
