#include "net/loop.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include <event2/event.h>

#define SIGNALS_MAX 4

struct loop_signal {
	struct event *event;
	loop_fn fn;
	void *arg;
};

struct loop {
	struct event_base *base;
	struct loop_signal signals[SIGNALS_MAX];
	int n_signals;
};

uint64_t
loop_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

struct loop *
loop_new(void)
{
	struct loop *l = calloc(1, sizeof *l);

	if (l == NULL)
		return NULL;
	l->base = event_base_new();
	if (l->base == NULL) {
		free(l);
		return NULL;
	}
	/* A peer that went away is an error of its write, not our end;
	 * libircclient, too, sends without MSG_NOSIGNAL. */
	signal(SIGPIPE, SIG_IGN);
	return l;
}

void
loop_free(struct loop *l)
{
	if (l == NULL)
		return;
	for (int i = 0; i < l->n_signals; i++)
		event_free(l->signals[i].event);
	event_base_free(l->base);
	free(l);
}

struct event_base *
loop_base(struct loop *l)
{
	return l->base;
}

static void
on_signal(evutil_socket_t signo, short what, void *arg)
{
	const struct loop_signal *s = arg;

	(void)signo;
	(void)what;
	s->fn(s->arg);
}

bool
loop_on_signal(struct loop *l, int signo, loop_fn fn, void *arg)
{
	struct loop_signal *s = &l->signals[l->n_signals];

	if (l->n_signals == SIGNALS_MAX)
		return false;
	*s = (struct loop_signal) { .fn = fn, .arg = arg };
	s->event = evsignal_new(l->base, signo, on_signal, s);
	if (s->event == NULL)
		return false;
	if (event_add(s->event, NULL) < 0) {
		event_free(s->event);
		return false;
	}
	l->n_signals++;
	return true;
}

void
loop_run(struct loop *l)
{
	event_base_dispatch(l->base);
}

void
loop_stop(struct loop *l)
{
	event_base_loopbreak(l->base);
}

static void
on_later(evutil_socket_t fd, short what, void *arg)
{
	const struct later *w = arg;

	(void)fd;
	(void)what;
	w->fn(w->arg);
}

bool
later_init(struct later *w, struct loop *l, loop_fn fn, void *arg)
{
	*w = (struct later) { .fn = fn, .arg = arg };
	w->event = event_new(l->base, -1, 0, on_later, w);
	return w->event != NULL;
}

/* A timer of 0 and not event_active(): an active event runs in the round
 * under way, before descriptors that became ready meanwhile. */
void
later_run(struct later *w)
{
	later_run_in(w, 0);
}

void
later_run_in(struct later *w, uint64_t ms)
{
	const struct timeval tv = { .tv_sec = (time_t)(ms / 1000),
		.tv_usec = (suseconds_t)(ms % 1000 * 1000) };

	event_add(w->event, &tv);
}

void
later_cancel(struct later *w)
{
	if (w->event != NULL)
		event_del(w->event);
}

void
later_clear(struct later *w)
{
	if (w->event != NULL)
		event_free(w->event);
	w->event = NULL;
}
