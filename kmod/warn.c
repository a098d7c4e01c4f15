// SPDX-License-Identifier: GPL-2.0
/*
 * warn_alloc, entered for every request that the page allocator gives up on,
 * by kprobe where the kernel has them: the instant, and whether the kernel log
 * got it.  Up to 4.8 it is called warn_alloc_failed.
 */
#include "kmod.h"

#include <linux/errno.h>
#include <linux/kprobes.h>
#include <linux/ptrace.h>
#include <linux/string.h>

int aw_warn_error = -ENOSYS;

#if defined(HAVE_KPROBES) && (defined(CONFIG_ARM64) || defined(CONFIG_X86_64))

/*
 * Where the arguments are.  4.9 (7877cdcc3994, "mm: consolidate
 * warn_alloc_failed users") renamed it and moved the order behind the format;
 * 4.11 (a8e99259ea65, "mm, page_alloc: warn_alloc print nodemask") put the
 * nodemask before that.  Where its declaration is out of sight, it is a later
 * kernel, so the last.
 */
#if defined(HAVE_WARN_ALLOC_FAILED)
#define FUNCTION "warn_alloc_failed"
enum { ARG_GFP = 0, ARG_ORDER = 1, ARG_FORMAT = 2 };
#elif defined(HAVE_WARN_ALLOC_PLAIN)
#define FUNCTION "warn_alloc"
enum { ARG_GFP = 0, ARG_FORMAT = 1, ARG_ORDER = 2 };
#else
#define FUNCTION "warn_alloc"
enum { ARG_GFP = 0, ARG_FORMAT = 2, ARG_ORDER = 3 };
#endif

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
	return *(unsigned long *)kernel_stack_pointer(regs);
}
#endif

/*
 * The page allocator passes "page allocation failure: order:%u", up to 4.8 no
 * format.  vmalloc and others share warn_alloc with texts of their own.
 */
static int is_page_allocator(const char *format)
{
	static const char text[] = "page allocation failure";

	return !format || !strncmp(format, text, sizeof(text) - 1);
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
	aw_fill_task(&record->task);
	record->gfp = (u32)argument(regs, ARG_GFP);
	record->caller = caller_of(regs);
	aw_copy_text(record->format, format, sizeof(record->format));
	record->nr_frames = aw_stack_at(regs, record->stack, AW_WIRE_STACK);
	aw_record_commit(flags);
}

/* The last request of this context was warned about, and its mm_page_alloc was missed. */
static void send_unpaired(struct aw_request *request)
{
	struct aw_failed failed = {
		.gfp = request->warn_gfp, .order = request->warn_order, .migratetype = -1,
	};

	aw_count_lost(AW_LOST_UNPAIRED);
	aw_send_failure(AW_WIRE_FAILURE, &failed, request, NULL);
	aw_request_reset(request);
}

static void note_warning(struct pt_regs *regs)
{
	struct aw_request *request = aw_request_begin();

	if (!request)
		return;
	if (request->warn_ns)
		send_unpaired(request);
	aw_effort_end(request);
	request->warn_ns = aw_now();
	request->warn_gfp = (u32)argument(regs, ARG_GFP);
	request->warn_order = (u32)argument(regs, ARG_ORDER);
	request->warn_caller = caller_of(regs);
	if (aw_wanted(request->warn_order))
		aw_take_zones(request);
}

static int warn_entered(struct kprobe *probe, struct pt_regs *regs)
{
	const char *format = (const char *)argument(regs, ARG_FORMAT);

	/* Before the tracepoint is hooked nothing would end the notes. */
	if (!(aw_hooks & AW_KMOD_PAGE_ALLOC))
		return 0;
	if (is_page_allocator(format))
		note_warning(regs);
	else
		send_warning(regs, format);
	return 0;
}

static int report_printed(struct kprobe *probe, struct pt_regs *regs)
{
	struct aw_request *request = aw_request_find();

	if (request && request->warn_ns)
		request->printed = 1;
	return 0;
}

static struct kprobe warn_probe = { .symbol_name = FUNCTION, .pre_handler = warn_entered };
static struct kprobe printed_probe = { .pre_handler = report_printed };

/*
 * Functions that warn_alloc calls once it has decided to print, and only then:
 * the first that can be probed.
 */
static const char *const printing[] = {
	"cpuset_print_current_mems_allowed", "__show_free_areas", "show_free_areas",
	"__show_mem", "show_mem", "dump_stack",
};

static void hook_printing(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(printing); i++) {
		/* A failed register_kprobe() may leave its address behind, which excludes a name. */
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

int aw_warn_init(void)
{
	return aw_warn_error;
}

void aw_warn_exit(void)
{
}

#endif
