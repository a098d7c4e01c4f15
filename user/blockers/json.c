// SPDX-License-Identifier: GPL-2.0
/*
 * What stands in the way, as JSON: docs/schema/allocwatch-blockers-1.json.
 */
#include <errno.h>
#include <jansson.h>

#include "base/escape.h"
#include "blockers/answer.h"
#include "pages/kpageflags.h"

#define HOLDERS 100

static json_t *number(uint64_t value)
{
	return json_integer((json_int_t)value);
}

static json_t *number_if(bool known, uint64_t value)
{
	return known ? number(value) : json_null();
}

/* A class of pages that the source shows. */
static bool shows(const struct aw_blockers *blockers, enum aw_page_class class)
{
	return blockers->source == AW_PAGES_BPF || (blockers->source == AW_PAGES_KPAGEFLAGS &&
						    aw_kpageflags_shows(class, blockers->kernel->version));
}

/*
 * Without a look at pages only the free windows are known.  kpageflags does not show which of them are closed:
 * where there may be some, the number is at most that.
 */
static json_t *windows_json(const struct aw_windows *windows, enum aw_page_source source)
{
	bool known = source != AW_PAGES_COUNTS;

	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}",
			 "total", number_if(known, windows->total), "free", number(windows->free),
			 "closed", number_if(source != AW_PAGES_KPAGEFLAGS || !windows->closed, windows->closed), "movable", number_if(known, windows->movable),
			 "blocked", number_if(known, windows->blocked),
			 "blocked_with_free_pages", number_if(known, windows->blocked_roomy));
}

static json_t *yes_or_no(bool known, bool value)
{
	return known ? json_boolean(value) : json_null();
}

/* pagetypeinfo alone knows nothing of what a compaction does. */
static json_t *zones_json(const struct aw_blockers *blockers)
{
	bool known = blockers->source != AW_PAGES_COUNTS;
	json_t *list = json_array();

	for (unsigned int i = 0; i < blockers->nr_zones; i++) {
		const struct aw_blockers_zone *zone = &blockers->zones[i];

		json_array_append_new(list, json_pack("{s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "node", zone->span.node,
			"name", zone->span.name, "windows", windows_json(&zone->windows, blockers->source),
			"makeable", number_if(known, zone->makeable), "makeable_most", number_if(known, zone->makeable_most),
			"would_move", number_if(known, zone->simulated.moved), "ran_out", yes_or_no(known, zone->simulated.ran_out),
			"strides", yes_or_no(known, zone->simulated.missed),
			"pageblocks_of_unknown_type", number_if(known, zone->unknown_blocks)));
	}
	return list;
}

static json_t *pages_json(const struct aw_blockers *blockers)
{
	json_t *object = json_object();

	for (unsigned int c = 0; c < AW_PAGE_CLASSES; c++)
		json_object_set_new(object, aw_page_class_name(c), number_if(shows(blockers, c), blockers->sum.class[c].pages));
	return object;
}

static json_t *ranking_json(const struct aw_blockers *blockers)
{
	json_t *list = json_array();

	for (unsigned int i = 0; i < blockers->nr_ranked; i++) {
		enum aw_page_class class = blockers->ranked[i];
		const struct aw_window_class *row = &blockers->sum.class[class];

		json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:o, s:o, s:s}", "class", aw_page_class_name(class),
			"text", aw_page_class_text(class), "windows", number(row->windows), "alone", number(row->alone),
			"pages", number(row->pages), "remedy", aw_page_class_remedy(class)));
	}
	return list;
}

/* Names may hold any byte. */
static json_t *holder_json(const struct aw_holder *holder)
{
	char name[AW_ESCAPED_SIZE(AW_HOLDER_NAME)];

	aw_escape_terminal(holder->name, name, sizeof(name));
	return json_pack("{s:s, s:s, s:o, s:s, s:o, s:o, s:o, s:o}", "type", aw_holder_type_name(holder->type), "name", name,
			 "pid", holder->type == AW_HOLDER_PROCESS ? number(holder->key) : json_null(), "class", aw_page_class_name(holder->class),
			 "windows", number(holder->windows), "alone", number(holder->alone), "pages", number(holder->pages),
			 "cma_pages", number(holder->cma_pages));
}

