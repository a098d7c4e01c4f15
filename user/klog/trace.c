// SPDX-License-Identifier: GPL-2.0
/*
 * The lines of a call trace, of every architecture, as printed or decoded.
 *
 * A line is nothing but frames and marks; one that says anything else is none.
 * Only what names a register may have more on the line.
 */
#include "klog/trace.h"

#include <strings.h>

#include "base/array.h"
#include "klog/symbol.h"

#define ADDRESS_DIGITS 8	/* of a 32-bit one */

/* "(ptrval)", "(____ptrval____)": 4.15 to 5.1, arm and others */
static bool hidden(struct aw_text *text)
{
	struct aw_text s = *text;

	aw_text_spaces(&s);
	if (!aw_text_skip_char(&s, '('))
		return false;
	while (s.p < s.end && *s.p == '_')
		s.p++;
	if (!aw_text_skip(&s, "ptrval"))
		return false;
	while (s.p < s.end && *s.p == '_')
		s.p++;
	if (!aw_text_skip_char(&s, ')'))
		return false;
	*text = s;
	return true;
}

/* "[<ffffffc000086fd8>] ", "[<(ptrval)>] ", "[c0000000001a2b3c] " (powerpc, sparc) */
static bool address(struct aw_text *text, uint64_t *addr)
{
	struct aw_text s = *text;
	uint64_t value = 0;
	const char *digits;
	bool angle;

	aw_text_skip_char(&s, '(');	/* s390: "([<00112233>] f+0x1/0x2)" */
	if (!aw_text_skip_char(&s, '['))
		return false;
	angle = aw_text_skip_char(&s, '<');
	digits = s.p;
	if (!(angle && hidden(&s)) && !aw_text_hex(&s, &value))
		return false;
	/* "[1]" of a mail is a footnote */
	if (!angle && s.p - digits < ADDRESS_DIGITS)
		return false;
	if (angle && !aw_text_skip_char(&s, '>'))
		return false;
	if (!aw_text_skip_char(&s, ']'))
		return false;
	aw_text_spaces(&s);
	*addr = value;
	*text = s;
	return true;
}

/* sparc32: "[f0123456 : " before the symbol, " ]" behind it */
static bool sparc_address(struct aw_text *text, uint64_t *addr)
{
	struct aw_text s = *text;

	if (!aw_text_skip_char(&s, '[') || !aw_text_hex(&s, addr) || !aw_text_skip(&s, " : "))
		return false;
	*text = s;
	return true;
}

/* What may stand behind a frame: ")", "(P)", "(unreliable)"; ia64: "sp=e000 bsp=e000" */
static void frame_marks(struct aw_text *text)
{
	static const char *const registers[] = { "sp=", "bsp=" };
	uint64_t ignored;

	aw_text_skip_char(text, ')');
	for (;;) {
		struct aw_text s = *text;
		bool more = false;

		aw_text_spaces(&s);
		for (size_t i = 0; i < ARRAY_SIZE(registers); i++)
			more = more || (aw_text_skip(&s, registers[i]) && aw_text_hex(&s, &ignored));
		if (!more && aw_text_skip_char(&s, '(')) {
			while (aw_is_alpha(aw_text_at(&s, 0)))
				s.p++;
			more = aw_text_skip_char(&s, ')');
		}
		if (!more)
			return;
		*text = s;
	}
}

static bool at_end(struct aw_text text)
{
	aw_text_spaces(&text);
	return text.p == text.end;
}

/* "[<c0033a4c>] (unwind_backtrace+0x0/0xfc)", "unwind_backtrace", "[<c0033a4c>]" */
static bool arm_side(struct aw_text *text, struct aw_klog_frame *frame)
{
	bool addr = address(text, &frame->addr);
	bool paren = aw_text_skip_char(text, '(');

	if ((paren || !addr) && (aw_klog_decoded(text, frame) || aw_klog_symbol(text, frame, false)))
		aw_klog_module(text, frame);
	else if (!addr)
		return false;
	return !paren || aw_text_skip_char(text, ')');
}

