/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The name of a task in front of a kernel's message.
 */
#ifndef AW_KLOG_COMM_H
#define AW_KLOG_COMM_H

#include "base/cursor.h"

/* Takes the comm from the text before a message; `comm` has AW_KLOG_COMM bytes. */
void aw_klog_comm_before(struct aw_text before, char *comm);

#endif
