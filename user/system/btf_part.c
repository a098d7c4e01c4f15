// SPDX-License-Identifier: GPL-2.0
/*
 * The part of BTF that BPF programs need of a kernel's.
 */
#include "system/btf_part.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

/* The BTF of the programs has 185 types with such a name.  A power of two. */
#define SLOTS 1024

struct name {
	const char *text;	/* of the BTF of the programs */
	size_t len;		/* without a flavor */
};

struct part {
	const struct btf *whole;
	struct btf *btf;
	uint32_t *made;		/* by the number of a type in the whole: that in the part; 0: not yet */
};

static bool has_name_that_counts(const struct btf_type *type)
{
	return btf_is_composite(type) || btf_is_any_enum(type) || btf_is_typedef(type);
}

static unsigned int slot_of(const char *text, size_t len)
{
	uint32_t hash = 0;

	for (size_t i = 0; i < len; i++)
		hash = hash * 31 + (unsigned char)text[i];
	return (hash ^ hash >> 10) & (SLOTS - 1);
}

/* The slot of this name, or the empty one where it would be; SLOTS: it is not there, and all are full. */
static unsigned int find_name(const struct name *names, const char *text, size_t len)
{
	unsigned int slot = slot_of(text, len);

	for (unsigned int tries = 0; tries < SLOTS; tries++, slot = (slot + 1) & (SLOTS - 1))
		if (!names[slot].text || (names[slot].len == len && !memcmp(names[slot].text, text, len)))
			return slot;
	return SLOTS;
}

static int collect_names(const struct btf *object, struct name *names)
{
	for (unsigned int id = 1; id < btf__type_cnt(object); id++) {
		const struct btf_type *type = btf__type_by_id(object, id);
		const char *text = has_name_that_counts(type) ? btf__name_by_offset(object, type->name_off) : NULL;
		const char *flavor = text ? strstr(text, "___") : NULL;
		size_t len = !text ? 0 : flavor ? (size_t)(flavor - text) : strlen(text);
		unsigned int slot;

		if (!len)
			continue;
		slot = find_name(names, text, len);
		if (slot == SLOTS)
			return -E2BIG;
		names[slot] = (struct name){ text, len };
	}
	return 0;
}

/* The number in the part of a type of the whole, which is added where it is new; or -errno.  Void for what no member consists of. */
static int number_in_part(struct part *part, uint32_t id)
{
	const struct btf_type *type = id ? btf__type_by_id(part->whole, id) : NULL;
	int made;

	if (!type || !(has_name_that_counts(type) || btf_is_int(type) || btf_is_float(type) || btf_is_array(type) ||
		       btf_is_ptr(type) || btf_is_mod(type) || btf_is_fwd(type)))
		return 0;
	if (part->made[id])
		return (int)part->made[id];
	made = btf__add_type(part->btf, part->whole, type);
	if (made > 0)
		part->made[id] = (uint32_t)made;
	return made;
}

/* The n-th type that this one consists of, or NULL. */
static uint32_t *reference(struct btf_type *type, unsigned int n)
{
	if (btf_is_composite(type))
		return n < btf_vlen(type) ? &btf_members(type)[n].type : NULL;
	if (btf_is_array(type))
		return n == 0 ? &btf_array(type)->type : n == 1 ? &btf_array(type)->index_type : NULL;
	return n == 0 && (btf_is_ptr(type) || btf_is_mod(type) || btf_is_typedef(type)) ? &type->type : NULL;
}

/* What this type of the part consists of has the numbers of the whole yet.  To add a type moves all others. */
static int finish_type(struct part *part, unsigned int id)
{
	for (unsigned int n = 0;; n++) {
		struct btf_type *type = (struct btf_type *)btf__type_by_id(part->btf, id);
		uint32_t *of = reference(type, n);
		int number;

		if (!of)
			return 0;
		number = btf_is_ptr(type) ? 0 : number_in_part(part, *of);
		if (number < 0)
			return number;
		*reference((struct btf_type *)btf__type_by_id(part->btf, id), n) = (uint32_t)number;
	}
}

static int fill(struct part *part, const struct name *names)
{
	for (unsigned int id = 1; id < btf__type_cnt(part->whole); id++) {
		const struct btf_type *type = btf__type_by_id(part->whole, id);
		const char *text = has_name_that_counts(type) ? btf__name_by_offset(part->whole, type->name_off) : NULL;
		unsigned int slot = text && *text ? find_name(names, text, strlen(text)) : SLOTS;
		int made = slot < SLOTS && names[slot].text ? number_in_part(part, id) : 0;

		if (made < 0)
			return made;
	}
	/* Those that are added meanwhile, too. */
	for (unsigned int id = 1; id < btf__type_cnt(part->btf); id++) {
		int err = finish_type(part, id);

		if (err)
			return err;
	}
	return 0;
}

int aw_btf_part(const struct aw_btf *whole, const struct btf *object, struct btf **out)
{
	AW_FREE struct name *names = calloc(SLOTS, sizeof(*names));
	struct part part = { .whole = aw_btf_whole(whole) };
	AW_FREE uint32_t *made = calloc(btf__type_cnt(part.whole), sizeof(*made));
	int err = names && made ? collect_names(object, names) : -ENOMEM;

	if (err)
		return err;
	part.made = made;
	part.btf = btf__new_empty();
	if (!part.btf)
		return -errno;
	err = fill(&part, names);
	if (err)
		btf__free(part.btf);
	else
		*out = part.btf;
	return err;
}
