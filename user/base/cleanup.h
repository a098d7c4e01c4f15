/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Variables that are cleaned up at the end of their scope.  TAKE_PTR() moves a
 * value out of such a variable.
 */
#ifndef AW_BASE_CLEANUP_H
#define AW_BASE_CLEANUP_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static inline void aw_cleanup_free(void *p)
{
	free(*(void **)p);
}

static inline void aw_cleanup_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static inline void aw_cleanup_fclose(FILE **file)
{
	if (*file)
		fclose(*file);
}

#define AW_FREE __attribute__((cleanup(aw_cleanup_free)))
#define AW_CLOSE __attribute__((cleanup(aw_cleanup_close)))
#define AW_FCLOSE __attribute__((cleanup(aw_cleanup_fclose)))

#define TAKE_PTR(p) ({ __typeof__(p) taken_ = (p); (p) = NULL; taken_; })

#endif
