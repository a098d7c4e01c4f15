/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which exposition a client asks for.
 */
#ifndef AW_SERVE_ACCEPT_H
#define AW_SERVE_ACCEPT_H

#include "output/prometheus.h"

/*
 * From the value of the HTTP header Accept (RFC 9110, 12.5.1); NULL: none was
 * sent.  OpenMetrics when 1.0.0 (or no version) of it is named, with a weight
 * not below that of plain text; wildcards alone mean plain text.
 */
enum aw_exposition aw_accept_choose(const char *accept);

#endif
