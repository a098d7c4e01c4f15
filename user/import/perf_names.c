// SPDX-License-Identifier: GPL-2.0
/*
 * The names of threads in perf.data.
 */
#include "import/perf_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "import/reader.h"

#define MOST_NAMES (1u << 18)

struct aw_perf_name {
	uint32_t tid;
	char comm[AW_COMM_LEN + 1];
	UT_hash_handle hh;
};

static struct aw_perf_name *find(const struct aw_perf_names *names, uint32_t tid)
{
	struct aw_perf_name *name;

	HASH_FIND(hh, names->hash, &tid, sizeof(tid), name);
	return name;
}

static struct aw_perf_name *make(struct aw_perf_names *names, uint32_t tid)
{
	struct aw_perf_name *name = names->count < MOST_NAMES ? calloc(1, sizeof(*name)) : NULL;

	if (!name)
		return NULL;
	name->tid = tid;
	HASH_ADD(hh, names->hash, tid, sizeof(name->tid), name);
	if (!aw_table_took(name)) {
		free(name);
		return NULL;
	}
	names->count++;
	return name;
}

void aw_perf_names_set(struct aw_perf_names *names, uint32_t tid, const char *comm)
{
	struct aw_perf_name *name = find(names, tid);

	if (name || (name = make(names, tid)))
		memcpy(name->comm, comm, sizeof(name->comm));
}

void aw_perf_names_inherit(struct aw_perf_names *names, uint32_t tid, uint32_t parent)
{
	const struct aw_perf_name *name = find(names, parent);

	if (name)
		aw_perf_names_set(names, tid, name->comm);
}

const char *aw_perf_names_get(const struct aw_perf_names *names, uint32_t tid)
{
	const struct aw_perf_name *name = find(names, tid);

	return name ? name->comm : "";
}

void aw_perf_names_clear(struct aw_perf_names *names)
{
	struct aw_perf_name *name, *next;

	HASH_ITER(hh, names->hash, name, next) {
		HASH_DEL(names->hash, name);
		free(name);
	}
	names->count = 0;
}
