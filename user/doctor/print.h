/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The output of doctor, as a table and as JSON.
 */
#ifndef AW_DOCTOR_PRINT_H
#define AW_DOCTOR_PRINT_H

#include <stdio.h>

#include "doctor/checks.h"

void aw_doctor_print_table(FILE *out, const struct aw_machine *machine);

/* 0 or -ENOMEM. */
int aw_doctor_print_json(FILE *out, const struct aw_machine *machine);

#endif
