// SPDX-License-Identifier: GPL-2.0
/*
 * A mount that only this process sees: it is made in the mount namespace of a
 * short-lived thread and kept by a file descriptor.
 *
 * fsopen() and fsmount() would do the same from 5.2 on; a namespace works on
 * every kernel since 2.6.19, so there is one way instead of two.
 */
#include "system/private_mount.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mount.h>

struct request {
	const char *type;
	int result;	/* descriptor or -errno */
};

/*
 * /proc is the mount point because it is always there.  It must be private
 * first: a shared /proc would show the new mount to every other namespace.
 */
static int mount_over_proc(const char *type)
{
	int fd;

	if (unshare(CLONE_NEWNS) || mount("none", "/proc", "none", MS_PRIVATE, NULL) ||
	    mount("none", "/proc", type, MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL))
		return -errno;
	fd = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

/* unshare(CLONE_NEWNS) affects only the calling thread, but all threads share file descriptors. */
static void *mount_in_thread(void *arg)
{
	struct request *request = arg;

	request->result = mount_over_proc(request->type);
	return NULL;
}

int aw_private_mount(const char *type)
{
	struct request request = { .type = type, .result = -EAGAIN };
	pthread_t thread;
	int err = pthread_create(&thread, NULL, mount_in_thread, &request);

	if (err)
		return -err;
	err = pthread_join(thread, NULL);
	return err ? -err : request.result;
}