/*
 * "[<c0033a4c>] (unwind_backtrace+0x0/0xfc) from [<c00b6a3c>] (__alloc_pages_nodemask+0x4dc/0x5b8)"
 * "unwind_backtrace from show_stack+0x10/0x14"
 * "Function entered at [<c0033a4c>] from [<c00b6a3c>]"
 */
static bool arm_pair(struct aw_text text, struct aw_klog_trace_line *out)
{
	struct aw_klog_frame pair[2] = { 0 };

	aw_text_skip(&text, "Function entered at ");
	if (!arm_side(&text, &pair[0]))
		return false;
	aw_text_spaces(&text);
	if (!aw_text_skip(&text, "from ") || !arm_side(&text, &pair[1]))
		return false;
	frame_marks(&text);
	/* a sentence with "from" in it is no frame */
	if (!at_end(text) || (!pair[1].offset && !pair[1].addr && !pair[1].size))
		return false;
	out->pair = true;
	out->count = 2;
	out->frames[0] = pair[0];
	out->frames[1] = pair[1];
	return true;
}

/* "[<ffffffc000082000>] 0xffffffc000082000", "[<c0033a4c>]" */
static bool nameless(struct aw_text *text)
{
	uint64_t ignored;

	if (text->p < text->end && !aw_text_starts(text, "0x") && !aw_text_starts(text, "[<"))
		return false;
	if (aw_text_starts(text, "0x"))
		aw_text_hex(text, &ignored);
	return true;
}

/* "ring_open+0x40/0xb0 [ring]", also in brackets; whether anything is behind it is not asked. */
static bool printed(struct aw_text *text, struct aw_klog_frame *frame)
{
	struct aw_text s = *text;
	bool paren = aw_text_skip_char(&s, '(');

	if (!aw_klog_symbol(&s, frame, true))
		return false;
	aw_klog_module(&s, frame);
	if (paren && !aw_text_skip_char(&s, ')'))
		return false;
	*text = s;
	return true;
}

/* Behind the addresses: a symbol as printed or decoded, or nothing that has a name. */
static bool function(struct aw_text *text, struct aw_klog_frame *frame, bool addr)
{
	const struct aw_klog_frame was = { .addr = frame->addr, .guess = frame->guess };
	struct aw_text s = *text;

	if (printed(&s, frame) && at_end(s)) {
		*text = s;
		return true;
	}
	*frame = was;
	if (aw_klog_decoded(text, frame))
		return true;
	*frame = was;
	if (printed(text, frame))
		return true;
	*frame = was;
	return addr && nameless(text);
}

/*
 * "[<ffffffc000086fd8>] dump_backtrace+0x0/0x120", "show_stack+0x20/0x38 (C)",
 * "[<ffffffff8117e5a2>] ? warn_alloc_failed+0x112/0x190", "[c0000001f6cff7d0] [c000000000a2b5c8] f+0x1/0x2"
 */
static bool single(struct aw_text *text, struct aw_klog_frame *frame)
{
	struct aw_text s = *text;
	bool sparc, addr;

	memset(frame, 0, sizeof(*frame));
	sparc = sparc_address(&s, &frame->addr);
	addr = address(&s, &frame->addr);
	/* powerpc: of the stack, then of the function */
	if (addr && !aw_text_starts(&s, "[<"))
		address(&s, &frame->addr);
	if (aw_text_skip_char(&s, '?')) {
		frame->guess = true;
		aw_text_spaces(&s);
	}
	if (!function(&s, frame, addr))
		return false;
	frame_marks(&s);
	if (sparc && !aw_text_skip(&s, " ]"))
		return false;
	aw_text_spaces(&s);
	*text = s;
	return true;
}

/* One frame a line, as a rule; more where the lines were joined, and on sparc32. */
static bool several(struct aw_text text, struct aw_klog_trace_line *out)
{
	while (text.p < text.end) {
		struct aw_klog_frame *frame = &out->frames[out->count];

		if (!single(&text, frame))
			return false;
		if (out->count < AW_KLOG_LINE_FRAMES - 1)
			out->count++;
	}
	return out->count > 0;
}

