// SPDX-License-Identifier: GPL-2.0
/* See first.c.  The instruction keeps the name off the kernel's next function. */
asm(".text\n.globl aw_text_end\naw_text_end:\n\tnop\n");
