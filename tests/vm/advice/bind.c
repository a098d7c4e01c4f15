/* SPDX-License-Identifier: GPL-2.0 */
/* Runs a program whose memory must come from one NUMA node: bind NODE COMMAND... */
#include <err.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MPOL_BIND 2

int main(int argc, char **argv)
{
	unsigned long nodes;

	if (argc < 3)
		errx(2, "usage: bind NODE COMMAND...");
	nodes = 1ul << atoi(argv[1]);
	if (syscall(SYS_set_mempolicy, MPOL_BIND, &nodes, 8 * sizeof(nodes)))
		err(1, "set_mempolicy");
	execvp(argv[2], argv + 2);
	err(1, "%s", argv[2]);
}
