#include "net/ircgate.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "net/irccodec.h"
#include "net/ircline.h"
#include "net/irclink.h"
#include "net/irclogin.h"
#include "net/loop.h"

#define LONG_WAIT_MS ((uint64_t)30 * 60 * 1000) /* after a ban */
#define UP_LONG_MS ((uint64_t)5 * 60 * 1000)    /* then the backoff is new */
#define NEXT_SERVER_MS 1000
#define REGISTER_MS 60000
#define WELCOME_MS 5000   /* for the 005 lines, where MOTD has no end */
#define CODEC_TRY_MS 20
#define CODEC_TRIES 100
#define REGAIN_MS 60000
#define OLD_MS 60000      /* said longer ago: history */
#define BATCHES 8

enum state {
	OFF,        /* waiting for the next attempt */
	CONNECTING,
	LOGIN,      /* until 001 */
	CODEC,      /* until libircclient has its session */
	WELCOME,    /* until the server said what it can do */
	UP,
	STOPPED,
};

static const char *const state_names[] = { "off", "connecting", "logging in",
	"starting", "welcomed", "up", "stopped" };

struct ircgate {
	const struct ircconf *conf; /* borrowed */
	ircgate_event_fn fn;
	void *arg;
	enum state state;
	struct irclink *link;
	struct irccodec *codec;
	struct ircqueue *queue;
	struct irclogin login;
	struct ircself self;
	struct later retry;   /* OFF: connect; CODEC: try again; else: wait */
	struct later alive;
	struct later pump;
	struct later regain;
	size_t server;        /* of conf->servers, tried next */
	unsigned failures;    /* in a row */
	unsigned codec_tries;
	uint64_t up_since_ms;
	uint64_t heard_ms;
	bool pinged;
	bool banned;          /* the server's last words */
	int64_t skew_ms;      /* its clock against our monotonic one */
	bool skew_known;
	char batches[BATCHES][32]; /* of history, open now */
	const struct ircline *line; /* while it goes through the codec */
	struct rng rng;
	struct buf out;
	char last_error[160];
};

static void come_down(struct ircgate *g, const char *why, uint64_t wait_ms);

/* The one place where the state changes. */
static void
enter(struct ircgate *g, enum state next)
{
	if (g->state == next)
		return;
	log_debug("irc %s: %s -> %s", g->conf->name, state_names[g->state],
	    state_names[next]);
	g->state = next;
}

/* --- out --- */

static void
send_now(struct ircgate *g, struct str bytes)
{
	if (bytes.len > 0 && !irclink_write(g->link, bytes))
		come_down(g, "the server does not read", 0);
}

/* Sends what was put into g->out, and empties it: it may hold a secret. */
static void
send_out(struct ircgate *g)
{
	struct buf out = g->out;

	g->out = (struct buf) { 0 };
	send_now(g, buf_str(&out));
	buf_wipe(&out);
}

static bool
encode(struct ircgate *g, const struct ircqueue_block *l, struct buf *targets)
{
	size_t most = g->self.targets;

	if (l->class == IRCQUEUE_COMMAND)
		return irccodec_raw(g->codec, l->text, &g->out);
	buf_reset(targets);
	buf_add(targets, l->target);
	if (l->class == IRCQUEUE_NOTE && most > 1)
		ircqueue_join_notes(g->queue, l, most - 1, targets);
	return (l->notice ? irccodec_notice : irccodec_say)(g->codec,
	    buf_str(targets), l->text, &g->out);
}

static void
on_pump(void *arg)
{
	struct ircgate *g = arg;
	struct ircqueue_block l;
	struct buf targets = { 0 };
	uint64_t now = loop_now_ms(), wait;

	if (g->state != UP)
		return;
	while (ircqueue_next(g->queue, now, &l))
		if (!encode(g, &l, &targets))
			log_warning("irc %s: a line could not be sent",
			    g->conf->name);
	buf_wipe(&targets);
	wait = ircqueue_wait_ms(g->queue, now);
	if (wait != UINT64_MAX)
		later_run_in(&g->pump, wait);
	send_out(g);
}

