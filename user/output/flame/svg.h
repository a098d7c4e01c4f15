/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A flame graph of the failures as one self-contained SVG file.
 */
#ifndef AW_OUTPUT_FLAME_SVG_H
#define AW_OUTPUT_FLAME_SVG_H

#include "output/report.h"

extern const struct aw_exporter aw_export_svg;

#endif
