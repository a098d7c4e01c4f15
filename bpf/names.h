/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the program that formats kernel addresses is handed and fills.
 */
#ifndef AW_BPF_NAMES_H
#define AW_BPF_NAMES_H

#define AW_NAMES_LEN 640	/* "symbol+0x1/0x2 [module]": KSYM_NAME_LEN is 512 from 6.1 */

struct aw_names {
	unsigned long long address;
	char name[AW_NAMES_LEN];	/* NUL-terminated */
};

#endif
