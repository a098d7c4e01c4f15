// SPDX-License-Identifier: GPL-2.0
/*
 * Tests that libbpf finds in a part of BTF what it finds in the whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "btf_file.h"
#include "system/btf_part.h"

/*
 * struct list { struct list *next; };
 * struct zone { long marks[3]; const union { int flags; struct list lru; }; enum kind kind; struct unrelated *other; };
 * struct unrelated { int number; };	typedef struct zone zone_t;	enum kind { FIRST, SECOND };
 */
static struct btf *kernel(void)
{
	struct btf *btf = btf__new_empty();
	int integer = btf__add_int(btf, "int", 4, BTF_INT_SIGNED), length = btf__add_int(btf, "long", 8, BTF_INT_SIGNED);
	int unrelated = btf__add_struct(btf, "unrelated", 4), list, inner, marks, kind, zone;

	assert_int_equal(btf__add_field(btf, "number", integer, 0, 0), 0);
	list = btf__add_struct(btf, "list", 8);
	assert_int_equal(btf__add_field(btf, "next", list + 1, 0, 0), 0);
	assert_int_equal(btf__add_ptr(btf, list), list + 1);
	inner = btf__add_union(btf, NULL, 8);
	assert_int_equal(btf__add_field(btf, "flags", integer, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "lru", list, 0, 0), 0);
	inner = btf__add_const(btf, inner);
	marks = btf__add_array(btf, integer, length, 3);
	/* As in a kernel, a structure stands before what it consists of. */
	zone = btf__add_struct(btf, "zone", 48);
	kind = zone + 1;
	assert_int_equal(btf__add_field(btf, "marks", marks, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, NULL, inner, 192, 0), 0);
	assert_int_equal(btf__add_field(btf, "kind", kind, 256, 0), 0);
	assert_int_equal(btf__add_field(btf, "other", kind + 1, 320, 0), 0);
	assert_int_equal(btf__add_enum(btf, "kind", 4), kind);
	assert_int_equal(btf__add_enum_value(btf, "FIRST", 0), 0);
	assert_int_equal(btf__add_enum_value(btf, "SECOND", 7), 0);
	assert_int_equal(btf__add_ptr(btf, unrelated), kind + 1);
	assert_true(btf__add_typedef(btf, "zone_t", zone) > 0);
	assert_true(btf__add_typedef(btf, "unrelated_t", unrelated) > 0);
	return btf;
}

/* What the programs name: struct zone___old { ... }. */
static struct btf *programs(const char *name)
{
	struct btf *btf = btf__new_empty();

	assert_true(btf__add_struct(btf, name, 0) > 0);
	assert_true(btf__add_struct(btf, NULL, 0) > 0);
	return btf;
}

static struct aw_btf *open_kernel(void)
{
	struct btf *btf = kernel();
	struct aw_btf *opened = aw_btf_reopen(btf);

	btf__free(btf);
	return opened;
}

static struct btf *part_for(const char *name)
{
	struct aw_btf *whole = open_kernel();
	struct btf *object = programs(name), *part = NULL;

	assert_int_equal(aw_btf_part(whole, object, &part), 0);
	btf__free(object);
	aw_btf_free(whole);
	return part;
}

static const struct btf_type *named(const struct btf *btf, const char *name, uint32_t kind)
{
	int id = btf__find_by_name_kind(btf, name, kind);

	return id < 0 ? NULL : btf__type_by_id(btf, (uint32_t)id);
}

static void a_structure_and_what_it_consists_of(void **state)
{
	struct btf *part = part_for("zone___old");
	const struct btf_type *zone = named(part, "zone", BTF_KIND_STRUCT), *list = named(part, "list", BTF_KIND_STRUCT), *type;
	const struct btf_member *members;

	(void)state;
	assert_non_null(zone);
	assert_non_null(list);
	assert_int_equal(zone->size, 48);
	assert_int_equal(btf_vlen(zone), 4);
	members = btf_members(zone);
	assert_string_equal(btf__name_by_offset(part, members[0].name_off), "marks");
	type = btf__type_by_id(part, members[0].type);
	assert_true(btf_is_array(type));
	assert_int_equal(btf_array(type)->nelems, 3);
	assert_int_equal(btf__resolve_size(part, members[0].type), 24);
	assert_true(btf_is_int(btf__type_by_id(part, btf_array(type)->index_type)));
	assert_int_equal(btf_member_bit_offset(zone, 1), 192);
	type = btf__type_by_id(part, members[1].type);
	assert_true(btf_is_const(type));
	type = btf__type_by_id(part, type->type);
	assert_true(btf_is_union(type));
	assert_ptr_equal(btf__type_by_id(part, btf_members(type)[1].type), list);
	assert_int_equal(btf_enum(btf__type_by_id(part, members[2].type))[1].val, 7);
	btf__free(part);
}

/* Nor is what is pointed to. */
static void what_has_another_name_is_left_out(void **state)
{
	struct btf *part = part_for("zone");
	const struct btf_type *zone = named(part, "zone", BTF_KIND_STRUCT), *type = btf__type_by_id(part, btf_members(zone)[3].type);

	(void)state;
	assert_true(btf_is_ptr(type));
	assert_int_equal(type->type, 0);
	assert_null(named(part, "unrelated", BTF_KIND_STRUCT));
	assert_null(named(part, "unrelated_t", BTF_KIND_TYPEDEF));
	assert_null(named(part, "zone_t", BTF_KIND_TYPEDEF));
	btf__free(part);
	part = part_for("zone_");
	assert_int_equal(btf__type_cnt(part), 1);
	btf__free(part);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_structure_and_what_it_consists_of),
		cmocka_unit_test(what_has_another_name_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
