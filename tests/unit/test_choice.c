// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the choice of a source, and doctor's checks, as functions of facts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "doctor/checks.h"
#include "source/choose.h"

static const char letters[] = "uwcb";	/* untried, works, cannot, broken */

/* "cwu": bpf cannot work, tracefs works, klog was not tried */
static struct aw_source_facts facts_of(const char *states)
{
	static const char *const names[] = { "bpf", "tracefs", "klog" };
	struct aw_source_facts facts = { .count = 3 };

	for (unsigned int i = 0; i < 3; i++) {
		facts.source[i].name = names[i];
		facts.source[i].state = (enum aw_source_state)(strchr(letters, states[i]) - letters);
		snprintf(facts.source[i].why, sizeof(facts.source[i].why), "reason %u", i);
	}
	return facts;
}

static const struct {
	const char *states, *asked;
	enum aw_choice_type type;
	unsigned int index;
	const char *degraded;
} rows[] = {
	{ "uuu", NULL, AW_CHOICE_TRY, 0, "" },
	{ "wuu", NULL, AW_CHOICE_TAKE, 0, "" },
	{ "www", NULL, AW_CHOICE_TAKE, 0, "" },
	{ "cuu", NULL, AW_CHOICE_TRY, 1, "" },
	{ "cwu", NULL, AW_CHOICE_TAKE, 1, "tracefs instead of bpf: reason 0" },
	{ "ccw", NULL, AW_CHOICE_TAKE, 2, "klog instead of bpf: reason 0; tracefs: reason 1" },
	{ "ccc", NULL, AW_CHOICE_NONE, 2, "" },
	{ "bww", NULL, AW_CHOICE_STOP, 0, "" },
	{ "cbw", NULL, AW_CHOICE_STOP, 1, "" },
	{ "uuu", "klog", AW_CHOICE_TRY, 2, "" },
	{ "uuw", "klog", AW_CHOICE_TAKE, 2, "klog was asked for, bpf shows more" },
	{ "wuu", "bpf", AW_CHOICE_TAKE, 0, "" },
	{ "wcw", "tracefs", AW_CHOICE_NONE, 1, "" },
	{ "wbw", "tracefs", AW_CHOICE_STOP, 1, "" },
	{ "www", "nobody", AW_CHOICE_NONE, 0, "" },
};

static void chooses(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct aw_source_facts facts = facts_of(rows[i].states);
		struct aw_choice choice;

		aw_choose(&facts, rows[i].asked, &choice);
		assert_int_equal(choice.type, rows[i].type);
		assert_int_equal(choice.index, rows[i].index);
		assert_string_equal(choice.degraded, rows[i].degraded);
	}
}

static void long_reasons(void **state)
{
	struct aw_source_facts facts = facts_of("ccw");
	struct aw_choice choice;

	(void)state;
	memset(facts.source[0].why, 'x', sizeof(facts.source[0].why) - 1);
	memset(facts.source[1].why, 'y', sizeof(facts.source[1].why) - 1);
	aw_choose(&facts, NULL, &choice);
	assert_int_equal(choice.type, AW_CHOICE_TAKE);
	assert_true(strlen(choice.degraded) < sizeof(choice.degraded));
}

/* A machine where everything works. */
static struct aw_machine good_machine(void)
{
	return (struct aw_machine){
		.capabilities = UINT64_MAX, .kprobes = AW_KPROBES_EVENTS, .tracefs = "/sys/kernel/tracing",
		.lockdown = "none", .selinux = -1, .initial_pids = true, .sources = facts_of("www"),
	};
}

/* The names of the rows that say no, separated by spaces; each has a reason. */
static const char *noes(const struct aw_machine *machine, char *text, size_t size)
{
	struct aw_check checks[AW_MAX_CHECKS];
	unsigned int count = aw_checks_make(machine, checks);

	text[0] = '\0';
	for (unsigned int i = 0; i < count; i++) {
		assert_true(checks[i].reason[0] != '\0');
		if (checks[i].ok)
			assert_string_equal(checks[i].todo, "");
		else
			snprintf(text + strlen(text), size - strlen(text), "%s%s", text[0] ? " " : "", checks[i].name);
	}
	return text;
}

static const char *todo(const struct aw_machine *machine, const char *name)
{
	static struct aw_check checks[AW_MAX_CHECKS];
	unsigned int count = aw_checks_make(machine, checks);

	for (unsigned int i = 0; i < count; i++)
		if (!strcmp(checks[i].name, name))
			return checks[i].todo;
	return "no such row";
}

static void judges_a_machine(void **state)
{
	struct aw_machine machine = good_machine();
	char text[512];

	(void)state;
	assert_string_equal(noes(&machine, text, sizeof(text)), "");
	machine.kptr_restrict = 2;
	machine.kallsyms_error = -EPERM;
	assert_string_equal(noes(&machine, text, sizeof(text)), "kallsyms kptr_restrict");
	assert_non_null(strstr(todo(&machine, "kallsyms"), "kernel.kptr_restrict=1"));

	machine = good_machine();
	machine.capabilities = 1ull << AW_CAP_SYS_ADMIN | 1ull << AW_CAP_SYSLOG;
	assert_string_equal(noes(&machine, text, sizeof(text)), "");
	machine.capabilities = 0;
	machine.uid = 1000;
	machine.bpf_error = machine.ring_buffer_error = -EPERM;
	machine.sources = facts_of("ccc");
	assert_string_equal(noes(&machine, text, sizeof(text)),
			    "cap_bpf cap_perfmon cap_sys_admin cap_syslog bpf ring_buffer zone_discovery");
	assert_non_null(strstr(todo(&machine, "bpf"), "sudo"));
	machine.uid = 0;
	machine.selinux = 1;
	assert_non_null(strstr(noes(&machine, text, sizeof(text)), "selinux"));
	assert_non_null(strstr(todo(&machine, "bpf"), "ausearch"));
}

static void judges_lockdown(void **state)
{
	struct aw_machine machine = good_machine();
	struct aw_check check;
	char text[512];

	(void)state;
	strcpy(machine.lockdown, "integrity");
	assert_string_equal(noes(&machine, text, sizeof(text)), "");
	strcpy(machine.lockdown, "confidentiality");
	machine.tracefs = NULL;
	machine.tracepoint_error = machine.instances_error = -ENOENT;
	machine.sources = facts_of("ccw");
	assert_string_equal(noes(&machine, text, sizeof(text)), "tracepoints zone_discovery lockdown tracefs");
	assert_string_equal(todo(&machine, "tracefs"), "boot without lockdown=confidentiality");
	aw_check_source(&machine, 0, &check);
	assert_false(check.ok);
	assert_string_equal(check.reason, "reason 0");
	assert_string_equal(check.todo, "boot without lockdown=confidentiality");
	aw_check_source(&machine, 2, &check);
	assert_true(check.ok);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chooses),
		cmocka_unit_test(long_reasons),
		cmocka_unit_test(judges_a_machine),
		cmocka_unit_test(judges_lockdown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
