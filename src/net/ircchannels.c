#include "net/ircchannels.h"

#include <stdlib.h>

#include "base/log.h"

#define ERR_CANNOTSENDTOCHAN 404
#define ERR_NEEDREGGEDNICK 477 /* to come in, on some networks to speak */

#define RETRY_MS ((uint64_t)30 * 60 * 1000) /* banned, full, key wrong */
#define PUBLIC_MS ((uint64_t)10 * 60 * 1000)

/* Ten lines a minute. */
static const struct rate_policy line_cap = { .burst = 10,
	.interval_ms = 6000 };

/* A channel of staff has a place for it in the list. */
static void
add_staff(struct ircchannels *c, struct str name)
{
	struct ircchannel *ch = NULL;

	for (size_t i = 0; i < c->n; i++)
		if (str_casecmp(c->list[i].name, name) == 0)
			ch = &c->list[i];
	if (ch == NULL) {
		ch = &c->list[c->n++];
		*ch = (struct ircchannel) { .name = name };
	}
	ch->staff = true;
}

bool
ircchannels_init(struct ircchannels *c, const struct ircconf *conf)
{
	size_t n = conf->channels.n;

	*c = (struct ircchannels) { .network = conf->name };
	c->list = calloc(n + conf->alert.n + 1, sizeof(*c->list));
	if (c->list == NULL)
		return false;
	for (size_t i = 0; i < n; i++)
		c->list[i] = (struct ircchannel) {
			.name = conf->parts[i].name, .key = conf->parts[i].key
		};
	c->n = n;
	for (size_t i = 0; i < conf->alert.n; i++)
		if (strchr("#&+!", *conf->alert.items[i]) != NULL)
			add_staff(c, str_c(conf->alert.items[i]));
	return true;
}

void
ircchannels_clear(struct ircchannels *c)
{
	free(c->list);
	*c = (struct ircchannels) { 0 };
}

struct ircchannel *
ircchannels_find(const struct ircchannels *c, const struct ircself *me,
    struct str name)
{
	for (size_t i = 0; i < c->n; i++)
		if (ircself_same(me, c->list[i].name, name))
			return &c->list[i];
	return NULL;
}

static void
join(struct ircchannel *ch, struct ircgate *g, uint64_t now_ms)
{
	ch->try_ms = now_ms + RETRY_MS;
	ch->refused = false;
	ircgate_command(g, "JOIN %.*s%s%.*s", STR_ARG(ch->name),
	    ch->key.len > 0 ? " " : "", STR_ARG(ch->key));
}

void
ircchannels_join(struct ircchannels *c, struct ircgate *g, uint64_t now_ms)
{
	for (size_t i = 0; i < c->n; i++) {
		struct ircchannel *ch = &c->list[i];

		if (!ch->joined && !ch->kicked && now_ms >= ch->try_ms)
			join(ch, g, now_ms);
	}
}

void
ircchannels_lost(struct ircchannels *c)
{
	for (size_t i = 0; i < c->n; i++) {
		c->list[i].joined = c->list[i].hidden = false;
		c->list[i].try_ms = 0;
	}
}

void
ircchannels_return(struct ircchannels *c)
{
	for (size_t i = 0; i < c->n; i++) {
		c->list[i].kicked = false;
		c->list[i].try_ms = 0;
	}
}

/* Whoever put us into another channel is told good-bye: nobody there asked
 * for a guide. */
static void
joined(struct ircchannel *ch, struct ircgate *g, struct str name)
{
	if (ch == NULL) {
		ircgate_command(g, "PART %.*s", STR_ARG(name));
		return;
	}
	ch->joined = true;
	ch->kicked = false;
	if (ch->staff)
		ircgate_command(g, "MODE %.*s", STR_ARG(name));
}

static bool
holds_any(struct str modes, const char *wanted)
{
	for (size_t i = 0; i < modes.len; i++)
		if (modes.p[i] != '\0' && strchr(wanted, modes.p[i]) != NULL)
			return true;
	return false;
}

static void
left(const struct ircchannels *c, struct ircchannel *ch)
{
	ch->joined = ch->hidden = false;
	ch->kicked = true;
	log_info("irc %s: out of %.*s until invited", c->network,
	    STR_ARG(ch->name));
}

/* Once for each join: an operator reads why the guide is not there, or that
 * nobody hears it.  What was said to all and not heard may be said again. */
static void
refused(const struct ircchannels *c, struct ircchannel *ch,
    const struct ircgate_event *e)
{
	if (e->numeric < 400 || e->numeric >= 600)
		return;
	if (ch->joined && e->numeric != ERR_CANNOTSENDTOCHAN &&
	    e->numeric != ERR_NEEDREGGEDNICK)
		return;
	if (ch->joined)
		ch->public_said = false;
	if (!ch->refused)
		log_info("irc %s: %s %.*s: %u %.*s", c->network,
		    ch->joined ? "needs a voice (+v) in" : "not let into",
		    STR_ARG(ch->name), e->numeric, STR_ARG(e->text));
	ch->refused = true;
}

/* Until the server has said what holds now, it may be open to all. */
static void
mode_changed(struct ircchannel *ch, struct ircgate *g, struct str modes)
{
	if (holds_any(modes, "si"))
		ch->hidden = false;
	ircgate_command(g, "MODE %.*s", STR_ARG(ch->name));
}

/* An invitation opens a closed channel, too. */
static void
invited(struct ircchannel *ch, struct ircgate *g, uint64_t now_ms)
{
	if (ch->joined)
		return;
	ch->kicked = false;
	join(ch, g, now_ms);
}

void
ircchannels_take(struct ircchannels *c, struct ircgate *g,
    const struct ircgate_event *e, uint64_t now_ms)
{
	const struct ircself *me = ircgate_self(g);
	struct ircchannel *ch = ircchannels_find(c, me, e->target);

	if (e->what == IRCGATE_JOIN && e->mine)
		joined(ch, g, e->target);
	if (ch == NULL)
		return;
	if ((e->what == IRCGATE_PART && e->mine) ||
	    (e->what == IRCGATE_KICK && ircself_is_me(me, e->text)))
		left(c, ch);
	else if (e->what == IRCGATE_INVITE)
		invited(ch, g, now_ms);
	else if (e->what == IRCGATE_MODE && ch->staff)
		mode_changed(ch, g, e->text);
	else if (e->what == IRCGATE_NUMERIC && e->numeric == 324)
		ch->hidden = holds_any(e->text, "si");
	else if (e->what == IRCGATE_NUMERIC)
		refused(c, ch, e);
}

bool
ircchannel_may_go_public(struct ircchannel *ch, uint64_t now_ms)
{
	if (ch->public_said && now_ms - ch->public_ms < PUBLIC_MS)
		return false;
	ch->public_said = true;
	ch->public_ms = now_ms;
	return true;
}

bool
ircchannel_may_say(struct ircchannel *ch, size_t n, uint64_t now_ms)
{
	struct rate before = ch->lines;

	while (n-- > 0)
		if (!rate_take(&ch->lines, &line_cap, now_ms)) {
			ch->lines = before;
			return false;
		}
	return true;
}
