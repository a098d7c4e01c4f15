// SPDX-License-Identifier: GPL-2.0
/*
 * The address of one symbol, data or function, from the text of kallsyms.
 */
#include "system/symbol_address.h"

#include <stdlib.h>
#include <string.h>

#include "base/line_reader.h"

static bool is_name_of(const char *line, const char *name)
{
	const char *type = strchr(line, ' ');

	return type && type[1] && type[2] == ' ' && !strcmp(type + 3, name);
}

/* ffff800008010000 T _text */
bool aw_symbol_on_line(const char *line, const char *name, uint64_t *address)
{
	uint64_t value;

	if (!is_name_of(line, name))
		return false;
	value = strtoull(line, NULL, 16);
	if (value)
		*address = value;
	return value;
}

uint64_t aw_symbol_address(FILE *kallsyms, const char *name)
{
	struct aw_line_reader reader = { .file = kallsyms };
	uint64_t address = 0;

	while (!address && aw_line_next(&reader) > 0)
		if (!aw_symbol_on_line(reader.line, name, &address) && is_name_of(reader.line, name))
			break;		/* hidden, as all are then */
	return address;
}
