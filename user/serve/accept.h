/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Chooses the metrics format that a client asks for.
 */
#ifndef AW_SERVE_ACCEPT_H
#define AW_SERVE_ACCEPT_H

#include "output/prometheus.h"

/*
 * `accept` is the value of the HTTP header Accept (RFC 9110, 12.5.1); NULL: it
 * was not sent.  Returns OpenMetrics if the header names it with version 1.0.0
 * or without a version, and its weight is not below that of plain text.  A
 * wildcard alone means plain text.
 */
enum aw_exposition aw_accept_choose(const char *accept);

#endif
