/*
 * chat.c - a conversation in the terminal.
 *
 * On a pipe it is a plain filter: one message a line, no prompt, no echo,
 * each reply flushed before the next line is read, and nothing that was not
 * asked for.  On a terminal libedit edits the line, and what is due after a
 * silence comes by itself.
 */
#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include <histedit.h>

#include "base/log.h"
#include "cmd/commands.h"
#include "cmd/input.h"
#include "cmd/setup.h"
#include "guide/session.h"
#include "guide/talk.h"
#include "net/loop.h"

#define IDLE_MS (UINT64_C(15) * 60 * 1000)

struct chat {
	struct guide *guide;
	struct session *session;
	struct talk_answer answer;
	struct buf line;
	struct input in;
	mbstate_t decoding; /* of what is typed on a terminal */
	char byte;          /* read, but not decoded yet ... */
	bool has_byte;      /* ... if this is set */
	bool broken;        /* nobody reads us any more */
};

/* A reply and the empty line that ends it; false when the talk is over. */
static bool
put_answer(struct chat *c)
{
	const struct talk_answer *a = &c->answer;

	if (a->silent)
		return false;
	if (a->text.failed || a->text.len == 0) {
		fputs(talk_no_memory_text(), stdout);
		putchar('\n');
		fflush(stdout);
		return false;
	}
	fwrite(a->text.p, 1, a->text.len, stdout);
	putchar('\n');
	if (fflush(stdout) != 0)
		c->broken = true;
	return !a->end && !c->broken;
}

static void
answer_line(struct chat *c, enum input_got got)
{
	if (got == INPUT_TOO_LONG)
		talk_too_long(c->guide, c->session, &c->answer);
	else if (got == INPUT_NO_MEMORY)
		buf_wipe(&c->answer.text);
	else
		talk_line(c->guide, c->session, buf_str(&c->line),
		    TALK_PRIVATE, loop_now_ms(), &c->answer);
}

static void
run_pipe(struct chat *c)
{
	enum input_got got;
	bool on = true;

	while (on && (got = input_line(&c->in, &c->line)) != INPUT_END) {
		answer_line(c, got);
		on = put_answer(c);
	}
}

static char *
prompt(EditLine *el)
{
	static char text[] = "you> ";

	(void)el;
	return text;
}

/* Says what is due now; the time to the next look in ms, -1 for none, or -2
 * when the talk is over. */
static int
tick(struct chat *c, EditLine *el)
{
	uint64_t now = loop_now_ms();
	uint64_t next = talk_tick(c->guide, c->session, IDLE_MS, now,
	    &c->answer);

	if (c->answer.text.len > 0) {
		fputs("\r\033[K", stdout);
		if (!put_answer(c))
			return -2;
		el_set(el, EL_REFRESH);
	}
	if (next == 0)
		return -1;
	return next <= now ? 0 : (int)(next - now < 60000 ? next - now : 60000);
}

/*
 * Decodes c->byte: true when *out holds a character.  A byte that breaks a
 * character off begins the next one: it may be the line's end.
 */
static bool
decode(struct chat *c, wchar_t *out)
{
	bool midway = mbsinit(&c->decoding) == 0;
	size_t n = mbrtowc(out, &c->byte, 1, &c->decoding);

	c->has_byte = n == (size_t)-1 && midway;
	if (n == (size_t)-1) {
		*out = 0xFFFD;
		c->decoding = (mbstate_t) { 0 };
	}
	return n != (size_t)-2;
}

/* libedit's source of characters: the terminal, with the clock at hand. */
static int
read_char(EditLine *el, wchar_t *out)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	struct chat *c = NULL;

	el_get(el, EL_CLIENTDATA, &c);
	if (c->has_byte)
		return decode(c, out);
	for (;;) {
		int wait = tick(c, el);

		if (wait == -2)
			return 0;
		if (poll(&p, 1, wait) < 0 && errno != EINTR)
			return -1;
		if (p.revents == 0)
			continue;
		if (read(STDIN_FILENO, &c->byte, 1) <= 0)
			return 0;
		if (decode(c, out))
			return 1;
	}
}

static bool
run_terminal(struct chat *c)
{
	EditLine *el = el_init("iopguide", stdin, stdout, stderr);
	const char *line;
	bool on = true;
	int n;

	if (el == NULL)
		return false;
	el_set(el, EL_PROMPT, prompt);
	el_set(el, EL_SIGNAL, 1);
	el_set(el, EL_EDITOR, "emacs");
	el_set(el, EL_CLIENTDATA, c);
	el_set(el, EL_GETCFN, read_char);
	while (on && (line = el_gets(el, &n)) != NULL && n > 0) {
		struct str text = str_of(line, (size_t)n);

		while (text.len > 0 && (text.p[text.len - 1] == '\n' ||
		    text.p[text.len - 1] == '\r'))
			text.len--;
		buf_reset(&c->line);
		buf_add(&c->line, text);
		answer_line(c, text.len > TALK_LINE_MAX ? INPUT_TOO_LONG
		                                        : INPUT_LINE);
		on = put_answer(c);
	}
	el_end(el);
	return true;
}

static int
talk_here(struct chat *c, bool terminal)
{
	c->session = session_new(c->guide, loop_now_ms());
	if (c->session == NULL) {
		fputs(talk_no_memory_text(), stdout);
		return EXIT_FAILURE;
	}
	talk_greet(c->guide, c->session, &c->answer);
	if (put_answer(c) && (!terminal || !run_terminal(c)))
		run_pipe(c);
	session_free(c->session);
	talk_answer_clear(&c->answer);
	buf_wipe(&c->line);
	input_wipe(&c->in);
	return c->broken ? EXIT_FAILURE : EXIT_SUCCESS;
}

int
cmd_chat(const struct options *o)
{
	const bool terminal = isatty(STDIN_FILENO) == 1 &&
	    isatty(STDOUT_FILENO) == 1;
	const struct script_options so = setup_script_options(o->dialogs);
	const struct guide_options go = {
		.rate.burst = 1, /* no limit: one person at their own machine */
		.terminal_table = isatty(STDOUT_FILENO) == 1,
		.seed = setup_seed(o),
	};
	struct chat c = { .guide = setup_guide(&so, &go),
		.in.fd = STDIN_FILENO };
	int status;

	if (c.guide == NULL)
		return EXIT_FAILURE;
	if (setlocale(LC_CTYPE, "") == NULL || MB_CUR_MAX == 1)
		setlocale(LC_CTYPE, "C.UTF-8");
	status = talk_here(&c, terminal);
	guide_free(c.guide);
	return status;
}
