// SPDX-License-Identifier: GPL-2.0
/*
 * Queries the BTF of the running kernel.
 */
#include "system/btf.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/incomplete.h"
#include "base/memory.h"
#include "system/memory_limit.h"

#define VMLINUX "/sys/kernel/btf/vmlinux"

/* libbpf compares names type by type, half a millisecond for all; one structure is asked for each of its members. */
#define REMEMBERED 16

struct aw_btf {
	struct btf *btf;
	unsigned int asked;
	struct {
		char name[48];
		uint32_t kind;
		int id;
	} remembered[REMEMBERED];
};

/* The number of the type, or -ENOENT. */
static int find_type(const struct aw_btf *of, const char *name, uint32_t kind)
{
	struct aw_btf *btf = (struct aw_btf *)of;	/* what it says stays the same */
	unsigned int at = btf->asked % REMEMBERED;
	int id;

	for (unsigned int i = 0; i < REMEMBERED && i < btf->asked; i++)
		if (btf->remembered[i].kind == kind && !strcmp(btf->remembered[i].name, name))
			return btf->remembered[i].id;
	id = btf__find_by_name_kind(btf->btf, name, kind);
	if (strlen(name) >= sizeof(btf->remembered[at].name))
		return id;
	strcpy(btf->remembered[at].name, name);
	btf->remembered[at].kind = kind;
	btf->remembered[at].id = id;
	btf->asked++;
	return id;
}