bool
ircgate_add(struct ircgate *g, const struct ircqueue_block *b)
{
	if (g->state != UP || !ircqueue_add(g->queue, b, loop_now_ms()))
		return false;
	later_run(&g->pump);
	return true;
}

void
ircgate_command(struct ircgate *g, const char *fmt, ...)
{
	struct ircqueue_block b = { .class = IRCQUEUE_COMMAND };
	char text[IRCLINE_MAX + 2];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, IRCLINE_MAX, fmt, ap);
	va_end(ap);
	if (n <= 0 || n >= IRCLINE_MAX)
		return;
	text[n] = '\n';
	b.text = str_of(text, (size_t)n + 1);
	if (!ircgate_add(g, &b))
		log_warning("irc %s: a command could not be sent",
		    g->conf->name);
	explicit_bzero(text, sizeof(text));
}

size_t
ircgate_cut(const struct ircgate *g, struct str target, struct str lines,
    struct buf *out)
{
	size_t budget = ircself_budget(&g->self, target), n = 0;
	struct str line, piece;

	while (str_split(&lines, '\n', &line))
		while (ircline_piece(&line, budget, &piece)) {
			buf_add(out, piece);
			buf_addc(out, '\n');
			n++;
		}
	return n;
}

/* --- down and up again --- */

static uint64_t
with_jitter(struct ircgate *g, uint64_t ms)
{
	return ms * 3 / 4 + ms * rng_below(&g->rng, 501) / 1000;
}

/* 5 s, doubled with each failure up to 10 minutes, a quarter more or less. */
static uint64_t
backoff_ms(struct ircgate *g)
{
	uint64_t ms = (uint64_t)g->conf->reconnect_s * 1000;
	uint64_t most = (uint64_t)g->conf->reconnect_max_s * 1000;

	for (unsigned i = 0; i < g->failures && ms < most; i++)
		ms *= 2;
	g->failures++;
	return with_jitter(g, ms < most ? ms : most);
}

/* After one server failed: the next at once, after the last a pause. */
static uint64_t
plan_retry(struct ircgate *g, bool was_up)
{
	uint64_t now = loop_now_ms();

	if (was_up && now - g->up_since_ms >= UP_LONG_MS)
		g->failures = 0;
	g->server = was_up ? 0 : (g->server + 1) % g->conf->servers.n;
	return g->server > 0 ? NEXT_SERVER_MS : backoff_ms(g);
}

static void
emit(struct ircgate *g, enum ircgate_what what)
{
	g->fn(g->arg, &(struct ircgate_event) { .what = what });
}

/* The end of a connection: all of it is forgotten, one log line says why. */
static void
come_down(struct ircgate *g, const char *why, uint64_t wait_ms)
{
	bool was_up = g->state >= WELCOME;

	if (g->state == OFF || g->state == STOPPED)
		return;
	if (g->banned)
		wait_ms = LONG_WAIT_MS;
	if (wait_ms == 0)
		wait_ms = plan_retry(g, was_up);
	log_info("irc %s: down: %s%s%s; next try in %llu s", g->conf->name, why,
	    *g->last_error != '\0' ? ": " : "", g->last_error,
	    (unsigned long long)(wait_ms + 500) / 1000);
	enter(g, OFF);
	irclink_close(g->link);
	later_cancel(&g->alive);
	later_cancel(&g->pump);
	later_cancel(&g->regain);
	ircqueue_reset(g->queue);
	/* The codec may be what called us, and libircclient aborts or uses
	 * freed memory when it is ended inside its callback: see on_retry(). */
	later_run_in(&g->retry, wait_ms);
	if (was_up)
		emit(g, IRCGATE_DOWN);
}

