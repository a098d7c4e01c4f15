/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every format that this build can write.
 */
#ifndef AW_OUTPUT_EXPORTERS_H
#define AW_OUTPUT_EXPORTERS_H

#include <stddef.h>

#include "output/report.h"

extern const struct aw_exporter aw_export_json;
extern const struct aw_exporter aw_export_jsonl;
extern const struct aw_exporter aw_export_csv;
extern const struct aw_exporter aw_export_folded;

extern const struct aw_exporter *const aw_exporters[];
extern const unsigned int aw_exporters_count;

/* By name; NULL. */
const struct aw_exporter *aw_exporter_find(const char *name);

/* "json, jsonl, csv, ..." for messages; `events`: only those with a line an event. */
const char *aw_exporters_names(bool events, char *text, size_t size);

#endif
