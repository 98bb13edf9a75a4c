#include "net/line.h"

#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/log.h"
#include "net/conn.h"
#include "net/listen.h"

#define LISTENERS_MAX 32
#define OVERFLOW_MAX 64    /* told that it is full, at the same time */
#define OVERFLOW_PAUSE_MS 50
#define LINGER_MS 2000
#define LINGER_STOPPING_MS 200
#define DRAIN_MS 5000
#define FULL_LOG_MS 60000  /* between two lines that say it is full */

struct member {
	TAILQ_ENTRY(member) link;
	struct line_front *front;
	struct conn *conn;
	struct listen_peer peer;
	bool overflow; /* not counted: only told that it is full */
};

struct line_front {
	struct conn_env env;
	struct line_options options;
	TAILQ_HEAD(, member) members;
	unsigned n;
	unsigned n_overflow;
	struct listener *listeners[LISTENERS_MAX];
	size_t n_listeners;
	uint64_t full_logged_ms;
	struct later drained; /* or the time for it is over */
	bool stopping;
};

static void
on_gone(void *arg)
{
	struct member *m = arg;
	struct line_front *f = m->front;

	TAILQ_REMOVE(&f->members, m, link);
	if (m->overflow)
		f->n_overflow--;
	else
		f->n--;
	conn_free(m->conn);
	free(m);
	if (f->stopping && TAILQ_EMPTY(&f->members))
		later_run(&f->drained);
}

static unsigned
count_from(const struct line_front *f, const struct listen_peer *peer)
{
	const struct member *m;
	unsigned n = 0;

	TAILQ_FOREACH(m, &f->members, link)
		n += !m->overflow && memcmp(&m->peer, peer, sizeof *peer) == 0;
	return n;
}

static bool
is_full(const struct line_front *f, const struct listen_peer *peer)
{
	static const struct listen_peer nowhere;
	const struct line_options *o = &f->options;

	if (o->max_connections > 0 && f->n >= o->max_connections)
		return true;
	/* Peers on a Unix socket have no address that tells them apart. */
	return o->max_per_address > 0 &&
	    memcmp(peer, &nowhere, sizeof nowhere) != 0 &&
	    count_from(f, peer) >= o->max_per_address;
}

static void
pause_all(struct line_front *f, uint64_t ms)
{
	for (size_t i = 0; i < f->n_listeners; i++)
		listen_pause(f->listeners[i], ms);
}

static void
log_full(struct line_front *f)
{
	uint64_t now = loop_now_ms();

	if (f->full_logged_ms != 0 && now - f->full_logged_ms < FULL_LOG_MS)
		return;
	f->full_logged_ms = now;
	log_warning("full: %u connections; more are told so and closed", f->n);
}

static void
admit(struct line_front *f, int fd, struct member *m)
{
	m->conn = m->overflow
	    ? conn_refuse(&f->env, fd, talk_full_text(), on_gone, m)
	    : conn_new(&f->env, fd, on_gone, m);
	if (m->conn == NULL) {
		free(m);
		return;
	}
	TAILQ_INSERT_TAIL(&f->members, m, link);
	if (m->overflow)
		f->n_overflow++;
	else
		f->n++;
}

static void
on_peer(void *arg, int fd, const struct listen_peer *peer)
{
	struct line_front *f = arg;
	bool full = is_full(f, peer);
	struct member *m;

	if (full)
		log_full(f);
	if (full && f->n_overflow >= OVERFLOW_MAX) {
		/* The others wait in the backlog, where they are not lost. */
		conn_turn_away(fd, talk_full_text());
		pause_all(f, OVERFLOW_PAUSE_MS);
		return;
	}
	m = calloc(1, sizeof *m);
	if (m == NULL) {
		conn_turn_away(fd, talk_no_memory_text());
		return;
	}
	*m = (struct member) { .front = f, .peer = *peer, .overflow = full };
	admit(f, fd, m);
}

static void
on_no_fd(void *arg, int fd, const struct listen_peer *peer)
{
	(void)peer;
	log_full(arg);
	conn_turn_away(fd, talk_full_text());
}

struct line_front *
line_new(struct loop *l, struct guide *g, const struct line_options *o)
{
	struct line_front *f = calloc(1, sizeof *f);

	if (f == NULL)
		return NULL;
	f->env = (struct conn_env) { .loop = l, .guide = g,
		.linger_ms = LINGER_MS };
	TAILQ_INIT(&f->members);
	line_set_options(f, o);
	return f;
}

void
line_set_options(struct line_front *f, const struct line_options *o)
{
	f->options = *o;
	f->env.idle_ms = o->idle_ms;
	f->env.first_line_ms = o->first_line_ms > 0 ? o->first_line_ms : 60000;
	f->env.stuck_ms = o->stuck_ms > 0 ? o->stuck_ms : 30000;
}

bool
line_listen(struct line_front *f, const char *address, bool *no_family,
    struct err *err)
{
	const struct listen_fns fns = { on_peer, on_no_fd, f };
	struct listener *s;

	*no_family = false;
	if (f->n_listeners == LISTENERS_MAX)
		return err_at(err, (struct loc) { 0 },
		    "%s: more than %d addresses", address, LISTENERS_MAX);
	s = listen_open(f->env.loop, address, &fns, no_family, err);
	if (s == NULL)
		return false;
	f->listeners[f->n_listeners++] = s;
	return true;
}

const char *
line_address(const struct line_front *f, size_t i)
{
	return i < f->n_listeners ? listen_name(f->listeners[i]) : NULL;
}

static void
close_listeners(struct line_front *f)
{
	while (f->n_listeners > 0)
		listen_close(f->listeners[--f->n_listeners]);
}

void
line_stop(struct line_front *f, loop_fn done, void *arg)
{
	struct member *m;

	if (f->stopping)
		return;
	f->stopping = true;
	f->env.linger_ms = LINGER_STOPPING_MS;
	close_listeners(f);
	TAILQ_FOREACH(m, &f->members, link)
		conn_goodbye(m->conn);
	if (!later_init(&f->drained, f->env.loop, done, arg))
		done(arg); /* no memory: without the wait */
	else
		later_run_in(&f->drained,
		    TAILQ_EMPTY(&f->members) ? 0 : DRAIN_MS);
}

void
line_free(struct line_front *f)
{
	struct member *m;

	if (f == NULL)
		return;
	close_listeners(f);
	while ((m = TAILQ_FIRST(&f->members)) != NULL) {
		TAILQ_REMOVE(&f->members, m, link);
		conn_free(m->conn);
		free(m);
	}
	later_clear(&f->drained);
	talk_answer_clear(&f->env.answer);
	free(f);
}
