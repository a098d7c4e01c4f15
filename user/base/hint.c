// SPDX-License-Identifier: GPL-2.0
/*
 * What to try next where a file cannot be read or written.
 */
#include "base/hint.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

const char *aw_hint_reading(int err)
{
	switch (abs(err)) {
	case ENOENT:
	case ENOTDIR: return "; is its name right?";
	case EACCES:
	case EPERM:
		return geteuid() ? "; this user may not read it: try sudo" :
		       "; root may not read it here either: let its owner copy it";
	case EISDIR: return ": give a file in it";
	case ENAMETOOLONG: return ": give a shorter name, from its own directory";
	default: return "";
	}
}

const char *aw_hint_writing(int err)
{
	switch (abs(err)) {
	case ENOENT:
	case ENOTDIR: return "; does its directory exist?";
	case EACCES:
	case EPERM:
		return geteuid() ? "; you may not write there: give another place, or try sudo" :
		       "; root may not write there either: give another place";
	case EROFS: return ": give another place";
	case ENOSPC:
	case EDQUOT: return ": make room, or give another place";
	case EISDIR: return ": give the name of a file in it";
	default: return "";
	}
}
