/* SPDX-License-Identifier: GPL-2.0 */
/*
 * All output formats.
 */
#ifndef AW_OUTPUT_EXPORTERS_H
#define AW_OUTPUT_EXPORTERS_H

#include <stddef.h>

#include "output/report.h"

extern const struct aw_exporter aw_export_json;
extern const struct aw_exporter aw_export_jsonl;
extern const struct aw_exporter aw_export_csv;
extern const struct aw_exporter aw_export_folded;
extern const struct aw_exporter aw_export_perfetto;
extern const struct aw_exporter aw_export_pprof;
extern const struct aw_exporter aw_export_speedscope;

extern const struct aw_exporter *const aw_exporters[];
extern const unsigned int aw_exporters_count;

/* NULL: there is no such format. */
const struct aw_exporter *aw_exporter_find(const char *name);

/* "json, jsonl, csv, ..." for messages; with `events`, only formats with one line per event. */
const char *aw_exporters_names(bool events, char *text, size_t size);

#endif
