// SPDX-License-Identifier: GPL-2.0
/*
 * Tests command lines: what each option sets, and the messages for invalid ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/exit_status.h"
#include "cli/options.h"
#include "sources.h"

struct test_source test_source;

static const struct aw_source_ops ops[] = {
	TEST_SOURCE_OPS("bpf", test_source_open), TEST_SOURCE_OPS("tracefs", test_source_open),
};

const struct aw_source_ops *const aw_sources[] = { &ops[0], &ops[1] };
const unsigned int aw_sources_count = 2;

static struct aw_options options;
static int rest;
static char said[8192];		/* on stdout and stderr */
static char said_on_stdout;

/* Runs the parser and captures stdout and stderr. */
static int parse(uint32_t command, const char *const *args)
{
	char *argv[32] = { (char *)"live" };
	int saved[] = { dup(1), dup(2) }, argc = 1, status;
	FILE *caught[] = { tmpfile(), tmpfile() };
	size_t len;

	for (; args[argc - 1]; argc++)
		argv[argc] = (char *)args[argc - 1];
	fflush(stdout);
	for (int i = 0; i < 2; i++)
		dup2(fileno(caught[i]), i + 1);
	options = aw_options_default();
	rest = -1;
	status = aw_options_parse(argc, argv, command, "allocwatch live [OPTIONS]", &options, &rest);
	fflush(stdout);
	for (int i = 0; i < 2; i++) {
		dup2(saved[i], i + 1);
		close(saved[i]);
	}
	rewind(caught[0]);
	len = fread(said, 1, sizeof(said) - 1, caught[0]);
	said_on_stdout = len > 0;
	rewind(caught[1]);
	len += fread(said + len, 1, sizeof(said) - 1 - len, caught[1]);
	said[len] = '\0';
	fclose(caught[0]);
	fclose(caught[1]);
	return status;
}

#define PARSE(command, ...) parse(command, (const char *const[]){ __VA_ARGS__, NULL })

static void defaults(void **state)
{
	struct aw_options plain = aw_options_default();

	(void)state;
	assert_string_equal(plain.source, "auto");
	assert_int_equal(plain.duration_ns, 0);
	assert_int_equal(plain.interval_ns, 0);
	assert_int_equal(plain.filter.count, 0);
	assert_int_equal(plain.capture.order_min, 0);
	assert_int_equal(plain.capture.order_max, UINT32_MAX);
	assert_int_equal(plain.capture.pid, 0);
	assert_null(plain.capture.kallsyms);
	assert_int_equal(plain.nr_keys, 3);
	assert_string_equal(plain.keys[0]->name, "order");
	assert_string_equal(plain.keys[1]->name, "gfp");
	assert_string_equal(plain.keys[2]->name, "stack");
	assert_null(plain.sort);
	assert_int_equal(plain.top, 10);
	assert_false(plain.plain || plain.exit_code || plain.capture.low_overhead);
}

static void nothing_given(void **state)
{
	(void)state;
	assert_int_equal(parse(AW_FOR_LIVE, (const char *const[]){ NULL }), -1);
	assert_int_equal(rest, 1);
	assert_string_equal(said, "");
	assert_int_equal(options.filter.count, 0);
}

static void every_option(void **state)
{
	(void)state;
	assert_int_equal(PARSE(AW_FOR_LIVE, "--source", "tracefs", "--duration", "30s", "--interval=5m",
			       "--filter", "order>=4,comm=cam*", "--pid", "89", "--by", "site,comm", "--sort",
			       "last", "--top", "5", "--low-overhead", "--kallsyms", "/tmp/k", "--plain",
			       "--exit-code"), -1);
	assert_string_equal(said, "");
	assert_string_equal(options.source, "tracefs");
	assert_true(options.duration_ns == 30000000000);
	assert_true(options.interval_ns == 300000000000);
	assert_int_equal(options.filter.count, 3);
	assert_string_equal(options.filter.terms[2].key->name, "pid");
	assert_int_equal(options.filter.terms[2].number, 89);
	assert_int_equal(options.nr_keys, 2);
	assert_string_equal(options.keys[0]->name, "site");
	assert_string_equal(options.keys[1]->name, "comm");
	assert_string_equal(options.sort, "last");
	assert_int_equal(options.top, 5);
	assert_true(options.capture.low_overhead && options.plain && options.exit_code);
	assert_string_equal(options.capture.kallsyms, "/tmp/k");
	assert_int_equal(rest, 21);
}

static void letters(void **state)
{
	(void)state;
	assert_int_equal(PARSE(AW_FOR_LIVE, "-s", "bpf", "-d1h", "-i", "250ms", "-forder=4", "-p", "7",
			       "-b", "order", "-t", "1"), -1);
	assert_string_equal(options.source, "bpf");
	assert_true(options.duration_ns == 3600000000000);
	assert_true(options.interval_ns == 250000000);
	assert_int_equal(options.filter.count, 2);
	assert_int_equal(options.nr_keys, 1);
	assert_int_equal(options.top, 1);
}

