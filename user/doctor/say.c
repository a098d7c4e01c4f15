// SPDX-License-Identifier: GPL-2.0
/*
 * The words that several checks of doctor share.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "doctor/internal.h"

void aw_check_say(char *text, size_t size, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(text, size, format, args);
	va_end(args);
}

bool aw_check_is_denied(int err)
{
	return err == -EPERM || err == -EACCES;
}

bool aw_check_is_locked(const struct aw_machine *machine, const char *mode)
{
	return !strcmp(machine->lockdown, mode);
}

bool aw_check_is_paranoid(const struct aw_machine *machine)
{
	return !machine->bpf_error && machine->perf_paranoid > 2 && !aw_machine_may(machine, AW_CAP_SYS_ADMIN);
}

void aw_check_advise_paranoid(struct aw_check *check)
{
	TODO(check, "sysctl kernel.perf_event_paranoid=2, or CAP_SYS_ADMIN, for the service by its examples/full.conf");
}

void aw_check_advise_denied(const struct aw_machine *machine, struct aw_check *check)
{
	if (machine->uid)
		TODO(check, "run as root: sudo allocwatch doctor");
	else if (aw_check_is_locked(machine, "confidentiality"))
		TODO(check, "boot without lockdown=confidentiality");
	else if (machine->container[0])
		TODO(check, "run it outside the container, or give the container the capabilities");
	else if (machine->selinux == 1)
		TODO(check, "look for a denial in the audit log: ausearch -m avc -ts recent");
	else
		TODO(check, "run with all capabilities of root");
}
