#include "net/irclogin.h"

#include <stdarg.h>
#include <stdio.h>

#include <openssl/evp.h>

#include "net/ircself.h"

/* The capabilities that the gate makes use of; sasl is asked for apart. */
static const char *const wanted[] = { "account-notify", "account-tag",
	"batch", "cap-notify", "chghost", "extended-join", "message-tags",
	"server-time" };

#define N_WANTED (sizeof(wanted) / sizeof(wanted[0]))
#define EXTRA_NICKS 3  /* NICK_, NICK__, NICK___ */
#define CHUNK 400      /* of base64 in one AUTHENTICATE */

static enum irclogin_result
end(struct irclogin *g, enum irclogin_result result, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

static enum irclogin_result
end(struct irclogin *g, enum irclogin_result result, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(g->why, sizeof(g->why), fmt, ap);
	va_end(ap);
	return result;
}

void
irclogin_start(struct irclogin *g, const struct ircconf *conf,
    struct buf *out)
{
	*g = (struct irclogin) { .conf = conf };
	if (conf->password.len > 0)
		buf_addf(out, "PASS :%.*s\r\n", STR_ARG(conf->password));
	buf_addf(out, "CAP LS 302\r\nNICK %s\r\nUSER %s 0 * :", conf->nick,
	    conf->user);
	buf_addf(out, "automated guide, not a person; run by %s\r\n",
	    conf->owner);
}

static const char *
mechanism(const struct irclogin *g)
{
	return g->conf->how == IRCCONF_SASL_EXTERNAL ? "EXTERNAL" : "PLAIN";
}

static void
note_sasl(struct irclogin *g, struct str mechanisms)
{
	struct str one;

	g->sasl_offered = true;
	if (mechanisms.len == 0)
		return; /* an old server: it lists none */
	g->sasl_named = true;
	while (str_split(&mechanisms, ',', &one))
		if (str_casecmp(one, str_c(mechanism(g))) == 0)
			g->sasl_fits = true;
}

static void
note_offer(struct irclogin *g, struct str caps)
{
	struct str cap, value;
	size_t eq;

	while (str_word(&caps, &cap)) {
		eq = str_find_char(cap, '=', 0);
		value = eq == STR_NONE ? str_of("", 0)
				       : str_sub(cap, eq + 1, cap.len);
		cap = str_sub(cap, 0, eq);
		if (str_is(cap, "sasl"))
			note_sasl(g, value);
		for (size_t i = 0; i < N_WANTED; i++)
			if (str_is(cap, wanted[i]))
				g->caps |= 1U << i;
	}
}

static void
end_caps(struct irclogin *g, struct buf *out)
{
	if (!g->ended)
		buf_add(out, STR("CAP END\r\n"));
	g->ended = true;
}

/* The offer is complete: ask for what we want of it. */
static enum irclogin_result
ask_caps(struct irclogin *g, struct buf *out)
{
	bool sasl = g->conf->how != IRCCONF_SASL_NONE;

	if (sasl && !g->sasl_offered)
		return end(g, IRCLOGIN_FAILED, "no SASL is offered");
	if (sasl && g->sasl_named && !g->sasl_fits)
		return end(g, IRCLOGIN_REFUSED, "SASL %s is not offered",
		    mechanism(g));
	if (g->caps == 0 && !sasl) {
		end_caps(g, out);
		return IRCLOGIN_GOING;
	}
	buf_add(out, STR("CAP REQ :"));
	for (size_t i = 0; i < N_WANTED; i++)
		if (g->caps & 1U << i)
			buf_addf(out, "%s ", wanted[i]);
	if (sasl)
		buf_add(out, STR("sasl"));
	buf_add(out, STR("\r\n"));
	return IRCLOGIN_GOING;
}

static enum irclogin_result
take_ack(struct irclogin *g, struct buf *out)
{
	if (g->conf->how == IRCCONF_SASL_NONE)
		end_caps(g, out);
	else if (!g->asked)
		buf_addf(out, "AUTHENTICATE %s\r\n", mechanism(g));
	g->asked = g->conf->how != IRCCONF_SASL_NONE;
	return IRCLOGIN_GOING;
}

/* CAP * LS [*] :caps, CAP * ACK :caps, CAP * NAK :caps */
static enum irclogin_result
take_cap(struct irclogin *g, const struct ircline *l, struct buf *out)
{
	struct str verb = ircline_param(l, 1);

	if (g->ended || l->n < 3)
		return IRCLOGIN_GOING;
	if (str_casecmp(verb, STR("LS")) == 0) {
		note_offer(g, l->params[l->n - 1]);
		if (l->n >= 4 && str_is(l->params[2], "*"))
			return IRCLOGIN_GOING; /* more lines follow */
		return ask_caps(g, out);
	}
	if (str_casecmp(verb, STR("ACK")) == 0)
		return take_ack(g, out);
	if (str_casecmp(verb, STR("NAK")) != 0)
		return IRCLOGIN_GOING;
	if (g->conf->how != IRCCONF_SASL_NONE)
		return end(g, IRCLOGIN_FAILED, "the server takes SASL back");
	end_caps(g, out);
	return IRCLOGIN_GOING;
}

/* In pieces of 400; a full last piece is followed by an empty one. */
static void
put_payload(struct str base64, struct buf *out)
{
	struct str piece;

	do {
		piece = str_sub(base64, 0, CHUNK);
		base64 = str_sub(base64, piece.len, base64.len);
		if (piece.len == 0)
			piece = STR("+");
		buf_addf(out, "AUTHENTICATE %.*s\r\n", STR_ARG(piece));
	} while (piece.len == CHUNK);
}

static void
put_plain(const struct ircconf *c, struct buf *out)
{
	unsigned char in[1024];
	unsigned char base64[4 * ((sizeof(in) + 2) / 3) + 1];
	int n;

	n = snprintf((char *)in, sizeof(in), "%s%c%s%c%.*s", c->account, 0,
	    c->account, 0, STR_ARG(c->secret));
	if (n > 0 && (size_t)n < sizeof(in)) {
		n = EVP_EncodeBlock(base64, in, n);
		put_payload(str_of((char *)base64, (size_t)n), out);
	}
	explicit_bzero(in, sizeof(in));
	explicit_bzero(base64, sizeof(base64));
}

static enum irclogin_result
take_authenticate(struct irclogin *g, const struct ircline *l,
    struct buf *out)
{
	/* Once, and only when asked as agreed: nobody fishes for it. */
	if (!g->asked || g->answered || !str_is(ircline_param(l, 0), "+"))
		return IRCLOGIN_GOING;
	g->answered = true;
	if (g->conf->how == IRCCONF_SASL_EXTERNAL)
		put_payload(str_of("", 0), out);
	else
		put_plain(g->conf, out);
	return IRCLOGIN_GOING;
}

/* The nick is taken or not liked: the alternatives, then with `_`. */
static enum irclogin_result
try_next_nick(struct irclogin *g, struct buf *out)
{
	const struct ircconf_list *others = &g->conf->alternatives;
	unsigned n = g->nicks++;

	if (n < others->n) {
		buf_addf(out, "NICK %s\r\n", others->items[n]);
		return IRCLOGIN_GOING;
	}
	n -= (unsigned)others->n;
	if (n >= EXTRA_NICKS)
		return end(g, IRCLOGIN_FAILED, "no nick is free");
	buf_addf(out, "NICK %s%.*s\r\n", g->conf->nick, (int)n + 1, "___");
	return IRCLOGIN_GOING;
}

/* libircclient is given the nick as a printf format and compares with it:
 * one that no server gives, such as `%n`, must not get there. */
static bool
is_nick(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (strchr("%!@:,*?#&", s.p[i]) != NULL)
			return false;
	return ircline_is_word(s) && s.len <= IRCSELF_NAME_MAX;
}

static enum irclogin_result
take_welcome(struct irclogin *g, const struct ircline *l)
{
	if (g->conf->how != IRCCONF_SASL_NONE && !g->logged_in)
		return end(g, IRCLOGIN_FAILED,
		    "let in without the log-in that was asked for");
	if (!is_nick(ircline_param(l, 0)))
		return end(g, IRCLOGIN_FAILED, "the nick given is none");
	return IRCLOGIN_DONE;
}

static bool
holds(struct str s, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= s.len; i++)
		if (str_casecmp(str_of(s.p + i, n), str_of(word, n)) == 0)
			return true;
	return false;
}