static void
connect_next(struct ircgate *g)
{
	struct ircconf_server to;

	irccodec_close(g->codec);
	g->skew_known = g->pinged = g->banned = false;
	*g->last_error = '\0';
	memset(g->batches, 0, sizeof(g->batches));
	ircself_init(&g->self);
	enter(g, CONNECTING);
	if (!ircconf_server(g->conf->servers.items[g->server], g->conf->tls,
		&to))
		return; /* checked at the start */
	log_info("irc %s: connecting to %s port %u%s", g->conf->name, to.host,
	    (unsigned)to.port, g->conf->tls ? "" : " without TLS");
	irclink_open(g->link, &to);
}

static void
on_open(void *arg)
{
	struct ircgate *g = arg;

	enter(g, LOGIN);
	later_run_in(&g->retry, REGISTER_MS);
	g->heard_ms = loop_now_ms();
	irclogin_start(&g->login, g->conf, &g->out);
	send_out(g);
}

static void
on_closed(void *arg, const char *why)
{
	come_down(arg, why, 0);
}

/* The server has said what it can do: others may talk now. */
static void
go_up(struct ircgate *g)
{
	const char *profile = g->conf->profile;
	struct ircqueue_pace pace = { (uint32_t)g->conf->burst,
		(uint32_t)g->conf->line_ms,
		strcmp(profile, "ircnet") == 0 ||
		    (g->self.penalty && strcmp(profile, "steady") != 0) };

	if (g->state != WELCOME)
		return;
	enter(g, UP);
	later_cancel(&g->retry);
	g->up_since_ms = loop_now_ms();
	ircqueue_set_pace(g->queue, &pace);
	log_info("irc %s: up as %s", g->conf->name, g->self.nick);
	/* The mode that marks bots, and nobody else is marked by it. */
	if (g->self.bot_mode != 0)
		ircgate_command(g, "MODE %s +%c", g->self.nick,
		    g->self.bot_mode);
	emit(g, IRCGATE_UP);
	later_run_in(&g->regain, REGAIN_MS);
}

/* After 001, with the nick it gave: libircclient never learns of a nick that
 * was given otherwise. */
static void
open_codec(struct ircgate *g)
{
	enum irccodec_opened opened = irccodec_open(g->codec, g->self.nick);

	if (opened == IRCCODEC_OPEN) {
		enter(g, WELCOME);
		later_run_in(&g->retry, WELCOME_MS);
		irclink_pause(g->link, false);
	} else if (opened == IRCCODEC_LATER && g->codec_tries++ < CODEC_TRIES) {
		enter(g, CODEC);
		irclink_pause(g->link, true);
		later_run_in(&g->retry, CODEC_TRY_MS);
	} else {
		come_down(g, "libircclient could not be started", 0);
	}
}

static void
on_retry(void *arg)
{
	struct ircgate *g = arg;

	switch (g->state) {
	case OFF:
		connect_next(g);
		break;
	case CODEC:
		open_codec(g);
		break;
	case WELCOME:
		go_up(g);
		break;
	case LOGIN:
		come_down(g, "the log-in took too long", 0);
		break;
	default:
		break;
	}
}

/* --- liveness: libircclient never notices a server that fell silent --- */

static void
watch(struct ircgate *g)
{
	uint64_t now = loop_now_ms();
	uint64_t limit = (uint64_t)(g->pinged ? g->conf->ping_grace_s
	                                      : g->conf->ping_s) * 1000;
	uint64_t silent = now - g->heard_ms;

	if (silent < limit) {
		later_run_in(&g->alive, limit - silent);
		return;
	}
	if (g->pinged) {
		come_down(g, "the server fell silent", 0);
		return;
	}
	g->pinged = true;
	g->heard_ms = now;
	later_run_in(&g->alive, (uint64_t)g->conf->ping_grace_s * 1000);
	send_now(g, STR("PING :iopguide\r\n"));
}

static void
on_alive(void *arg)
{
	watch(arg);
}

static void
on_regain(void *arg)
{
	struct ircgate *g = arg;

	if (g->state != UP)
		return;
	if (!ircself_is_me(&g->self, str_c(g->conf->nick)))
		ircgate_command(g, "NICK %s", g->conf->nick);
	later_run_in(&g->regain, REGAIN_MS);
	if (g->skew_known)
		send_now(g, STR("PING :iopguide\r\n"));
}

