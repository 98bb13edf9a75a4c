#include "net/ircnet.h"

#include <stdio.h>

#include "guide/resource.h"
#include "guide/session.h"
#include "net/ircline.h"

#define CHANNEL_LINES 3  /* then the rest is for private */
#define ROOM_LINES 4     /* an answer is seldom longer */
#define OVERHEARD_MS ((uint64_t)5 * 60 * 1000)
#define SAME_MS 120000
#define SAME_IN_CHANNEL 2
#define SAME_IN_PRIVATE 4

#define BUSY_LINE \
	"I'm busy with many people; please ask again in a minute. " \
	RESOURCE_STATIC_LINE "\n"
#define MORE_LINE "There is more, in private: /msg %s more"

/* Answers to one person in a channel. */
static const struct rate_policy channel_answers = { .burst = 6,
	.interval_ms = 10000 };

/* A message on its way. */
struct hearing {
	struct ircnet *net;
	const struct ircgate_event *e;
	struct ircchannel *channel; /* NULL: in private */
	struct str text;
	bool to_us;
	uint64_t now_ms;
};

/* --- sending --- */

static enum ircqueue_class
class_of(const struct talk_answer *a)
{
	return a->abuse ? IRCQUEUE_ABUSE
	    : a->crisis ? IRCQUEUE_CRISIS
			: IRCQUEUE_ANSWER;
}

/* Cut and queued, for one person or all of a channel; false where there is no
 * room. */
static bool
say(struct ircnet *net, enum ircqueue_class class, struct str target,
    struct str text)
{
	struct ircqueue_block b = { .class = class, .target = target,
		.asker = target, .instead = STR(BUSY_LINE) };

	buf_reset(&net->cut);
	ircgate_cut(net->gate, target, text, &net->cut);
	b.text = buf_str(&net->cut);
	return net->cut.len == 0 ||
	    (!net->cut.failed && ircgate_add(net->gate, &b));
}

/* Why there is no answer, as a NOTICE: no bot answers one. */
static void
say_busy(struct ircnet *net, struct str nick)
{
	struct ircqueue_block b = { .class = IRCQUEUE_NOTE, .notice = true,
		.target = nick, .text = STR(BUSY_LINE) };

	ircgate_add(net->gate, &b);
}

/* Without memory for anything else: the line that needs none. */
static void
say_static(struct ircnet *net, struct str nick)
{
	struct ircqueue_block b = { .class = IRCQUEUE_CRISIS, .target = nick,
		.text = str_c(talk_no_memory_text()) };

	ircgate_add(net->gate, &b);
}

/* The same text again and again is how two programs talk to each other. */
static bool
is_repeating(struct ircperson *who, struct str text, unsigned most,
    uint64_t now_ms)
{
	uint64_t hash = str_hash(text);

	if (hash != who->same || now_ms - who->same_ms > SAME_MS) {
		who->same = hash;
		who->same_ms = now_ms;
		who->n_same = 0;
	}
	return ++who->n_same > most;
}

static void
answer_in_private(const struct hearing *h, struct ircperson *who,
    struct str text, enum ircqueue_class class)
{
	if (class == IRCQUEUE_ANSWER &&
	    is_repeating(who, text, SAME_IN_PRIVATE, h->now_ms))
		return;
	if (!say(h->net, class, h->e->nick, text))
		say_busy(h->net, h->e->nick);
}

/* Where line n of the text begins. */
static size_t
line_at(struct str text, size_t n)
{
	size_t at = 0;

	while (n-- > 0 && at < text.len)
		at = str_find_char(text, '\n', at) + 1;
	return at;
}

/* The first lines, named after who asked; what does not fit is kept for when
 * they ask in private.  Returns the number of lines in net->cut. */
static size_t
fit_channel(const struct hearing *h, struct ircperson *who, struct str text)
{
	struct ircnet *net = h->net;
	struct buf named = { 0 };
	struct str all;
	size_t n;

	buf_addf(&named, "%.*s: %.*s", STR_ARG(h->e->nick), STR_ARG(text));
	buf_reset(&net->cut);
	n = ircgate_cut(net->gate, h->channel->name, buf_str(&named),
	    &net->cut);
	buf_wipe(&named);
	if (n <= CHANNEL_LINES)
		return n;
	all = buf_str(&net->cut);
	n = line_at(all, CHANNEL_LINES - 1);
	buf_reset(&who->rest);
	buf_add(&who->rest, str_sub(all, n, all.len));
	buf_cut(&net->cut, n);
	buf_addf(&net->cut, MORE_LINE "\n", ircgate_self(net->gate)->nick);
	return CHANNEL_LINES;
}

static void
answer_in_channel(const struct hearing *h, struct ircperson *who,
    struct str text)
{
	struct ircnet *net = h->net;
	struct ircqueue_block b = { .class = IRCQUEUE_ANSWER,
		.target = h->channel->name, .asker = h->e->nick,
		.instead = STR(BUSY_LINE) };
	size_t n;

