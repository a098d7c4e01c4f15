// SPDX-License-Identifier: GPL-2.0
/*
 * Kernel lockdown (5.4 on).
 */
#include "system/lockdown.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"

/* none [integrity] confidentiality: the active one is in brackets */
static bool mode_of_securityfs(char *mode, size_t size)
{
	AW_FREE char *text = NULL;
	const char *open;

	if (aw_file_read("/sys/kernel/security/lockdown", &text, NULL) || !(open = strchr(text, '[')))
		return false;
	snprintf(mode, size, "%.*s", (int)strcspn(open + 1, "]"), open + 1);
	return true;
}

/* ... quiet lockdown=confidentiality */
static void mode_of_command_line(char *mode, size_t size)
{
	AW_FREE char *text = NULL;
	const char *asked;

	if (!aw_file_read("/proc/cmdline", &text, NULL) && (asked = strstr(text, "lockdown=")))
		snprintf(mode, size, "%.*s", (int)strcspn(asked + 9, " \n"), asked + 9);
}

void aw_lockdown_mode(char *mode, size_t size)
{
	mode[0] = '\0';
	if (!mode_of_securityfs(mode, size))
		mode_of_command_line(mode, size);
}

bool aw_lockdown_is_confidential(void)
{
	char mode[32];

	aw_lockdown_mode(mode, sizeof(mode));
	return !strcmp(mode, "confidentiality");
}
