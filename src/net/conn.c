#include "net/conn.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "guide/resource.h"
#include "guide/session.h"
#include "net/typed.h"
#include "net/wire.h"

#define TURN_MS 5              /* of work, then others have their turn */
#define PENDING_HOLD 65536     /* a slow reader is not read from ... */
#define PENDING_MAX 262144     /* ... and at last left */

static const char http_text[] =
    "This is a plain-text chat, not a web page. Use nc or telnet. "
    RESOURCE_STATIC_LINE "\n";

enum conn_state {
	CONN_TALKING,
	CONN_FLUSHING,  /* all is said, the peer has to take it */
	CONN_LINGERING, /* it did; what it still sends is passed over, since
	                 * closing on unread bytes would take the reply back */
	CONN_DEAD,      /* gone() is under way */
};

struct conn {
	struct conn_env *env;
	struct wire *wire;
	struct session *session; /* NULL once nothing more is read */
	struct typed typed;
	struct later timer;
	struct later gone;
	uint64_t timer_ms; /* when timer fires; 0: it does not */
	uint64_t opened_ms;
	uint64_t linger_until_ms;
	enum conn_state state;
	bool spoke;
	bool eof;
};

/* The words of the person who talked last must not outlive the talk. */
static void
end_session(struct conn *c)
{
	session_free(c->session);
	c->session = NULL;
	typed_clear(&c->typed);
	talk_answer_clear(&c->env->answer);
}

static void
die(struct conn *c)
{
	if (c->state == CONN_DEAD)
		return;
	c->state = CONN_DEAD;
	later_cancel(&c->timer);
	wire_hold(c->wire);
	later_run(&c->gone);
}

static void
set_timer(struct conn *c, uint64_t at_ms, uint64_t now_ms)
{
	/* One that fires too early looks again; moving it at every line would
	 * cost more. */
	if (at_ms == 0 || (c->timer_ms != 0 && c->timer_ms <= at_ms))
		return;
	c->timer_ms = at_ms;
	later_run_in(&c->timer, at_ms > now_ms ? at_ms - now_ms : 0);
}

static void
linger(struct conn *c)
{
	uint64_t now = loop_now_ms();

	if (c->eof) {
		die(c);
		return;
	}
	wire_end(c->wire);
	c->state = CONN_LINGERING;
	c->linger_until_ms = now + c->env->linger_ms;
	set_timer(c, c->linger_until_ms, now);
	wire_go_on(c->wire);
}

static uint64_t
stuck_at(const struct conn *c)
{
	return wire_moved_ms(c->wire) + c->env->stuck_ms;
}

static uint64_t
first_line_at(const struct conn *c)
{
	return c->opened_ms + c->env->first_line_ms;
}

/* What was said still goes out, then it is over. */
static void
finish(struct conn *c)
{
	uint64_t now = loop_now_ms();

	if (c->state != CONN_TALKING)
		return;
	c->state = CONN_FLUSHING;
	end_session(c);
	wire_flush(c->wire);
	if (wire_pending(c->wire) == 0)
		linger(c);
	else
		set_timer(c, stuck_at(c), now);
}

/* Text and the empty line after it. */
static void
say(struct conn *c, struct str text)
{
	if (wire_write(c->wire, text) && wire_write(c->wire, STR("\n")))
		return;
	wire_last_words(c->wire, str_c(talk_no_memory_text()));
	finish(c);
}

static void
say_answer(struct conn *c)
{
	const struct talk_answer *a = &c->env->answer;

	if (a->silent) {
		end_session(c);
		wire_flush(c->wire); /* what was said before it */
		die(c);
		return;
	}
	if (a->text.failed || a->text.len == 0) {
		say(c, str_c(talk_no_memory_text()));
		finish(c);
		return;
	}
	say(c, buf_str(&a->text));
	if (a->end)
		finish(c);
}

static void
take_part(struct conn *c)
{
	struct typed *t = &c->typed;

	if (t->line.len <= TALK_PART)
		return;
	talk_part(c->env->guide, c->session, buf_str(&t->line), t->same,
	    loop_now_ms());
	t->same = t->line.len;
}

static void
take_line(struct conn *c)
{
	struct str line = buf_str(&c->typed.line);

	/* Only as the first line: later on it is something a person quotes. */
	if (!c->spoke && typed_is_http(line)) {
		say(c, STR(http_text));
		finish(c);
		return;
	}
	c->spoke = true;
	take_part(c);
	talk_line(c->env->guide, c->session, line, TALK_PRIVATE, loop_now_ms(),
	    &c->env->answer);
	typed_next(&c->typed);
	say_answer(c);
}

static void
take(struct conn *c, enum typed_got got)
{
	switch (got) {
	case TYPED_LINE:
		take_line(c);
		break;
	case TYPED_TOO_LONG:
		talk_too_long(c->env->guide, c->session, &c->env->answer);
		say_answer(c);
		finish(c);
		break;
	case TYPED_NO_MEMORY:
		say(c, str_c(talk_no_memory_text()));
		finish(c);
		break;
	case TYPED_MORE:
		break;
	}
}

/* True when the peer must read first. */
static bool
is_behind(struct conn *c)
{
	if (wire_pending(c->wire) <= PENDING_HOLD)
		return false;
	wire_flush(c->wire);
	if (wire_pending(c->wire) > PENDING_MAX)
		die(c);
	else if (wire_pending(c->wire) > PENDING_HOLD)
		wire_hold(c->wire);
	else
		return false;
	return true;
}

static uint64_t
sooner(uint64_t a, uint64_t b)
{
	return a == 0 || (b != 0 && b < a) ? b : a;
}

