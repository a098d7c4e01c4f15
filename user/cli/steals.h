/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The steals in a recording, for the page scan.
 */
#ifndef AW_CLI_STEALS_H
#define AW_CLI_STEALS_H

#include "base/error.h"
#include "mm/kernel.h"
#include "pages/steals.h"

/*
 * Adds the steals of the recording `path`, which must be of the running boot.  0, or -errno
 * with the reason.  The caller clears `steals` in any case.
 */
int aw_steals_read(const char *path, const struct aw_kernel *running, struct aw_steals *steals, struct aw_error *error);

#endif
