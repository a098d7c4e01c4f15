// SPDX-License-Identifier: GPL-2.0
/*
 * What the running kernel's BTF says.
 */
#include "kernel/btf.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct aw_btf {
	struct btf *btf;
};

static int silent(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

/*
 * A kernel without this file has none of its own.  Where libbpf looks then it
 * calls faccessat2(), and an arm64 kernel before 5.8 puts the registers of
 * each caller of an unknown system call into its log.
 */
struct aw_btf *aw_btf_open(void)
{
	libbpf_print_fn_t print;
	struct aw_btf *btf;

	if (access("/sys/kernel/btf/vmlinux", R_OK))
		return NULL;
	print = libbpf_set_print(silent);
	btf = calloc(1, sizeof(*btf));
	if (btf)
		btf->btf = btf__load_vmlinux_btf();
	libbpf_set_print(print);
	if (btf && btf->btf && !libbpf_get_error(btf->btf))
		return btf;
	free(btf);
	return NULL;
}

void aw_btf_free(struct aw_btf *btf)
{
	if (!btf)
		return;
	btf__free(btf->btf);
	free(btf);
}

/* The enum is anonymous: found by its first enumerator. */
static const struct btf_type *gfp_bits(const struct btf *btf)
{
	for (unsigned int id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (!btf_is_enum(type) || !btf_vlen(type))
			continue;
		if (!strcmp(btf__name_by_offset(btf, btf_enum(type)[0].name_off), "___GFP_DMA_BIT"))
			return type;
	}
	return NULL;
}

int aw_btf_gfp_table(const struct aw_btf *btf, struct aw_gfp_table **out)
{
	const struct btf_type *type = gfp_bits(btf->btf);
	struct aw_gfp_table *table;

	if (!type)
		return -ENOENT;
	table = aw_gfp_table_new();
	if (!table)
		return -ENOMEM;
	for (unsigned int i = 0; i < btf_vlen(type); i++) {
		const struct btf_enum *value = &btf_enum(type)[i];

		if (aw_gfp_table_add_bit(table, btf__name_by_offset(btf->btf, value->name_off),
					 value->val) == -ENOMEM) {
			aw_gfp_table_free(table);
			return -ENOMEM;
		}
	}
	aw_gfp_table_set_origin(table, "BTF");
	*out = table;
	return 0;
}

static const struct btf_type *named_enum(const struct btf *btf, const char *name)
{
	int id = btf__find_by_name_kind(btf, name, BTF_KIND_ENUM);

	return id < 0 ? NULL : btf__type_by_id(btf, id);
}

int aw_btf_migratetypes(const struct aw_btf *btf, struct aw_migratetypes *out)
{
	const struct btf_type *type = named_enum(btf->btf, "migratetype");
	struct aw_migratetypes table = { .count = 0 };

	if (!type)
		return -ENOENT;
	for (unsigned int i = 0; i < AW_MT_NUMBERS; i++)
		table.of[i] = AW_MT_UNKNOWN;
	for (unsigned int i = 0; i < btf_vlen(type); i++) {
		const struct btf_enum *value = &btf_enum(type)[i];
		const char *name = btf__name_by_offset(btf->btf, value->name_off);
		enum aw_migratetype meaning = aw_migratetype_from_name(name, strlen(name));

		/* MIGRATE_PCPTYPES shares its number with the first type past the per-cpu lists. */
		if (meaning == AW_MT_UNKNOWN || value->val < 0 || value->val >= AW_MT_NUMBERS)
			continue;
		table.of[value->val] = meaning;
		if ((unsigned int)value->val >= table.count)
			table.count = value->val + 1;
	}
	if (!table.count)
		return -ENOENT;
	*out = table;
	return 0;
}

int aw_btf_compact_numbers(const struct aw_btf *btf, struct aw_compact_numbers *out)
{
	const struct btf_type *type = named_enum(btf->btf, "compact_result");
	struct aw_compact_numbers table = { { 0 } };

	if (!type)
		return -ENOENT;
	for (unsigned int i = 0; i < btf_vlen(type); i++) {
		const struct btf_enum *value = &btf_enum(type)[i];

		if (value->val >= 0 && value->val < AW_COMPACT_NUMBERS)
			table.of[value->val] =
				aw_compact_result_from_name(btf__name_by_offset(btf->btf, value->name_off));
	}
	*out = table;
	return 0;
}

int aw_btf_function_parameters(const struct aw_btf *btf, const char *function)
{
	int id = btf__find_by_name_kind(btf->btf, function, BTF_KIND_FUNC);
	const struct btf_type *proto;
	int count;

	if (id < 0)
		return -ENOENT;
	proto = btf__type_by_id(btf->btf, btf__type_by_id(btf->btf, id)->type);
	if (!proto || !btf_is_func_proto(proto))
		return -ENOENT;
	count = btf_vlen(proto);
	/* A variadic function ends with a parameter of type 0. */
	if (count && !btf_params(proto)[count - 1].type)
		count--;
	return count;
}

/* typedef void (*btf_trace_NAME)(void *, ...): the first parameter is the tracing's own. */
int aw_btf_tracepoint_arguments(const struct aw_btf *btf, const char *tracepoint, const char **first)
{
	char name[128];
	const struct btf_type *type;
	int id;

	snprintf(name, sizeof(name), "btf_trace_%s", tracepoint);
	id = btf__find_by_name_kind(btf->btf, name, BTF_KIND_TYPEDEF);
	type = id < 0 ? NULL : btf__type_by_id(btf->btf, id);
	type = type ? btf__type_by_id(btf->btf, type->type) : NULL;
	type = type && btf_is_ptr(type) ? btf__type_by_id(btf->btf, type->type) : NULL;
	if (!type || !btf_is_func_proto(type) || !btf_vlen(type))
		return -ENOENT;
	if (first && btf_vlen(type) > 1)
		*first = btf__name_by_offset(btf->btf,
					     btf__type_by_id(btf->btf, btf_params(type)[1].type)->name_off);
	return btf_vlen(type) - 1;
}
