#include "net/ircfront.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "net/ircnet.h"

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "?"
#endif
#ifndef PACKAGE_URL
#define PACKAGE_URL ""
#endif

#define TICK_MS 1000
#define STOP_MS 1200 /* the most that goodbyes have to leave */
#define STOP_LOOK_MS 10
#define SPREAD_MS 500 /* between the networks' first attempts */
#define PING_MOST 64  /* bytes of a CTCP PING given back */

struct member {
	struct ircfront *front;
	struct ircnet net;
};

struct ircfront {
	struct ircfront_options options;
	struct member *members; /* owned */
	size_t n;
	struct later tick;
	struct later stopped;
	uint64_t stop_by_ms;
	loop_fn done;
	void *done_arg;
};

/* --- CTCP --- */

static void
reply_version(struct buf *out, struct str args)
{
	(void)args;
	buf_add(out, STR("iopguide " PACKAGE_VERSION
	    ", automated guide, not a person"));
}

static void
reply_source(struct buf *out, struct str args)
{
	(void)args;
	buf_add(out, STR("iopguide, free software " PACKAGE_URL));
}

static void
reply_ping(struct buf *out, struct str args)
{
	buf_add(out, str_sub(args, 0, PING_MOST));
}

static void
reply_clientinfo(struct buf *out, struct str args)
{
	(void)args;
	buf_add(out, STR("CLIENTINFO PING SOURCE VERSION"));
}

static const struct {
	const char *verb;
	void (*reply)(struct buf *out, struct str args);
} ctcps[] = {
	{ "VERSION", reply_version },
	{ "SOURCE", reply_source },
	{ "PING", reply_ping },
	{ "CLIENTINFO", reply_clientinfo },
};

/* Two in thirty seconds, all people together: CTCP is a way to flood. */
static const struct rate_policy ctcp_rate = { .burst = 2,
	.interval_ms = 15000 };

static void
on_ctcp(struct ircnet *net, const struct ircgate_event *e)
{
	struct ircqueue_block b = { .class = IRCQUEUE_NOTE, .notice = true,
		.target = e->nick };
	struct buf out = { 0 };

	if (e->old || e->bot || e->host.len == 0 ||
	    !ircself_is_me(ircgate_self(net->gate), e->target))
		return;
	for (size_t i = 0; i < sizeof(ctcps) / sizeof(ctcps[0]); i++) {
		if (str_casecmp(e->verb, str_c(ctcps[i].verb)) != 0 ||
		    !rate_take(&net->ctcp, &ctcp_rate, loop_now_ms()))
			continue;
		buf_addf(&out, "\001%s ", ctcps[i].verb);
		ctcps[i].reply(&out, e->text);
		buf_add(&out, STR("\001\n"));
		b.text = buf_str(&out);
		ircgate_add(net->gate, &b);
	}
	buf_clear(&out);
}

/* --- events --- */

static void
on_up(struct ircnet *net, const struct ircgate_event *e)
{
	(void)e;
	ircchannels_join(&net->channels, net->gate, loop_now_ms());
}

static void
on_down(struct ircnet *net, const struct ircgate_event *e)
{
	(void)e;
	ircchannels_lost(&net->channels);
	ircpeople_forget_nicks(&net->people);
	ircstaff_clear(&net->staff);
}

static void
on_message(struct ircnet *net, const struct ircgate_event *e)
{
	ircnet_hear(net, e, loop_now_ms());
}

static void
on_channel(struct ircnet *net, const struct ircgate_event *e)
{
	ircchannels_take(&net->channels, net->gate, e, loop_now_ms());
}

static void
on_join(struct ircnet *net, const struct ircgate_event *e)
{
	if (!e->mine)
		ircpeople_log_in(&net->people, ircgate_self(net->gate),
		    e->nick, e->account);
	on_channel(net, e);
}

/* From those the configuration names, or from anybody where it names none:
 * only channels of the configuration are joined. */
static void
on_invite(struct ircnet *net, const struct ircgate_event *e)
{
	const struct ircconf_list *who = &net->conf->operators;

	for (size_t i = 0; i < who->n; i++)
		if (str_casecmp(str_c(who->items[i]), e->account) == 0)
			on_channel(net, e);
	if (who->n == 0)
		on_channel(net, e);
}

static void
on_nick(struct ircnet *net, const struct ircgate_event *e)
{
	if (e->mine)
		return;
	ircqueue_rename(ircgate_queue(net->gate), e->nick, e->text);
	ircpeople_rename(&net->people, ircgate_self(net->gate), e->nick,
	    e->text);
	ircstaff_rename(&net->staff, e->nick, e->text);
}

static void
forget_nick(struct ircnet *net, struct str nick)
{
	ircqueue_drop(ircgate_queue(net->gate), nick);
	ircpeople_leave(&net->people, ircgate_self(net->gate), nick);
	ircstaff_forget(&net->staff, nick);
}

static void
on_quit(struct ircnet *net, const struct ircgate_event *e)
{
	if (!e->mine)
		forget_nick(net, e->nick);
}

static void
on_account(struct ircnet *net, const struct ircgate_event *e)
{
	ircpeople_log_in(&net->people, ircgate_self(net->gate), e->nick,
	    e->account);
}