static void filters_add_up(void **state)
{
	(void)state;
	assert_int_equal(PARSE(AW_FOR_LIVE, "-f", "order>=4", "-f", "class=hard,order<=6"), -1);
	assert_int_equal(options.filter.count, 3);
}

static void operands_end_the_options(void **state)
{
	(void)state;
	assert_int_equal(PARSE(AW_FOR_RECORD, "--duration", "1s", "--", "sh", "-c", "true"), -1);
	assert_int_equal(rest, 4);
	assert_int_equal(PARSE(AW_FOR_RECORD, "sh", "--duration", "nonsense"), -1);
	assert_int_equal(rest, 1);
	assert_int_equal(options.duration_ns, 0);
	/* without a command, options may follow arguments */
	assert_int_equal(PARSE(AW_FOR_EXPORT, "a.aw", "--top", "3", "b.aw"), -1);
	assert_int_equal(rest, 3);
	assert_int_equal(options.top, 3);
}

static void check_said(const char *const *mentions)
{
	for (const char *mention = *mentions; mention; mention = *++mentions) {
		if (!strstr(said, mention))
			print_error("\"%s\" lacks %s\n", said, mention);
		assert_non_null(strstr(said, mention));
	}
}

static void check_wrong(uint32_t command, const char *const *args, const char *const *mentions)
{
	assert_int_equal(parse(command, args), AW_EXIT_USAGE);
	assert_false(said_on_stdout);
	assert_int_equal(strncmp(said, "allocwatch: ", 12), 0);
	assert_int_equal(said[strlen(said) - 1], '\n');
	check_said(mentions);
}

#define ARGS(...) (const char *const[]){ __VA_ARGS__, NULL }
#define WRONG(args, ...) check_wrong(AW_FOR_LIVE, args, ARGS(__VA_ARGS__))

static void wrong_values_are_told_the_valid_ones(void **state)
{
	(void)state;
	WRONG(ARGS("--source", "ftrace"), "bad --source 'ftrace'", "auto, bpf, tracefs");
	WRONG(ARGS("--duration", "soon"), "bad --duration 'soon'", "ms, s, m, h or d", "30s");
	WRONG(ARGS("--duration", "0"), "bad --duration '0'", "above 0");
	WRONG(ARGS("-i", "-5s"), "bad --interval '-5s'");
	WRONG(ARGS("--filter", "colour=red"), "'colour=red'", "order, bytes, gfp");
	WRONG(ARGS("--filter", ""), "--filter");
	WRONG(ARGS("--pid", "0"), "bad --pid '0'");
	WRONG(ARGS("--pid", "init"), "bad --pid 'init'");
	WRONG(ARGS("--pid", "2147483648"), "bad --pid '2147483648'");
	WRONG(ARGS("--by", "order,colour"), "bad --by key 'colour'", "order, bytes, gfp", "8");
	WRONG(ARGS("--sort", "colour"), "bad --sort 'colour'", "count, last, order");
	WRONG(ARGS("--top", "0"), "bad --top '0'", "1 to 1000000");
	WRONG(ARGS("--top", "1000001"), "bad --top");
	WRONG(ARGS("--top", "many"), "bad --top 'many'");
}

static void wrong_options_are_told_the_valid_ones(void **state)
{
	(void)state;
	WRONG(ARGS("--colour"), "unknown option '--colour'", "--source", "--filter", "--help");
	WRONG(ARGS("-z"), "unknown option '-z'", "--duration");
	WRONG(ARGS("--s", "bpf"), "'--s'");
	WRONG(ARGS("--duration"), "--duration needs a value");
	WRONG(ARGS("-d"), "-d needs a value");
	WRONG(ARGS("--plain=yes"), "--plain takes no value");
	WRONG(ARGS("--help=1"), "bad --help=1", "--help=all");
	WRONG(ARGS("--plain", "--low-overhead=1"), "--low-overhead takes no value");
}

static void commands_take_their_options_only(void **state)
{
	(void)state;
	check_wrong(AW_FOR_REPORT, ARGS("--duration", "1s"), ARGS("unknown option", "--by", "--sort"));
	assert_null(strstr(said, "--source"));
	check_wrong(AW_FOR_REPORT, ARGS("-d", "1s"), ARGS("unknown option '-d'"));
	check_wrong(AW_FOR_RECORD, ARGS("--plain"), ARGS("unknown option '--plain'"));
	assert_int_equal(PARSE(AW_FOR_REPORT, "--by", "site"), -1);
	assert_int_equal(PARSE(AW_FOR_SERVE, "--duration", "1s"), -1);
}

