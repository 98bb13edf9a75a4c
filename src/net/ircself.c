#include "net/ircself.h"

#include <stdio.h>

#define USER_MAX 11 /* where the server does not say */
#define HOST_MAX 63
#define LEAST_BUDGET 64

void
ircself_init(struct ircself *me)
{
	*me = (struct ircself) { .nick_max = 30, .user_max = USER_MAX,
		.host_max = HOST_MAX, .targets = 1, .channel_types = "#&" };
}

static char
fold_char(const struct ircself *me, char c)
{
	static const char from[] = "[]\\~";
	static const char to[] = "{}|^";
	const char *at;

	if (c >= 'A' && c <= 'Z')
		return (char)(c + 32);
	if (me->casemap == CASEMAP_ASCII || c == '\0' ||
	    (c == '~' && me->casemap == CASEMAP_STRICT))
		return c;
	at = strchr(from, c);
	return at == NULL ? c : to[at - from];
}

bool
ircself_same(const struct ircself *me, struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (fold_char(me, a.p[i]) != fold_char(me, b.p[i]))
			return false;
	return true;
}

void
ircself_fold(const struct ircself *me, struct str name, char *out, size_t size)
{
	size_t n = name.len < size ? name.len : size - 1;

	for (size_t i = 0; i < n; i++)
		out[i] = fold_char(me, name.p[i]);
	out[n] = '\0';
}

/* The whole nick: libircclient compares only its beginning, and takes the
 * nick change of `guide2` for ours. */
bool
ircself_is_me(const struct ircself *me, struct str nick)
{
	return ircself_same(me, str_c(me->nick), nick);
}

bool
ircself_is_channel(const struct ircself *me, struct str target)
{
	while (target.len > 0 && target.p[0] != '\0' &&
	    strchr(me->status, target.p[0]) != NULL)
		target = str_sub(target, 1, target.len);
	return target.len > 0 && target.p[0] != '\0' &&
	    strchr(me->channel_types, target.p[0]) != NULL;
}

static void
set_text(char *out, size_t size, struct str s)
{
	snprintf(out, size, "%.*s", STR_ARG(s));
}

/* A number within bounds, or what stood there before. */
static void
set_number(size_t *n, struct str s, size_t least, size_t most)
{
	size_t value = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || value > most)
			return;
		value = value * 10 + (size_t)(s.p[i] - '0');
	}
	if (s.len > 0 && value >= least && value <= most)
		*n = value;
}

static void
take_nicklen(struct ircself *me, struct str value)
{
	set_number(&me->nick_max, value, 1, IRCSELF_NAME_MAX);
}

static void
take_userlen(struct ircself *me, struct str value)
{
	set_number(&me->user_max, value, 1, 64);
}

static void
take_hostlen(struct ircself *me, struct str value)
{
	set_number(&me->host_max, value, 1, 255);
}

static void
take_maxtargets(struct ircself *me, struct str value)
{
	set_number(&me->targets, value, 1, 20);
}

/* TARGMAX=NAMES:1,PRIVMSG:4,NOTICE:4; no number is no limit. */
static void
take_targmax(struct ircself *me, struct str value)
{
	struct str part;

	while (str_split(&value, ',', &part)) {
		if (!str_starts(part, STR("NOTICE:")))
			continue;
		part = str_sub(part, 7, part.len);
		if (part.len == 0)
			me->targets = 20;
		set_number(&me->targets, part, 1, 20);
	}
}

static void
take_bot(struct ircself *me, struct str value)
{
	if (value.len == 1 && value.p[0] > ' ' && value.p[0] < 0x7f)
		me->bot_mode = value.p[0];
}

static void
take_penalty(struct ircself *me, struct str value)
{
	(void)value;
	me->penalty = true;
}

static void
take_chantypes(struct ircself *me, struct str value)
{
	set_text(me->channel_types, sizeof(me->channel_types), value);
}