/* --- history --- */

/* What the server's clock says against ours; from lines that are of now.
 * Ours is the one that nobody sets; theirs is asked for once a minute, since
 * one that was set back would make all that people say look old. */
static void
learn_skew(struct ircgate *g, const struct ircline *l)
{
	int64_t said;

	if (!ircline_time(l->time, &said))
		return;
	g->skew_ms = said - (int64_t)loop_now_ms();
	g->skew_known = true;
}

/* :server BATCH +ref chathistory #chan, and BATCH -ref at its end. */
static void
take_batch(struct ircgate *g, const struct ircline *l)
{
	struct str ref = ircline_param(l, 0), type = ircline_param(l, 1);
	bool open = ref.len > 0 && ref.p[0] == '+';

	ref = str_sub(ref, 1, ref.len);
	if (ref.len == 0 || ref.len >= sizeof(g->batches[0]) ||
	    (open && !str_is(type, "chathistory") &&
		!str_ends(type, STR("playback"))))
		return;
	for (size_t i = 0; i < BATCHES; i++) {
		if (!str_is(open ? str_of("", 0) : ref, g->batches[i]))
			continue;
		snprintf(g->batches[i], sizeof(g->batches[i]), "%.*s",
		    open ? (int)ref.len : 0, ref.p);
		return;
	}
}

static bool
is_old(const struct ircgate *g, const struct ircline *l)
{
	int64_t said;

	for (size_t i = 0; l->batch.len > 0 && i < BATCHES; i++)
		if (str_is(l->batch, g->batches[i]))
			return true;
	/* Without a known difference of the clocks a wrong clock would make
	 * us deaf to people in danger. */
	return g->skew_known && ircline_time(l->time, &said) &&
	    (int64_t)loop_now_ms() + g->skew_ms - said > OLD_MS;
}

/* --- in --- */

static struct ircgate_event
event_of(struct ircgate *g, const struct ircline *l)
{
	struct ircgate_event e = { .nick = ircline_nick(l->prefix) };

	e.host = str_sub(l->prefix, e.nick.len + 1, l->prefix.len);
	e.account = l->account;
	e.bot = l->bot;
	e.mine = ircself_is_me(&g->self, e.nick);
	e.old = is_old(g, l);
	return e;
}

/* What the codec made of a line, together with the line's tags. */
static void
on_codec(void *arg, const struct irccodec_event *c)
{
	static const enum ircgate_what whats[] = {
		[IRCCODEC_MESSAGE] = IRCGATE_MESSAGE,
		[IRCCODEC_JOIN] = IRCGATE_JOIN,
		[IRCCODEC_PART] = IRCGATE_PART,
		[IRCCODEC_KICK] = IRCGATE_KICK,
		[IRCCODEC_QUIT] = IRCGATE_QUIT,
		[IRCCODEC_NICK] = IRCGATE_NICK,
		[IRCCODEC_INVITE] = IRCGATE_INVITE,
		[IRCCODEC_MODE] = IRCGATE_MODE,
		[IRCCODEC_NUMERIC] = IRCGATE_NUMERIC,
	};
	struct ircgate *g = arg;
	struct ircgate_event e;

	/* A NOTICE is never answered, so nobody needs to hear of it. */
	if (g->line == NULL || c->kind == IRCCODEC_NOTICE)
		return;
	e = event_of(g, g->line);
	e.what = whats[c->kind];
	e.numeric = c->numeric;
	e.target = c->target;
	e.text = c->text;
	if (e.what == IRCGATE_JOIN) { /* extended-join has the account */
		e.account = str_is(c->text, "*") ? str_of("", 0) : c->text;
		e.text = str_of("", 0);
	}
	g->fn(g->arg, &e);
}

/* The holder of our nick may have gone: ask for it at once. */
static void
want_nick(struct ircgate *g, struct str freed)
{
	if (ircself_same(&g->self, freed, str_c(g->conf->nick)) &&
	    !ircself_is_me(&g->self, str_c(g->conf->nick)))
		ircgate_command(g, "NICK %s", g->conf->nick);
}

