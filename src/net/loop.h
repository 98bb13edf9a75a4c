/*
 * loop.h - the event base: signals as events, work put off to the next
 * round, and the only place that reads a clock.
 */
#ifndef IOPGUIDE_NET_LOOP_H
#define IOPGUIDE_NET_LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct event_base;
struct loop;

typedef void (*loop_fn)(void *arg);

/* Monotonic milliseconds, read afresh. */
uint64_t loop_now_ms(void);

/* NULL when the system refused. */
struct loop *loop_new(void);
void loop_free(struct loop *l);
struct event_base *loop_base(struct loop *l);

/*
 * What to do on a signal: SIGHUP, SIGTERM and SIGINT are the ones used.
 * False when the system refused or four are taken.
 */
bool loop_on_signal(struct loop *l, int signo, loop_fn fn, void *arg);

/* Runs until loop_stop(), or until nothing is left to wait for. */
void loop_run(struct loop *l);
void loop_stop(struct loop *l);

/*
 * Work for the next round, after everybody else's turn: how a busy
 * connection gives way, and how one is freed outside its own callbacks.  A
 * later is a value inside the owner; it must be cancelled before it dies.
 */
struct later {
	struct event *event;
	loop_fn fn;
	void *arg;
};

/* False without memory. */
bool later_init(struct later *w, struct loop *l, loop_fn fn, void *arg);
void later_run(struct later *w);

/* Once, at now + ms, instead of an earlier plan. */
void later_run_in(struct later *w, uint64_t ms);
void later_cancel(struct later *w);
void later_clear(struct later *w);

#endif
