// SPDX-License-Identifier: GPL-2.0
/*
 * warn_alloc, which the page allocator calls for every request that it gives up
 * on: a kprobe takes the exact time and tells whether the failure was printed.
 * Up to 4.8 it is called warn_alloc_failed.
 */
#include "kmod.h"

#include <linux/errno.h>
#include <linux/kprobes.h>
#include <linux/ptrace.h>
#include <linux/string.h>

int aw_warn_error = -ENOSYS;

/*
 * Where the arguments are.  4.9 (7877cdcc3994, "mm: consolidate
 * warn_alloc_failed users") renamed it and moved the order behind the format;
 * 4.11 (a8e99259ea65, "mm, page_alloc: warn_alloc print nodemask") put the
 * nodemask before the format.  Where it is hidden from modules it has the last
 * form.  A tree that declares it in another way is not hooked.
 */
#if !defined(HAVE_KPROBES) || !(defined(CONFIG_ARM64) || defined(CONFIG_X86_64))
/* no kprobes, or registers that are not known here */
#elif defined(HAVE_WARN_ALLOC_FAILED) || defined(HAVE_WARN_ALLOC_FAILED_UNSIGNED)
#define FUNCTION "warn_alloc_failed"
enum { ARG_GFP = 0, ARG_ORDER = 1, ARG_FORMAT = 2 };
#elif defined(HAVE_WARN_ALLOC_PLAIN)
#define FUNCTION "warn_alloc"
enum { ARG_GFP = 0, ARG_FORMAT = 1, ARG_ORDER = 2 };
#elif defined(HAVE_WARN_ALLOC_NODEMASK) || defined(HAVE_WARN_ALLOC_HIDDEN)
#define FUNCTION "warn_alloc"
enum { ARG_GFP = 0, ARG_FORMAT = 2, ARG_ORDER = 3 };
#endif

#ifdef FUNCTION

#ifdef CONFIG_ARM64
static unsigned long argument(const struct pt_regs *regs, unsigned int index)
{
	return regs->regs[index];
}

static unsigned long caller_of(struct pt_regs *regs)
{
	return regs->regs[30];
}
#else
static unsigned long argument(const struct pt_regs *regs, unsigned int index)
{
	switch (index) {
	case 0:
		return regs->di;
	case 1:
		return regs->si;
	case 2:
		return regs->dx;
	default:
		return regs->cx;
	}
}

static unsigned long caller_of(struct pt_regs *regs)
{
	unsigned long caller = 0;

	aw_read_nofault(&caller, (const void *)kernel_stack_pointer(regs), sizeof(caller));
	return caller;
}
#endif

/*
 * The page allocator's format is "page allocation failure: order:%u", or NULL up
 * to 4.8.  vmalloc and others call warn_alloc with formats of their own.
 */
static int is_page_allocator(const char *format)
{
	static const char text[] = "page allocation failure";

	return !strncmp(format, text, sizeof(text) - 1);
}

/*
 * The format is a register: whatever it holds, reading it must not fault.  Byte
 * by byte, because the text may end just before what can't be read.
 */
static void read_format(const char *from, char *format, size_t size)
{
	size_t i;

	for (i = 0; i + 1 < size; i++)
		if (aw_read_nofault(&format[i], from + i, 1) || !format[i])
			break;
	format[i] = '\0';
}

static void send_warning(struct pt_regs *regs, const char *format)
{
	struct aw_wire_warning *record;
	unsigned long flags;

	if (!aw_wanted(-1))
		return;
	record = aw_record_begin(AW_WIRE_WARNING, sizeof(*record), aw_now(), &flags);
	if (!record)
		return;
	aw_wire_size_warning(record);
	aw_fill_task(&record->task);
	record->call.gfp = (u32)argument(regs, ARG_GFP);
	record->call.caller = caller_of(regs);
	read_format(format, record->call.format, sizeof(record->call.format));
	aw_stack_at(regs, &record->stack);
	aw_record_commit(flags);
}