static const struct {
	const char *text;	/* of any case */
	enum aw_klog_mark mark;
	bool whole_line;	/* behind it nothing counts */
} marks[] = {
	{ "<IRQ>", AW_KLOG_MARK_IRQ, false },
	{ "<SOFTIRQ>", AW_KLOG_MARK_IRQ, false },
	{ "<NMI>", AW_KLOG_MARK_IRQ, false },
	{ "<#", AW_KLOG_MARK_IRQ, false },	/* <#DF>, <#DB>, <#MC> */
	{ "</IRQ>", AW_KLOG_MARK_TASK, false },
	{ "</SOFTIRQ>", AW_KLOG_MARK_TASK, false },
	{ "</NMI>", AW_KLOG_MARK_TASK, false },
	{ "</#", AW_KLOG_MARK_TASK, false },
	{ "<EOI>", AW_KLOG_MARK_TASK, false },
	{ "<<EOE>>", AW_KLOG_MARK_TASK, false },
	{ "<EOE>", AW_KLOG_MARK_TASK, false },
	{ "<TASK>", AW_KLOG_MARK_TASK, false },
	{ "</TASK>", AW_KLOG_MARK_TASK, false },
	{ "call trace:", AW_KLOG_MARK_TRACE, false },
	{ "stack trace:", AW_KLOG_MARK_TRACE, false },
	{ "backtrace:", AW_KLOG_MARK_TRACE, false },
	{ "backtrace for cpu ", AW_KLOG_MARK_TRACE, true },
	{ "leftover inexact backtrace:", AW_KLOG_MARK_STALE, true },
	{ "dwarf2 unwinder stuck at ", AW_KLOG_MARK_STALE, true },
	{ "exception stack(", AW_KLOG_MARK_ENTRY, true },
	{ "exception stack:", AW_KLOG_MARK_ENTRY, true },
	{ "last breaking-event-address:", AW_KLOG_MARK_END, true },
	{ "---[ end trace ", AW_KLOG_MARK_END, true },
};

static bool skip_word(struct aw_text *text, const char *word)
{
	size_t n = strlen(word);

	if (aw_text_left(text) < n || strncasecmp(text->p, word, n))
		return false;
	text->p += n;
	return true;
}

/* "DF>" behind "<#" */
static void rest_of_tag(struct aw_text *text)
{
	while (text->p < text->end && aw_is_word(*text->p))
		text->p++;
	aw_text_skip_char(text, '>');
}

static enum aw_klog_mark take_mark(struct aw_text *text)
{
	aw_text_spaces(text);
	if (!strchr("<-cCsSbBlLdDeE", aw_text_at(text, 0)))
		return AW_KLOG_MARK_NONE;
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
		if (!skip_word(text, marks[i].text))
			continue;
		if (text->p[-1] == '#')
			rest_of_tag(text);
		if (marks[i].whole_line)
			text->p = text->end;
		aw_text_spaces(text);
		return marks[i].mark;
	}
	return AW_KLOG_MARK_NONE;
}

/* Vectors of hardware: NMI, external, decrementer, doorbell, hypervisor's, performance monitor. */
static bool is_hardware(uint64_t vector)
{
	static const uint64_t vectors[] = { 0x100, 0x500, 0x900, 0x980, 0xa00, 0xe60, 0xe80, 0xea0, 0xf00 };

	for (size_t i = 0; i < ARRAY_SIZE(vectors); i++)
		if ((vector & ~UINT64_C(0xf)) == vectors[i])
			return true;
	return false;
}

/*
 * powerpc: "--- interrupt: 900 at arch_local_irq_restore+0x68/0xd0", "--- Exception: c01 at 0x7fff82e3c2a8".
 * A second one behind the registers has no " at " and says nothing new.
 */
