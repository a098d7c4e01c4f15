/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The exit statuses of all commands.
 */
#ifndef AW_BASE_EXIT_STATUS_H
#define AW_BASE_EXIT_STATUS_H

enum aw_exit {
	AW_EXIT_OK = 0,		/* success, also without any failure */
	AW_EXIT_ERROR = 1,
	AW_EXIT_USAGE = 2,
	AW_EXIT_HARD = 3,	/* hard failures were seen and --exit-code was given; blockers, check: no */
	AW_EXIT_NOTHING = 77	/* nothing can be watched on this machine */
};

#endif