bool
irclogin_is_ban(struct str words)
{
	static const char *const signs[] = { "K-line", "G-line", "Z-line",
		"D-line", "klined", "glined", "zlined", "K:line", "G:line", "banned",
		"AKILL", "autokill" };

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (holds(words, signs[i]))
			return true;
	return false;
}

static enum irclogin_result
take_numeric(struct irclogin *g, const struct ircline *l, struct buf *out)
{
	struct str last = ircline_param(l, l->n > 0 ? l->n - 1 : 0);

	switch (l->numeric) {
	case 1:
		return take_welcome(g, l);
	case 432: /* a nick it does not like */
	case 433: /* taken */
	case 436: /* taken elsewhere */
	case 437: /* held back for a while */
		return try_next_nick(g, out);
	case 464:
		return end(g, IRCLOGIN_REFUSED, "the server's password is wrong");
	case 465:
		return end(g, IRCLOGIN_REFUSED, "banned: %.*s", STR_ARG(last));
	case 903:
		g->logged_in = g->answered;
		end_caps(g, out);
		return IRCLOGIN_GOING;
	case 902: /* locked */
	case 904: /* failed */
	case 905: /* too long */
	case 906: /* given up */
	case 907: /* not twice */
		return end(g, IRCLOGIN_REFUSED, "SASL %s: %.*s", mechanism(g),
		    STR_ARG(last));
	default:
		return IRCLOGIN_GOING;
	}
}

enum irclogin_result
irclogin_take(struct irclogin *g, const struct ircline *l, struct buf *out)
{
	if (l->numeric > 0)
		return take_numeric(g, l, out);
	if (ircline_is(l, "CAP"))
		return take_cap(g, l, out);
	if (ircline_is(l, "AUTHENTICATE"))
		return take_authenticate(g, l, out);
	return IRCLOGIN_GOING;
}
