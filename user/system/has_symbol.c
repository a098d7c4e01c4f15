// SPDX-License-Identifier: GPL-2.0
/*
 * Which functions this kernel was built with.
 */
#include "system/has_symbol.h"

#include <stdio.h>
#include <string.h>

/* The name of a line: "ffffffc0001868fc T register_kprobe", "0000000000000000 t f	[module]". */
static char *name_of(char *line)
{
	char *type = strchr(line, ' '), *name = type ? strchr(type + 1, ' ') : NULL;

	if (!name)
		return NULL;
	name++;
	name[strcspn(name, "\t\n ")] = '\0';
	return name;
}

uint32_t aw_symbols_known(const char *path, const char *const *names, size_t count)
{
	FILE *file = fopen(path, "re");
	uint32_t known = 0;
	char line[1024];

	while (file && fgets(line, sizeof(line), file)) {
		const char *name = name_of(line);

		for (size_t i = 0; name && i < count; i++)
			if (!strcmp(name, names[i]))
				known |= UINT32_C(1) << i;
	}
	if (file)
		fclose(file);
	return known;
}
