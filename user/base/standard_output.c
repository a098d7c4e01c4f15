// SPDX-License-Identifier: GPL-2.0
/*
 * Standard output that keeps why a write failed.
 */
#include "base/standard_output.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static int first_error;
static char buffer[64 * 1024];	/* exports are written by the line, which has up to some KB */

static ssize_t put(void *cookie, const char *data, size_t size)
{
	ssize_t written;

	(void)cookie;
	do
		written = write(STDOUT_FILENO, data, size);
	while (written < 0 && errno == EINTR);
	if (written >= 0)
		return written;
	if (!first_error)
		first_error = -errno;
	return 0;	/* an error of fopencookie(3): not -1 */
}

void aw_standard_output_open(void)
{
	FILE *kept = fopencookie(NULL, "w", (cookie_io_functions_t){ .write = put });

	/* Without memory for it, stdio's own does. */
	if (!kept)
		return;
	if (isatty(STDOUT_FILENO))
		setvbuf(kept, NULL, _IOLBF, BUFSIZ);
	else
		setvbuf(kept, buffer, _IOFBF, sizeof(buffer));
	stdout = kept;
}

int aw_standard_output_error(void)
{
	return first_error;
}
