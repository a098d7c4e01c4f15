// SPDX-License-Identifier: GPL-2.0
/*
 * Built in, the module has no range of addresses of its own: first.o and last.o
 * are linked around its other objects, so that stack.c can tell its functions.
 */
asm(".text\n.globl aw_text_begin\naw_text_begin:\n\tnop\n");