static void note_warning(struct pt_regs *regs)
{
	u32 gfp = argument(regs, ARG_GFP), order = argument(regs, ARG_ORDER);
	struct aw_request *request = aw_request_find(AW_REQUEST_HERE);
	enum aw_request_which which = AW_REQUEST_HERE;

	if (request && !request->warn_ns)
		which = aw_failing(order, gfp);
	request = aw_request_begin(which);
	if (!request)
		return;
	if (request->warn_ns)
		aw_request_unpaired(request);
	aw_effort_close(&request->tried, aw_now());
	request->warn_ns = aw_now();
	request->warn_gfp = gfp;
	request->warn_order = order;
	request->warn_caller = caller_of(regs);
	if (aw_wanted(request->warn_order))
		aw_take_zones(request);
}

static int warn_entered(struct kprobe *probe, struct pt_regs *regs)
{
	const char *format = (const char *)argument(regs, ARG_FORMAT);
	char start[24];		/* as long as the text of is_page_allocator() */

	/* Before the tracepoint is hooked, nothing would end the request. */
	if (!(aw_hooks & AW_KMOD_PAGE_ALLOC))
		return 0;
	if (format)
		read_format(format, start, sizeof(start));
	if (!format || is_page_allocator(start))
		note_warning(regs);
	else
		send_warning(regs, format);
	return 0;
}

static int report_printed(struct kprobe *probe, struct pt_regs *regs)
{
	struct aw_request *request = aw_request_find(AW_REQUEST_NESTED);

	/* If both were warned about, the nested request was the later one. */
	if (!request)
		request = aw_request_find(AW_REQUEST_HERE);
	if (request && request->warn_ns)
		request->printed = 1;
	return 0;
}

static struct kprobe warn_probe = { .symbol_name = FUNCTION, .pre_handler = warn_entered };
static struct kprobe printed_probe = { .pre_handler = report_printed };

/*
 * Functions that warn_alloc calls whenever it prints, and only then; the first that can be probed is used: that of 4.11 and
 * later with CONFIG_CPUSETS, else those that print the stack.  show_mem() says nothing: many reports of 4.11 to 5.3 have no
 * Mem-Info, as it has a limit of its own (aa187507ef8b, "mm: throttle show_mem() from warn_alloc()").
 */
static const char *const printing[] = { "cpuset_print_current_mems_allowed", "dump_stack", "show_stack" };

static void hook_printing(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(printing); i++) {
		/* A failed register_kprobe() may have set the address, and only one of address and name is allowed. */
		printed_probe.addr = NULL;
		printed_probe.flags = 0;
		printed_probe.symbol_name = printing[i];
		if (register_kprobe(&printed_probe))
			continue;
		aw_hooks |= AW_KMOD_PRINTED;
		return;
	}
}

int aw_warn_init(void)
{
	aw_hooks |= AW_KMOD_KPROBES;
	aw_warn_error = register_kprobe(&warn_probe);
	if (aw_warn_error)
		return aw_warn_error;
	aw_hooks |= AW_KMOD_WARN;
	hook_printing();
	return 0;
}

void aw_warn_exit(void)
{
	if (aw_hooks & AW_KMOD_PRINTED)
		unregister_kprobe(&printed_probe);
	if (aw_hooks & AW_KMOD_WARN)
		unregister_kprobe(&warn_probe);
	aw_hooks &= ~(AW_KMOD_PRINTED | AW_KMOD_WARN);
}

#else

/* With kprobes: the tree declares the function in a way that is not known here. */
int aw_warn_init(void)
{
#ifdef HAVE_KPROBES
	aw_hooks |= AW_KMOD_KPROBES;
	aw_warn_error = -EPROTOTYPE;
#endif
	return aw_warn_error;
}

void aw_warn_exit(void)
{
}

#endif
