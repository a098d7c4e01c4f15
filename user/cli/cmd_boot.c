// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch boot: what the kernel must be told to trace failures before user space.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/exit_status.h"
#include "base/memory.h"
#include "boot/initramfs.h"
#include "boot/plan.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/say.h"

static const char usage[] =
	"allocwatch boot [--append INITRAMFS]\n\n"
	"Prints what to add to the kernel command line so that failures are traced from\n"
	"the start of this kernel, before any program runs: live and record then begin\n"
	"with them.  Where the kernel reads a boot configuration, that is printed, too.";

static void print_limits(const struct aw_boot_plan *plan)
{
	if (plan->way == AW_BOOT_CONFIG)
		puts("# only failures are traced: the last 1000 or so on each cpu are kept (512 KiB)");
	else
		printf("# this kernel has no filter at boot: every allocation is traced%s, and the last %" PRIu64 " on each cpu "
		       "are kept (%u MiB)\n", plan->way == AW_BOOT_EVERY ? " with its stack" : "", aw_boot_allocations(plan),
		       aw_boot_buffer_mib(plan));
}

static void print_plan(const struct aw_boot_plan *plan, const char *appended)
{
	puts("# for the kernel command line:");
	aw_boot_print_cmdline(plan, stdout);
	putchar('\n');
	print_limits(plan);
	if (plan->way != AW_BOOT_CONFIG)
		return;
	if (appended) {
		printf("# the boot configuration is at the end of %s\n", appended);
		return;
	}
	puts("# the boot configuration, for the end of the initramfs (allocwatch boot --append INITRAMFS, or bootconfig -a):");
	aw_boot_print_config(plan, stdout);
}

static int append(const struct aw_boot_plan *plan, const char *path)
{
	AW_FREE char *text = NULL;
	struct aw_error error;
	size_t len = 0;
	FILE *file;

	if (plan->way != AW_BOOT_CONFIG)
		return aw_say_failed("this kernel reads no boot configuration (CONFIG_BOOTTIME_TRACING): use its command line");
	file = aw_memory_open(&text, &len);
	if (!file)
		return aw_say_failed("out of memory");
	aw_boot_print_config(plan, file);
	if (fclose(file))
		return aw_say_failed("out of memory");
	return aw_initramfs_append(path, text, len, &error) ? aw_say_error(&error) : AW_EXIT_OK;
}

static int plan_boot(const char *path)
{
	AW_FREE struct aw_boot_plan *plan = calloc(1, sizeof(*plan));
	struct aw_error error;
	int status = AW_EXIT_OK;

	if (!plan)
		return aw_say_failed("out of memory");
	if (aw_boot_plan_read(plan, &error)) {
		aw_say("nothing can be traced before user space: %s", error.text);
		return AW_EXIT_NOTHING;
	}
	if (path)
		status = append(plan, path);
	if (!status)
		print_plan(plan, path);
	return status;
}

static int boot_main(int argc, char **argv)
{
	struct aw_options options = aw_options_default();
	int rest, status = aw_options_parse(argc, argv, AW_FOR_BOOT, usage, &options, &rest);

	if (status >= 0)
		return status;
	if (rest < argc)
		return aw_say_usage("boot takes no operands, and '%s' is one: leave it out", argv[rest]);
	return plan_boot(options.append);
}

const struct aw_command aw_command_boot = {
	.name = "boot",
	.summary = "what to tell the kernel so that it traces failures before user space",
	.run = boot_main,
};