static void
take_statusmsg(struct ircself *me, struct str value)
{
	set_text(me->status, sizeof(me->status), value);
}

static void
take_casemapping(struct ircself *me, struct str value)
{
	me->casemap = str_is(value, "rfc1459") ? CASEMAP_RFC1459
	    : str_is(value, "strict-rfc1459")  ? CASEMAP_STRICT
					       : CASEMAP_ASCII;
}

static const struct {
	const char *name;
	void (*take)(struct ircself *me, struct str value);
} tokens[] = {
	{ "NICKLEN", take_nicklen },
	{ "USERLEN", take_userlen },
	{ "HOSTLEN", take_hostlen },
	{ "MAXTARGETS", take_maxtargets },
	{ "TARGMAX", take_targmax },
	{ "BOT", take_bot },
	{ "PENALTY", take_penalty },
	{ "CHANTYPES", take_chantypes },
	{ "STATUSMSG", take_statusmsg },
	{ "CASEMAPPING", take_casemapping },
};

static void
take_token(struct ircself *me, struct str token)
{
	size_t eq = str_find_char(token, '=', 0);
	struct str name = str_sub(token, 0, eq);
	struct str value = eq == STR_NONE ? str_of("", 0)
					  : str_sub(token, eq + 1, token.len);

	for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++)
		if (str_is(name, tokens[i].name))
			tokens[i].take(me, value);
}

/* nick!user@host, of a line that is ours. */
static void
learn_prefix(struct ircself *me, struct str prefix)
{
	size_t bang = str_find_char(prefix, '!', 0);
	size_t at = str_find_char(prefix, '@', 0);

	if (bang == STR_NONE || at == STR_NONE || at < bang)
		return;
	me->user_len = at - bang - 1;
	me->host_len = prefix.len - at - 1;
}

/* 396: "host" or "user@host" is what others see from now on. */
static void
learn_host(struct ircself *me, struct str shown)
{
	size_t at = str_find_char(shown, '@', 0);

	if (at != STR_NONE) {
		me->user_len = at;
		shown = str_sub(shown, at + 1, shown.len);
	}
	me->host_len = shown.len;
}

static void
take_mine(struct ircself *me, const struct ircline *l)
{
	if (ircline_is(l, "JOIN"))
		learn_prefix(me, l->prefix);
	if (ircline_is(l, "NICK") &&
	    ircline_param(l, 0).len <= IRCSELF_NAME_MAX &&
	    ircline_is_word(ircline_param(l, 0)))
		set_text(me->nick, sizeof(me->nick), l->params[0]);
	if (ircline_is(l, "CHGHOST") && l->n >= 2) {
		me->user_len = l->params[0].len;
		me->host_len = l->params[1].len;
	}
}

void
ircself_take(struct ircself *me, const struct ircline *l)
{
	switch (l->numeric) {
	case 0:
		if (ircself_is_me(me, ircline_nick(l->prefix)))
			take_mine(me, l);
		break;
	case 1:
		set_text(me->nick, sizeof(me->nick), ircline_param(l, 0));
		break;
	case 5: /* the last parameter is "are supported by this server" */
		for (size_t i = 1; i + 1 < l->n; i++)
			take_token(me, l->params[i]);
		break;
	case 396:
		learn_host(me, ircline_param(l, 1));
		break;
	default:
		break;
	}
}

size_t
ircself_budget(const struct ircself *me, struct str target)
{
	bool known = me->host_len > 0;
	/* Before the own prefix was seen, as long as it can be. */
	size_t prefix = (known ? strlen(me->nick) : me->nick_max) +
	    (known ? me->user_len : me->user_max) +
	    (known ? me->host_len : me->host_max) + sizeof(":!@") - 1;
	size_t frame = prefix + sizeof(" PRIVMSG  :") - 1 + target.len;

	return frame + LEAST_BUDGET < IRCLINE_MAX ? IRCLINE_MAX - frame
						  : LEAST_BUDGET;
}
