// SPDX-License-Identifier: GPL-2.0
/*
 * The built-in terminal descriptions.
 *
 * ncurses 6.1 and later accepts a compiled description in the environment
 * variable TERMINFO, if it starts with "b64:", so no file needs to be written.
 */
#include "screen/terminfo.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <curses.h>
#include <term.h>

static const char *const cannot[] = { "", "dumb", "unknown", "network", "emacs" };

/* Made by terminfo.sh: { "vt100", "b64:..." }. */
static const struct { const char *name, *entry; } carried[] = {
#include "base/array.h"
#include "terminfo_entries.h"
};

/* Terminals by the start of their name; the first match counts.  Nearly all terminals accept vt100. */
static const struct { const char *prefix, *name; } nearest[] = {
	{ "xterm", "xterm-256color" }, { "screen", "xterm-256color" }, { "tmux", "xterm-256color" },
	{ "rxvt", "xterm-256color" }, { "alacritty", "xterm-256color" }, { "foot", "xterm-256color" },
	{ "vte", "xterm-256color" }, { "gnome", "xterm-256color" }, { "konsole", "xterm-256color" },
	{ "linux", "linux" }, { "", "vt100" },
};

static bool is_known(const char *term)
{
	int error;

	return setupterm(term, STDOUT_FILENO, &error) == OK;
}

static const char *nearest_to(const char *term)
{
	unsigned int i = 0;

	while (strncmp(term, nearest[i].prefix, strlen(nearest[i].prefix)))
		i++;
	return nearest[i].name;
}

const char *aw_terminfo_find(const char *term)
{
	const char *name;

	for (unsigned int i = 0; i < ARRAY_SIZE(cannot); i++)
		if (!term || !strcmp(term, cannot[i]))
			return NULL;
	if (is_known(term))
		return term;
	name = nearest_to(term);
	for (unsigned int i = 0; i < ARRAY_SIZE(carried); i++)
		if (!strcmp(carried[i].name, name) && !setenv("TERMINFO", carried[i].entry, 1) && is_known(name))
			return name;
	return NULL;
}
