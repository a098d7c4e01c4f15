// SPDX-License-Identifier: GPL-2.0
/*
 * The terminal in full-screen mode, with curses.
 */
#include "screen/terminal.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/array.h"
#include "screen/draw.h"
#include "screen/rescue.h"
#include "screen/terminfo.h"

/* Included last, because it defines macros with common names, such as "columns" and "lines". */
#include <curses.h>
#include <term.h>

#define ESCAPE_MS 25	/* an ESC byte that nothing follows within this time is the Escape key */

/* Keys are read one by one and not echoed; Ctrl-C and Ctrl-Z remain signals, Ctrl-S does not stop output. */
static void enter_modes(const struct aw_terminal *terminal)
{
	struct termios modes = terminal->before;

	modes.c_lflag &= (tcflag_t)~(ICANON | ECHO | ECHONL);
	modes.c_iflag &= (tcflag_t)~(IXON | ICRNL | INLCR);
	modes.c_oflag &= (tcflag_t)~ONLCR;
	modes.c_cc[VMIN] = 1;
	modes.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
}

static void leave_modes(const struct aw_terminal *terminal)
{
	tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal->before);
}

/* A capability without its padding ("$<5>"), which only old hardware needs. */
static size_t add_capability(char *out, size_t used, size_t size, const char *name)
{
	const char *text = tigetstr(name);

	if (!text || text == (char *)-1)
		return used;
	while (*text && used < size) {
		if (!strncmp(text, "$<", 2) && strchr(text, '>'))
			text = strchr(text, '>') + 1;
		else
			out[used++] = *text++;
	}
	return used;
}

/* The bytes that restore the terminal if curses cannot: colours off, cursor visible, normal screen. */
static void arm_rescue(const struct aw_terminal *terminal)
{
	static const char *const names[] = { "sgr0", "op", "rmkx", "cnorm", "rmcup" };
	char bytes[160];
	size_t used = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++)
		used = add_capability(bytes, used, sizeof(bytes), names[i]);
	aw_rescue_arm(STDOUT_FILENO, &terminal->before, bytes, used);
}

/* curses would ask the file in memory for the window size. */
static void take_size(struct aw_terminal *terminal)
{
	struct winsize size = { 0 };

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_row || !size.ws_col)
		size = (struct winsize){ .ws_row = 24, .ws_col = 80 };
	terminal->height = size.ws_row;
	terminal->width = size.ws_col;
	resizeterm(size.ws_row, size.ws_col);
}

static bool wants_colours(void)
{
	const char *no = getenv("NO_COLOR");

	return !no || !*no;
}

/*
 * Sequences that terminals send although their description differs: TERM on a
 * serial console does not say which terminal is at the other end.
 */
static void define_keys(void)
{
	static const struct { const char *bytes; int code; } keys[] = {
		{ "\033[A", KEY_UP }, { "\033[B", KEY_DOWN }, { "\033[C", KEY_RIGHT }, { "\033[D", KEY_LEFT },
		{ "\033OA", KEY_UP }, { "\033OB", KEY_DOWN }, { "\033OC", KEY_RIGHT }, { "\033OD", KEY_LEFT },
		{ "\033[H", KEY_HOME }, { "\033[F", KEY_END }, { "\033OH", KEY_HOME }, { "\033OF", KEY_END },
		{ "\033[1~", KEY_HOME }, { "\033[4~", KEY_END }, { "\033[7~", KEY_HOME }, { "\033[8~", KEY_END },
		{ "\033[5~", KEY_PPAGE }, { "\033[6~", KEY_NPAGE }, { "\033[Z", KEY_BTAB },
		{ "\033OP", KEY_F(1) }, { "\033OQ", KEY_F(2) }, { "\033OR", KEY_F(3) }, { "\033OS", KEY_F(4) },
		{ "\033[11~", KEY_F(1) }, { "\033[12~", KEY_F(2) }, { "\033[13~", KEY_F(3) },
		{ "\033[14~", KEY_F(4) }, { "\033[15~", KEY_F(5) }, { "\033[17~", KEY_F(6) },
		{ "\033[21~", KEY_F(10) },
		{ "\033[[A", KEY_F(1) }, { "\033[[B", KEY_F(2) }, { "\033[[C", KEY_F(3) }, { "\033[[D", KEY_F(4) },
		{ "\033[[E", KEY_F(5) },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(keys); i++)
		define_key(keys[i].bytes, keys[i].code);
}

