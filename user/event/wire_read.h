/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Wire records of any writer of this version, as the structures of this build.
 */
#ifndef AW_EVENT_WIRE_READ_H
#define AW_EVENT_WIRE_READ_H

#include <stddef.h>

#include "../bpf/wire.h"

union aw_wire_record {
	struct aw_wire_head head;	/* its type says which of the others is filled */
	struct aw_wire_failure failure;
	struct aw_wire_extfrag extfrag;
	struct aw_wire_zone zone;
	struct aw_wire_warning warning;
	struct aw_wire_oom oom;
	struct aw_wire_cma cma;
};

/*
 * Reads the record at `data`, of which `size` bytes are there.  Of each part it
 * copies what this build knows; what the writer did not send is zero.  The sizes
 * in `out` are those of the writer.
 *
 * Returns 0; -EINVAL: a size is wrong, or a required field is missing; -ENOTSUP:
 * the type or version is not known.  On error `out` is undefined.
 */
int aw_wire_read(const void *data, size_t size, union aw_wire_record *out);

#endif