static int silent(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

/* Not btf__load_vmlinux_btf(), which does not tell a read that failed from a kernel without BTF. */
static struct btf *load_vmlinux(void)
{
	AW_FREE char *data = NULL;
	size_t len;
	int err = aw_file_read(VMLINUX, &data, &len);

	errno = -err;
	return err ? NULL : btf__new(data, (uint32_t)len);
}

/* `path` NULL: that of the kernel. */
static struct aw_btf *load(const char *path)
{
	struct aw_btf *btf = calloc(1, sizeof(*btf));
	libbpf_print_fn_t print;

	if (!btf)
		return NULL;
	print = libbpf_set_print(silent);
	btf->btf = path ? btf__parse(path, NULL) : load_vmlinux();
	libbpf_set_print(print);
	if (btf->btf && !libbpf_get_error(btf->btf))
		return btf;
	if (errno == ENOMEM)
		aw_memory_note_failure();
	free(btf);
	return NULL;
}

/* For the text and the rest of the program, the maps and the page tables: seen on 6.1 with 64 and 72 MB. */
#define MACHINE_NEEDS (UINT64_C(12) << 20)
#define CGROUP_NEEDS (UINT64_C(2) << 20)

/* It was read: what that took is no reason to do without it a moment later. */
static bool was_read;

enum aw_btf_state aw_btf_state(void)
{
	struct stat status;
	uint64_t size;

	if (access(VMLINUX, R_OK) || stat(VMLINUX, &status)) {
		aw_incomplete_note_file(VMLINUX, -errno);
		return AW_BTF_NONE;
	}
	if (was_read)
		return AW_BTF_THERE;
	size = 2 * (uint64_t)status.st_size;
	return aw_memory_available() < size + MACHINE_NEEDS || aw_memory_left_by_cgroups() < size + CGROUP_NEEDS ?
	       AW_BTF_TOO_LARGE : AW_BTF_THERE;
}

/*
 * If this file is missing, the kernel has no BTF.  libbpf must not search for
 * it then: it calls faccessat2(), and an arm64 kernel before 5.8 dumps the
 * registers of the caller of an unknown system call to its log.
 */
struct aw_btf *aw_btf_open(void)
{
	struct aw_btf *btf = aw_btf_state() == AW_BTF_THERE ? load(NULL) : NULL;

	was_read = was_read || btf;
	return btf;
}

struct aw_btf *aw_btf_from(const char *path)
{
	return load(path);
}

int aw_btf_check(const char *path)
{
	libbpf_print_fn_t print;
	struct stat status;
	struct btf *btf;
	int err;

	if (stat(path, &status))
		return -errno;
	if (!S_ISREG(status.st_mode))	/* a pipe or device may have no end, or never come */
		return -EINVAL;
	if (access(path, R_OK))
		return -errno;
	print = libbpf_set_print(silent);
	btf = btf__parse(path, NULL);
	err = (int)libbpf_get_error(btf);
	libbpf_set_print(print);
	if (!err)
		btf__free(btf);
	return !err || err == -ENOMEM ? err : -EINVAL;
}

void aw_btf_free(struct aw_btf *btf)
{
	if (!btf)
		return;
	btf__free(btf->btf);
	free(btf);
}

const struct btf *aw_btf_whole(const struct aw_btf *btf)
{
	return btf->btf;
}

/* "" also where the file has no such string: nothing in it is trusted. */
static const char *name_of(const struct btf *btf, uint32_t offset)
{
	const char *name = btf__name_by_offset(btf, offset);

	return name ? name : "";
}

static const char *type_name(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(btf, id);

	return type ? name_of(btf, type->name_off) : "";
}

/* The enum is anonymous, so it is found by its first enumerator. */
static const struct btf_type *gfp_bits(const struct btf *btf)
{
	for (unsigned int id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (!btf_is_enum(type) || !btf_vlen(type))
			continue;
		if (!strcmp(name_of(btf, btf_enum(type)[0].name_off), "___GFP_DMA_BIT"))
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

		if (aw_gfp_table_add_bit(table, name_of(btf->btf, value->name_off),
					 value->val) == -ENOMEM) {
			aw_gfp_table_free(table);
			return -ENOMEM;
		}
	}
	aw_gfp_table_set_origin(table, "BTF");
	*out = table;
	return 0;
}

static const struct btf_type *named_enum(const struct aw_btf *btf, const char *name)
{
	int id = find_type(btf, name, BTF_KIND_ENUM);

	return id < 0 ? NULL : btf__type_by_id(btf->btf, id);
}

int aw_btf_migratetypes(const struct aw_btf *btf, struct aw_migratetypes *out)
{
	const struct btf_type *type = named_enum(btf, "migratetype");
	struct aw_migratetypes table = { .count = 0 };

	if (!type)
		return -ENOENT;
	for (unsigned int i = 0; i < AW_MT_NUMBERS; i++)
		table.of[i] = AW_MT_UNKNOWN;
	for (unsigned int i = 0; i < btf_vlen(type); i++) {
		const struct btf_enum *value = &btf_enum(type)[i];
		const char *name = name_of(btf->btf, value->name_off);
		enum aw_migratetype meaning = aw_migratetype_from_name(name, strlen(name));

		/* MIGRATE_PCPTYPES has the number of the first type without per-cpu lists. */
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
	const struct btf_type *type = named_enum(btf, "compact_result");
	struct aw_compact_numbers table = { { 0 } };

	if (!type)
		return -ENOENT;
	for (unsigned int i = 0; i < btf_vlen(type); i++) {
		const struct btf_enum *value = &btf_enum(type)[i];

		if (value->val >= 0 && value->val < AW_COMPACT_NUMBERS)
			table.of[value->val] =
				aw_compact_result_from_name(name_of(btf->btf, value->name_off));
	}
	*out = table;
	return 0;
}

int aw_btf_function(const struct aw_btf *btf, const char *function)
{
	return find_type(btf, function, BTF_KIND_FUNC);
}

int aw_btf_variable(const struct aw_btf *btf, const char *variable)
{
	return find_type(btf, variable, BTF_KIND_VAR);
}

int aw_btf_function_parameters(const struct aw_btf *btf, const char *function)
{
	int id = find_type(btf, function, BTF_KIND_FUNC);
	const struct btf_type *proto;
	int count;

	if (id < 0)
		return -ENOENT;
	proto = btf__type_by_id(btf->btf, btf__type_by_id(btf->btf, id)->type);
	if (!proto || !btf_is_func_proto(proto))
		return -ENOENT;
	count = btf_vlen(proto);
	/* The last parameter of a variadic function has type 0. */
	if (count && !btf_params(proto)[count - 1].type)
		count--;
	return count;
}

/* typedef void (*btf_trace_NAME)(void *, ...): the first parameter is internal to tracing. */
int aw_btf_tracepoint_arguments(const struct aw_btf *btf, const char *tracepoint, const char **first)
{
	char name[128];
	const struct btf_type *type;
	int id;

	snprintf(name, sizeof(name), "btf_trace_%s", tracepoint);
	id = find_type(btf, name, BTF_KIND_TYPEDEF);
	type = id < 0 ? NULL : btf__type_by_id(btf->btf, id);
	type = type ? btf__type_by_id(btf->btf, type->type) : NULL;
	type = type && btf_is_ptr(type) ? btf__type_by_id(btf->btf, type->type) : NULL;
	if (!type || !btf_is_func_proto(type) || !btf_vlen(type))
		return -ENOENT;
	if (first && btf_vlen(type) > 1)
		*first = type_name(btf->btf, btf_params(type)[1].type);
	return btf_vlen(type) - 1;
}

int aw_btf_size(const struct aw_btf *btf, const char *structure, unsigned int *bytes)
{
	int id = find_type(btf, structure, BTF_KIND_STRUCT);

	if (id < 0)
		return -ENOENT;
	*bytes = btf__type_by_id(btf->btf, id)->size;
	return 0;
}

/* Members nest a few levels deep: struct page has structures in a union in a structure in a union. */
#define NESTING 4

static const struct btf_member *find_member(const struct btf *btf, const struct btf_type *type, const char *name,
					    unsigned int depth, unsigned int *bits)
{
	for (unsigned int i = 0; type && btf_is_composite(type) && i < btf_vlen(type); i++) {
		const struct btf_member *member = &btf_members(type)[i];
		const char *own = btf__name_by_offset(btf, member->name_off);
		unsigned int at = *bits;

		*bits = at + btf_member_bit_offset(type, i);
		if (own && *own && !strcmp(own, name))
			return member;
		if (own && !*own && depth) {
			const struct btf_member *inner =
				find_member(btf, btf__type_by_id(btf, member->type), name, depth - 1, bits);

			if (inner)
				return inner;
		}
		*bits = at;
	}
	return NULL;
}

static const struct btf_member *member_of(const struct aw_btf *btf, const char *structure, const char *name,
					  unsigned int *bits)
{
	int id = find_type(btf, structure, BTF_KIND_STRUCT);

	*bits = 0;
	return id < 0 ? NULL : find_member(btf->btf, btf__type_by_id(btf->btf, id), name, NESTING, bits);
}

int aw_btf_member(const struct aw_btf *btf, const char *structure, const char *member, unsigned int *offset)
{
	unsigned int bits;

	if (!member_of(btf, structure, member, &bits))
		return -ENOENT;
	*offset = bits / 8;
	return 0;
}

unsigned int aw_btf_member_elements(const struct aw_btf *btf, const char *structure, const char *member)
{
	unsigned int bits;
	const struct btf_member *found = member_of(btf, structure, member, &bits);
	const struct btf_type *type = found ? btf__type_by_id(btf->btf, found->type) : NULL;

	return type && btf_is_array(type) ? btf_array(type)->nelems : 0;
}

int aw_btf_enumerator(const struct aw_btf *btf, const char *name, const char *enumerator, int64_t *value)
{
	const struct btf_type *type = named_enum(btf, name);

	for (unsigned int i = 0; type && i < btf_vlen(type); i++) {
		const struct btf_enum *row = &btf_enum(type)[i];

		if (strcmp(btf__name_by_offset(btf->btf, row->name_off), enumerator))
			continue;
		*value = row->val;
		return 0;
	}
	return -ENOENT;
}
