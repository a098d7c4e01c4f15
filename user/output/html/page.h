/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A report as one self-contained HTML page.
 */
#ifndef AW_OUTPUT_HTML_PAGE_H
#define AW_OUTPUT_HTML_PAGE_H

#include "output/report.h"

extern const struct aw_exporter aw_export_html;

#endif
