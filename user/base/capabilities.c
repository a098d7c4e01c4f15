// SPDX-License-Identifier: GPL-2.0
/*
 * Capabilities of the process: capget(2), capset(2), prctl(2).
 */
#include "base/privileges.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

struct sets {
	uint64_t effective, permitted, inheritable;
};

static int get(struct sets *out)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	if (syscall(SYS_capget, &header, data))
		return -errno;
	*out = (struct sets){
		data[0].effective | (uint64_t)data[1].effective << 32,
		data[0].permitted | (uint64_t)data[1].permitted << 32,
		data[0].inheritable | (uint64_t)data[1].inheritable << 32,
	};
	return 0;
}

static int set(const struct sets *sets)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	const struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {
		{ (uint32_t)sets->effective, (uint32_t)sets->permitted, (uint32_t)sets->inheritable },
		{ (uint32_t)(sets->effective >> 32), (uint32_t)(sets->permitted >> 32),
		  (uint32_t)(sets->inheritable >> 32) },
	};

	return syscall(SYS_capset, &header, data) ? -errno : 0;
}

uint64_t aw_capabilities_effective(void)
{
	struct sets sets;

	return get(&sets) ? 0 : sets.effective;
}

int aw_capabilities_try_without(uint64_t without)
{
	struct sets sets;
	int err = get(&sets);

	if (err)
		return err;
	sets.effective = sets.permitted & ~without;
	return set(&sets);
}

/*
 * Root without CAP_SETPCAP, as in a container, can do neither; no_new_privs alone
 * then keeps a program that is run from getting any.
 */
static void close_ways_back(void)
{
	for (unsigned long number = 0; prctl(PR_CAPBSET_READ, number, 0, 0, 0) >= 0; number++)
		prctl(PR_CAPBSET_DROP, number, 0, 0, 0);
	prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
	      SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED, 0, 0, 0);
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
}

int aw_capabilities_keep(uint64_t keep)
{
	struct sets sets;
	int err;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -errno;
	err = aw_capabilities_try_without(0);
	if (err)
		return err;
	close_ways_back();
	err = get(&sets);
	if (err)
		return err;
	sets = (struct sets){ sets.permitted & keep, sets.permitted & keep, 0 };
	err = set(&sets);
	if (!err)
		err = get(&sets);
	if (err)
		return err;
	return (sets.effective | sets.permitted) & ~keep || sets.inheritable ? -EPERM : 0;
}
