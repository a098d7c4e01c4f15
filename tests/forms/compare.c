// SPDX-License-Identifier: GPL-2.0
/*
 * Reads logs in all forms that forms.py writes, and compares what is found in each
 * with what is found in the plain log: every value and every answer must be equal, or
 * missing if the form destroys it.
 *
 * usage: forms.py ... | compare [--table | --certain]
 *
 * prints ok or not ok; with --table, a row for every form; with --certain, only this is asked of
 * each: the answer is the same, or it says what is missing, and it is never certain of another.
 *
 * FORMS_VERBOSE=1 names each log that differs, FORMS_SAVE=DIR keeps these.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "result.h"

#define MAX_FORMS 512

struct form {
	char name[160];
	unsigned int logs, kept, partly, different;
	char missing[NAMES], changed[NAMES];
	char example[64];	/* a log that differs */
};

static struct form forms[MAX_FORMS];
static unsigned int nr_forms;

/* What was found in a text. */
struct found {
	struct reports reports;
	struct aw_answers *answers;
};

static const struct aw_explain_config config;

static void keep(void *ctx, const struct aw_klog_report *report)
{
	struct found *found = ctx;
	struct reports *reports = &found->reports;

	if (reports->count < MAX_REPORTS)
		reports->report[reports->count++] = *report;
	aw_answers_add(found->answers, report);
}

/* Feeds uneven pieces: the result must not depend on where the text is split. */
static void parse(const char *text, size_t len, struct found *found)
{
	struct aw_klog *klog = aw_klog_new(keep, found);
	size_t piece = 7;

	aw_answers_free(found->answers);
	found->answers = aw_answers_new(&config);
	found->reports.count = 0;
	for (size_t at = 0; at < len; at += piece, piece = piece * 31 % 4093 + 1)
		aw_klog_feed(klog, text + at, len - at < piece ? len - at : piece);
	aw_klog_finish(klog);
	aw_klog_free(klog);
	aw_answers_sort(found->answers);
}

static struct form *form_named(const char *name)
{
	/* random forms of a kind share a row of the table: "random cut-head|syslog+head" */
	int len = (int)strcspn(name, "|");

	for (unsigned int i = 0; i < nr_forms; i++)
		if (!strncmp(forms[i].name, name, (size_t)len) && !forms[i].name[len])
			return &forms[i];
	snprintf(forms[nr_forms].name, sizeof(forms[nr_forms].name), "%.*s", len, name);
	return &forms[nr_forms++];
}

static bool loses_lines(const char *lost)
{
	return !strcmp(lost, "any") || !strcmp(lost, "lines");
}

/* Are all missing values among those that the form destroys? */
static bool may_miss(const char *lost, const char *missing_names)
{
	char names[NAMES], *save, *name;

	if (loses_lines(lost))
		return true;
	snprintf(names, sizeof(names), "%s", missing_names);
	for (name = strtok_r(names, " ", &save); name; name = strtok_r(NULL, " ", &save))
		if (!strstr(lost, name))
			return false;
	return true;
}

/* Keeps the text of a form that differs, to look at. */
static void save(const char *name, const char *log, const char *data, size_t len)
{
	char path[512];
	FILE *out;

	if (!getenv("FORMS_SAVE"))
		return;
	snprintf(path, sizeof(path), "%s/%s.%s", getenv("FORMS_SAVE"), name, log);
	for (char *p = path + strlen(getenv("FORMS_SAVE")) + 1; *p; p++)
		if (*p == '/' || *p == ' ')
			*p = '_';
	out = fopen(path, "w");
	if (!out)
		return;
	fwrite(data, 1, len, out);
	fclose(out);
}

/* true: what was found is as it should be */
static bool note(const char *name, const char *log, const char *lost, const struct result *result)
{
	struct form *form = form_named(name);
	bool kept = !result->different && may_miss(lost, result->missing);

	form->logs++;
	form->different += result->different;
	form->kept += kept;
	form->partly += kept && result->missing[0];
	add_names(form->missing, result->missing);
	add_names(form->changed, result->changed);
	if (!kept && getenv("FORMS_VERBOSE"))
		printf("# %s, %s: changed%s, missing%s\n", name, log, result->changed, result->missing);
	if (!kept)
		snprintf(form->example, sizeof(form->example), "%.60s", log);
	return kept;
}

static bool next_record(char *form, char *log, char *lost, char **data, size_t *len)
{
	char line[512];

	if (!fgets(line, sizeof(line), stdin))
		return false;
	lost[0] = '\0';
	if (sscanf(line, "%127[^\t]\t%127[^\t]\t%127[^\t]\t%zu", form, log, lost, len) != 4 &&
	    sscanf(line, "%127[^\t]\t%127[^\t]\t\t%zu", form, log, len) != 3) {
		fprintf(stderr, "compare: not a record: %s", line);
		exit(1);
	}
	*data = malloc(*len + 1);
	if (!*data || fread(*data, 1, *len, stdin) != *len) {
		fprintf(stderr, "compare: the record of %s is truncated\n", form);
		exit(1);
	}
	return true;
}

static void print_form(const struct form *form, bool table)
{
	bool ok = form->kept == form->logs;

	if (table)
		printf("# %-28s %3u of %3u kept%s%s%s%s\n", form->name, form->kept, form->logs,
		       form->missing[0] ? ", missing:" : "", form->missing, form->changed[0] ? ", CHANGED:" : "", form->changed);
	printf("%s - form %s: %u of %u logs%s%s\n", ok ? "ok" : "not ok", form->name, form->kept, form->logs,
	       ok ? "" : ", not ", ok ? "" : form->example);
	if (!ok && !table)
		printf("#   missing:%s, changed:%s\n", form->missing, form->changed);
}

int main(int argc, char **argv)
{
	static struct found plain, got;
	char form[128], log[128], lost[128], *data;
	bool table = argc > 1 && !strcmp(argv[1], "--table"), certain = argc > 1 && !strcmp(argv[1], "--certain");
	unsigned int bad = 0;
	size_t len;

	while (next_record(form, log, lost, &data, &len)) {
		struct result result = { .lacks_middle = strstr(form, "cut-middle") != NULL };

		if (!strcmp(form, "plain")) {
			parse(data, len, &plain);
		} else {
			parse(data, len, &got);
			if (certain)
				strcpy(lost, "any");
			else
				compare_reports(&result, &plain.reports, &got.reports, !loses_lines(lost));
			compare_answers(&result, plain.answers, got.answers, !loses_lines(lost));
			if (!note(form, log, lost, &result))
				save(form, log, data, len);
		}
		free(data);
	}
	for (unsigned int i = 0; i < nr_forms; i++) {
		print_form(&forms[i], table);
		bad += forms[i].kept != forms[i].logs;
	}
	aw_answers_free(plain.answers);
	aw_answers_free(got.answers);
	return bad || !nr_forms;
}
