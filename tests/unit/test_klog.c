// SPDX-License-Identifier: GPL-2.0
/*
 * Tests whole logs: assembly, streaming, interleaving, wrapping, hostile text.
 */
#include "klog_collect.h"

static void the_real_log(void **state)
{
	size_t len;
	char *text = golden_text("failure-arm64-3.18.20.log", &len);
	struct collect *c = collect_pieces(text, len, 4096);

	(void)state;
	assert_int_equal(c->count, 3);
	assert_int_equal(c->stats.bytes, len);
	assert_int_equal(c->stats.lines, 121);
	assert_int_equal(c->stats.incomplete, 0);
	for (unsigned int i = 0; i < 3; i++) {
		const struct aw_klog_report *r = &c->reports[i];

		assert_int_equal(r->order, 4);
		assert_int_equal(r->mode, 0xc0d0);
		assert_string_equal(r->comm, "insmod");
		assert_string_equal(r->release, "3.18.20+");
		assert_true(r->release_near);
		assert_int_equal(r->pid, 306);
		assert_int_equal(r->nr_frames, 15);
		assert_string_equal(r->frames[9].name, "hog_get_buffer");
		assert_string_equal(r->frames[9].module, "hog");
		assert_int_equal(r->nr_zones, 1);
		assert_int_equal(r->zones[0].free_kb, 114432);
		assert_int_equal(r->zones[0].blocks[0], 28349);
		assert_int_equal(r->zones[0].nr_orders, 11);
		assert_string_equal(r->zones[0].types[6], "R");
		assert_int_equal(r->zones[0].nr_reserves, 3);
		assert_true(r->mem_info_end);
		assert_int_equal(aw_klog_page_kb(r), 4);
	}
	assert_int_equal(c->reports[1].line, 41);
	assert_int_equal(c->reports[1].mono_us, 622029);
	free(c);
	free(text);
}

/* Two of its lines lack the vendor's prefix. */
static void the_vendor_log(void **state)
{
	size_t len;
	char *text = golden_text("failure-arm64-vendor-3.18.31.log", &len);
	struct collect *c = collect_pieces(text, len, 1 << 20);

	(void)state;
	assert_int_equal(c->count, 1);
	assert_int_equal(c->reports[0].nr_frames, 15);
	assert_int_equal(c->reports[0].zones[0].blocks[3], 3445);
	assert_int_equal(c->reports[0].zones[0].nr_reserves, 3);
	assert_int_equal(c->reports[0].pid, 318);
	free(c);
	free(text);
}

static void the_case_file(void **state)
{
	size_t len;
	char *text = golden_text("case-order4-android-3.18.txt", &len);
	struct collect *c = collect_pieces(text, len, 1 << 20);
	const struct aw_klog_report *r = &c->reports[0];

	(void)state;
	assert_int_equal(c->count, 1);
	assert_int_equal(r->order, 4);
	assert_string_equal(r->comm, "Thread-2");
	assert_int_equal(r->nr_frames, 7);
	assert_string_equal(r->frames[6].name, "kmalloc_order_trace");
	assert_int_equal(r->trace_gap_us, 272337821000);
	assert_true(r->release_guess);
	assert_string_equal(r->release, "3.18");
	assert_int_equal(r->nr_zones, 0);
	assert_int_equal(c->stats.incomplete, 1);
	free(c);
	free(text);
}

