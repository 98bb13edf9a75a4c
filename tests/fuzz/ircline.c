/*
 * ircline.c - fuzz target: any bytes as a server's lines, on their way
 * through the gate: read, learnt from, logged in with, and shown to
 * libircclient where they are safe.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "net/irccodec.h"
#include "net/ircline.h"
#include "net/irclogin.h"
#include "net/ircself.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const others[] = { "guide2" };

static const struct ircconf conf = { .nick = "guide", .user = "guide",
	.owner = "nobody", .account = "guide", .how = IRCCONF_SASL_PLAIN,
	.alternatives = { others, 1 }, .secret = { "hush", 4 } };

static void
on_event(void *arg, const struct irccodec_event *e)
{
	size_t *n = arg;

	assert(e->target.len <= IRCLINE_MAX && e->text.len <= IRCLINE_MAX);
	(*n)++;
}

/* A session as after 001; opened once, since that takes a connection. */
static struct irccodec *
codec(size_t *n)
{
	static struct irccodec *c;

	if (c == NULL)
		c = irccodec_new(on_event, n);
	assert(c != NULL);
	return c;
}

static void
show_codec(const struct ircline *l)
{
	static bool open;
	static size_t n;
	struct buf out = { 0 };
	struct irccodec *c = codec(&n);

	if (!open)
		open = irccodec_open(c, "guide") == IRCCODEC_OPEN;
	if (!open)
		return;
	if (ircline_is_safe(l))
		assert(irccodec_take(c, l));
	/* Whatever it was shown, commands come out as they were meant. */
	assert(irccodec_say(c, STR("kim"), STR("hello"), &out));
	assert(str_is(buf_str(&out), "PRIVMSG kim :hello\r\n"));
	buf_clear(&out);
}

static void
check_pieces(struct str text)
{
	struct buf plain = { 0 };
	struct str rest, piece;

	ircline_plain(text, &plain);
	assert(plain.len <= text.len);
	rest = buf_str(&plain);
	while (ircline_piece(&rest, 40, &piece))
		assert(piece.len <= 40);
	buf_clear(&plain);
}

/* Nothing that is sent while logging in is longer than servers take. */
static void
check_login(struct irclogin *g, const struct ircline *l)
{
	struct buf out = { 0 };
	struct str rest, line;

	(void)irclogin_take(g, l, &out);
	rest = buf_str(&out);
	while (str_split(&rest, '\n', &line))
		assert(line.len <= IRCLINE_MAX + 1);
	assert(out.len == 0 || str_ends(buf_str(&out), STR("\r\n")));
	buf_wipe(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = str_of((const char *)data, size), raw;
	struct buf first = { 0 };
	struct irclogin login;
	struct ircself me;
	struct ircline l;
	struct str verb, args;
	char out[IRCLINE_OUT];
	int64_t ms;

	ircself_init(&me);
	irclogin_start(&login, &conf, &first);
	buf_wipe(&first);
	while (str_split(&rest, '\n', &raw)) {
		if (!ircline_parse(raw, &l))
			continue;
		assert(ircline_write(&l, out) <= IRCLINE_OUT - 1);
		assert(l.n <= IRCLINE_PARAMS);
		(void)ircline_time(l.time, &ms);
		(void)ircline_ctcp(ircline_param(&l, 1), &verb, &args);
		check_login(&login, &l);
		ircself_take(&me, &l);
		assert(ircself_budget(&me, STR("#x")) <= IRCLINE_MAX);
		assert(strlen(me.nick) <= IRCSELF_NAME_MAX);
		check_pieces(ircline_param(&l, l.n > 0 ? l.n - 1 : 0));
		show_codec(&l);
	}
	return 0;
}
