// SPDX-License-Identifier: GPL-2.0
/*
 * The BPF object: one translation unit, so that all subjects share the maps and
 * rodata.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_core_read.h>

#define AW_WIRE_HAVE_TYPES
#include "wire.h"
#include "maps.bpf.h"
#include "task.bpf.h"
#include "record.bpf.h"
#include "request.bpf.h"
#include "counts.bpf.h"

#include "zones.bpf.c"
#include "failure.bpf.c"
#include "warning.bpf.c"
#include "effort.bpf.c"
#include "extfrag.bpf.c"
#include "oom.bpf.c"
#include "cma.bpf.c"
#ifndef AW_NO_BTF
#include "names.bpf.c"
#endif

char LICENSE[] SEC("license") = "GPL";
