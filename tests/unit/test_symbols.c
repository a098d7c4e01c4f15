// SPDX-License-Identifier: GPL-2.0
/*
 * Tests names of addresses: valid, invalid, hidden and growing kallsyms, and
 * names from the kernel instead.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>

#include <cmocka.h>

#include "system/symbols.h"
#include "temp.h"

/* An extract of arm64 6.1, not sorted, because symbols of modules and BPF programs never are. */
static const char kallsyms[] =
	"ffff800008000000 T _text\n"
	"ffff800008010000 t gic_handle_irq\n"
	"ffff800008010000 T _stext\n"
	"ffff800008010000 T __irqentry_text_start\n"
	"ffff800008010800 T __irqentry_text_end\n"
	"ffff800008300000 T __alloc_pages\n"
	"ffff800008300400 t get_page_from_freelist\n"
	"ffff800008400000 W ioctx_alloc\n"
	"ffff800008400130 w ioctx_free\n"
	"ffff800008400200 d not_a_function\n"
	"ffff800008400300 B neither_is_this\n"
	"ffff800008400400 t __arm64_sys_io_setup\n"
	"0000000000000000 A fixed_percpu_data\n"
	"ffff800001002000 t hog_init\t[hog]\n"
	"ffff800001000000 t hog_get_buffer\t[hog]\n"
	"ffff800001000080 t hog_attempt\t[hog]\n"
	"ffff800001001000 d hog_data\t[hog]\n"
	"ffff800001700000 t snd_init\t[snd]\n"
	"ffff800001700100 T snd_exit\t[snd]\n";

#define NR_FUNCTIONS 15

struct fixture {
	char path[TEMP_PATH];
	struct aw_symbols *symbols;
	struct aw_frame frame;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	temp_make(fixture->path, kallsyms, sizeof(kallsyms) - 1);
	fixture->symbols = aw_symbols_new(fixture->path);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	aw_symbols_free(fixture->symbols);
	unlink(fixture->path);
	free(fixture);
	return 0;
}

static void check(struct fixture *fixture, uint64_t addr, bool is_return, const char *name,
		  const char *module, uint64_t offset)
{
	struct aw_frame *frame = &fixture->frame;

	memset(frame, 0x5a, sizeof(*frame));
	assert_int_equal(aw_symbols_resolve(fixture->symbols, addr, is_return, frame), name[0] != 0);
	assert_string_equal(frame->name, name);
	assert_string_equal(frame->module, module);
	assert_int_equal(frame->addr, addr);
	assert_int_equal(frame->offset, offset);
}

static void resolves(void **state)
{
	struct fixture *fixture = *state;

	check(fixture, 0xffff800008300000, false, "__alloc_pages", "", 0);
	assert_int_equal(fixture->frame.size, 0x400);
	check(fixture, 0xffff8000083003ff, false, "__alloc_pages", "", 0x3ff);
	check(fixture, 0xffff800008300400, false, "get_page_from_freelist", "", 0);
	check(fixture, 0xffff80000840001c, true, "ioctx_alloc", "", 0x1c);
	assert_int_equal(fixture->frame.size, 0x130);
	check(fixture, 0xffff800001000024, true, "hog_get_buffer", "hog", 0x24);
	assert_int_equal(fixture->frame.size, 0x80);
	check(fixture, 0xffff8000017000ff, true, "snd_init", "snd", 0xff);
}

/* Variables are not functions, and do not end one. */
static void only_functions(void **state)
{
	check(*state, 0xffff800008400204, false, "ioctx_free", "", 0xd4);
	check(*state, 0xffff800008400304, false, "ioctx_free", "", 0x1d4);
}

/* The kernel lists the better name first. */
static void first_of_several_names(void **state)
{
	struct fixture *fixture = *state;

	check(fixture, 0xffff800008010000, false, "gic_handle_irq", "", 0);
	check(fixture, 0xffff800008010004, false, "gic_handle_irq", "", 4);
	assert_int_equal(fixture->frame.size, 0x800);
}

/* If a call is the last instruction of a function, its return address is the start of the next function. */
static void return_address_minus_one(void **state)
{
	check(*state, 0xffff800008300400, true, "__alloc_pages", "", 0x400);
	check(*state, 0xffff800008300401, true, "get_page_from_freelist", "", 1);
	check(*state, 0xffff800008000000, true, "", "", 0);
}

