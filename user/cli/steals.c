// SPDX-License-Identifier: GPL-2.0
/*
 * The steals in a recording.
 */
#include "cli/steals.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/progress.h"
#include "source/source.h"

struct reading {
	struct aw_steals *steals;
	const struct aw_kernel *kernel;
	int err;
};

/*
 * Did it get all free pages of the pageblock?  If the pageblock changed its owner; and up to 6.9 otherwise, too, if the request
 * may steal (can_steal_fallback()): steal_suitable_fallback() moved them to its list before it looked whether they are
 * enough to claim the pageblock ("mm: page_alloc: fix freelist movement during block conversion").
 */
static bool got_pageblock(const struct aw_kernel *kernel, const struct aw_extfrag *steal)
{
	bool may = steal->to == AW_MT_UNMOVABLE || steal->to == AW_MT_RECLAIMABLE ||
		   (kernel->pageblock_order && steal->alloc_order >= (int)kernel->pageblock_order / 2);

	return steal->change_ownership == 1 || (may && kernel->version && kernel->version < AW_VERSION(6, 10, 0));
}

/* Without the pfn (raw_tp, where there is no tracefs) a steal says nothing of a place. */
static void take(void *arg, struct aw_event *event)
{
	struct reading *reading = arg;
	const struct aw_extfrag *steal = &event->extfrag;

	if (event->type != AW_EVENT_EXTFRAG || steal->pfn == UINT64_MAX || !event->site || steal->fallback_order < 0 ||
	    reading->err)
		return;
	reading->err = aw_steals_add(reading->steals, event->site->name, steal->pfn, (unsigned int)steal->fallback_order,
				     got_pageblock(reading->kernel, steal));
}

static int read_all(struct aw_source *source, const char *path, const struct aw_kernel *running, struct aw_steals *steals,
		    struct aw_error *error)
{
	struct reading reading = { .steals = steals, .kernel = running };
	struct aw_progress progress;
	int got;

	aw_progress_begin(&progress, STDERR_FILENO);
	do {
		got = source->ops->poll(source, 0, take, &reading);
		aw_progress_show(&progress, aw_source_recorded(source)->read, aw_source_recorded(source)->size);
	} while (got >= 0 && !reading.err);
	aw_progress_end(&progress);
	if (reading.err || (got < 0 && got != -ENODATA))
		return aw_error_set(error, reading.err ? reading.err : got, "can't read %s: %s", path,
				    strerror(reading.err ? -reading.err : -got));
	if (strcmp(source->ops->kernel(source)->boot_id, running->boot_id))
		return aw_error_set(error, -EINVAL, "%s is of another boot: where its steals were means nothing now", path);
	return 0;
}

int aw_steals_read(const char *path, const struct aw_kernel *running, struct aw_steals *steals, struct aw_error *error)
{
	const struct aw_capture capture = { .argument = path, .order_max = UINT32_MAX, .stall_ns = UINT64_MAX };
	struct aw_source *source;
	int err = aw_source_recording.open(&capture, &source, error);

	if (err)
		return err;
	err = read_all(source, path, running, steals, error);
	source->ops->close(source);
	return err;
}
