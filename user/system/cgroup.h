/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Paths of cgroups (v2) by their ids.
 *
 * From 5.5 on the id of bpf_get_current_cgroup_id() is a file handle of
 * kernfs, which open_by_handle_at() opens; it needs CAP_DAC_READ_SEARCH.
 */
#ifndef AW_SYSTEM_CGROUP_H
#define AW_SYSTEM_CGROUP_H

#include <stdint.h>

#define AW_CGROUP_PATH 256	/* longer paths are not told */

struct aw_cgroups;

/* To be freed.  NULL: no memory. */
struct aw_cgroups *aw_cgroups_new(void);
void aw_cgroups_free(struct aw_cgroups *cgroups);

/*
 * "/system.slice/ssh.service", "/" for the root; "": not known, because the
 * cgroup is gone, the kernel is too old or the right is missing.  Valid until
 * the next call; an answer is kept for the next calls with the same id.
 */
const char *aw_cgroup_path(struct aw_cgroups *cgroups, uint64_t id);

#endif
