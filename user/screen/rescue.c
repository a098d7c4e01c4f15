// SPDX-License-Identifier: GPL-2.0
/*
 * Restores the terminal, no matter how the process ends.
 *
 * State used by signal handlers has to be static; nothing else reads it.
 */
#include "screen/rescue.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/message.h"

static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT, SIGHUP, SIGSYS };
static const int endings[] = { SIGINT, SIGTERM };

static volatile sig_atomic_t armed, resized, stopped, ends_seen;

static struct {
	int terminal;
	struct termios modes;
	size_t length;
	char bytes[160];
	struct sigaction crash_before[ARRAY_SIZE(crashes)], end_before[ARRAY_SIZE(endings)], winch_before, stop_before;
	/* The crash may be a stack overflow, so the handler runs on its own stack. */
	char stack[16384] __attribute__((aligned(16)));
} rescue;

/* Async-signal-safe. */
static void give_back(void)
{
	ssize_t ignored;

	if (!armed)
		return;
	armed = 0;
	ignored = write(rescue.terminal, rescue.bytes, rescue.length);
	(void)ignored;
	tcsetattr(rescue.terminal, TCSANOW, &rescue.modes);
}

/* Without memory, curses says so on its screen, and calls exit(). */
static void on_exit_of_curses(void)
{
	if (!armed)
		return;
	give_back();
	aw_message("curses ended the screen: out of memory");
}

/* When this returns, the signal is delivered again, with the default action. */
static void on_crash(int number)
{
	give_back();
	signal(number, SIG_DFL);
	raise(number);
}

/* The first signal ends the session as usual; the second one ends the process at once. */
static void on_end(int number)
{
	const struct sigaction *before = &rescue.end_before[number == SIGINT ? 0 : 1];

	if (ends_seen++)
		give_back();
	if (before->sa_handler == SIG_DFL) {
		on_crash(number);
		return;
	}
	if (before->sa_handler != SIG_IGN)
		before->sa_handler(number);
}

static void on_flag(int number)
{
	if (number == SIGTSTP)
		stopped = 1;
	else
		resized = 1;
}

static void catch_all(void)
{
	struct sigaction crash = { .sa_handler = on_crash, .sa_flags = SA_ONSTACK };
	struct sigaction end = { .sa_handler = on_end }, flag = { .sa_handler = on_flag };
	stack_t stack = { .ss_sp = rescue.stack, .ss_size = sizeof(rescue.stack) };

	sigaltstack(&stack, NULL);
	for (unsigned int i = 0; i < ARRAY_SIZE(crashes); i++)
		sigaction(crashes[i], &crash, &rescue.crash_before[i]);
	for (unsigned int i = 0; i < ARRAY_SIZE(endings); i++)
		sigaction(endings[i], &end, &rescue.end_before[i]);
	sigaction(SIGWINCH, &flag, &rescue.winch_before);
	sigaction(SIGTSTP, &flag, &rescue.stop_before);
}

void aw_rescue_arm(int terminal, const struct termios *modes, const char *bytes, size_t length)
{
	static bool at_exit;

	if (!at_exit)
		at_exit = !atexit(on_exit_of_curses);
	rescue.terminal = terminal;
	rescue.modes = *modes;
	rescue.length = length < sizeof(rescue.bytes) ? length : sizeof(rescue.bytes);
	memcpy(rescue.bytes, bytes, rescue.length);
	ends_seen = resized = stopped = 0;
	catch_all();
	armed = 1;
}

void aw_rescue_disarm(void)
{
	armed = 0;
	for (unsigned int i = 0; i < ARRAY_SIZE(crashes); i++)
		sigaction(crashes[i], &rescue.crash_before[i], NULL);
	for (unsigned int i = 0; i < ARRAY_SIZE(endings); i++)
		sigaction(endings[i], &rescue.end_before[i], NULL);
	sigaction(SIGWINCH, &rescue.winch_before, NULL);
	sigaction(SIGTSTP, &rescue.stop_before, NULL);
}

bool aw_rescue_resized(void)
{
	bool seen = resized;

	resized = 0;
	return seen;
}

bool aw_rescue_stopped(void)
{
	bool seen = stopped;

	stopped = 0;
	return seen;
}