static void help(void **state)
{
	(void)state;
	for (int letter = 0; letter < 2; letter++) {
		assert_int_equal(PARSE(AW_FOR_LIVE, letter ? "-h" : "--help", "--nonsense"), AW_EXIT_OK);
		assert_true(said_on_stdout);
		check_said(ARGS("usage: allocwatch live [OPTIONS]\n", "  -s, --source NAME", "      --plain ",
				"  -h, --help", "keys: order, bytes", "exit status: 0", "77"));
	}
	assert_int_equal(PARSE(AW_FOR_REPORT, "--help"), AW_EXIT_OK);
	assert_null(strstr(said, "--duration"));
	assert_non_null(strstr(said, "--top N"));
}

static void help_hides_what_is_rarely_needed(void **state)
{
	(void)state;
	assert_int_equal(PARSE(AW_FOR_LIVE, "--help"), AW_EXIT_OK);
	assert_null(strstr(said, "--btf"));
	check_said(ARGS("--help=all"));
	assert_int_equal(PARSE(AW_FOR_LIVE, "--help=all"), AW_EXIT_OK);
	check_said(ARGS("      --btf FILE", "      --speed N", "keys: order, bytes"));
	assert_null(strstr(said, "--help=all"));
}

/* Completions and man pages are made from these lines. */
static void help_for_scripts(void **state)
{
	(void)state;
	assert_int_equal(PARSE(AW_FOR_LIVE, "--help=options"), AW_EXIT_OK);
	check_said(ARGS("s\tsource\tNAME\tauto,bpf,tracefs\t", "\n-\tbtf\tFILE\t-\t",
			"\nF\tformat\tNAME\ttext,jsonl\t", "\nb\tby\tKEYS\torder,bytes,gfp,", "\nh\thelp\t-\t-\t"));
	assert_int_equal(PARSE(AW_FOR_EXPORT, "--help=options"), AW_EXIT_OK);
	check_said(ARGS("\n-\ttable\tNAME\torder,gfp,", "\nF\tformat\tNAME\tjson,jsonl,csv,"));
}

static void longest_key_list(void **state)
{
	(void)state;
	assert_int_equal(PARSE(AW_FOR_LIVE, "--by", "order,bytes,gfp,stack,site,module,comm,pid"), -1);
	assert_int_equal(options.nr_keys, AW_MAX_KEYS);
	WRONG(ARGS("--by", "order,bytes,gfp,stack,site,module,comm,pid,tid"), "bad --by key 'tid'");
}

static void what_explain_is_asked(void **state)
{
	(void)state;
	assert_int_equal(PARSE(AW_FOR_EXPLAIN, "-o", "4", "--gfp", "0xc0d0", "-k3.18", "-p", "64K"), -1);
	assert_true(options.has_order);
	assert_int_equal(options.order, 4);
	assert_string_equal(options.gfp, "0xc0d0");
	assert_string_equal(options.kernel, "3.18");
	assert_int_equal(options.page_size, 65536);
	assert_int_equal(PARSE(AW_FOR_EXPLAIN, "a.log", "--exit-code", "-", "b.log"), -1);
	assert_int_equal(rest, 2);
	assert_true(options.exit_code);
	assert_false(options.has_order);
	check_wrong(AW_FOR_EXPLAIN, ARGS("--order", "32"), ARGS("bad --order '32'", "0 to 31"));
	check_wrong(AW_FOR_EXPLAIN, ARGS("--kernel", "six"), ARGS("bad --kernel 'six'", "3.18"));
	check_wrong(AW_FOR_EXPLAIN, ARGS("-p", "5000"), ARGS("bad --page-size '5000'", "64K"));
	check_wrong(AW_FOR_EXPLAIN, ARGS("-p", "2K"), ARGS("bad --page-size '2K'"));
	check_wrong(AW_FOR_EXPLAIN, ARGS("--source", "bpf"), ARGS("unknown option '--source'", "--order", "--gfp"));
	check_wrong(AW_FOR_LIVE, ARGS("--order", "4"), ARGS("unknown option '--order'"));
	assert_int_equal(PARSE(AW_FOR_EXPLAIN, "--help"), AW_EXIT_OK);
	check_said(ARGS("  -o, --order N", "  -p, --page-size SIZE", "exit status: 0"));
	assert_null(strstr(said, "keys:"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults),
		cmocka_unit_test(nothing_given),
		cmocka_unit_test(every_option),
		cmocka_unit_test(letters),
		cmocka_unit_test(filters_add_up),
		cmocka_unit_test(operands_end_the_options),
		cmocka_unit_test(wrong_values_are_told_the_valid_ones),
		cmocka_unit_test(wrong_options_are_told_the_valid_ones),
		cmocka_unit_test(commands_take_their_options_only),
		cmocka_unit_test(help),
		cmocka_unit_test(help_hides_what_is_rarely_needed),
		cmocka_unit_test(help_for_scripts),
		cmocka_unit_test(longest_key_list),
		cmocka_unit_test(what_explain_is_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