	if (is_repeating(who, text, SAME_IN_CHANNEL, h->now_ms))
		return;
	n = fit_channel(h, who, text);
	b.text = buf_str(&net->cut);
	if (n == 0)
		return;
	if (net->cut.failed || !ircchannel_may_say(h->channel, n, h->now_ms) ||
	    !ircgate_add(net->gate, &b))
		say_busy(net, h->e->nick);
}

/* --- what is said in public --- */

/* For everybody, without a name: "{guide}" is how to reach us. */
static void
say_public(const struct hearing *h, struct str text)
{
	const struct str mark = STR("{guide}");
	struct ircnet *net = h->net;
	struct buf line = { 0 };
	size_t from = 0, at;

	if (text.len == 0 || h->channel == NULL || h->channel->staff ||
	    !ircchannel_may_go_public(h->channel, h->now_ms))
		return;
	while ((at = str_find(text, mark, from)) != STR_NONE) {
		buf_add(&line, str_sub(text, from, at));
		buf_addf(&line, "%s", ircgate_self(net->gate)->nick);
		from = at + mark.len;
	}
	buf_add(&line, str_sub(text, from, text.len));
	(void)say(net, IRCQUEUE_CRISIS, h->channel->name, buf_str(&line));
	buf_clear(&line);
}

/* --- delivery --- */

static void
deliver_in_channel(const struct hearing *h, struct ircperson *who)
{
	struct talk_answer *a = &h->net->answer;

	if (a->alert && !h->channel->staff &&
	    ircstaff_ask(&h->net->staff, h->e->nick, h->channel->name,
		h->now_ms))
		buf_add(&a->in_private, str_c(ircstaff_words));
	if (a->in_private.len > 0)
		answer_in_private(h, who, buf_str(&a->in_private), class_of(a));
	say_public(h, buf_str(&a->in_public));
	if (a->text.len > 0 && h->to_us)
		answer_in_channel(h, who, buf_str(&a->text));
}

/* "more": what a channel did not get, unless something graver came up. */
static bool
deliver_rest(const struct hearing *h, struct ircperson *who)
{
	struct buf rest = who->rest;

	if (h->net->answer.crisis || rest.len == 0 ||
	    str_casecmp(h->text, STR("more")) != 0)
		return false;
	who->rest = (struct buf) { 0 };
	answer_in_private(h, who, buf_str(&rest), IRCQUEUE_ANSWER);
	buf_wipe(&rest);
	return true;
}

static void
deliver_in_private(const struct hearing *h, struct ircperson *who)
{
	struct talk_answer *a = &h->net->answer;
	/* One that was only screened has its lines in the private part. */
	const struct buf *text = a->text.len > 0 ? &a->text : &a->in_private;

	if (!deliver_rest(h, who) && text->len > 0)
		answer_in_private(h, who, buf_str(text), class_of(a));
}

static void
deliver(const struct hearing *h, struct ircperson *who)
{
	const struct talk_answer *a = &h->net->answer;

	if (a->silent)
		ircqueue_drop(ircgate_queue(h->net->gate), h->e->nick);
	else if (a->crisis && a->end && a->text.len + a->in_private.len == 0)
		say_static(h->net, h->e->nick); /* no memory, even for it */
	else if (h->channel != NULL)
		deliver_in_channel(h, who);
	else
		deliver_in_private(h, who);
	who->tick_ms = h->now_ms;
	if (a->end)
		ircpeople_remove(&h->net->people, who);
}

/* --- hearing --- */

/* True where an answer could not leave in time, or the person had many in a
 * channel: then the line is screened and nothing else. */
static bool
is_only_screened(const struct hearing *h, struct ircperson *who)
{
	if (session_in_check(who->session) || talk_always_works(h->text))
		return false;
	return !ircqueue_has_room(ircgate_queue(h->net->gate), ROOM_LINES,
		   h->now_ms) ||
	    (h->channel != NULL &&
		!rate_take(&who->rate, &channel_answers, h->now_ms));
}

static void
hear_person(struct hearing *h)
{
	struct ircnet *net = h->net;
	const struct ircperson_id id = { .nick = h->e->nick,
		.account = h->e->account, .host = h->e->host,
		.now_ms = h->now_ms };
	struct ircperson *who = ircpeople_get(&net->people, net->guide,
	    ircgate_self(net->gate), &id);
	enum talk_place place = !h->to_us ? TALK_OVERHEARD
	    : h->channel != NULL          ? TALK_CHANNEL
					  : TALK_PRIVATE;
	bool busy;

	if (who == NULL) {
		if (h->to_us)
			say_static(net, h->e->nick);
		return;
	}
	who->talked = who->talked || h->to_us;
	busy = h->to_us && is_only_screened(h, who);
	talk_line(net->guide, who->session, h->text,
	    busy ? TALK_OVERHEARD : place, h->now_ms, &net->answer);
	if (busy && !net->answer.crisis)
		say_busy(net, h->e->nick);
	deliver(h, who);
}