/* What the words around a report say of the kernel, and the stable release that it is based on. */
static void named_around(void **state)
{
#define REPORT "foo: page allocation failure: order:4, mode:0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO), nodemask=(null)\n"
#define UNAME "Linux box 6.1.0-51-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1."
	static const struct {
		const char *text, *release;
		uint32_t upstream;
	} rows[] = {
		{ UNAME "170-1 (2026-02-03) x86_64 GNU/Linux\n\n" REPORT, "6.1.0-51-amd64", AW_VERSION(6, 1, 170) },
		/* half of a number is another one */
		{ UNAME "17\n\n" REPORT, "6.1.0-51-amd64", 0 },
		/* a distribution's release is not the kernel's */
		{ "I have Linux Mint 21.3 with kernel 5.15.0-91-generic:\n\n" REPORT, "5.15.0-91-generic", 0 },
		{ "I have Linux Mint 21.3:\n\n" REPORT, "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct collect *c = collect(rows[i].text);

		assert_int_equal(c->count, 1);
		assert_string_equal(c->reports[0].release, rows[i].release);
		assert_int_equal(c->reports[0].upstream, rows[i].upstream);
		free(c);
	}
}

/* Suspend ends with a boot at the latest, and a shutdown is none. */
static void suspended(void **state)
{
#define FAILS "[  100.000000] foo: page allocation failure: order:4, mode:0x40dc0(GFP_KERNEL|__GFP_COMP|__GFP_ZERO), nodemask=(null)\n"
#define BOOTS "[    0.000000] Linux version 6.1.90 (a@b) #1 SMP\n"
	static const struct {
		const char *text;
		bool suspended;
	} rows[] = {
		{ "[   99.000000] OOM killer disabled.\n" FAILS, true },
		{ "[   99.000000] ACPI: PM: Preparing to enter system sleep state S3\n" FAILS, true },
		{ "[   99.000000] ACPI: PM: Preparing to enter system sleep state S5\n" FAILS, false },
		{ "[   99.000000] OOM killer disabled.\n" BOOTS FAILS, false },
		{ "[   98.000000] OOM killer disabled.\n[   99.000000] Restarting tasks ... done.\n" FAILS, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct collect *c = collect(rows[i].text);

		assert_int_equal(c->count, 1);
		assert_int_equal(c->reports[0].suspended, rows[i].suspended);
		free(c);
	}
}

static const char *const all_logs[] = {
	"failure-arm64-3.18.20.log", "failure-arm64-vendor-3.18.31.log", "case-order4-android-3.18.txt",
	"interleaved-riscv-6.6.log", "interleaved-no-ids-riscv-6.6.log", "logcat-wrapped-arm64-4.9.log",
	"mail-wrapped-arm64-6.1.log", "atomic-arm-2.6.32.log", "irq-x86_64-3.10.log", "oom-order2-x86_64-5.15.log",
	"memcg-oom-x86_64-5.10.log", "cma-area-arm64.log", "vmalloc-arm64-6.1.log", "cut-header.log",
	"truncated-arm64-6.1.log", "shortage-mips-3.10.log", "binary.bin", "hostile-comm.log",
};
#define ALL_LOGS (sizeof(all_logs) / sizeof(all_logs[0]))

/* The result does not depend on where the text is split into pieces. */
static void pieces_of_any_size(void **state)
{
	static const size_t pieces[] = { 1, 7, 80, 4095 };

	(void)state;
	for (size_t i = 0; i < ALL_LOGS; i++) {
		size_t len;
		char *text = golden_text(all_logs[i], &len);
		struct collect *whole = collect_pieces(text, len, 1 << 20);

		for (size_t p = 0; p < sizeof(pieces) / sizeof(pieces[0]); p++) {
			struct collect *c = collect_pieces(text, len, pieces[p]);

			assert_memory_equal(c, whole, sizeof(*c));
			free(c);
		}
		free(whole);
		free(text);
	}
}

static void assert_whole(const struct aw_klog_report *r, const char *comm, const char *site)
{
	bool seen = false;

	assert_string_equal(r->comm, comm);
	for (unsigned int i = 0; i < r->nr_frames; i++)
		seen |= !strcmp(r->frames[i].name, site);
	assert_true(seen);
	assert_int_equal(r->nr_frames, 11);
	assert_int_equal(r->nr_zones, 1);
	assert_int_equal(r->zones[0].nr_orders, 11);
	assert_true(r->mem_info_end);
}

static void interleaved(void **state)
{
	static const char *const names[] = { "interleaved-riscv-6.6.log", "interleaved-no-ids-riscv-6.6.log" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		size_t len;
		char *text = golden_text(names[i], &len);
		struct collect *c = collect_pieces(text, len, 1 << 20);

		assert_int_equal(c->count, 2);
		assert_whole(&c->reports[0], "camera", "excam_start");
		assert_whole(&c->reports[1], "codec", "excodec_open");
		free(c);
		free(text);
	}
}

static void same_but_place(const char *a_name, const char *b_name)
{
	size_t a_len, b_len;
	char *a_text = golden_text(a_name, &a_len), *b_text = golden_text(b_name, &b_len);
	struct collect *a = collect_pieces(a_text, a_len, 1 << 20), *b = collect_pieces(b_text, b_len, 1 << 20);

	assert_int_equal(a->count, 1);
	assert_int_equal(b->count, 1);
	a->reports[0].line = b->reports[0].line = 0;
	a->reports[0].lines = b->reports[0].lines = 0;
	a->reports[0].unknown_lines = b->reports[0].unknown_lines = 0;
	a->reports[0].wall_us = b->reports[0].wall_us = 0;
	a->reports[0].mono_us = b->reports[0].mono_us = 0;
	a->reports[0].wall_has_year = b->reports[0].wall_has_year = false;
	a->reports[0].host = b->reports[0].host = 0;	/* only some prefixes name it */
	assert_memory_equal(&a->reports[0], &b->reports[0], sizeof(a->reports[0]));
	free(a);
	free(b);
	free(a_text);
	free(b_text);
}

/* The same report with different prefixes, and wrapped. */
static void same_in_every_wrapping(void **state)
{
	static const char *const names[] = {
		"journal-arm64-6.1.log", "journal-iso-arm64-6.1.log", "syslog-arm64-6.1.log", "pstore-arm64-6.1.log",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		same_but_place("dmesg-T-arm64-6.1.log", names[i]);
	same_but_place("logcat-arm64-4.9.log", "logcat-wrapped-arm64-4.9.log");
}

static void wrapped_header(void **state)
{
	struct collect *c = collect("[    1.000000] x: page allocation failure: order:4,\nmode:0xc0d0\n");

	(void)state;
	assert_int_equal(c->count, 1);
	assert_int_equal(c->reports[0].mode, 0xc0d0);
	free(c);
	c = collect("[    1.000000] x: page allocation\nfailure: order:4, mode:0xc0d0\n");
	assert_int_equal(c->count, 1);
	assert_int_equal(c->reports[0].order, 4);
	free(c);
	/* truncated, and another line follows */
	c = collect("[    1.000000] x: page allocation failure: order:4, mo\n[    1.000001] usb 1-1\n");
	assert_int_equal(c->count, 1);
	assert_false(c->reports[0].has_mode);
	assert_int_equal(c->stats.incomplete, 1);
	free(c);
}

/* An unrelated trace does not belong to the failure. */
static void foreign_traces(void **state)
{
	struct collect *c = collect("[    1.000000] x: page allocation failure: order:4, mode:0xc0d0\n"
				    "[    1.000001] ------------[ cut here ]------------\n"
				    "[    1.000002] WARNING: CPU: 0 PID: 1 at mm/x.c:1 f+0x1/0x2\n"
				    "[    1.000003] CPU: 0 PID: 1 Comm: other Not tainted 9.9.9 #1\n"
				    "[    1.000004] Call trace:\n"
				    "[    1.000005]  f+0x1/0x2\n");

	(void)state;
	assert_int_equal(c->count, 1);
	assert_int_equal(c->reports[0].nr_frames, 0);
	assert_string_equal(c->reports[0].comm, "x");
	free(c);
}

/* The second report has no Mem-Info, and the first must not replace it. */
static void one_after_another(void **state)
{
	struct collect *c = collect("[    1.000000] a: page allocation failure: order:4, mode:0xc0d0\n"
				    "[    1.000001] CPU: 0 PID: 1 Comm: a Not tainted 3.18.1 #1\n"
				    "[    1.000002] Call trace:\n"
				    "[    1.000003] [<ffffffc00014d90c>] fa+0x1/0x2\n"
				    "[    1.100000] b: page allocation failure: order:3, mode:0xd0\n"
				    "[    1.100001] CPU: 0 PID: 2 Comm: b Not tainted 3.18.1 #1\n"
				    "[    1.100002] Call trace:\n"
				    "[    1.100003] [<ffffffc00014d90c>] fb+0x1/0x2\n"
				    "[    1.100004] Mem-Info:\n"
				    "[    1.100005] DMA free:8kB min:4kB low:5kB high:6kB all_unreclaimable? no\n"
				    "[    1.100006] DMA: 0*4kB 1*8kB (U) = 8kB\n");

	(void)state;
	assert_int_equal(c->count, 2);
	assert_string_equal(c->reports[0].frames[0].name, "fa");
	assert_int_equal(c->reports[0].nr_zones, 0);
	assert_string_equal(c->reports[1].frames[0].name, "fb");
	assert_int_equal(c->reports[1].zones[0].blocks[1], 1);
	free(c);
}

static void counts(void **state)
{
	struct collect *c = collect("a\nwarn_alloc: 427 callbacks suppressed\nb\nwarn_alloc: 3 callbacks suppressed");

	(void)state;
	assert_int_equal(c->count, 0);
	assert_int_equal(c->stats.suppressed, 430);
	assert_int_equal(c->stats.lines, 4);
	free(c);
	c = collect("");
	assert_int_equal(c->stats.lines, 0);
	free(c);
}

/* More simultaneous reports than are kept open: the oldest are closed first, and none is lost. */
static void many_open(void **state)
{
	char text[4096];
	size_t n = 0;
	struct collect *c;

	(void)state;
	for (int i = 0; i < 30; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
				      "[    1.%06d][ T%d] t%d: page allocation failure: order:%d, mode:0xd0\n", i, 100 + i, i, i % 11);
	c = collect(text);
	assert_int_equal(c->count, 30);
	for (int i = 0; i < 30; i++)
		assert_int_equal(c->reports[i].order, i % 11);
	free(c);
}

static void long_lines(void **state)
{
	size_t len = 300000;
	char *text = malloc(len + 200);
	struct collect *c;

	(void)state;
	memset(text, 'x', len);
	memcpy(text + len, "\nx: page allocation failure: order:4, mode:0xc0d0\n", 51);
	c = collect_pieces(text, len + 50, 1 << 20);
	assert_int_equal(c->stats.long_lines, 1);
	assert_int_equal(c->count, 1);
	assert_int_equal(c->stats.lines, 2);
	assert_int_equal(c->stats.bytes, len + 50);
	free(c);
	free(text);
}

/* More frames and zones than fit. */
static void too_much_of_everything(void **state)
{
	char *text = malloc(64 * 1024);
	size_t n = (size_t)sprintf(text, "x: page allocation failure: order:4, mode:0xc0d0\nCall trace:\n");
	struct collect *c;

	(void)state;
	for (int i = 0; i < 100; i++)
		n += (size_t)sprintf(text + n, " f%d+0x1/0x2\n", i);
	n += (size_t)sprintf(text + n, "Mem-Info:\n");
	for (int i = 0; i < 40; i++)
		n += (size_t)sprintf(text + n, "Node %d Normal free:%dkB min:1kB free_cma:0kB\nlowmem_reserve[]: 0 0 0 0 0 0 0 0 0 0 0\n", i, i);
	c = collect(text);
	assert_int_equal(c->reports[0].nr_frames, AW_KLOG_FRAMES);
	assert_true(c->reports[0].frames_cut);
	assert_int_equal(c->reports[0].nr_zones, AW_KLOG_ZONES);
	assert_true(c->reports[0].zones_cut);
	assert_int_equal(c->reports[0].zones[3].nr_reserves, AW_KLOG_RESERVES);
	free(c);
	free(text);
}

/* xorshift: the same mutations on every machine. */
static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void ignore(void *ctx, const struct aw_klog_report *report)
{
	uint64_t *reports = ctx;

	assert_true(report->nr_frames <= AW_KLOG_FRAMES && report->nr_zones <= AW_KLOG_ZONES);
	(*reports)++;
}

static void mutate(char *text, size_t *len, uint32_t *seed)
{
	for (uint32_t n = next_random(seed) % 16 + 1; n && *len; n--) {
		size_t at = next_random(seed) % *len;
		size_t span = next_random(seed) % 40;

		if (span > *len - at)
			span = *len - at;
		switch (next_random(seed) % 4) {
		case 0:
			text[at] = (char)next_random(seed);
			break;
		case 1:		/* drop bytes */
			memmove(text + at, text + at + span, *len - at - span);
			*len -= span;
			break;
		case 2:		/* move a line */
			memmove(text + next_random(seed) % (*len - span + 1), text + at, span);
			break;
		default:
			text[at] = '\n';
			break;
		}
	}
}

static void mutations(void **state)
{
	uint32_t seed = 1;
	uint64_t reports = 0;

	(void)state;
	for (size_t i = 0; i < ALL_LOGS; i++) {
		size_t len;
		char *text = golden_text(all_logs[i], &len);

		for (int round = 0; round < 300; round++) {
			struct aw_klog *klog = aw_klog_new(ignore, &reports);
			char *copy = malloc(len + 1);
			size_t n = len;

			memcpy(copy, text, len);
			mutate(copy, &n, &seed);
			copy = realloc(copy, n ? n : 1);
			aw_klog_feed(klog, copy, n);
			aw_klog_finish(klog);
			aw_klog_free(klog);
			free(copy);
		}
		free(text);
	}
	assert_true(reports > 1000);
}

#define KILL(stamp) "[   40." stamp "] Out of memory: Killed process 311 (player) total-vm:812344kB, anon-rss:401224kB, file-rss:0kB\n"

/* Each boot may kill a task with the same number and size; one boot may be in two logs. */
static void logs_of_earlier_boots(void **state)
{
	static const char *const logs[] = { KILL("123457"), KILL("123457"), KILL("500013"), "[    1.000000] Booting Linux\n" };
	static const unsigned int told[] = { 1, 1, 2, 2 };
	struct collect *c = calloc(1, sizeof(*c));
	struct aw_klog *klog = aw_klog_new(collect_one, c);

	(void)state;
	for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
		aw_klog_another_file(klog);
		aw_klog_feed(klog, logs[i], strlen(logs[i]));
		aw_klog_finish(klog);
		assert_int_equal(c->count, told[i]);
	}
	/* in one text, it is one kill */
	aw_klog_restart(klog);
	aw_klog_feed(klog, KILL("123457") KILL("500013"), strlen(KILL("123457") KILL("500013")));
	aw_klog_finish(klog);
	assert_int_equal(c->count, 3);
	aw_klog_free(klog);
	free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(logs_of_earlier_boots),
		cmocka_unit_test(the_real_log),
		cmocka_unit_test(the_vendor_log),
		cmocka_unit_test(the_case_file),
		cmocka_unit_test(named_around),
		cmocka_unit_test(suspended),
		cmocka_unit_test(pieces_of_any_size),
		cmocka_unit_test(interleaved),
		cmocka_unit_test(same_in_every_wrapping),
		cmocka_unit_test(wrapped_header),
		cmocka_unit_test(foreign_traces),
		cmocka_unit_test(one_after_another),
		cmocka_unit_test(counts),
		cmocka_unit_test(many_open),
		cmocka_unit_test(long_lines),
		cmocka_unit_test(too_much_of_everything),
		cmocka_unit_test(mutations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
