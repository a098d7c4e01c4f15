// SPDX-License-Identifier: GPL-2.0
/*
 * What the kernel refuses of the BPF programs, before they are loaded.
 */
#include <bpf/bpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <unistd.h>

#include "base/array.h"
#include "source/bpf/internal.h"

#define MOVE_TO_R0(number) { .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = (number) }
#define EXIT { .code = BPF_JMP | BPF_EXIT }

/* 0, or what bpf() says. */
static int try_load(enum bpf_prog_type type, const struct bpf_insn *insns, size_t count,
		    const struct bpf_prog_load_opts *options)
{
	int fd = bpf_prog_load(type, "aw_try", "GPL", insns, count, options);

	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

static bool refuses_fentry(const struct aw_btf *btf)
{
	static const struct bpf_insn insns[] = { MOVE_TO_R0(0), EXIT };
	int id = aw_btf_function(btf, "next_zone");

	LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = BPF_TRACE_FENTRY, .attach_btf_id = id);

	return id < 0 || try_load(BPF_PROG_TYPE_TRACING, insns, ARRAY_SIZE(insns), &options);
}

/* BTF has the variable (of x86), and kallsyms may lack its address. */
static bool refuses_variable(const struct aw_btf *btf, const char *name)
{
	int id = aw_btf_variable(btf, name);
	const struct bpf_insn insns[] = {
		{ .code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = BPF_REG_1, .src_reg = BPF_PSEUDO_BTF_ID, .imm = id },
		{ .code = 0 },
		MOVE_TO_R0(0), EXIT,
	};

	return id > 0 && try_load(BPF_PROG_TYPE_RAW_TRACEPOINT, insns, ARRAY_SIZE(insns), NULL) == -ENOENT;
}

struct aw_bpf_refused aw_bpf_refused(const struct aw_btf *btf)
{
	struct aw_bpf_refused refused = { .fentry = false };

	if (!btf)
		return refused;
	refused.fentry = !aw_bpf_have_kprobes() && refuses_fentry(btf);
	refused.percpu = refuses_variable(btf, "__preempt_count") || refuses_variable(btf, "pcpu_hot");
	return refused;
}
