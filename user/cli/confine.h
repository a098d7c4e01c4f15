/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Gives up the privileges of a run once everything is open.
 */
#ifndef AW_CLI_CONFINE_H
#define AW_CLI_CONFINE_H

#include <stdbool.h>

#include "pages/scan.h"
#include "session/scanner.h"
#include "source/source.h"

struct aw_confinement {
	struct aw_source *source;
	struct aw_scanner *scanner;	/* NULL: there are no page scans */
	struct aw_page_scan *scan;	/* that the screen asks for; NULL: none */
	const char *replaces;	/* a file in whose directory others will be made; NULL: none */
	bool cgroups;		/* their paths are shown */
	bool calls;		/* also limits the system calls of all threads */
};

/*
 * Keeps only those capabilities without which the source cannot be read on this
 * kernel, or that directory not be written to.  Says on stderr what could not be
 * given up: the run goes on.
 */
void aw_confine(const struct aw_confinement *confinement);

#endif
