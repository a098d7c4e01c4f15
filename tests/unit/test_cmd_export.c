// SPDX-License-Identifier: GPL-2.0
/*
 * Tests allocwatch export: what it rejects, where it writes, and that a file
 * appears complete or not at all.  With AW_EXPORT_DIR, the files are kept there
 * with the facts about the recording, for tests/export/check.py.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/exit_status.h"
#include "base/file.h"
#include "cli/command.h"
#include "output/exporters.h"
#include "scripted_recording.h"

static struct recording recording;
static char dir[64];

static int open_recording(const struct aw_capture *capture, struct aw_source **out, struct aw_error *error)
{
	if (strcmp(capture->argument, "scripted"))
		return aw_error_set(error, -ENOENT, "can't read %s", capture->argument);
	recording.next = 0;
	*out = &recording.source;
	return 0;
}

static const struct aw_source_ops ops = RECORDING_OPS(open_recording);

const struct aw_source_ops *const aw_sources[] = { &ops };
const unsigned int aw_sources_count = 1;

static int set_up(void **state)
{
	const char *kept = getenv("AW_EXPORT_DIR");

	(void)state;
	recording_init(&recording, &ops);
	recording_fill(&recording);
	snprintf(dir, sizeof(dir), "%s", kept ? kept : "/tmp/aw-export-XXXXXX");
	return kept ? 0 : !mkdtemp(dir);
}

static int tear_down(void **state)
{
	char command[100];

	(void)state;
	recording_clear(&recording);
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	return getenv("AW_EXPORT_DIR") ? 0 : system(command);
}

#define RUN(command, ...) run(&command, (const char *const[]){ __VA_ARGS__, NULL })

static char said[4096];		/* on stderr by the last run */

static int run(const struct aw_command *command, const char *const *args)
{
	char *argv[24] = { (char *)command->name };
	int argc = 1, status, saved = dup(2);
	FILE *caught = tmpfile();
	size_t len;

	for (; args[argc - 1]; argc++)
		argv[argc] = (char *)args[argc - 1];
	fflush(stderr);
	dup2(fileno(caught), 2);
	status = command->run(argc, argv);
	fflush(stderr);
	dup2(saved, 2);
	close(saved);
	rewind(caught);
	len = fread(said, 1, sizeof(said) - 1, caught);
	said[len] = '\0';
	fclose(caught);
	return status;
}

