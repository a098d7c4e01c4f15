// SPDX-License-Identifier: GPL-2.0
/*
 * Fails one call of the program that it is preloaded into: the INJECT_AT-th
 * allocation (INJECT=malloc), fsync(2) or fdatasync(2) (sync), or system call of
 * that name, also those that libraries make.  INJECT_COUNT names a file that gets
 * the number of such calls at the end, and with INJECT_STACKS those that were the first with
 * their stack.  INJECT_HASTE: nanosleep(2) returns at once.  INJECT_SPARES: a part of the name
 * of a library whose own allocations do not fail.
 */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

/* glibc's own, under other names. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static bool ready, of_malloc, of_sync;
static unsigned long calls, fails_at;
static const char *spares;

/* ---- which calls are the first with their stack ---- */

#define STACKS (1u << 17)

static bool of_stacks;
static uint64_t stacks[STACKS];		/* hashes; 0: free */
static unsigned long first_calls[STACKS / 2];
static unsigned int nr_first_calls;

static uint64_t hash_stack(void)
{
	void *frames[64];
	int count = backtrace(frames, 64);
	uint64_t hash = 14695981039346656037u;

	for (int i = 0; i < count; i++)
		hash = (hash ^ (uintptr_t)frames[i]) * 1099511628211u;
	return hash ? hash : 1;
}

static void note_stack(unsigned long call)
{
	static _Thread_local bool inside;	/* what it calls itself */
	static bool locked;
	uint64_t hash;
	unsigned int at;

	if (inside)
		return;
	inside = true;
	hash = hash_stack();
	while (__atomic_test_and_set(&locked, __ATOMIC_ACQUIRE))
		;
	for (at = (unsigned int)(hash >> 32) % STACKS; stacks[at] && stacks[at] != hash; at = (at + 1) % STACKS)
		;
	if (!stacks[at] && nr_first_calls < STACKS / 2) {
		stacks[at] = hash;
		first_calls[nr_first_calls++] = call;
	}
	__atomic_clear(&locked, __ATOMIC_RELEASE);
	inside = false;
}

/* Is the call that is made now to fail? */
static bool counts_to(void)
{
	unsigned long call = __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);

	if (of_stacks)
		note_stack(call);
	return call == fails_at;
}

/* The system calls that can fail, with what a user may meet. */
static const struct {
	const char *name;
	int number, err;
} system_calls[] = {
	{ "read", SYS_read, EIO },
	{ "pread64", SYS_pread64, EIO },
	{ "write", SYS_write, ENOSPC },
	{ "writev", SYS_writev, ENOSPC },
	{ "pwrite64", SYS_pwrite64, ENOSPC },
	{ "openat", SYS_openat, EMFILE },
	{ "fstat", SYS_fstat, EIO },
	{ "newfstatat", SYS_newfstatat, EIO },
	{ "lseek", SYS_lseek, EIO },
	{ "mmap", SYS_mmap, ENOMEM },
	{ "ftruncate", SYS_ftruncate, EIO },
	{ "renameat", SYS_renameat, EIO },
	{ "renameat2", SYS_renameat2, EIO },
	{ "linkat", SYS_linkat, EIO },
	{ "unlinkat", SYS_unlinkat, EIO },
	{ "getdents64", SYS_getdents64, EIO },
	{ "ioctl", SYS_ioctl, EIO },
	{ "fcntl", SYS_fcntl, EMFILE },
	{ "epoll_ctl", SYS_epoll_ctl, ENOMEM },
	{ "socket", SYS_socket, EMFILE },
	{ "accept4", SYS_accept4, EMFILE },
	{ "recvfrom", SYS_recvfrom, ENOMEM },
	{ "sendto", SYS_sendto, ENOMEM },
	{ "sendmsg", SYS_sendmsg, ENOMEM },
	{ "bpf", SYS_bpf, ENOMEM },
	{ "perf_event_open", SYS_perf_event_open, ENOMEM },
#ifdef SYS_rename
	{ "rename", SYS_rename, EIO },
	{ "link", SYS_link, EIO },
	{ "unlink", SYS_unlink, EIO },
#endif
};