/* Does what is due and sets the timer for what comes next. */
static void
look(struct conn *c)
{
	uint64_t now = loop_now_ms();
	uint64_t next;

	if (c->state != CONN_TALKING)
		return;
	next = talk_tick(c->env->guide, c->session, c->env->idle_ms, now,
	    &c->env->answer);
	if (c->env->answer.text.len > 0)
		say_answer(c);
	if (c->state != CONN_TALKING)
		return;
	wire_flush(c->wire);
	if (!c->spoke)
		next = sooner(next, first_line_at(c));
	if (wire_pending(c->wire) > 0)
		next = sooner(next, stuck_at(c));
	set_timer(c, next, now);
}

static void
on_timer(void *arg)
{
	struct conn *c = arg;
	uint64_t now = loop_now_ms();
	bool waits = wire_pending(c->wire) > 0;

	c->timer_ms = 0;
	if (waits && now >= stuck_at(c)) {
		die(c);
	} else if (c->state == CONN_FLUSHING) {
		set_timer(c, stuck_at(c), now);
	} else if (c->state == CONN_LINGERING) {
		if (now >= c->linger_until_ms)
			die(c);
		else
			set_timer(c, c->linger_until_ms, now);
	} else if (!c->spoke && now >= first_line_at(c)) {
		conn_goodbye(c);
	} else {
		look(c);
	}
}

/* Takes no more than the guide can screen in one turn, up to a line's end. */
static enum typed_got
take_some(struct conn *c, struct str *bytes, struct buf *telnet)
{
	struct str some = str_sub(*bytes, 0, TALK_PART);
	size_t given = some.len;
	enum typed_got got = typed_take(&c->typed, &some, telnet);

	*bytes = str_sub(*bytes, given - some.len, bytes->len);
	return got;
}

static size_t
on_bytes(void *arg, struct str bytes)
{
	struct conn *c = arg;
	struct str rest = bytes;
	struct buf telnet = { .max = 256 };
	uint64_t start = loop_now_ms();
	enum typed_got got;

	while (c->state == CONN_TALKING && rest.len > 0) {
		got = take_some(c, &rest, &telnet);
		if (got == TYPED_MORE)
			take_part(c);
		else
			take(c, got);
		if (c->state != CONN_TALKING || is_behind(c) ||
		    loop_now_ms() - start >= TURN_MS)
			break;
	}
	if (c->state == CONN_TALKING && telnet.len > 0 &&
	    !wire_write(c->wire, buf_str(&telnet)))
		die(c);
	buf_clear(&telnet);
	look(c);
	/* Once it is over, what else comes is passed over. */
	return c->state == CONN_TALKING ? bytes.len - rest.len : bytes.len;
}

static void
on_eof(void *arg)
{
	struct conn *c = arg;

	c->eof = true;
	if (c->state == CONN_TALKING)
		take(c, typed_end(&c->typed));
	if (c->state == CONN_TALKING)
		finish(c);
	else if (c->state == CONN_LINGERING)
		die(c);
}

static void
on_lost(void *arg)
{
	die(arg);
}

static void
on_sent(void *arg)
{
	struct conn *c = arg;

	if (c->state == CONN_FLUSHING)
		linger(c);
	else if (c->state == CONN_TALKING)
		wire_go_on(c->wire);
}

static const struct wire_fns fns = { on_bytes, on_eof, on_lost, on_sent };

static struct conn *
open_conn(struct conn_env *env, int fd, loop_fn gone, void *arg)
{
	struct conn *c = calloc(1, sizeof *c);

	if (c == NULL) {
		conn_turn_away(fd, talk_no_memory_text());
		return NULL;
	}
	*c = (struct conn) { .env = env, .opened_ms = loop_now_ms() };
	if (!later_init(&c->timer, env->loop, on_timer, c) ||
	    !later_init(&c->gone, env->loop, gone, arg)) {
		conn_turn_away(fd, talk_no_memory_text());
		conn_free(c);
		return NULL;
	}
	c->wire = wire_new(env->loop, fd, &fns, c);
	if (c->wire == NULL) {
		conn_turn_away(fd, talk_no_memory_text());
		conn_free(c);
		return NULL;
	}
	return c;
}

struct conn *
conn_new(struct conn_env *env, int fd, loop_fn gone, void *arg)
{
	struct conn *c = open_conn(env, fd, gone, arg);

	if (c == NULL)
		return NULL;
	c->session = session_new(env->guide, c->opened_ms);
	if (c->session == NULL) {
		say(c, str_c(talk_no_memory_text()));
		finish(c);
		return c;
	}
	talk_greet(env->guide, c->session, &env->answer);
	say_answer(c);
	look(c);
	return c;
}

struct conn *
conn_refuse(struct conn_env *env, int fd, const char *text, loop_fn gone,
    void *arg)
{
	struct conn *c = open_conn(env, fd, gone, arg);

	if (c == NULL)
		return NULL;
	say(c, str_c(text));
	finish(c);
	return c;
}

void
conn_goodbye(struct conn *c)
{
	if (c->state != CONN_TALKING)
		return;
	say(c, str_c(talk_goodbye_text()));
	finish(c);
}

void
conn_free(struct conn *c)
{
	if (c == NULL)
		return;
	end_session(c);
	wire_free(c->wire);
	later_clear(&c->timer);
	later_clear(&c->gone);
	explicit_bzero(c, sizeof *c);
	free(c);
}

void
conn_turn_away(int fd, const char *text)
{
	const int flags = MSG_NOSIGNAL | MSG_DONTWAIT;
	char unread[4096];

	if (send(fd, text, strlen(text), flags) >= 0)
		send(fd, "\n", 1, flags);
	shutdown(fd, SHUT_WR);
	/* Unread bytes at a close would take the text back. */
	recv(fd, unread, sizeof unread, MSG_DONTWAIT);
	explicit_bzero(unread, sizeof unread);
	close(fd);
}