/* What libircclient would lose or mistake goes around it.  True when the
 * line is done with. */
static bool
take_around(struct ircgate *g, const struct ircline *l)
{
	struct ircgate_event e = event_of(g, l);
	char host[IRCLINE_MAX + 1];

	e.target = ircline_param(l, 0);
	if (ircline_is(l, "BATCH")) {
		take_batch(g, l);
		return true;
	}
	if (ircline_is(l, "ACCOUNT")) {
		e.what = IRCGATE_ACCOUNT;
		e.account = str_is(e.target, "*") ? str_of("", 0) : e.target;
	} else if (ircline_is(l, "NICK") && !e.mine && l->n > 0) {
		e.what = IRCGATE_NICK;
		e.text = e.target;
		want_nick(g, e.nick);
	} else if (ircline_is(l, "CHGHOST") && l->n >= 2) {
		snprintf(host, sizeof(host), "%.*s@%.*s", STR_ARG(e.target),
		    STR_ARG(ircline_param(l, 1)));
		e.what = IRCGATE_HOST;
		e.text = str_c(host);
	} else if (ircline_is(l, "QUIT") && l->n == 0) {
		e.what = IRCGATE_QUIT; /* libircclient wants a reason */
	} else if (ircline_is(l, "PRIVMSG") &&
	    ircline_ctcp(ircline_param(l, 1), &e.verb, &e.text)) {
		e.action = str_casecmp(e.verb, STR("ACTION")) == 0;
		e.what = e.action ? IRCGATE_MESSAGE : IRCGATE_CTCP;
	} else {
		return false;
	}
	if (l->prefix.len > 0)
		g->fn(g->arg, &e);
	return true;
}

static void
take_up(struct ircgate *g, const struct ircline *l)
{
	ircself_take(&g->self, l);
	if (l->numeric > 0 && l->numeric < 10)
		learn_skew(g, l);
	/* The end of MOTD; somebody who talks cannot wait for it. */
	if (l->numeric == 376 || l->numeric == 422 || ircline_is(l, "PRIVMSG"))
		go_up(g);
	if (g->state != UP)
		return;
	if (ircline_is(l, "QUIT"))
		want_nick(g, ircline_nick(l->prefix));
	if (take_around(g, l) || !ircline_is_safe(l))
		return;
	g->line = l;
	if (!irccodec_take(g->codec, l) && g->state == UP)
		come_down(g, "libircclient broke off", 0);
	g->line = NULL;
}

static void
take_login(struct ircgate *g, const struct ircline *l)
{
	switch (irclogin_take(&g->login, l, &g->out)) {
	case IRCLOGIN_DONE:
		ircself_take(&g->self, l);
		learn_skew(g, l);
		g->codec_tries = 0;
		watch(g);
		open_codec(g);
		break;
	case IRCLOGIN_FAILED:
		come_down(g, g->login.why, 0);
		break;
	case IRCLOGIN_REFUSED:
		come_down(g, g->login.why, LONG_WAIT_MS);
		break;
	default:
		break;
	}
	if (g->state == OFF)
		buf_wipe(&g->out);
	send_out(g);
}

static void
answer_ping(struct ircgate *g, const struct ircline *l)
{
	struct str token = ircline_param(l, l->n > 1 ? 1 : 0);

	buf_addf(&g->out, "PONG :%.*s\r\n",
	    STR_ARG(str_sub(token, 0, IRCLINE_MAX - 6)));
	send_out(g);
}

/* To libircclient every end is "session terminated"; the server's last words
 * tell a ban from a failure. */
static void
note_error(struct ircgate *g, const struct ircline *l)
{
	struct str words = ircline_param(l, 0);

	snprintf(g->last_error, sizeof(g->last_error), "%.*s", STR_ARG(words));
	g->banned = irclogin_is_ban(words);
}

