/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines that belong to a report and that nothing is made of.
 */
#ifndef AW_KLOG_FILLER_H
#define AW_KLOG_FILLER_H

#include "base/cursor.h"

/* Registers, raw stack words, lists of modules: known not to be needed. */
bool aw_klog_is_filler(const struct aw_text *text);

/* Registers, as behind a trace: "R10: 00000000199be844 R11: ...", "x29: ffff80001123bc50 x28: ..." */
bool aw_klog_is_registers(const struct aw_text *text);

#endif