static void addresses_outside(void **state)
{
	check(*state, 0, false, "", "", 0);
	check(*state, 0, true, "", "", 0);
	check(*state, 0xffff7fffffffffff, false, "", "", 0);
	check(*state, 0xffff800000ffffff, false, "", "", 0);
	check(*state, 0xffff8000080fffff, false, "__irqentry_text_end", "", 0xef7ff);
	check(*state, 0xffff800008110800, false, "", "", 0);
	check(*state, UINT64_MAX, false, "", "", 0);
	check(*state, UINT64_MAX, true, "", "", 0);
}

static void load_reads_now(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(aw_symbols_load(fixture->symbols), NR_FUNCTIONS);
	assert_int_equal(aw_symbols_load(fixture->symbols), NR_FUNCTIONS);
	assert_int_equal(aw_symbols_probe(fixture->path), 0);
	/* reading once is enough */
	unlink(fixture->path);
	check(fixture, 0xffff800008300000, false, "__alloc_pages", "", 0);
}

static void strings_outlive_a_load(void **state)
{
	struct fixture *fixture = *state;
	struct aw_frame kept;

	check(fixture, 0xffff800001000024, true, "hog_get_buffer", "hog", 0x24);
	kept = fixture->frame;
	temp_write(fixture->path, "ffff800008000000 T _text\n", 25);
	assert_int_equal(aw_symbols_load(fixture->symbols), 1);
	assert_string_equal(kept.name, "hog_get_buffer");
	assert_string_equal(kept.module, "hog");
	check(fixture, 0xffff800001000024, true, "", "", 0);
}

static void append(struct fixture *fixture, const char *lines)
{
	char text[sizeof(kallsyms) + 256];

	snprintf(text, sizeof(text), "%s%s", kallsyms, lines);
	temp_write(fixture->path, text, strlen(text));
}

/* insmod while allocwatch runs, within a second of its start. */
static void new_module_is_found(void **state)
{
	struct fixture *fixture = *state;

	check(fixture, 0xffff800008300000, false, "__alloc_pages", "", 0);
	append(fixture, "ffff800003000000 t cam_open\t[cam]\nffff800003000100 t cam_close\t[cam]\n");
	check(fixture, 0xffff800003000010, true, "cam_open", "cam", 0x10);
	check(fixture, 0xffff800001000024, true, "hog_get_buffer", "hog", 0x24);
}

/* It directly follows another module, whose last function must not get its addresses. */
static void new_module_behind_another(void **state)
{
	struct fixture *fixture = *state;

	check(fixture, 0xffff800001700110, true, "snd_exit", "snd", 0x10);
	append(fixture, "ffff800001701000 t cam_open\t[cam]\nffff800001701100 t cam_close\t[cam]\n");
	check(fixture, 0xffff800001701010, true, "cam_open", "cam", 0x10);
}

/* No module was loaded: the function is really that long. */
static void long_last_function_of_a_module(void **state)
{
	check(*state, 0xffff800001702010, true, "snd_exit", "snd", 0x1f10);
	check(*state, 0xffff800001702010, true, "snd_exit", "snd", 0x1f10);
}

/* It stays open: who may not open it any more still reads it. */
static void file_that_vanishes(void **state)
{
	struct fixture *fixture = *state;

	check(fixture, 0xffff800008300000, false, "__alloc_pages", "", 0);
	unlink(fixture->path);
	check(fixture, 0xffff900000000000, false, "", "", 0);
	check(fixture, 0xffff800008300000, false, "__alloc_pages", "", 0);
}

/* The number of functions found, or -errno. */
static int load_text(struct fixture *fixture, const char *text, size_t size)
{
	int found;

	temp_write(fixture->path, text, size);
	found = aw_symbols_load(fixture->symbols);
	assert_int_equal(aw_symbols_probe(fixture->path), found < 0 ? found : 0);
	return found;
}

