/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The interface of /dev/allocwatch, besides the records of bpf/wire.h: the
 * handshake, the counters and the options of a reader.
 *
 * read() returns whole records, one after the other, each padded to
 * AW_KMOD_ALIGN bytes.  The rules of wire.h apply: fixed widths, append only.
 */
#ifndef AW_KMOD_ABI_H
#define AW_KMOD_ABI_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define AW_KMOD_ABI 2
#define AW_KMOD_ALIGN 8
#define AW_KMOD_RECORD_MAX 1024	/* no record is longer; a shorter read() fails with EINVAL */
#define AW_KMOD_LOST 16		/* as AW_LOST_MAX */
#define AW_KMOD_NAME 256
#define AW_KMOD_COMM 16

/* What this kernel let the module hook. */
#define AW_KMOD_PAGE_ALLOC	0x001u	/* mm_page_alloc: always */
#define AW_KMOD_EXTFRAG		0x002u	/* mm_page_alloc_extfrag */
#define AW_KMOD_WARN		0x004u	/* warn_alloc or warn_alloc_failed, by kprobe */
#define AW_KMOD_PRINTED		0x008u	/* what it prints with, by kprobe */
#define AW_KMOD_RECLAIM		0x010u	/* direct reclaim, begin and end */
#define AW_KMOD_COMPACTION	0x020u	/* try_to_compact_pages and its results */
#define AW_KMOD_RETRY		0x040u	/* oom:*_retry */
#define AW_KMOD_ZONES		0x080u	/* zone snapshots */
#define AW_KMOD_STACKS		0x100u	/* CONFIG_STACKTRACE */
#define AW_KMOD_KPROBES		0x200u	/* CONFIG_KPROBES */
#define AW_KMOD_KEEPS		0x400u	/* built in or keep=1: keeps what came before readers, AW_KMOD_FROM_BOOT */

struct aw_kmod_info {
	__u32 size;		/* of this structure, as the module knows it */
	__u32 abi;		/* AW_KMOD_ABI */
	__u32 wire;		/* AW_WIRE_VERSION */
	__u32 hooks;		/* AW_KMOD_* */
	__s32 warn_error;	/* why warn_alloc has no kprobe: -errno */
	__u32 cpus;
	__u32 ring_bytes;	/* of a cpu, for failures */
	__u32 readers;		/* how many may have the device open at a time */
};

/* Since this reader opened the device, including what only this reader missed. */
struct aw_kmod_lost {
	__u64 lost[AW_KMOD_LOST];	/* by enum aw_wire_lost */
	__u64 nested;			/* events inside the hooks of the module, which are dropped */
};

/* By default a reader gets everything but stalls.  It may get more than it wants if another reader wants it. */
struct aw_kmod_options {
	__u32 size;
	__u32 pid;		/* process; 0: all */
	__u64 stall_ns;		/* successes that took this long are records (stalls); ~0: none */
	__u32 order_min;	/* inclusive */
	__u32 order_max;	/* inclusive */
	__u32 comm_len;		/* bytes of comm[] that must match; 0: all */
	__u32 comm_whole;	/* comm[] is the whole name, not its beginning */
	char comm[AW_KMOD_COMM];
};

/* An address as formatted with %pS, which kernel.kptr_restrict does not hide. */
struct aw_kmod_name {
	__u64 address;
	char name[AW_KMOD_NAME];
};

#define AW_KMOD_GET_INFO	_IOR('A', 0x60, struct aw_kmod_info)
#define AW_KMOD_GET_LOST	_IOR('A', 0x61, struct aw_kmod_lost)
#define AW_KMOD_SET_OPTIONS	_IOW('A', 0x62, struct aw_kmod_options)
#define AW_KMOD_GET_NAME	_IOWR('A', 0x63, struct aw_kmod_name)
#define AW_KMOD_STOP		_IO('A', 0x64)	/* this reader gets what was captured so far, then the end of the file */
#define AW_KMOD_FROM_BOOT	_IO('A', 0x65)	/* this reader begins with the oldest record; AW_KMOD_KEEPS only */

#endif