static json_t *holders_json(const struct aw_holders *holders)
{
	json_t *list = json_array();

	for (unsigned int i = 0; i < holders->count && i < HOLDERS; i++)
		json_array_append_new(list, holder_json(&holders->list[i]));
	return list;
}

static json_t *cma_json(const struct aw_cma_areas *areas)
{
	json_t *list = json_array();

	for (unsigned int i = 0; i < areas->count; i++) {
		const struct aw_cma_area *area = &areas->areas[i];
		char name[AW_ESCAPED_SIZE(AW_CMA_NAME)];

		aw_escape_terminal(area->name, name, sizeof(name));
		json_array_append_new(list, json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "name", name,
			"first_page", number(area->start), "pages", number(area->pages), "free", number(area->free),
			"movable", number(area->movable), "taken", number(area->taken), "stuck", number(area->stuck),
			"largest", number(area->largest), "largest_untaken", number(area->largest_untaken)));
	}
	return list;
}

/* null: the kernel does not say. */
static json_t *callers_json(const struct aw_largest_callers *callers)
{
	json_t *list;

	if (!callers->source || !callers->source[0])
		return json_null();
	list = json_array();
	for (unsigned int i = 0; i < callers->count; i++) {
		char name[AW_ESCAPED_SIZE(AW_CALLER_NAME)];

		aw_escape_terminal(callers->list[i].name, name, sizeof(name));
		json_array_append_new(list, json_pack("{s:s, s:o}", "caller", name, "bytes", number(callers->list[i].bytes)));
	}
	return json_pack("{s:s, s:o, s:o}", "source", callers->source, "bytes", number(callers->bytes), "list", list);
}

static json_t *scan_json(const struct aw_blockers *blockers)
{
	bool bpf = blockers->source == AW_PAGES_BPF;

	return json_pack("{s:s, s:s, s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "source", aw_page_source_name(blockers->source),
			 "limits", aw_page_source_limits(blockers->source),
			 "pageblock_order", (int)blockers->pageblock_order, "pageblock_order_from", blockers->pageblock_from,
			 "pages", number(blockers->cost.pages),
			 "unread", number_if(bpf, blockers->cost.unread), "ns", number(blockers->cost.ns), "cpu_ns", number(blockers->cost.cpu_ns),
			 "runs", number_if(bpf, blockers->cost.runs), "long_runs", number_if(bpf, blockers->cost.long_runs),
			 "longest_run_ns", number_if(bpf, blockers->cost.longest_ns));
}

int aw_blockers_print_json(FILE *out, const struct aw_blockers *blockers)
{
	bool known = blockers->source != AW_PAGES_COUNTS;
	char sentence[300];
	json_t *root;
	int err;

	aw_blockers_sentence(blockers, sentence, sizeof(sentence));
	root = json_pack("{s:s, s:s, s:i, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:o}", "schema", "allocwatch-blockers/1",
			 "kernel", blockers->kernel->release, "order", (int)blockers->request.order,
			 "bytes", number(aw_order_bytes(blockers->kernel, blockers->request.order)),
			 "migratetype", blockers->request.movable ? "Movable" : "Unmovable", "answer", sentence,
			 "makeable", number_if(known, blockers->makeable),
			 "makeable_most", number_if(known, blockers->makeable_most),
			 "windows", windows_json(&blockers->sum, blockers->source), "scan", scan_json(blockers),
			 "zones", zones_json(blockers), "blocked_by", ranking_json(blockers),
			 "pages", known ? pages_json(blockers) : json_null(), "holders", holders_json(&blockers->holders),
			 "holders_cut", blockers->holders.cut,
			 "cma", blockers->source == AW_PAGES_BPF ? cma_json(&blockers->cma) : json_null(), "callers", callers_json(&blockers->callers),
			 "dma_buffers", callers_json(&blockers->buffers));
	err = root && !json_dumpf(root, out, JSON_INDENT(2) | JSON_ENSURE_ASCII) ? 0 : -ENOMEM;
	fputs("\n", out);
	json_decref(root);
	return err;
}
