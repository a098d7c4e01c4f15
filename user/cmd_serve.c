// SPDX-License-Identifier: GPL-2.0
/*
 * allocwatch serve: metrics for Prometheus, over HTTP or in a file.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/replace.h"
#include "command.h"
#include "exit_status.h"
#include "options.h"
#include "output/prometheus.h"
#include "serve/http.h"
#include "serve/listen.h"
#include "session.h"

#define SECOND UINT64_C(1000000000)
#define HTTP_INTERVAL SECOND
#define TEXTFILE_INTERVAL (15 * SECOND)	/* how often Prometheus usually looks */
#define STALE_INTERVALS 3
#define STALE_GRACE (10 * SECOND)

struct serve {
	struct aw_options options;
	struct aw_session session;
	struct aw_http *http;			/* NULL: not wanted */
	int textfile_error;			/* of the last write, -errno */
	unsigned int nr_losses;
	struct aw_loss losses[AW_MAX_LOSSES];	/* the highest counts seen */
};

/* A counter that can't be read for once is 0: Prometheus would take that for a restart. */
static void update_losses(struct serve *serve)
{
	struct aw_loss now[AW_MAX_LOSSES];
	unsigned int count = aw_session_losses(&serve->session, now);

	for (unsigned int i = 0; i < count; i++)
		if (i >= serve->nr_losses || now[i].count > serve->losses[i].count)
			serve->losses[i] = now[i];
	if (count > serve->nr_losses)
		serve->nr_losses = count;
}

static void write_page(struct serve *serve, FILE *out, enum aw_exposition exposition)
{
	struct aw_source *source = serve->session.source;
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
	struct aw_report report = {
		.kernel = source->ops->kernel(source),
		.summary = serve->session.summary,
		.source = source->ops->name,
		.start_ns = serve->session.start_ns,
		.end_ns = serve->session.end_ns ? serve->session.end_ns : aw_session_now(),
		.nr_missing = source->ops->missing(source, missing),
		.missing = missing,
		.nr_losses = serve->nr_losses,
		.losses = serve->losses,
	};

	aw_prometheus_write(out, &report, exposition);
}

/* The page as text that the caller frees; NULL: no memory. */
static char *make_page(struct serve *serve, enum aw_exposition exposition, size_t *len)
{
	AW_FREE char *text = NULL;
	FILE *out = open_memstream(&text, len);
	bool failed;

	if (!out)
		return NULL;
	write_page(serve, out, exposition);
	failed = ferror(out);
	if (fclose(out) || failed)
		return NULL;
	return TAKE_PTR(text);
}

static int publish(struct serve *serve, enum aw_exposition exposition)
{
	size_t len;
	AW_FREE char *text = make_page(serve, exposition, &len);

	return text ? aw_http_publish(serve->http, exposition, text, len) : -ENOMEM;
}

static int write_textfile(struct serve *serve)
{
	size_t len;
	AW_FREE char *text = make_page(serve, AW_EXPOSE_TEXT, &len);

	return text ? aw_file_replace(serve->options.textfile, 0644, text, len) : -ENOMEM;
}

/* A full disk does not end the watching; it is told of once, and when it is over. */
static void update_textfile(struct serve *serve)
{
	int err = write_textfile(serve);

	if (err && err != serve->textfile_error)
		fprintf(stderr, "allocwatch: can't write %s: %s; its old content stays\n",
			serve->options.textfile, strerror(-err));
	if (!err && serve->textfile_error)
		fprintf(stderr, "allocwatch: %s is written again\n", serve->options.textfile);
	serve->textfile_error = err;
}

static void on_interval(void *arg)
{
	struct serve *serve = arg;

	update_losses(serve);
	if (serve->options.textfile)
		update_textfile(serve);
	if (!serve->http)
		return;
	for (int exposition = 0; exposition < AW_EXPOSITIONS; exposition++)
		publish(serve, exposition);
}

