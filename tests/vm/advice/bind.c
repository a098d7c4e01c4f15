/* SPDX-License-Identifier: GPL-2.0 */
/* Runs a program with a mempolicy for one NUMA node: bind [MODE:]NODE COMMAND..., MODE as for set_mempolicy(), 2 (bind) if not given. */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MPOL_BIND 2

int main(int argc, char **argv)
{
	const char *node;
	unsigned long nodes;
	int mode;

	if (argc < 3)
		errx(2, "usage: bind [MODE:]NODE COMMAND...");
	node = strchr(argv[1], ':');
	mode = node ? atoi(argv[1]) : MPOL_BIND;
	nodes = 1ul << atoi(node ? node + 1 : argv[1]);
	if (syscall(SYS_set_mempolicy, mode, &nodes, 8 * sizeof(nodes)))
		err(1, "set_mempolicy");
	execvp(argv[2], argv + 2);
	err(1, "%s", argv[2]);
}