static void nothing_to_read(void **state)
{
	static const char data_only[] = "ffff800008400200 d variable\nffff800008400300 B other\n";
	static const char binary[] = "\x7f" "ELF\x00\x01\x02 T x\n\xff\xff\xff\n";
	struct fixture *fixture = *state;
	struct aw_symbols *missing = aw_symbols_new("/proc/self/no-such-file");
	struct aw_frame frame;

	assert_int_equal(aw_symbols_load(missing), -ENOENT);
	assert_int_equal(aw_symbols_probe("/proc/self/no-such-file"), -ENOENT);
	assert_false(aw_symbols_resolve(missing, 0xffff800008300000, true, &frame));
	assert_string_equal(frame.name, "");
	assert_int_equal(frame.addr, 0xffff800008300000);
	aw_symbols_free(missing);
	aw_symbols_free(NULL);
	assert_int_equal(load_text(fixture, "", 0), -ENOENT);
	assert_int_equal(load_text(fixture, data_only, sizeof(data_only) - 1), -ENOENT);
	assert_int_equal(load_text(fixture, binary, sizeof(binary) - 1), -ENOENT);
}

static void damaged_lines_are_skipped(void **state)
{
	static const char text[] =
		"\n \nT\nffff800008000000\nffff800008000000 \nffff800008000000 T\nffff800008000000 T \n"
		"ffff800008000000  T gap\nffff800008000000 TT long\nxyz T no_address\n"
		"ffff800008001000 T good\n"
		"ffff800008002000 T open\t[mod\n"
		"ffff800008003000 T \x1b[2J\n"
		"ffff800008004000 T last_without_newline";
	struct fixture *fixture = *state;

	assert_int_equal(load_text(fixture, text, sizeof(text) - 1), 4);
	check(fixture, 0xffff800008000fff, false, "", "", 0);
	check(fixture, 0xffff800008001001, false, "good", "", 1);
	check(fixture, 0xffff800008002001, false, "open", "mod", 1);
	check(fixture, 0xffff800008003001, false, "\x1b[2J", "", 1);
	check(fixture, 0xffff800008004001, false, "last_without_newline", "", 1);
}

static void marks_of_the_assembler_are_no_functions(void **state)
{
	static const char text[] =
		"ffff800008001000 T good\n"
		"ffff800008002000 t $x\t[mod]\nffff800008002000 t cma_ask\t[mod]\n"
		"ffff800008002010 t $d.12\t[mod]\nffff800008002020 t .L7\t[mod]\n"
		"ffff800008003000 t $dollar\t[mod]\n";
	struct fixture *fixture = *state;

	assert_int_equal(load_text(fixture, text, sizeof(text) - 1), 3);
	check(fixture, 0xffff800008002004, false, "cma_ask", "mod", 4);
	check(fixture, 0xffff800008002024, false, "cma_ask", "mod", 0x24);
	check(fixture, 0xffff800008003001, false, "$dollar", "mod", 1);
}

static void cut_at_every_byte(void **state)
{
	struct fixture *fixture = *state;
	int most = 0;

	for (size_t size = 0; size < sizeof(kallsyms); size++) {
		int found = load_text(fixture, kallsyms, size);

		if (found == -ENOENT && !most)
			continue;
		assert_in_range(found, most, NR_FUNCTIONS);
		most = found;
	}
	assert_int_equal(most, NR_FUNCTIONS);
}

static const char restricted[] =
	"0000000000000000 T _text\n0000000000000000 T __alloc_pages\n0000000000000000 t snd_init\t[snd]\n";

static void hidden_addresses(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(load_text(fixture, restricted, sizeof(restricted) - 1), -EPERM);
	check(fixture, 0xffff800008300000, false, "", "", 0);
}

struct kernel_names {
	uint64_t asked;
	const char *answer;
	int err;
};

static int name_address(void *arg, uint64_t addr, char *name, size_t size)
{
	struct kernel_names *names = arg;

	names->asked = addr;
	if (!names->err)
		snprintf(name, size, "%s", names->answer);
	return names->err;
}

static void kernel_names_without_kallsyms(void **state)
{
	struct fixture *fixture = *state;
	struct kernel_names names = { .answer = "hog_get_buffer+0x23/0x80 [hog]" };

	aw_symbols_set_namer(fixture->symbols, name_address, &names);
	check(fixture, 0xffff800001000024, true, "hog_get_buffer", "hog", 0x24);
	assert_int_equal(names.asked, 0xffff800001000023);
	assert_int_equal(fixture->frame.size, 0x80);
	names.answer = "__alloc_pages+0x10/0x400";
	check(fixture, 0xffff800008300010, false, "__alloc_pages", "", 0x10);
	assert_int_equal(names.asked, 0xffff800008300010);
	names.answer = "0xffff800008300010";
	check(fixture, 0xffff800008300010, false, "", "", 0);
	names.err = -EFAULT;
	check(fixture, 0xffff800008300010, true, "", "", 0);
}

