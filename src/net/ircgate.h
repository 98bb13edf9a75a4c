/*
 * ircgate.h - one network: a connection that verifies, survives and stalls
 * nobody.
 *
 *	irclink -> lines -> gate -> codec -> events
 *	irclink <- lines <- gate <- codec <- queue
 *
 * The gate owns everything between bytes and events: log-in, PING, liveness,
 * the server's announcements, flood control, reconnecting.  libircclient (the
 * codec) sees only lines that it survives.  What must not go through it (tags,
 * CTCP, other people's nick changes) goes around it, straight to the front.
 */
#ifndef IOPGUIDE_NET_IRCGATE_H
#define IOPGUIDE_NET_IRCGATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/rng.h"
#include "net/ircconf.h"
#include "net/ircqueue.h"
#include "net/ircself.h"

struct loop;
struct ircgate;

enum ircgate_what {
	IRCGATE_UP,      /* registered, and the server said what it can do */
	IRCGATE_DOWN,    /* the connection is gone */
	IRCGATE_MESSAGE, /* PRIVMSG; an ACTION has `action` set */
	IRCGATE_CTCP,    /* target: to whom; verb and text */
	IRCGATE_JOIN,
	IRCGATE_PART,
	IRCGATE_KICK,    /* text: who was kicked */
	IRCGATE_QUIT,
	IRCGATE_NICK,    /* text: the new nick */
	IRCGATE_ACCOUNT, /* account changed */
	IRCGATE_HOST,    /* text: the new user@host */
	IRCGATE_INVITE,  /* target: the channel */
	IRCGATE_MODE,
	IRCGATE_NUMERIC, /* target and text: second and third parameter */
};

/* The views are good inside the callback. */
struct ircgate_event {
	enum ircgate_what what;
	unsigned numeric;
	struct str nick; /* who did it; a server has a dot in it */
	struct str host; /* user@host, may be empty */
	struct str target;
	struct str verb;
	struct str text;
	struct str account; /* who they are logged in as; empty: not known */
	bool action;
	bool bot;  /* says so itself */
	bool mine; /* we did it */
	bool old;  /* replayed history, not said now */
};

typedef void (*ircgate_event_fn)(void *arg, const struct ircgate_event *e);

/* Does not connect yet.  NULL with a word in err. */
struct ircgate *ircgate_new(struct loop *loop, const struct ircconf *conf,
    ircgate_event_fn fn, void *arg, struct err *err);
void ircgate_free(struct ircgate *g);

/* Connects now, or after `ms`. */
void ircgate_start(struct ircgate *g, uint64_t ms);

/* QUIT, after the crisis lines that wait; then nothing more happens. */
void ircgate_stop(struct ircgate *g);

/* Stopped, and the last word is out. */
bool ircgate_is_gone(const struct ircgate *g);

bool ircgate_is_up(const struct ircgate *g);
const struct ircself *ircgate_self(const struct ircgate *g);
struct ircqueue *ircgate_queue(struct ircgate *g);

/* Cuts lines to what fits one message to the target; adds them to out, each
 * ended by LF, and returns their number. */
size_t ircgate_cut(const struct ircgate *g, struct str target,
    struct str lines, struct buf *out);

/* Puts a block of cut lines into the queue; see ircqueue_add().  False may
 * be passed over: what is refused is as if never said. */
bool ircgate_add(struct ircgate *g, const struct ircqueue_block *b);

/* A command; a failure to queue it is for the next try to mend. */
void ircgate_command(struct ircgate *g, const char *fmt, ...)
    PRINTF_LIKE(2, 3);

#endif
