/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the exit status says; the same for every command.
 */
#ifndef AW_EXIT_STATUS_H
#define AW_EXIT_STATUS_H

enum aw_exit {
	AW_EXIT_OK = 0,		/* done, also when nothing failed */
	AW_EXIT_ERROR = 1,
	AW_EXIT_USAGE = 2,
	AW_EXIT_HARD = 3,	/* hard failures were seen and --exit-code was given */
	AW_EXIT_NOTHING = 77	/* nothing can be watched on this machine */
};

#endif