/* KSYM_NAME_LEN, of which the NUL is a part, and a module's. */
static void longest_name_of_the_kernel(void **state)
{
	struct fixture *fixture = *state;
	char name[512], answer[600];
	struct kernel_names names = { .answer = answer };

	memset(name, 'r', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	snprintf(answer, sizeof(answer), "%s+0x1000/0x2000 [a_module_of_which_the_name_is_as_long_as_it_may_be]", name);
	aw_symbols_set_namer(fixture->symbols, name_address, &names);
	check(fixture, 0xffff800001000024, false, name, "a_module_of_which_the_name_is_as_long_as_it_may_be", 0x1000);
}

static void parses_names(void **state)
{
	struct fixture *fixture = *state;
	struct aw_frame frame = { .addr = 42 };
	char text[600];

	assert_true(aw_symbols_parse_name(fixture->symbols, "ioctx_alloc+0x1c/0x130", &frame));
	assert_string_equal(frame.name, "ioctx_alloc");
	assert_string_equal(frame.module, "");
	assert_int_equal(frame.offset, 0x1c);
	assert_int_equal(frame.size, 0x130);
	assert_int_equal(frame.addr, 42);
	assert_true(aw_symbols_parse_name(fixture->symbols, "snd_init.isra.0+0x40/0x100 [snd]", &frame));
	assert_string_equal(frame.name, "snd_init");
	assert_string_equal(frame.suffix, ".isra.0");
	assert_string_equal(frame.module, "snd");
	memset(text, 'r', 511);
	strcpy(text + 511, "+0x1/0x2");
	assert_true(aw_symbols_parse_name(fixture->symbols, text, &frame));
	assert_int_equal(strlen(frame.name), 511);
}

static void refuses_other_names(void **state)
{
	static const char *const texts[] = {
		"", "ioctx_alloc", "ioctx_alloc+", "ioctx_alloc+0x1c", "ioctx_alloc+0x1c/", "+0x1/0x2",
		"0xffff800008300010", "0+0x1/0x2", " ioctx_alloc+0x1/0x2", "ioctx alloc+0x1/0x2",
		"ioctx_alloc+12/34",
	};
	struct fixture *fixture = *state;
	struct aw_frame frame = { .addr = 42, .name = "kept" };
	char text[600];

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (aw_symbols_parse_name(fixture->symbols, texts[i], &frame))
			print_error("\"%s\"\n", texts[i]);
		assert_string_equal(frame.name, "kept");
	}
	memset(text, 'r', 512);
	strcpy(text + 512, "+0x1/0x2");
	assert_false(aw_symbols_parse_name(fixture->symbols, text, &frame));
	assert_string_equal(frame.name, "kept");
}

static void many_unsorted_symbols(void **state)
{
	enum { COUNT = 50000 };
	struct fixture *fixture = *state;
	char *text = malloc(COUNT * 48), *end = text, name[32];

	for (unsigned int i = 0; i < COUNT; i++) {
		unsigned int n = (i * 7919u) % COUNT;	/* coprime: every number once, in scattered order */

		end += sprintf(end, "%016lx t function_%u\t[module_%u]\n", 0xffff800000000000 + n * 64ul, n,
			       n / 100);
	}
	assert_int_equal(load_text(fixture, text, (size_t)(end - text)), COUNT);
	for (unsigned int n = 0; n < COUNT; n += 101) {
		char module[32];

		sprintf(name, "function_%u", n);
		sprintf(module, "module_%u", n / 100);
		check(fixture, 0xffff800000000000 + n * 64ul + 8, true, name, module, 8);
	}
	free(text);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(resolves),
		TEST(only_functions),
		TEST(first_of_several_names),
		TEST(return_address_minus_one),
		TEST(addresses_outside),
		TEST(load_reads_now),
		TEST(strings_outlive_a_load),
		TEST(new_module_is_found),
		TEST(new_module_behind_another),
		TEST(long_last_function_of_a_module),
		TEST(file_that_vanishes),
		TEST(nothing_to_read),
		TEST(damaged_lines_are_skipped),
		TEST(marks_of_the_assembler_are_no_functions),
		TEST(cut_at_every_byte),
		TEST(hidden_addresses),
		TEST(kernel_names_without_kallsyms),
		TEST(longest_name_of_the_kernel),
		TEST(parses_names),
		TEST(refuses_other_names),
		TEST(many_unsorted_symbols),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
