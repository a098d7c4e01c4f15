/* SPDX-License-Identifier: GPL-2.0 */
/*
 * BTF that a test made up, as the program has it.  Included after cmocka.h.
 */
#ifndef TEST_BTF_FILE_H
#define TEST_BTF_FILE_H

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <bpf/btf.h>

#include "system/btf.h"

/* Through a file, which is not left.  `btf` stays the caller's; what is returned is to be freed with aw_btf_free(). */
static inline struct aw_btf *aw_btf_reopen(const struct btf *btf)
{
	char path[] = "/tmp/test_btf.XXXXXX";
	struct aw_btf *opened;
	uint32_t size;
	const void *data = btf__raw_data(btf, &size);
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, data, size), size);
	close(fd);
	opened = aw_btf_from(path);
	unlink(path);
	assert_non_null(opened);
	return opened;
}

#endif
