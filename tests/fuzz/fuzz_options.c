// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: the options of every command.  The first byte selects the
 * command; arguments are separated by NUL.
 */
#include "fuzz.h"

#include "cli/options.h"

#define ARGUMENTS 32

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct aw_options options = aw_options_default();
	char *text = fuzz_text(data, size), *argv[ARGUMENTS + 2] = { text };
	int argc = 1, rest;

	for (size_t at = 1; at < size && argc <= ARGUMENTS; at += strlen(text + at) + 1)
		argv[argc++] = text + at;
	aw_options_parse(argc, argv, 1u << (size ? data[0] % 7 : 0), "allocwatch", &options, &rest);
	free(text);
	return 0;
}
