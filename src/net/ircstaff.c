#include "net/ircstaff.h"

#include <stdio.h>

#define AGAIN_MS ((uint64_t)30 * 60 * 1000)
#define LATE_MS 60000 /* then it is too late to say that somebody looks in */
#define RPL_WHOISACCOUNT 330

const char ircstaff_words[] =
    "I asked the channel's staff to look in on you, in private.\n";

static bool
say(struct ircstaff *s, struct str target, struct str text)
{
	/* Not in the place of another alert, or of a number on its way. */
	struct ircqueue_block b = { .class = IRCQUEUE_CRISIS, .apart = true,
		.target = target };
	struct buf cut = { 0 };
	bool ok;

	(void)ircgate_cut(s->gate, target, text, &cut);
	b.text = buf_str(&cut);
	ok = !cut.failed && ircgate_add(s->gate, &b);
	buf_wipe(&cut);
	return ok;
}

/* Nick and channel, never a word of what was said. */
static bool
tell(struct ircstaff *s, struct ircstaff_call *c, size_t i)
{
	const char *whom = s->conf->alert.items[i];
	struct buf line = { 0 };
	bool ok;

	if (c->told & 1U << i)
		return false;
	buf_addf(&line, "%s in %s may want support (a program's guess). "
	    "Please check in privately; don't mention it in channel.\n",
	    c->nick, c->channel);
	ok = !line.failed && say(s, str_c(whom), buf_str(&line));
	buf_wipe(&line);
	if (ok)
		c->told |= 1U << i;
	return ok;
}

/* A channel hears it at once; who a nick is, the server is asked first. */
static void
tell_or_ask(struct ircstaff *s, struct ircstaff_call *c, size_t i)
{
	const struct ircself *me = ircgate_self(s->gate);
	struct str whom = str_c(s->conf->alert.items[i]);
	const struct ircchannel *ch = ircchannels_find(s->channels, me, whom);

	if (ch != NULL && ch->joined && ch->hidden)
		(void)tell(s, c, i);
	else if (!ircself_is_channel(me, whom))
		ircgate_command(s->gate, "WHOIS %.*s", STR_ARG(whom));
}

static struct ircstaff_call *
find(struct ircstaff *s, struct str nick)
{
	const struct ircself *me = ircgate_self(s->gate);

	for (size_t i = 0; i < IRCSTAFF_CALLS; i++)
		if (s->calls[i].nick[0] != '\0' &&
		    ircself_same(me, str_c(s->calls[i].nick), nick))
			return &s->calls[i];
	return NULL;
}

/* A free place, or the one that was longest in use. */
static struct ircstaff_call *
oldest(struct ircstaff *s)
{
	struct ircstaff_call *c = &s->calls[0];

	for (size_t i = 0; i < IRCSTAFF_CALLS && c->nick[0] != '\0'; i++)
		if (s->calls[i].nick[0] == '\0' ||
		    s->calls[i].since_ms < c->since_ms)
			c = &s->calls[i];
	return c;
}

static void
set_name(char out[IRCSTAFF_NAME + 1], struct str name)
{
	explicit_bzero(out, IRCSTAFF_NAME + 1);
	snprintf(out, IRCSTAFF_NAME + 1, "%.*s", STR_ARG(name));
}

bool
ircstaff_ask(struct ircstaff *s, struct str nick, struct str channel,
    uint64_t now_ms)
{
	struct ircstaff_call *c = find(s, nick);

	if (s->conf->alert.n == 0 || nick.len == 0 ||
	    nick.len > IRCSTAFF_NAME || channel.len > IRCSTAFF_NAME ||
	    (c != NULL && c->told != 0 && now_ms - c->since_ms < AGAIN_MS))
		return false;
	if (c == NULL)
		c = oldest(s);
	*c = (struct ircstaff_call) { .since_ms = now_ms };
	set_name(c->nick, nick);
	set_name(c->channel, channel);
	for (size_t i = 0; i < s->conf->alert.n; i++)
		tell_or_ask(s, c, i);
	c->knows = c->told != 0;
	return c->knows;
}

static void
tell_late(struct ircstaff *s, size_t i, uint64_t now_ms)
{
	for (size_t k = 0; k < IRCSTAFF_CALLS; k++) {
		struct ircstaff_call *c = &s->calls[k];

		if (c->nick[0] == '\0' || now_ms - c->since_ms > LATE_MS ||
		    !tell(s, c, i) || c->knows)
			continue;
		c->knows = say(s, str_c(c->nick), str_c(ircstaff_words));
	}
}

void
ircstaff_take(struct ircstaff *s, const struct ircgate_event *e,
    uint64_t now_ms)
{
	const struct ircself *me = ircgate_self(s->gate);

	/* Of a server alone, and for the account of the same name. */
	if (e->numeric != RPL_WHOISACCOUNT || e->host.len > 0 ||
	    !ircself_same(me, e->target, e->text))
		return;
	for (size_t i = 0; i < s->conf->alert.n; i++)
		if (ircself_same(me, e->target,
			str_c(s->conf->alert.items[i])))
			tell_late(s, i, now_ms);
}

void
ircstaff_rename(struct ircstaff *s, struct str from, struct str to)
{
	struct ircstaff_call *c = find(s, from);

	if (c != NULL)
		set_name(c->nick, to);
}

void
ircstaff_forget(struct ircstaff *s, struct str nick)
{
	struct ircstaff_call *c = find(s, nick);

	if (c != NULL)
		explicit_bzero(c, sizeof(*c));
}

void
ircstaff_clear(struct ircstaff *s)
{
	explicit_bzero(s->calls, sizeof(s->calls));
}