static void
on_host(struct ircnet *net, const struct ircgate_event *e)
{
	ircpeople_move(&net->people, ircgate_self(net->gate), e->nick, e->host,
	    e->text);
}

static void
on_numeric(struct ircnet *net, const struct ircgate_event *e)
{
	/* No such nick: what waits for it is not announced, but dropped. */
	if (e->numeric == 401)
		forget_nick(net, e->target);
	ircstaff_take(&net->staff, e, loop_now_ms());
	on_channel(net, e);
}

static void (*const takers[])(struct ircnet *net,
    const struct ircgate_event *e) = {
	[IRCGATE_UP] = on_up,
	[IRCGATE_DOWN] = on_down,
	[IRCGATE_MESSAGE] = on_message,
	[IRCGATE_CTCP] = on_ctcp,
	[IRCGATE_JOIN] = on_join,
	[IRCGATE_PART] = on_channel,
	[IRCGATE_KICK] = on_channel,
	[IRCGATE_QUIT] = on_quit,
	[IRCGATE_NICK] = on_nick,
	[IRCGATE_ACCOUNT] = on_account,
	[IRCGATE_HOST] = on_host,
	[IRCGATE_INVITE] = on_invite,
	[IRCGATE_MODE] = on_channel,
	[IRCGATE_NUMERIC] = on_numeric,
};

static void
on_event(void *arg, const struct ircgate_event *e)
{
	struct member *m = arg;

	takers[e->what](&m->net, e);
}

static void
on_tick(void *arg)
{
	struct ircfront *f = arg;
	uint64_t now = loop_now_ms();

	for (size_t i = 0; i < f->n; i++) {
		struct ircnet *net = &f->members[i].net;

		if (!ircgate_is_up(net->gate))
			continue;
		ircchannels_join(&net->channels, net->gate, now);
		ircnet_tick(net, f->options.idle_ms, now);
	}
	later_run_in(&f->tick, TICK_MS);
}

static bool
is_gone(const struct ircfront *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (!ircgate_is_gone(f->members[i].net.gate))
			return false;
	return true;
}

static void
on_stopped(void *arg)
{
	struct ircfront *f = arg;

	if (is_gone(f) || loop_now_ms() >= f->stop_by_ms)
		f->done(f->done_arg);
	else
		later_run_in(&f->stopped, STOP_LOOK_MS);
}

/* --- the beginning and the end --- */

static bool
add_member(struct ircfront *f, struct loop *l, struct guide *g,
    const struct ircconf *conf, struct err *err)
{
	struct member *m = &f->members[f->n];

	*m = (struct member) { .front = f, .net = { .conf = conf,
		.guide = g } };
	ircpeople_init(&m->net.people);
	f->n++;
	if (!ircchannels_init(&m->net.channels, conf))
		return err_at(err, (struct loc) { 0 }, "out of memory");
	m->net.gate = ircgate_new(l, conf, on_event, m, err);
	if (m->net.gate == NULL)
		return false;
	m->net.staff = (struct ircstaff) { .conf = conf,
		.channels = &m->net.channels, .gate = m->net.gate };
	ircgate_start(m->net.gate, (f->n - 1) * (uint64_t)SPREAD_MS);
	return true;
}

struct ircfront *
ircfront_new(struct loop *l, struct guide *g, struct ircconf *confs, size_t n,
    struct err *err)
{
	struct ircfront *f = calloc(1, sizeof(*f));
	bool ok = f != NULL && later_init(&f->tick, l, on_tick, f) &&
	    later_init(&f->stopped, l, on_stopped, f) &&
	    (f->members = calloc(n + 1, sizeof(*f->members))) != NULL;

	if (!ok)
		err_at(err, (struct loc) { 0 }, "out of memory");
	for (size_t i = 0; ok && i < n; i++)
		ok = add_member(f, l, g, &confs[i], err);
	if (!ok) {
		ircfront_free(f);
		return NULL;
	}
	if (n > 0)
		later_run_in(&f->tick, TICK_MS);
	return f;
}

void
ircfront_set_options(struct ircfront *f, const struct ircfront_options *o)
{
	f->options = *o;
}

void
ircfront_return(struct ircfront *f)
{
	for (size_t i = 0; i < f->n; i++)
		ircchannels_return(&f->members[i].net.channels);
}

void
ircfront_stop(struct ircfront *f, loop_fn done, void *arg)
{
	f->done = done;
	f->done_arg = arg;
	later_cancel(&f->tick);
	for (size_t i = 0; i < f->n; i++)
		ircgate_stop(f->members[i].net.gate);
	f->stop_by_ms = loop_now_ms() + STOP_MS;
	later_run(&f->stopped);
}

static void
member_clear(struct member *m)
{
	ircgate_free(m->net.gate);
	ircchannels_clear(&m->net.channels);
	ircpeople_clear(&m->net.people);
	ircstaff_clear(&m->net.staff);
	talk_answer_clear(&m->net.answer);
	buf_wipe(&m->net.cut);
	buf_wipe(&m->net.plain);
}

void
ircfront_free(struct ircfront *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->n; i++)
		member_clear(&f->members[i]);
	later_clear(&f->tick);
	later_clear(&f->stopped);
	free(f->members);
	free(f);
}