/* Keys are read from a pad, because reading from a window would refresh it.  False: no memory for it. */
static bool set_up(struct aw_terminal *terminal)
{
	WINDOW *keys = newpad(1, 1);

	if (!keys)
		return false;
	terminal->keys = keys;
	keypad(keys, TRUE);
	nodelay(keys, TRUE);
	define_keys();
	set_escdelay(ESCAPE_MS);
	nonl();
	leaveok(stdscr, TRUE);
	curs_set(0);
	aw_draw_init(wants_colours());
	take_size(terminal);
	return true;
}

static int check(const char **name, struct aw_error *error)
{
	const char *term = getenv("TERM");

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return aw_error_set(error, -ENOTTY, "standard input and output are not a terminal");
	*name = aw_terminfo_find(term);
	if (!*name)
		return aw_error_set(error, -ENOTSUP, "TERM=%s cannot show a screen", term ? term : "");
	if (!tigetstr("cup") || tigetstr("cup") == (char *)-1)
		return aw_error_set(error, -ENOTSUP, "TERM=%s cannot position the cursor", term);
	return 0;
}

int aw_terminal_open(struct aw_terminal *terminal, struct aw_error *error)
{
	const char *name = NULL;
	TERMINAL *probed;
	int err = check(&name, error);

	memset(terminal, 0, sizeof(*terminal));
	if (err)
		return err;
	setlocale(LC_CTYPE, "");
	terminal->utf8 = !strcmp(nl_langinfo(CODESET), "UTF-8");
	if (tcgetattr(STDIN_FILENO, &terminal->before))
		return aw_error_set(error, -errno, "can't read the modes of the terminal: %s", strerror(errno));
	err = aw_outlet_open(&terminal->outlet, STDOUT_FILENO);
	if (err)
		return aw_error_set(error, err, "can't create a file in memory for the screen: %s", strerror(-err));
	arm_rescue(terminal);
	probed = cur_term;
	terminal->curses = newterm(name, terminal->outlet.frame, stdin);
	del_curterm(probed);	/* set by aw_terminfo_find(); curses has its own now */
	if (!terminal->curses) {
		aw_rescue_disarm();
		aw_outlet_close(&terminal->outlet);
		return aw_error_set(error, -ENOTSUP, "TERM=%s cannot show a screen", name);
	}
	enter_modes(terminal);
	if (set_up(terminal))
		return 0;
	aw_terminal_close(terminal);
	return aw_error_set(error, -ENOMEM, "no memory for the screen");
}

void aw_terminal_close(struct aw_terminal *terminal)
{
	endwin();
	aw_outlet_finish(&terminal->outlet);
	leave_modes(terminal);
	aw_rescue_disarm();
	delwin(terminal->keys);
	delscreen(terminal->curses);
	aw_outlet_close(&terminal->outlet);
}

int aw_terminal_key(struct aw_terminal *terminal)
{
	int code = wgetch(terminal->keys);

	return code == ERR ? -1 : code;
}

/* Stops like a program without a screen, so that the shell prompts on the normal screen. */
static void stop(struct aw_terminal *terminal)
{
	endwin();
	aw_outlet_finish(&terminal->outlet);
	leave_modes(terminal);
	raise(SIGSTOP);
	enter_modes(terminal);
}

bool aw_terminal_follow(struct aw_terminal *terminal)
{
	bool stopped = aw_rescue_stopped();

	if (stopped)
		stop(terminal);
	if (!aw_rescue_resized() && !stopped)
		return false;
	take_size(terminal);
	return true;
}

bool aw_terminal_ready(struct aw_terminal *terminal)
{
	return aw_outlet_send(&terminal->outlet);
}

void aw_terminal_show(struct aw_terminal *terminal, bool whole)
{
	if (whole)
		clearok(curscr, TRUE);
	refresh();
	aw_outlet_send(&terminal->outlet);
}
