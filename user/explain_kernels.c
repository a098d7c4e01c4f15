// SPDX-License-Identifier: GPL-2.0
/*
 * The kernels that a log turns out to come from, each made once.
 */
#include "explain_kernels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_KERNELS 256

struct entry {
	char release[65];
	bool sure;
	uint32_t page_size;
	unsigned int max_order;		/* as asked */
	char arch[17];
	struct aw_kernel kernel;
};

struct aw_explain_kernels {
	unsigned int count;
	struct entry *entries[MAX_KERNELS];
};

struct aw_explain_kernels *aw_explain_kernels_new(void)
{
	return calloc(1, sizeof(struct aw_explain_kernels));
}

void aw_explain_kernels_free(struct aw_explain_kernels *kernels)
{
	if (!kernels)
		return;
	while (kernels->count) {
		struct entry *e = kernels->entries[--kernels->count];

		aw_kernel_clear(&e->kernel);
		free(e);
	}
	free(kernels);
}

static bool same(const struct entry *a, const struct entry *b)
{
	return !strcmp(a->release, b->release) && a->sure == b->sure && a->page_size == b->page_size &&
	       a->max_order == b->max_order && !strcmp(a->arch, b->arch);
}

static int fill(struct entry *e)
{
	int err = aw_kernel_for_release(e->release, e->page_size, &e->kernel);

	if (err)
		return err;
	memcpy(e->kernel.arch, e->arch, sizeof(e->kernel.arch));
	if (e->max_order)
		e->kernel.max_order = e->max_order;
	if (!e->sure) {
		e->kernel.release[0] = '\0';
		e->kernel.version = 0;
	}
	return 0;
}

const struct aw_kernel *aw_explain_kernel(struct aw_explain_kernels *kernels, const char *release,
					  bool sure, uint32_t page_size, unsigned int max_order,
					  const char *arch)
{
	struct entry want = { .sure = sure, .page_size = page_size, .max_order = max_order };
	struct entry *e;

	snprintf(want.release, sizeof(want.release), "%s", release);
	snprintf(want.arch, sizeof(want.arch), "%s", arch);
	for (unsigned int i = 0; i < kernels->count; i++)
		if (same(kernels->entries[i], &want))
			return &kernels->entries[i]->kernel;
	if (kernels->count == MAX_KERNELS)
		return NULL;
	e = malloc(sizeof(*e));
	if (!e)
		return NULL;
	*e = want;
	if (fill(e)) {
		free(e);
		return NULL;
	}
	kernels->entries[kernels->count++] = e;
	return &e->kernel;
}