static void
on_line(void *arg, struct str raw)
{
	struct ircgate *g = arg;
	struct ircline l;

	g->heard_ms = loop_now_ms();
	g->pinged = false;
	if (!ircline_parse(raw, &l))
		return;
	if (ircline_is(&l, "PING"))
		answer_ping(g, &l);
	else if (ircline_is(&l, "PONG"))
		learn_skew(g, &l);
	else if (ircline_is(&l, "ERROR"))
		note_error(g, &l);
	else if (g->state == LOGIN)
		take_login(g, &l);
	else if (g->state >= WELCOME && g->state != STOPPED)
		take_up(g, &l);
}

/* --- the beginning and the end --- */

void
ircgate_start(struct ircgate *g, uint64_t ms)
{
	later_run_in(&g->retry, ms);
}

void
ircgate_stop(struct ircgate *g)
{
	struct ircqueue_block l;
	struct buf targets = { 0 };
	bool up = g->state == UP;

	/* With a clock far ahead the bucket is never empty: what is left of
	 * crisis lines goes before the goodbye. */
	while (up && ircqueue_next(g->queue, UINT64_MAX / 2, &l) &&
	    l.class <= IRCQUEUE_CRISIS)
		(void)encode(g, &l, &targets);
	buf_wipe(&targets);
	buf_add(&g->out, STR("QUIT :I have to stop now\r\n"));
	enter(g, STOPPED);
	(void)irclink_write(g->link, buf_str(&g->out));
	buf_wipe(&g->out);
	later_cancel(&g->retry);
	later_cancel(&g->alive);
	later_cancel(&g->pump);
	later_cancel(&g->regain);
	ircqueue_reset(g->queue);
	irclink_finish(g->link);
}

bool
ircgate_is_gone(const struct ircgate *g)
{
	return g->state == STOPPED && irclink_is_closed(g->link);
}

bool
ircgate_is_up(const struct ircgate *g)
{
	return g->state == UP;
}

const struct ircself *
ircgate_self(const struct ircgate *g)
{
	return &g->self;
}

struct ircqueue *
ircgate_queue(struct ircgate *g)
{
	return g->queue;
}

static bool
make_parts(struct ircgate *g, struct loop *loop, struct err *err)
{
	static const struct irclink_on on = { on_open, on_line, on_closed };
	const struct ircqueue_pace pace = { (uint32_t)g->conf->burst,
		(uint32_t)g->conf->line_ms, false };

	g->link = irclink_new(loop, g->conf, &on, g, err);
	if (g->link == NULL)
		return false;
	g->codec = irccodec_new(on_codec, g);
	if (g->codec == NULL)
		return err_at(err, (struct loc) { 0 },
		    "no descriptor below 1024 is free for libircclient");
	g->queue = ircqueue_new(&pace);
	if (g->queue == NULL || !later_init(&g->retry, loop, on_retry, g) ||
	    !later_init(&g->alive, loop, on_alive, g) ||
	    !later_init(&g->pump, loop, on_pump, g) ||
	    !later_init(&g->regain, loop, on_regain, g))
		return err_at(err, (struct loc) { 0 }, "out of memory");
	return true;
}

struct ircgate *
ircgate_new(struct loop *loop, const struct ircconf *conf,
    ircgate_event_fn fn, void *arg, struct err *err)
{
	struct ircgate *g = calloc(1, sizeof(*g));

	if (g == NULL) {
		err_at(err, (struct loc) { 0 }, "out of memory");
		return NULL;
	}
	*g = (struct ircgate) { .conf = conf, .fn = fn, .arg = arg };
	/* Many guides behind one server must not come back as one. */
	g->rng.state = loop_now_ms() ^ (uint64_t)(uintptr_t)g;
	ircself_init(&g->self);
	if (make_parts(g, loop, err))
		return g;
	ircgate_free(g);
	return NULL;
}

void
ircgate_free(struct ircgate *g)
{
	if (g == NULL)
		return;
	irclink_free(g->link);
	irccodec_free(g->codec);
	ircqueue_free(g->queue);
	later_clear(&g->retry);
	later_clear(&g->alive);
	later_clear(&g->pump);
	later_clear(&g->regain);
	buf_wipe(&g->out);
	free(g);
}
