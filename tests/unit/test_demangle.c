// SPDX-License-Identifier: GPL-2.0
/*
 * Rust symbols as paths.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/array.h"
#include "base/demangle.h"

/* At the end of its own memory: ASan sees every step too far. */
static bool demangle(const char *name, size_t len, char *out, size_t size)
{
	char *copy = malloc(len ? len : 1);
	bool is_rust;

	assert_non_null(copy);
	memcpy(copy, name, len);
	is_rust = aw_demangle_rust(copy, len, out, size);
	free(copy);
	return is_rust;
}

static void symbols(void **state)
{
	static const struct { const char *name, *path; } rows[] = {
		{ "_RNvC6_123foo3bar", "123foo::bar" },
		{ "_RNvNtCsgu3D7i0gFmA_9rust_echo4echo7rx_fill", "rust_echo::echo::rx_fill" },
		{ "_RNvMs_NtCs4fqI2P2rA04_5alloc7raw_vecINtB4_6RawVechE8grow_one",
		  "<alloc::raw_vec::RawVec>::grow_one" },
		{ "_RNvMsr_NtCs3ssYzQotkvD_3std4pathNtB5_7PathBuf3newCs15kBYyAo9fc_7mycrate",
		  "<std::path::PathBuf>::new" },
		{ "_RNvXs1_NtCsabc_6kernel5allocNtB5_7KmallocNtB5_9Allocator7realloc",
		  "<kernel::alloc::Kmalloc as kernel::alloc::Allocator>::realloc" },
		{ "_RNvXsN_NtNtCs1234_6kernel5alloc4kvecINtB5_3VecpNtNtB7_9allocator7KmallocENtNtNtCs1_4core3ops5deref5Deref5deref",
		  "<kernel::alloc::kvec::Vec as core::ops::deref::Deref>::deref" },
		{ "_RNCNvCsxx_4drop4main0", "drop::main::{closure#0}" },
		{ "_RNCNvCsxx_4drop4mains_0", "drop::main::{closure#1}" },
		{ "_RNSNvCsxx_4drop4main6vtable", "drop::main::{shim:vtable#0}" },
		{ "_RINvNtC3std3mem8align_ofdE", "std::mem::align_of" },
		{ "_RMC0INtC8arrayvec8ArrayVechKj7b_E", "<arrayvec::ArrayVec>" },
		{ "_ZN5alloc7raw_vec11finish_grow17h0123456789abcdefE", "alloc::raw_vec::finish_grow" },
		{ "_ZN71_$LT$core..fmt..Foo$u20$as$u20$core..Bar$GT$3fmt17h0123456789abcdefE",
		  NULL },	/* says 71 bytes, has fewer */
		{ "_ZN38_$LT$core..fmt..Foo$u20$as$u20$Bar$GT$3fmt17h0123456789abcdefE",
		  "<core::fmt::Foo as Bar>::fmt" },
		/* neither C++ nor C is Rust */
		{ "_ZN3fooE", NULL }, { "_ZN3foo3barEv", NULL }, { "ioctx_alloc", NULL }, { "_Runtime", NULL },
		{ "_R", NULL }, { "", NULL }, { "_RX", NULL }, { "_RNv", NULL },
	};
	char out[256];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		bool is_rust = demangle(rows[i].name, strlen(rows[i].name), out, sizeof(out));

		assert_string_equal(out, rows[i].path ? rows[i].path : "");
		assert_int_equal(is_rust, rows[i].path != NULL);
	}
}

/* A terminal of 80 columns cuts them; what is there is the front of the path. */
static void cut_symbols(void **state)
{
	static const char name[] = "_RNvXs1_NtCsabc_6kernel5allocNtB5_7KmallocNtB5_9Allocator7realloc";
	static const char path[] = "<kernel::alloc::Kmalloc as kernel::alloc::Allocator>::realloc";
	char out[256];

	(void)state;
	for (size_t len = 0; len < sizeof(name) - 1; len++) {
		size_t n;

		if (!demangle(name, len, out, sizeof(out))) {
			assert_string_equal(out, "");
			continue;
		}
		n = strlen(out);
		assert_true(n > 3);
		assert_string_equal(out + n - 3, "...");
		assert_memory_equal(out, path, n - 3);
	}
}

static void small_room(void **state)
{
	static const char name[] = "_RNvNtCsgu3D7i0gFmA_9rust_echo4echo7rx_fill";
	static const char path[] = "rust_echo::echo::rx_fill";

	(void)state;
	for (size_t size = 1; size <= sizeof(path); size++) {
		char *out = malloc(size);

		assert_non_null(out);
		demangle(name, sizeof(name) - 1, out, size);
		assert_true(strlen(out) < size);
		assert_memory_equal(out, path, strlen(out));
		free(out);
	}
}

/* Back references that repeat each other, nesting without end, and noise. */
static void hostile_symbols(void **state)
{
	char name[4096], out[256];
	unsigned int seed = 1;

	(void)state;
	strcpy(name, "_RNvC1a");
	for (size_t n = strlen(name); n < 4000; n += 2)
		strcpy(name + n, "Nv");
	demangle(name, strlen(name), out, sizeof(out));
	memset(name, 'N', sizeof(name));
	memcpy(name, "_R", 2);
	assert_false(demangle(name, sizeof(name), out, sizeof(out)));
	assert_false(demangle("_RB_", 4, out, sizeof(out)));
	assert_false(demangle("_RINvC1aTB_TB_TB_TB_EE", 22, out, sizeof(out)) && strlen(out) > 200);
	for (int round = 0; round < 20000; round++) {
		static const char bytes[] = "_RZNvtCsBIMXYTEKLSAOPQ0123456789abhijm$.u";
		size_t len = 2 + (size_t)(seed % 60);

		memcpy(name, round & 1 ? "_R" : "_ZN", 3);
		for (size_t i = 2 + !(round & 1); i < len; i++) {
			seed = seed * 1103515245 + 12345;
			name[i] = bytes[(seed >> 16) % (sizeof(bytes) - 1)];
		}
		demangle(name, len, out, sizeof(out));
		assert_true(strlen(out) < sizeof(out));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(symbols),
		cmocka_unit_test(cut_symbols),
		cmocka_unit_test(small_room),
		cmocka_unit_test(hostile_symbols),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
