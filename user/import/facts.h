/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a recorded trace says of the machine it is from: formats of its events,
 * symbols, names of threads.
 */
#ifndef AW_IMPORT_FACTS_H
#define AW_IMPORT_FACTS_H

#include "base/bytes.h"
#include "mm/kernel.h"
#include "source/tracefs/record.h"

#define AW_IMPORT_MOST_SYMBOLS (64u << 20)	/* bytes of kallsyms; 15 MiB on a usual kernel */

struct aw_import_facts {
	char release[65], arch[17], host[65], build[128];	/* "": not known */
	const char *era;		/* a release of which flags and numbers are, if its own is not known; NULL */
	uint8_t build_id[20];		/* of the kernel */
	bool has_build_id;
	char text_symbol[32];		/* "_text" or "_stext", and where that kernel had it; "" not known */
	uint64_t text_addr;
	uint32_t page_size;		/* of the traced kernel; 0: not known */
	uint32_t buffer_page;		/* of its trace buffer; 0: not known */
	bool foreign;			/* another byte order, or kernel words of 32 bits */
	struct aw_trace_formats formats;
	char *alloc_format;		/* of kmem:mm_page_alloc, for its gfp flags; owned; NULL */
	int symbols;			/* a file with kallsyms text; -1: none */
	char *tasks;			/* lines of "89 repro"; owned; NULL */
	int (*namer)(void *arg, uint64_t addr, char *name, size_t size);	/* an aw_symbol_namer; NULL */
	void *namer_arg;
	const struct aw_kernel *kernel;	/* what follows from all this; set before the first record is read */
};

void aw_import_facts_init(struct aw_import_facts *facts);
void aw_import_facts_clear(struct aw_import_facts *facts);

/*
 * Parts that trace.dat has, and the tracing data of perf.data: see
 * trace-cmd.dat(5).  Each reads from the cursor on, and sets its `failed` where
 * the data is cut or damaged.
 */
void aw_import_header_info(struct aw_import_facts *facts, struct aw_cursor *data);
void aw_import_ftrace_formats(struct aw_import_facts *facts, struct aw_cursor *data);
void aw_import_event_formats(struct aw_import_facts *facts, struct aw_cursor *data);
void aw_import_kallsyms(struct aw_import_facts *facts, struct aw_cursor *data);
void aw_import_printk(struct aw_cursor *data);
void aw_import_cmdlines(struct aw_import_facts *facts, struct aw_cursor *data);

/* "\x17\x08\x44tracing" VERSION "\0", byte order, bytes of a long, page size.  The version; 0: something else. */
unsigned int aw_import_magic(struct aw_import_facts *facts, struct aw_cursor *data, bool with_dot);

/* A string up to its NUL; NULL: there is no NUL. */
const char *aw_import_string(struct aw_cursor *data);

/* "Linux phone 6.1.0-51-arm64 #1 SMP ... aarch64" */
void aw_import_uname(struct aw_import_facts *facts, const char *text);

#endif
