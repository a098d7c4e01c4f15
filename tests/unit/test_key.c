// SPDX-License-Identifier: GPL-2.0
/*
 * Tests the key table: each key of a request, of an interrupt and of a steal;
 * lists of keys; values as text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>

#include <cmocka.h>

#include "events.h"
#include "event/pods.h"
#include "summary/key.h"

static const struct aw_key *key(const char *name)
{
	const struct aw_key *found = aw_key_find(name, strlen(name));

	assert_non_null(found);
	return found;
}

/* NULL: the event has no such value. */
static void check(const struct aw_event *event, const char *name, const char *expected)
{
	struct aw_value value;
	char text[256];

	if (!key(name)->get(event, &value)) {
		if (expected)
			print_error("no %s\n", name);
		assert_null(expected);
		return;
	}
	assert_non_null(expected);
	assert_ptr_equal(aw_key_format(key(name), &value, text, sizeof(text)), text);
	assert_string_equal(text, expected);
}

static void table_is_sound(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < AW_KEYS; i++) {
		assert_true(strlen(aw_keys[i].name) > 0 && strlen(aw_keys[i].help) > 0);
		assert_true(aw_keys[i].type == AW_KEY_NUMBER || (!aw_keys[i].format && !aw_keys[i].parse));
		assert_int_equal(strcspn(aw_keys[i].name, ",=!<>* "), strlen(aw_keys[i].name));
		assert_ptr_equal(key(aw_keys[i].name), &aw_keys[i]);
	}
}

static void keys_of_a_failure(void **state)
{
	struct test_event test;
	struct aw_event *event = event_failure(&test);
	char id[24];

	(void)state;
	snprintf(id, sizeof(id), "0x%016llx", (unsigned long long)event->stack->id);
	check(event, "order", "4");
	check(event, "bytes", "64 KiB");
	check(event, "gfp", "GFP_KERNEL|__GFP_COMP|__GFP_ZERO");
	check(event, "migratetype", "Unmovable");
	check(event, "stack", id);
	check(event, "site", "ioctx_alloc");
	check(event, "module", "kernel");
	check(event, "comm", "repro");
	check(event, "pid", "89");
	check(event, "tid", "90");
	check(event, "cgroup", "/user.slice");
	check(event, "container", "0123456789ab");
	check(event, "pod", "8c1c92b4-2f3d-4b1e-9a07-0d7c4e5f6a7b");
	check(event, "namespace", NULL);
	event->task.names = &(struct aw_pod){ .namespace = (char *)"shop", .name = (char *)"web-0" };
	check(event, "pod", "web-0");
	check(event, "namespace", "shop");
	check(event, "context", "task");
	check(event, "class", "hard");
	check(event, "log", "printed");
	check(event, "cause", "fragmentation");
	check(event, "rule", "costly-order");
	check(event, "cpu", "1");
}

static void values_that_may_lack(void **state)
{
	struct test_event test;
	struct aw_event *event = event_failure(&test);

	(void)state;
	EVENT_STACK(&test, "__alloc_pages", "hog_get_buffer [hog]");
	check(event, "site", "hog_get_buffer");
	check(event, "module", "hog");
	EVENT_STACK(&test, "__alloc_pages", "0xffff800000001234");
	check(event, "site", NULL);
	check(event, "module", "kernel");
	event->site = NULL;
	check(event, "site", NULL);
	check(event, "module", NULL);
	test.stack.stack.count = 0;
	check(event, "stack", NULL);
	event->task.cgroup = "";
	event->task.container[0] = event->task.pod[0] = '\0';
	check(event, "cgroup", NULL);
	check(event, "container", NULL);
	check(event, "pod", NULL);
	event->type = AW_EVENT_STALL;
	check(event, "log", NULL);
	check(event, "cause", NULL);
	check(event, "rule", NULL);
	check(event, "order", "4");
}

/* pid and comm are those of the interrupted task. */
static void interrupts_have_no_task(void **state)
{
	static const enum aw_context contexts[] = { AW_IN_SOFTIRQ, AW_IN_HARDIRQ, AW_IN_NMI };
	struct test_event test;
	struct aw_event *event = event_failure(&test);

	(void)state;
	for (int i = 0; i < 3; i++) {
		event->task.context = contexts[i];
		for (unsigned int k = 0; k < AW_KEYS; k++) {
			struct aw_value value;

			assert_int_equal(aw_keys[k].get(event, &value), !aw_keys[k].of_task);
		}
		check(event, "context", aw_context_name(contexts[i]));
	}
	event->task.context = AW_IN_UNKNOWN;
	check(event, "comm", "repro");
	check(event, "pid", "89");
}

