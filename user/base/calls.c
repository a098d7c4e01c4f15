// SPDX-License-Identifier: GPL-2.0
/*
 * The system calls that live and serve make after they have begun, as a filter
 * of seccomp(2).
 *
 * Nothing in the list runs a program, makes a process, a thread, a socket or a
 * connection, mounts, loads BPF programs, changes identities or looks into other
 * processes.  Files may be opened and removed: /proc is read, the tracefs source
 * takes back its set-up, serve replaces its file.
 */
#include "base/privileges.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/array.h"

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "which architecture?"
#endif

static const unsigned short allowed[] = {
	/* files that are open, or of /proc, /sys and the run's own output */
	SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_pread64, SYS_pwrite64, SYS_lseek, SYS_close, SYS_fstat,
	SYS_newfstatat, SYS_statfs, SYS_fstatfs, SYS_openat, SYS_open_by_handle_at, SYS_getdents64, SYS_readlinkat, SYS_faccessat, SYS_fcntl,
	SYS_ioctl, SYS_ftruncate, SYS_fallocate, SYS_fsync, SYS_fdatasync, SYS_fchmod, SYS_renameat, SYS_unlinkat,
	SYS_dup, SYS_dup3, SYS_flock, SYS_umask, SYS_getcwd, SYS_sendfile,
	/* waiting and time */
	SYS_ppoll, SYS_pselect6, SYS_epoll_pwait, SYS_epoll_ctl, SYS_nanosleep, SYS_clock_nanosleep, SYS_clock_gettime,
	SYS_clock_getres, SYS_gettimeofday, SYS_restart_syscall,
	/* memory */
	SYS_brk, SYS_mmap, SYS_munmap, SYS_mremap, SYS_madvise, SYS_mprotect, SYS_mlock, SYS_munlock,
	/* signals, the thread and its end */
	SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_rt_sigpending, SYS_sigaltstack, SYS_futex,
	SYS_sched_yield, SYS_sched_getaffinity, SYS_getpid, SYS_gettid, SYS_tgkill, SYS_getuid, SYS_geteuid,
	SYS_getgid, SYS_getegid, SYS_uname, SYS_sysinfo, SYS_getrusage, SYS_getrandom, SYS_set_robust_list, SYS_exit,
	SYS_exit_group,
	/* HTTP, over a socket that listens already */
	SYS_accept4, SYS_recvfrom, SYS_recvmsg, SYS_sendto, SYS_sendmsg, SYS_shutdown, SYS_setsockopt, SYS_getsockopt,
	SYS_getsockname, SYS_getpeername,
#ifdef SYS_statx
	SYS_statx,
#endif
#ifdef SYS_renameat2
	SYS_renameat2,
#endif
#ifdef SYS_rseq
	SYS_rseq,
#endif
#ifdef SYS_membarrier
	SYS_membarrier,
#endif
#ifdef SYS_faccessat2
	SYS_faccessat2,
#endif
#ifdef SYS_close_range
	SYS_close_range,
#endif
#if defined(__x86_64__)	/* newer architectures lack these */
	SYS_open, SYS_stat, SYS_lstat, SYS_access, SYS_poll, SYS_select, SYS_epoll_wait, SYS_readlink, SYS_rename, SYS_unlink,
	SYS_rmdir, SYS_dup2, SYS_time, SYS_pause,
#endif
};

/* Reading what the programs collected, and detaching them. */
static const unsigned char allowed_bpf[] = {
	BPF_MAP_LOOKUP_ELEM, BPF_MAP_UPDATE_ELEM, BPF_MAP_DELETE_ELEM, BPF_MAP_GET_NEXT_KEY, BPF_PROG_TEST_RUN,
	BPF_OBJ_GET_INFO_BY_FD, BPF_MAP_LOOKUP_BATCH, BPF_MAP_LOOKUP_AND_DELETE_BATCH, BPF_LINK_DETACH,
};

#define REFUSE (SECCOMP_RET_ERRNO | EPERM)

/* What it takes at most: the checks before and after the lists, and two instructions for each entry. */
#define INSTRUCTIONS (8 + 2 * (ARRAY_SIZE(allowed) + ARRAY_SIZE(allowed_bpf)))

struct filter {
	unsigned short count;
	struct sock_filter code[INSTRUCTIONS];
};

static void put(struct filter *filter, struct sock_filter instruction)
{
	filter->code[filter->count++] = instruction;
}

static void load(struct filter *filter, size_t offset)
{
	put(filter, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void give(struct filter *filter, uint32_t result)
{
	put(filter, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, result));
}

/* If what is loaded equals `value`, the result is known. */
static void give_if(struct filter *filter, uint32_t value, uint32_t result)
{
	put(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
	give(filter, result);
}

/* The lower half of the first argument; both architectures are little-endian. */
#define FIRST_ARGUMENT offsetof(struct seccomp_data, args[0])

static void make(struct filter *filter)
{
	load(filter, offsetof(struct seccomp_data, arch));
	put(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
	give(filter, REFUSE);
	load(filter, offsetof(struct seccomp_data, nr));
	for (unsigned int i = 0; i < ARRAY_SIZE(allowed); i++)
		give_if(filter, allowed[i], SECCOMP_RET_ALLOW);
	put(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_bpf, 1, 0));
	give(filter, REFUSE);
	load(filter, FIRST_ARGUMENT);
	for (unsigned int i = 0; i < ARRAY_SIZE(allowed_bpf); i++)
		give_if(filter, allowed_bpf[i], SECCOMP_RET_ALLOW);
	give(filter, REFUSE);
}

int aw_calls_limit(void)
{
	struct filter filter = { 0 };
	struct sock_fprog program = { .filter = filter.code };

	make(&filter);
	program.len = filter.count;
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) ? -errno : 0;
}
