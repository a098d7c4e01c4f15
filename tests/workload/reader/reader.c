// SPDX-License-Identifier: GPL-2.0
/*
 * A reader of /dev/allocwatch that misbehaves: reads into memory that it may not write, and then as it should.
 *
 * usage: reader COMMAND     prints "faults N failures M": reads that said EFAULT, and failures that came after all
 *        reader --caps      prints why the device can't be opened without CAP_SYSLOG: "Operation not permitted"
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <linux/capability.h>
#include <unistd.h>

#include "../../../bpf/wire.h"
#include "../../../kmod/abi.h"

#define DEVICE "/dev/allocwatch"
#define PAGES 16

static unsigned int count_failures(const char *buffer, size_t bytes)
{
	unsigned int failures = 0;

	for (size_t at = 0; at + sizeof(struct aw_wire_head) <= bytes;) {
		const struct aw_wire_head *head = (const struct aw_wire_head *)(buffer + at);

		failures += head->type == AW_WIRE_FAILURE;
		at += (head->size + AW_KMOD_ALIGN - 1) / AW_KMOD_ALIGN * AW_KMOD_ALIGN;
		if (!head->size)
			errx(1, "a record without a size");
	}
	return failures;
}

/* Memory whose second half may not be written: the copy of some record crosses into it. */
static char *half_closed(size_t size)
{
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED || mprotect(memory + size / 2, size / 2, PROT_NONE))
		err(1, "mmap");
	return memory;
}

static void drop_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { { 0, 0, 0 }, { 0, 0, 0 } };

	if (syscall(SYS_capset, &header, data))
		err(1, "capset");
}

int main(int argc, char **argv)
{
	size_t size = PAGES * (size_t)sysconf(_SC_PAGESIZE);
	unsigned int faults = 0, failures = 0;
	char *bad, *good = malloc(size);
	ssize_t got;
	int fd;

	if (argc != 2)
		errx(2, "usage: reader COMMAND|--caps");
	if (!strcmp(argv[1], "--caps"))
		drop_capabilities();
	fd = open(DEVICE, O_RDONLY | O_NONBLOCK);
	if (fd < 0) {
		puts(strerror(errno));
		return 0;
	}
	bad = half_closed(size);
	if (system(argv[1]) || ioctl(fd, AW_KMOD_STOP))
		errx(1, "%s", argv[1]);
	/* Alternately into memory that is closed, that is closed in the middle, and that is open. */
	for (int i = 0; (got = read(fd, i % 3 == 0 ? bad + size / 2 : i % 3 == 1 ? bad : good,
				    i % 3 == 2 ? 2 * AW_KMOD_RECORD_MAX : size / 2 + AW_KMOD_RECORD_MAX)); i++) {
		if (got < 0 && errno != EFAULT)
			err(1, "read");
		faults += got < 0;
		if (got > 0)
			failures += count_failures(i % 3 == 1 ? bad : good, (size_t)got);
	}
	printf("faults %s failures %u\n", faults ? "some" : "none", failures);
	return 0;
}