/* Many people speak through one nick: no session, and nothing in private. */
static void
hear_relay(const struct hearing *h)
{
	struct ircnet *net = h->net;
	struct session *s = session_new(net->guide, h->now_ms);

	if (s == NULL)
		return;
	talk_line(net->guide, s, h->text, TALK_OVERHEARD, h->now_ms,
	    &net->answer);
	say_public(h, buf_str(&net->answer.in_public));
	session_free(s);
}

/* "guide: text", "guide, text", "guide text" or just "guide". */
static bool
is_addressed(const struct ircself *me, struct str *text)
{
	size_t n = strlen(me->nick);

	if (!ircself_same(me, str_sub(*text, 0, n), str_c(me->nick)))
		return false;
	if (text->len > n && strchr(":, ", text->p[n]) == NULL)
		return false;
	*text = str_trim(str_sub(*text, n, text->len));
	if (text->len > 0 && (text->p[0] == ':' || text->p[0] == ','))
		*text = str_trim(str_sub(*text, 1, text->len));
	return true;
}

static bool
is_listed(const struct ircself *me, const struct ircconf_list *list,
    struct str nick)
{
	for (size_t i = 0; i < list->n; i++)
		if (ircself_same(me, str_c(list->items[i]), nick))
			return true;
	return false;
}

/* Programs: servers (no user@host), services, and those that say so. */
static bool
is_program(const struct ircnet *net, const struct ircgate_event *e)
{
	static const char *const names[] = { "NickServ", "ChanServ", "MemoServ",
		"OperServ", "HostServ", "BotServ", "SaslServ", "Global" };
	static const struct ircconf_list services = { names,
		sizeof(names) / sizeof(names[0]) };
	const struct ircself *me = ircgate_self(net->gate);

	return e->host.len == 0 || e->bot || is_listed(me, &services, e->nick) ||
	    is_listed(me, &net->conf->ignore, e->nick);
}

void
ircnet_hear(struct ircnet *net, const struct ircgate_event *e, uint64_t now_ms)
{
	const struct ircself *me = ircgate_self(net->gate);
	struct hearing h = { .net = net, .e = e, .now_ms = now_ms };
	bool relay = is_listed(me, &net->conf->relays, e->nick);
	struct str target = e->target;

	if (e->mine || e->old || (!relay && is_program(net, e)))
		return;
	while (target.len > 0 && strchr(me->status, target.p[0]) != NULL)
		target = str_sub(target, 1, target.len); /* @#channel */
	if (ircself_is_channel(me, target)) {
		h.channel = ircchannels_find(&net->channels, me, target);
		if (h.channel == NULL)
			return;
	} else if (!ircself_is_me(me, target) || relay) {
		return; /* a message to all of a server, or nobody's */
	}
	buf_reset(&net->plain);
	ircline_plain(e->text, &net->plain);
	h.text = str_trim(buf_str(&net->plain));
	h.to_us = h.channel == NULL ||
	    (!e->action && !h.channel->staff && is_addressed(me, &h.text));
	if (relay)
		hear_relay(&h);
	else
		hear_person(&h);
	talk_answer_clear(&net->answer);
	buf_wipe(&net->plain);
	buf_wipe(&net->cut);
}

/* --- without a line --- */

/* On IRC only what concerns safety is said unasked. */
static void
say_due(struct ircnet *net, struct ircperson *who, bool in_care)
{
	const struct talk_answer *a = &net->answer;

	if (a->text.len > 0 && (a->crisis || (a->end && in_care)))
		(void)say(net, IRCQUEUE_CRISIS, str_c(who->nick),
		    buf_str(&a->text));
}

static void
tick_person(struct ircnet *net, struct ircperson *who, uint64_t idle_ms,
    uint64_t now_ms)
{
	bool in_care = session_in_care(who->session);

	if (!who->talked && !in_care) {
		if (now_ms - who->seen_ms > OVERHEARD_MS)
			ircpeople_remove(&net->people, who);
		return;
	}
	if (who->tick_ms == 0 || now_ms < who->tick_ms)
		return;
	who->tick_ms = talk_tick(net->guide, who->session, idle_ms, now_ms,
	    &net->answer);
	say_due(net, who, in_care);
	if (net->answer.end)
		ircpeople_remove(&net->people, who);
	talk_answer_clear(&net->answer);
}

void
ircnet_tick(struct ircnet *net, uint64_t idle_ms, uint64_t now_ms)
{
	struct ircperson *who, *next;

	for (who = TAILQ_FIRST(&net->people.list); who != NULL; who = next) {
		next = TAILQ_NEXT(who, entry);
		tick_person(net, who, idle_ms, now_ms);
	}
	buf_wipe(&net->cut);
}