static void announce(struct serve *serve)
{
	const struct aw_source *source = serve->session.source;
	struct aw_missing missing[AW_MAX_MISSING_FEATURES];
	unsigned int count = source->ops->missing(source, missing);

	if (serve->http)
		fprintf(stderr, "allocwatch: metrics at http://%s/metrics\n", aw_http_where(serve->http));
	if (serve->http && !aw_http_is_loopback(serve->http))
		fprintf(stderr, "allocwatch: others can reach it, too: without password or encryption\n");
	if (serve->options.textfile)
		fprintf(stderr, "allocwatch: metrics in %s\n", serve->options.textfile);
	fprintf(stderr, "allocwatch: watching %s with %s; Ctrl-C ends\n",
		source->ops->kernel(source)->release, source->ops->name);
	for (unsigned int i = 0; i < count; i++)
		fprintf(stderr, "allocwatch: missing %s: %s; %s\n", missing[i].what, missing[i].why, missing[i].cost);
}

static int run(struct serve *serve)
{
	const struct aw_session_watcher watcher = { .interval = on_interval, .arg = serve };
	struct aw_error error;
	int err;

	on_interval(serve);
	if (serve->textfile_error)
		return AW_EXIT_ERROR;
	announce(serve);
	err = aw_session_run(&serve->session, &watcher, &error);
	on_interval(serve);
	if (err) {
		fprintf(stderr, "allocwatch: %s\n", error.text);
		return AW_EXIT_ERROR;
	}
	if (serve->textfile_error)
		return AW_EXIT_ERROR;
	if (serve->options.exit_code && aw_summary_totals(serve->session.summary)->by_class[AW_CLASS_HARD])
		return AW_EXIT_HARD;
	return AW_EXIT_OK;
}

static int watch(struct serve *serve)
{
	struct aw_error error;
	int err = aw_session_open(&serve->options, &serve->session, &error), status;

	if (err) {
		fprintf(stderr, "allocwatch: %s%s\n", err == -ENODEV ? "nothing can be watched here: " : "", error.text);
		return err == -ENODEV ? AW_EXIT_NOTHING : AW_EXIT_ERROR;
	}
	status = run(serve);
	aw_session_close(&serve->session);
	return status;
}

/* HTTP unless only a file is wanted. 0 or the exit status. */
static int start_http(struct serve *serve)
{
	const struct aw_options *options = &serve->options;
	uint64_t stale_ns = STALE_INTERVALS * options->interval_ns + STALE_GRACE;
	struct aw_error error;
	int err;

	if (options->textfile && !options->listen)
		return 0;
	err = aw_http_start(options->listen ? options->listen : AW_LISTEN_DEFAULT, stale_ns, &serve->http, &error);
	if (!err)
		return 0;
	fprintf(stderr, "allocwatch: %s\n", error.text);
	return err == -EINVAL || err == -ENOTSUP ? AW_EXIT_USAGE : AW_EXIT_ERROR;
}

/* A storm of small groups costs memory for weeks, and no metric shows stacks. */
static struct aw_options default_options(void)
{
	struct aw_options options = aw_options_default();

	options.nr_keys = 1;
	options.keys[0] = aw_key_find("order", 5);
	return options;
}

static int serve_main(int argc, char **argv)
{
	struct serve serve = { .options = default_options() };
	int rest, status;

	status = aw_options_parse(argc, argv, AW_FOR_SERVE, "allocwatch serve [--listen ADDR:PORT] [--textfile FILE] [OPTIONS]",
				  &serve.options, &rest);
	if (status >= 0)
		return status;
	if (rest < argc) {
		fprintf(stderr, "allocwatch: serve takes no operands, and '%s' is one\n", argv[rest]);
		return AW_EXIT_USAGE;
	}
	if (!serve.options.interval_ns)
		serve.options.interval_ns = serve.options.textfile && !serve.options.listen ?
					    TEXTFILE_INTERVAL : HTTP_INTERVAL;
	status = start_http(&serve);
	if (!status)
		status = watch(&serve);
	aw_http_stop(serve.http);
	return status;
}

const struct aw_command aw_command_serve = {
	.name = "serve",
	.summary = "metrics for Prometheus, over HTTP or in a file for node_exporter",
	.run = serve_main,
};
