#include "fake_gate.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct ircgate {
	struct ircself self;
	bool fail;
	size_t n;
	char said[4096];
};

static struct ircgate the_gate;

struct ircgate *
fake_gate(void)
{
	the_gate = (struct ircgate) { .n = 0 };
	ircself_init(&the_gate.self);
	snprintf(the_gate.self.nick, sizeof(the_gate.self.nick), "guide");
	return &the_gate;
}

static void
note(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	the_gate.n += (size_t)vsnprintf(the_gate.said + the_gate.n,
	    sizeof(the_gate.said) - the_gate.n, fmt, ap);
	va_end(ap);
}

const char *
fake_gate_said(void)
{
	static char said[sizeof(the_gate.said)];

	memcpy(said, the_gate.said, sizeof(said));
	memset(the_gate.said, 0, sizeof(the_gate.said));
	the_gate.n = 0;
	return said;
}

void
fake_gate_fail(bool fail)
{
	the_gate.fail = fail;
}

const struct ircself *
ircgate_self(const struct ircgate *g)
{
	return &g->self;
}

size_t
ircgate_cut(const struct ircgate *g, struct str target, struct str lines,
    struct buf *out)
{
	(void)g;
	(void)target;
	buf_add(out, lines);
	return 1;
}

bool
ircgate_add(struct ircgate *g, const struct ircqueue_block *b)
{
	if (g->fail)
		return false;
	note("%.*s: %.*s", STR_ARG(b->target), STR_ARG(b->text));
	return true;
}

void
ircgate_command(struct ircgate *g, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	(void)g;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	note("%s\n", text);
}
