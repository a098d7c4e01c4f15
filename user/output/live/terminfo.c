// SPDX-License-Identifier: GPL-2.0
/*
 * Terminal descriptions that the program carries itself.
 *
 * ncurses (6.1 on) takes a compiled description from the environment variable
 * TERMINFO itself when it begins with "b64:", so no file needs to be written.
 */
#include "output/live/terminfo.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <curses.h>
#include <term.h>

static const char *const cannot[] = { "", "dumb", "unknown", "network", "emacs" };

/* Made by terminfo.sh: { "vt100", "b64:..." }. */
static const struct { const char *name, *entry; } carried[] = {
#include "terminfo_entries.h"
};

/* The nearest for terminals by the start of their name, the first that fits; a vt100 is understood by nearly all. */
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

	for (unsigned int i = 0; i < sizeof(cannot) / sizeof(cannot[0]); i++)
		if (!term || !strcmp(term, cannot[i]))
			return NULL;
	if (is_known(term))
		return term;
	name = nearest_to(term);
	for (unsigned int i = 0; i < sizeof(carried) / sizeof(carried[0]); i++)
		if (!strcmp(carried[i].name, name) && !setenv("TERMINFO", carried[i].entry, 1) && is_known(name))
			return name;
	return NULL;
}