/* Where system calls are not trapped: they are made again from here. */
long inject_call(long number, long a, long b, long c, long d, long e, long f);
extern const char inject_called[];
#ifdef __x86_64__
__asm__(".text\n.globl inject_call\n.type inject_call, @function\ninject_call:\n"
	"mov %rdi, %rax\nmov %rsi, %rdi\nmov %rdx, %rsi\nmov %rcx, %rdx\nmov %r8, %r10\nmov %r9, %r8\n"
	"mov 8(%rsp), %r9\nsyscall\n.globl inject_called\ninject_called:\nret\n");
#define ARCH AUDIT_ARCH_X86_64
#define ARGUMENT(context, index) ((long)(context)->uc_mcontext.gregs[(const int[]){ REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9 }[index]])
#define RESULT(context) (context)->uc_mcontext.gregs[REG_RAX]
#else
__asm__(".text\n.globl inject_call\n.type inject_call, %function\ninject_call:\n"
	"mov x8, x0\nmov x0, x1\nmov x1, x2\nmov x2, x3\nmov x3, x4\nmov x4, x5\nmov x5, x6\n"
	"svc 0\n.globl inject_called\ninject_called:\nret\n");
#define ARCH AUDIT_ARCH_AARCH64
#define ARGUMENT(context, index) ((long)(context)->uc_mcontext.regs[index])
#define RESULT(context) (context)->uc_mcontext.regs[0]
#endif

static int fails_with;	/* of the system call that is trapped */

static void on_call(int number, siginfo_t *info, void *data)
{
	ucontext_t *context = data;

	(void)number;
	if (ready && counts_to())
		RESULT(context) = -fails_with;
	else
		RESULT(context) = inject_call(info->si_syscall, ARGUMENT(context, 0), ARGUMENT(context, 1),
					      ARGUMENT(context, 2), ARGUMENT(context, 3), ARGUMENT(context, 4),
					      ARGUMENT(context, 5));
}

static void trap(int number)
{
	const uint64_t from = (uint64_t)(uintptr_t)inject_called;
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)from, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer) + 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(from >> 32), 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
	};
	struct sock_fprog program = { sizeof(filter) / sizeof(*filter), filter };
	struct sigaction action = { .sa_sigaction = on_call, .sa_flags = SA_SIGINFO | SA_NODEFER };

	if (sigaction(SIGSYS, &action, NULL) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
		_exit(99);
}

__attribute__((constructor)) static void begin(void)
{
	const char *what = getenv("INJECT"), *number = getenv("INJECT_AT");

	what = what ? what : "";
	of_stacks = getenv("INJECT_STACKS");
	if (of_stacks)
		hash_stack();	/* the first time, it loads a library */
	of_malloc = !strcmp(what, "malloc");
	of_sync = !strcmp(what, "sync");
	spares = getenv("INJECT_SPARES");
	fails_at = number ? strtoul(number, NULL, 10) : 0;
	for (unsigned int i = 0; i < sizeof(system_calls) / sizeof(*system_calls); i++)
		if (!strcmp(what, system_calls[i].name)) {
			fails_with = system_calls[i].err;
			trap(system_calls[i].number);
		}
	ready = true;
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("INJECT_COUNT");
	FILE *file;

	ready = false;
	file = path ? fopen(path, "w") : NULL;
	if (!file)
		return;
	fprintf(file, "%lu\n", calls);
	for (unsigned int i = 0; i < nr_first_calls; i++)
		fprintf(file, "%lu\n", first_calls[i]);
	fclose(file);
}

static bool fails(bool wanted, int err)
{
	if (!ready || !wanted || !counts_to())
		return false;
	errno = err;
	return true;
}

static bool is_spared(const void *caller)
{
	Dl_info info;

	return spares && dladdr(caller, &info) && info.dli_fname && strstr(info.dli_fname, spares);
}

/* Is this allocation to fail? */
#define NO_MEMORY (ready && of_malloc && !is_spared(__builtin_return_address(0)) && fails(true, ENOMEM))

void *malloc(size_t size)
{
	return NO_MEMORY ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return NO_MEMORY ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return NO_MEMORY ? NULL : __libc_realloc(old, size);
}

int nanosleep(const struct timespec *time, struct timespec *left)
{
	return getenv("INJECT_HASTE") ? 0 : (int)syscall(SYS_nanosleep, time, left);
}

int fdatasync(int fd)
{
	return fails(of_sync, EIO) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int fsync(int fd)
{
	return fails(of_sync, EIO) ? -1 : (int)syscall(SYS_fsync, fd);
}