static void steals_have_no_request(void **state)
{
	static const char *const request[] = {
		"order", "bytes", "gfp", "migratetype", "class", "log", "cause", "rule",
	};
	struct test_event test;
	struct aw_event *event = event_extfrag(&test);

	(void)state;
	for (size_t i = 0; i < sizeof(request) / sizeof(request[0]); i++)
		check(event, request[i], NULL);
	check(event, "site", "alloc_pipe_info");
	check(event, "comm", "pipes");
	check(event, "cpu", "0");
}

static void finds_whole_names_only(void **state)
{
	(void)state;
	assert_ptr_equal(aw_key_find("order>=4", 5), key("order"));
	assert_null(aw_key_find("order", 4));
	assert_null(aw_key_find("orders", 6));
	assert_null(aw_key_find("Order", 5));
	assert_null(aw_key_find("", 0));
}

static void check_list(const char *list, int count, const char *bad)
{
	const struct aw_key *keys[AW_MAX_KEYS] = { NULL };
	char text[8] = "";

	assert_int_equal(aw_keys_parse(list, keys, text, sizeof(text)), count);
	assert_string_equal(text, bad);
	for (int i = 0; i < AW_MAX_KEYS; i++)
		assert_int_equal(keys[i] != NULL, i < count);
}

static void parses_lists(void **state)
{
	const struct aw_key *keys[AW_MAX_KEYS];
	char bad[8];

	(void)state;
	assert_int_equal(aw_keys_parse("site,order", keys, bad, sizeof(bad)), 2);
	assert_ptr_equal(keys[0], key("site"));
	assert_ptr_equal(keys[1], key("order"));
	check_list("order", 1, "");
	check_list("order,bytes,gfp,stack,site,module,comm,pid", 8, "");
	check_list("order,bytes,gfp,stack,site,module,comm,pid,tid", -EINVAL, "tid");
	check_list("", -EINVAL, "");
	check_list("order,", -EINVAL, "");
	check_list(",order", -EINVAL, "");
	check_list("order,nix,gfp", -EINVAL, "nix");
	check_list("order, gfp", -EINVAL, " gfp");
	check_list("a_very_long_name", -EINVAL, "a_very_");
}

static void names_for_messages(void **state)
{
	char text[256], small[12];

	(void)state;
	aw_keys_names(text, sizeof(text));
	assert_int_equal(strncmp(text, "order, bytes, gfp, ", 19), 0);
	for (unsigned int i = 0; i < AW_KEYS; i++)
		assert_non_null(strstr(text, aw_keys[i].name));
	assert_string_equal(aw_keys_names(small, sizeof(small)), "order, byte");
}

/* Values as they are shown are valid in a filter. */
static void stack_ids_can_be_filtered(void **state)
{
	struct aw_value value = { .number = 0x0102030405060708 };
	char text[32];

	(void)state;
	assert_string_equal(aw_key_format(key("stack"), &value, text, sizeof(text)), "0x0102030405060708");
}

static void cuts_values(void **state)
{
	const struct aw_value name = { .text = "ioctx_alloc" }, number = { .number = 1234567 };
	char text[6];

	(void)state;
	assert_string_equal(aw_key_format(key("site"), &name, text, sizeof(text)), "ioctx");
	assert_string_equal(aw_key_format(key("pid"), &number, text, sizeof(text)), "12345");
	assert_string_equal(aw_key_format(key("bytes"), &number, text, sizeof(text)), "1.2 M");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_sound),
		cmocka_unit_test(keys_of_a_failure),
		cmocka_unit_test(values_that_may_lack),
		cmocka_unit_test(interrupts_have_no_task),
		cmocka_unit_test(steals_have_no_request),
		cmocka_unit_test(finds_whole_names_only),
		cmocka_unit_test(parses_lists),
		cmocka_unit_test(names_for_messages),
		cmocka_unit_test(stack_ids_can_be_filtered),
		cmocka_unit_test(cuts_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
