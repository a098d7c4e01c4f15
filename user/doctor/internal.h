/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of this room share: writing the reason and the advice of a check.
 */
#ifndef AW_DOCTOR_INTERNAL_H
#define AW_DOCTOR_INTERNAL_H

#include "doctor/checks.h"

/* Formats into a text of `size` bytes, cut if it is longer. */
void aw_check_say(char *text, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));

#define REASON(check, ...) aw_check_say((check)->reason, sizeof((check)->reason), __VA_ARGS__)
#define TODO(check, ...) aw_check_say((check)->todo, sizeof((check)->todo), __VA_ARGS__)

/* Does the error mean that this process may not? */
bool aw_check_is_denied(int err);

/* Is kernel lockdown in this mode? */
bool aw_check_is_locked(const struct aw_machine *machine, const char *mode);

/* Do kprobes and trace events take CAP_SYS_ADMIN, which this process lacks, though BPF works for it?  Debian and Ubuntu. */
bool aw_check_is_paranoid(const struct aw_machine *machine);
void aw_check_advise_paranoid(struct aw_check *check);

/* Writes what to do about a denied access. */
void aw_check_advise_denied(const struct aw_machine *machine, struct aw_check *check);

/* What depends on how the kernel was built: check_kernel.c. */
void aw_check_btf(const struct aw_machine *machine, struct aw_check *check);
void aw_check_kprobe(const struct aw_machine *machine, struct aw_check *check);
void aw_check_zones(const struct aw_machine *machine, struct aw_check *check);

#endif
