/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The number of elements of an array.
 */
#ifndef AW_BASE_ARRAY_H
#define AW_BASE_ARRAY_H

/* A constant expression; `array` is an array, not a pointer. */
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#endif
