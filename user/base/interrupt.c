// SPDX-License-Identifier: GPL-2.0
/*
 * A signal that ends the reading of input.
 */
#include "base/interrupt.h"

#include <signal.h>
#include <stdio.h>

#include "base/array.h"

static volatile sig_atomic_t caught;

static void on_signal(int number)
{
	caught = number;
}

/* The second signal has its default action again, and a signal that nohup(1) ignores stays ignored. */
void aw_interrupt_catch(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	const struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESETHAND };

	for (unsigned int i = 0; i < ARRAY_SIZE(numbers); i++) {
		struct sigaction old;

		if (!sigaction(numbers[i], NULL, &old) && old.sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
	}
}

int aw_interrupted(void)
{
	return caught;
}

void aw_interrupt_end(void)
{
	if (!caught)
		return;
	fflush(stdout);
	signal(caught, SIG_DFL);
	raise(caught);
}
