/* SPDX-License-Identifier: GPL-2.0 */
/* Changes a /proc/sys setting until the program exits. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "sysctl.h"

#define CHANGES_MAX 4

static struct {
	const char *path;
	long before;
} changes[CHANGES_MAX];
static int change_count;

long sysctl_read(const char *path)
{
	FILE *file = fopen(path, "r");
	long value;

	if (!file || fscanf(file, "%ld", &value) != 1)
		err(1, "%s", path);
	fclose(file);
	return value;
}

static int sysctl_write(const char *path, long value)
{
	FILE *file = fopen(path, "w");

	if (!file)
		return -1;
	fprintf(file, "%ld\n", value);
	return fclose(file);
}

static void restore(void)
{
	while (change_count-- > 0)
		if (sysctl_write(changes[change_count].path, changes[change_count].before))
			warn("%s", changes[change_count].path);
}

void sysctl_for_now(const char *path, long value)
{
	if (access(path, F_OK))
		return;
	if (change_count == CHANGES_MAX)
		errx(1, "CHANGES_MAX is too small");
	if (!change_count)
		atexit(restore);
	changes[change_count].path = path;
	changes[change_count++].before = sysctl_read(path);
	if (sysctl_write(path, value))
		err(1, "%s", path);
}