static bool interrupted(struct aw_text text, struct aw_klog_trace_line *out)
{
	uint64_t vector;

	if (!aw_text_skip(&text, "--- "))
		return false;
	if (!aw_text_skip(&text, "interrupt: ") && !aw_text_skip(&text, "Exception: "))
		return false;
	if (!aw_text_hex(&text, &vector))
		return false;
	if (!aw_text_skip(&text, " at "))
		return at_end(text);
	out->mark = is_hardware(vector) ? AW_KLOG_MARK_INTERRUPTED : AW_KLOG_MARK_NONE;
	out->place = AW_KLOG_IN_PC;
	out->count = single(&text, &out->frames[0]);
	out->frames[0].pc = true;
	return true;
}

/* What stands before the function in lines that show a register. */
static const struct {
	const char *text;
	enum aw_klog_place place;
} registers[] = {
	{ "PC is at ", AW_KLOG_IN_PC }, { "pc : ", AW_KLOG_IN_PC }, { "epc : ", AW_KLOG_IN_PC },
	{ "RIP: ", AW_KLOG_IN_PC }, { "RIP ", AW_KLOG_IN_PC }, { "EIP: ", AW_KLOG_IN_PC },
	{ "EIP is at ", AW_KLOG_IN_PC }, { "IP is at ", AW_KLOG_IN_PC }, { "ip is at ", AW_KLOG_IN_PC },
	{ "NIP ", AW_KLOG_IN_PC }, { "TPC: ", AW_KLOG_IN_PC }, { "Krnl PSW : ", AW_KLOG_IN_PC },
	{ "IAOQ[0]: ", AW_KLOG_IN_PC }, { "epc   : ", AW_KLOG_IN_PC }, { "PC: ", AW_KLOG_IN_PC },
	{ "LR is at ", AW_KLOG_IN_LR }, { "lr : ", AW_KLOG_IN_LR }, { "LR = ", AW_KLOG_IN_LR },
	{ "LR ", AW_KLOG_IN_LR }, { "RPC: ", AW_KLOG_IN_LR },
	{ "ra    : ", AW_KLOG_IN_LR }, { "RP(r2): ", AW_KLOG_IN_LR }, { "BLINK: ", AW_KLOG_IN_LR },
};

/* Before the function: "0010:", "[<ffffffff8117e5a2>]", "80123456", "0704c00180000000 (" */
static bool register_value(struct aw_text *text, uint64_t *addr)
{
	struct aw_text s = *text;
	uint64_t value;

	if (address(text, addr))
		return true;
	if (!aw_text_hex(&s, &value) || (aw_text_at(&s, 0) != ':' && !aw_is_space(aw_text_at(&s, 0))))
		return false;
	/* before the colon of x86 stands the code segment */
	if (aw_text_skip_char(&s, ':'))
		value = 0;
	else
		aw_text_spaces(&s);
	*addr = value;
	*text = s;
	return true;
}

static bool in_register(struct aw_text text, struct aw_klog_trace_line *out)
{
	struct aw_klog_frame *frame = &out->frames[0];
	size_t i = 0;

	while (i < ARRAY_SIZE(registers) && !aw_text_skip(&text, registers[i].text))
		i++;
	if (i == ARRAY_SIZE(registers))
		return false;
	memset(frame, 0, sizeof(*frame));
	while (register_value(&text, &frame->addr))
		aw_text_spaces(&text);
	if (!aw_text_skip_char(&text, '('))
		aw_text_skip_char(&text, '<');
	if (!aw_klog_decoded(&text, frame) && !aw_klog_symbol(&text, frame, true))
		return false;
	aw_klog_module(&text, frame);
	frame->pc = true;
	out->place = registers[i].place;
	out->count = 1;
	return true;
}

bool aw_klog_trace(const struct aw_klog_line *line, struct aw_klog_trace_line *out)
{
	struct aw_text text = line->text;
	enum aw_klog_mark mark;

	out->mark = AW_KLOG_MARK_NONE;
	out->place = AW_KLOG_ON_STACK;
	out->pair = false;
	out->count = 0;
	while ((mark = take_mark(&text)) != AW_KLOG_MARK_NONE)
		out->mark = mark;
	if (text.p == text.end)
		return out->mark != AW_KLOG_MARK_NONE;
	if (several(text, out))
		return true;
	out->count = 0;
	return arm_pair(text, out) || interrupted(text, out) || in_register(text, out);
}