static const char *path_of(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static void write_truth(void)
{
	FILE *out = fopen(path_of("truth"), "w");
	unsigned int of[AW_EVENT_TYPES] = { 0 }, hard = 0, unsampled = 0;
	uint64_t succeeded = 0;

	for (unsigned int i = 0; i < recording.count; i++) {
		const struct aw_event *event = &recording.tests[i].event;

		uint64_t count = event->type == AW_EVENT_FAILURE ? aw_failure_count(&event->failure) : 1;

		of[event->type] += count;
		if (event->type == AW_EVENT_ALLOCATIONS)
			succeeded += event->allocations.count;
		if (event->type != AW_EVENT_FAILURE)
			continue;
		hard += event->failure.class == AW_CLASS_HARD ? count : 0;
		unsampled += event->failure.unsampled;
		fprintf(out, "comm %u ", (unsigned int)count);
		for (const char *c = event->task.context == AW_IN_SOFTIRQ ? "" : event->task.comm; *c; c++)
			fprintf(out, "%02x", (unsigned char)*c);
		fputs("\n", out);
	}
	fprintf(out, "unsampled %u\nallocations %llu\nuncounted_at_most %llu\n", unsampled, (unsigned long long)succeeded,
		(unsigned long long)recording.lost);
	fprintf(out, "failures %u\nhard %u\nstalls %u\nextfrag %u\noom_kills %u\ncma_failures %u\nwarnings %u\nlost %llu\n",
		of[AW_EVENT_FAILURE], hard, of[AW_EVENT_STALL], of[AW_EVENT_EXTFRAG], of[AW_EVENT_OOM_KILL],
		of[AW_EVENT_CMA_FAILURE], of[AW_EVENT_WARNING], (unsigned long long)recording.lost);
	fclose(out);
}

/* Writes the output of `report` to a file. */
static void write_report(const char *name, const char *by)
{
	int saved = dup(1), file = open(path_of(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(saved >= 0 && file >= 0);
	fflush(stdout);
	dup2(file, 1);
	assert_int_equal(RUN(aw_command_report, "--by", by, "--top", "1000", "scripted"), 0);
	fflush(stdout);
	dup2(saved, 1);
	close(saved);
	close(file);
}

/* Every format and every table, from a recording with all types of events and hostile names. */
static void writes_every_format(void **state)
{
	static const char *const tables[] = {
		"order", "gfp", "migratetype", "site", "stack", "latency", "time", "extfrag", "zones",
	};
	static const char *const others[] = { "prometheus", "svg", "html", "perfetto", "pprof", "speedscope" };
	struct stat st;

	(void)state;
	recording.lost = 3;
	write_truth();
	assert_int_equal(RUN(aw_command_export, "--format", "json", "-o", path_of("out.json"), "scripted"), 0);
	assert_non_null(strstr(said, "lost: 3 failures: the ring was full (ring_full_failures)"));
	assert_int_equal(RUN(aw_command_export, "--format", "json", "--by", "comm,order", "-o",
			     path_of("by-comm.json"), "scripted"), 0);
	assert_int_equal(RUN(aw_command_export, "--format", "jsonl", "-o", path_of("out.jsonl"), "scripted"), 0);
	assert_int_equal(RUN(aw_command_export, "--format", "folded", "--by", "order", "-o",
			     path_of("out.folded"), "scripted"), 0);
	for (unsigned int i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		char name[32];

		snprintf(name, sizeof(name), "%s.csv", tables[i]);
		assert_int_equal(RUN(aw_command_export, "--format", "csv", "--table", tables[i], "--by",
				     "comm,context,order,class,site,module", "-o", path_of(name), "scripted"), 0);
		assert_int_equal(stat(path_of(name), &st), 0);
		assert_int_equal(st.st_mode & 0400, 0400);
	}
	for (unsigned int i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		char name[32];

		snprintf(name, sizeof(name), "out.%s", others[i]);
		assert_int_equal(RUN(aw_command_export, "--format", others[i], "-o", path_of(name), "scripted"), 0);
	}
	write_report("report.txt", "order,gfp,stack");
	write_report("report-by-comm.txt", "comm");
	assert_int_equal(RUN(aw_command_export, "-F", "json", "--filter", "order=9", "-o",
			     path_of("filtered.json"), "scripted"), 0);
	recording.lost = 0;
}

static void wrong_usage(void **state)
{
	(void)state;
	assert_int_equal(RUN(aw_command_export, "scripted"), AW_EXIT_USAGE);
	assert_non_null(strstr(said, "export needs --format, or a name after -o that ends like one: json, jsonl, csv,"));
	assert_int_equal(RUN(aw_command_export, "-o", path_of("page.doc"), "scripted"), AW_EXIT_USAGE);
	assert_int_equal(RUN(aw_command_export, "--format", "xml", "scripted"), AW_EXIT_USAGE);
	assert_non_null(strstr(said, "'xml'"));
	assert_non_null(strstr(said, "json, jsonl, csv, prometheus, folded, svg, html"));
	assert_int_equal(RUN(aw_command_export, "--format", "csv", "--table", "orders", "scripted"), AW_EXIT_USAGE);
	assert_non_null(strstr(said, "'orders'"));
	assert_non_null(strstr(said, "order, gfp, migratetype"));
	assert_int_equal(RUN(aw_command_export, "--format", "json", "--table", "order", "scripted"), AW_EXIT_USAGE);
	assert_int_equal(RUN(aw_command_export, "--format", "json", "a", "b"), AW_EXIT_USAGE);
	assert_int_equal(RUN(aw_command_export, "--format", "folded", "--by",
			     "order,gfp,site,comm,pid,tid,cpu,class", "scripted"), AW_EXIT_USAGE);
	assert_non_null(strstr(said, "--by"));
}

static void begins_with(const char *name, const char *expected)
{
	char start[64] = "";
	FILE *file = fopen(path_of(name), "r");

	assert_non_null(file);
	assert_non_null(fgets(start, sizeof(start), file));
	fclose(file);
	assert_memory_equal(start, expected, strlen(expected));
}

static void name_of_the_output_is_the_format(void **state)
{
	(void)state;
	assert_int_equal(RUN(aw_command_export, "-o", path_of("named.HTML"), "scripted"), 0);
	begins_with("named.HTML", "<!DOCTYPE html>");
	assert_int_equal(RUN(aw_command_export, "-o", path_of("named.prom"), "scripted"), 0);
	begins_with("named.prom", "# HELP allocwatch_");
	assert_int_equal(RUN(aw_command_export, "-o", path_of("named.pb.gz"), "scripted"), 0);
	begins_with("named.pb.gz", "\x1f\x8b");
	assert_int_equal(RUN(aw_command_export, "-o", path_of("named.speedscope.json"), "scripted"), 0);
	begins_with("named.speedscope.json", "{\"$schema\":\"https://www.speedscope");
	assert_int_equal(RUN(aw_command_export, "-o", path_of("named.perfetto-trace"), "scripted"), 0);
	begins_with("named.perfetto-trace", "\n");
	/* the name of a format is an ending, too, as the message about it says */
	for (unsigned int i = 0; i < aw_exporters_count; i++) {
		char name[40];

		snprintf(name, sizeof(name), "name.%s", aw_exporters[i]->name);
		assert_int_equal(RUN(aw_command_export, "-o", path_of(name), "scripted"), 0);
	}
	begins_with("name.pprof", "\x1f\x8b");
	assert_int_equal(RUN(aw_command_export, "-o", path_of("named.json"), "scripted"), 0);
	begins_with("named.json", "{\n");
	/* what is said counts more */
	assert_int_equal(RUN(aw_command_export, "-o", path_of("other.html"), "-F", "svg", "scripted"), 0);
	begins_with("other.html", "<?xml ");
	/* and csv alone is the groups */
	assert_int_equal(RUN(aw_command_export, "-o", path_of("named.csv"), "scripted"), 0);
	begins_with("named.csv", "failures,sampled,hard,");
}

static void output_is_whole_or_not_at_all(void **state)
{
	char *text;

	(void)state;
	recording.poll_error = -EIO;
	assert_int_equal(RUN(aw_command_export, "-F", "jsonl", "-o", path_of("broken.jsonl"), "scripted"),
			 AW_EXIT_ERROR);
	assert_non_null(strstr(said, "Input/output error"));
	assert_int_not_equal(access(path_of("broken.jsonl"), F_OK), 0);
	recording.poll_error = 0;

	/* an existing file is unchanged, and the error is reported */
	assert_int_equal(RUN(aw_command_export, "-F", "folded", "-o", path_of("out.txt"), "scripted"), 0);
	recording.poll_error = -EIO;
	assert_int_equal(RUN(aw_command_export, "-F", "jsonl", "-o", path_of("out.txt"), "scripted"), AW_EXIT_ERROR);
	recording.poll_error = 0;
	assert_int_equal(aw_file_read(path_of("out.txt"), &text, NULL), 0);
	assert_null(strstr(text, "\"type\""));
	free(text);
	assert_int_equal(RUN(aw_command_export, "-F", "json", "-o", path_of("no/such/dir/x.json"), "scripted"),
			 AW_EXIT_ERROR);
	assert_non_null(strstr(said, "no/such/dir/x.json: No such file or directory"));
	assert_int_equal(RUN(aw_command_export, "-F", "json", "-o", "/dev/full", "scripted"), AW_EXIT_ERROR);
	assert_non_null(strstr(said, "/dev/full: No space left on device"));
	assert_int_equal(access("/dev/full", F_OK), 0);
	assert_int_equal(RUN(aw_command_export, "-F", "json", "nothing.aw"), AW_EXIT_ERROR);
	assert_string_equal(said, "allocwatch: can't read nothing.aw\n");
}

static void half_read_is_an_error(void **state)
{
	(void)state;
	recording.interrupt = true;
	assert_int_equal(RUN(aw_command_export, "-F", "json", "-o", path_of("half.json"), "scripted"), AW_EXIT_ERROR);
	recording.interrupt = false;
	assert_non_null(strstr(said, "interrupted before all of scripted was read"));
	assert_int_not_equal(access(path_of("half.json"), F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_every_format),
		cmocka_unit_test(wrong_usage),
		cmocka_unit_test(name_of_the_output_is_the_format),
		cmocka_unit_test(output_is_whole_or_not_at_all),
		cmocka_unit_test(half_read_is_an_error),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
