#include "net/typed.h"

#include <string.h>

#include "guide/talk.h"

/* RFC 854 */
enum telnet {
	TELNET_SE = 240,
	TELNET_IP = 244,
	TELNET_EC = 247,
	TELNET_EL = 248,
	TELNET_SB = 250,
	TELNET_WILL = 251,
	TELNET_WONT = 252,
	TELNET_DO = 253,
	TELNET_DONT = 254,
	TELNET_IAC = 255,
};

#define DECLINED_MAX 10  /* a peer that goes on asking is not answered */
#define SUB_MAX 64       /* bytes of a subnegotiation */
#define LINE_KEEP 4096   /* memory a connection keeps between lines */

enum state {
	IN_TEXT,
	IN_COMMAND,    /* after IAC */
	IN_OPTION,     /* after IAC WILL and the like */
	IN_SUB,        /* after IAC SB */
	IN_SUB_COMMAND /* IAC inside of it */
};

/*
 * Invariant: a byte is dropped only when telnet's grammar is complete.  0xff
 * may as well be a letter of an old encoding, and what stands after it may be
 * a cry for help: so a subnegotiation is kept in the line until its end is
 * seen, and an LF is always an LF.
 */

static bool
is_plain(unsigned char c)
{
	return c != '\n' && c != '\b' && c != 0x7f && c != TELNET_IAC;
}

/* False when the line is too long or there is no memory. */
static bool
add(struct typed *t, struct str s)
{
	size_t len = t->line.len + s.len;

	/* The CR of a CRLF does not count. */
	if (len > TALK_LINE_MAX + 1 ||
	    (len > TALK_LINE_MAX && s.p[s.len - 1] != '\r'))
		return false;
	buf_add(&t->line, s);
	return !t->line.failed;
}

static void
cut(struct typed *t, size_t len)
{
	buf_cut(&t->line, len);
	if (t->same > len)
		t->same = len;
}

/* Takes the last character off: its lead byte and what continues it. */
static void
rub_out(struct typed *t)
{
	const struct buf *line = &t->line;
	size_t n = line->len;
	int most = 3;

	while (n > 0 && most-- > 0 && ((unsigned char)line->p[n - 1] & 0xc0) == 0x80)
		n--;
	if (n > 0)
		n--;
	cut(t, n);
}

static void
decline(struct typed *t, uint8_t option, struct buf *answer)
{
	uint8_t no = t->verb == TELNET_WILL ? TELNET_DONT : TELNET_WONT;
	const char text[] = { (char)TELNET_IAC, (char)no, (char)option };

	/* WONT and DONT agree with what we are: nothing to say. */
	if (t->verb != TELNET_WILL && t->verb != TELNET_DO)
		return;
	if (t->declined == DECLINED_MAX)
		return;
	t->declined++;
	buf_add(answer, str_of(text, sizeof text));
}

/* After IAC.  False when c is no command, but text. */
static bool
command(struct typed *t, uint8_t c)
{
	t->state = IN_TEXT;
	switch (c) {
	case TELNET_WILL:
	case TELNET_WONT:
	case TELNET_DO:
	case TELNET_DONT:
		t->verb = c;
		t->state = IN_OPTION;
		return true;
	case TELNET_SB:
		t->sub_at = t->line.len;
		t->state = IN_SUB;
		return true;
	case TELNET_IP:
	case TELNET_EL:
		cut(t, 0);
		return true;
	case TELNET_EC:
		rub_out(t);
		return true;
	default:
		return c >= TELNET_SE;
	}
}

/* One byte inside telnet's grammar; false when it is text after all. */
static bool
telnet(struct typed *t, uint8_t c, struct buf *answer)
{
	switch (t->state) {
	case IN_COMMAND:
		return command(t, c);
	case IN_OPTION:
		t->state = IN_TEXT;
		if (c == '\n')
			return false;
		decline(t, c, answer);
		return true;
	case IN_SUB_COMMAND:
		t->state = IN_SUB;
		if (c == TELNET_SE && t->sub_at <= t->line.len) {
			cut(t, t->sub_at);
			t->state = IN_TEXT;
			return true;
		}
		return c >= TELNET_SE;
	case IN_SUB:
		if (c == TELNET_IAC) {
			t->state = IN_SUB_COMMAND;
			return true;
		}
		if (c == '\n' || t->line.len >= t->sub_at + SUB_MAX)
			t->state = IN_TEXT;
		return false;
	default:
		if (c != TELNET_IAC)
			return false;
		t->state = IN_COMMAND;
		return true;
	}
}

static enum typed_got
finish(struct typed *t)
{
	if (t->line.len > 0 && t->line.p[t->line.len - 1] == '\r')
		buf_cut(&t->line, t->line.len - 1);
	return t->line.len > TALK_LINE_MAX ? TYPED_TOO_LONG : TYPED_LINE;
}

enum typed_got
typed_take(struct typed *t, struct str *in, struct buf *answer)
{
	while (in->len > 0) {
		size_t n = 0;
		uint8_t c;

		while (t->state == IN_TEXT && n < in->len &&
		    is_plain((unsigned char)in->p[n]))
			n++;
		if (n > 0 && !add(t, str_sub(*in, 0, n)))
			return t->line.failed ? TYPED_NO_MEMORY
			                      : TYPED_TOO_LONG;
		*in = str_sub(*in, n, in->len);
		if (in->len == 0)
			break;
		c = (uint8_t)in->p[0];
		*in = str_sub(*in, 1, in->len);
		if (telnet(t, c, answer))
			continue;
		if (c == '\n')
			return finish(t);
		if (c == '\b' || c == 0x7f)
			rub_out(t);
		else if (!add(t, str_of((const char *)&c, 1)))
			return t->line.failed ? TYPED_NO_MEMORY
			                      : TYPED_TOO_LONG;
	}
	return TYPED_MORE;
}

enum typed_got
typed_end(struct typed *t)
{
	return t->line.len > 0 ? finish(t) : TYPED_MORE;
}

void
typed_next(struct typed *t)
{
	if (t->line.size > LINE_KEEP)
		buf_wipe(&t->line);
	else if (t->line.p != NULL)
		explicit_bzero(t->line.p, t->line.size);
	buf_reset(&t->line);
	t->same = t->sub_at = 0;
}

void
typed_clear(struct typed *t)
{
	buf_wipe(&t->line);
	*t = (struct typed) { 0 };
}

bool
typed_is_http(struct str line)
{
	static const char *const methods[] = { "GET", "POST", "HEAD", "PUT",
		"DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE", "PRI" };
	struct str method;
	struct str target;
	struct str version;

	if (!str_split(&line, ' ', &method) || !str_split(&line, ' ', &target) ||
	    !str_split(&line, ' ', &version) || line.p != NULL)
		return false;
	if (target.len == 0 || !str_starts(version, STR("HTTP/")))
		return false;
	for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
		if (str_is(method, methods[i]))
			return true;
	}
	return false;
}
