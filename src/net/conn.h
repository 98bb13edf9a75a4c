/*
 * conn.h - one person on the line front: lines in, framed replies out.
 *
 * A reply is the answer's lines and one empty line.  Each line gets exactly
 * one, in order; the word x alone ends the connection without any.
 */
#ifndef IOPGUIDE_NET_CONN_H
#define IOPGUIDE_NET_CONN_H

#include <stdint.h>

#include "guide/talk.h"
#include "net/loop.h"

struct conn;

/* What all connections share; the owner keeps it alive and in place. */
struct conn_env {
	struct loop *loop;
	struct guide *guide;
	uint64_t idle_ms;       /* of silence; 0: no limit */
	uint64_t first_line_ms; /* for a peer that connects and says nothing */
	uint64_t stuck_ms;      /* for a peer that takes none of its replies */
	uint64_t linger_ms;     /* for a peer that was told goodbye */
	struct talk_answer answer; /* the one being written */
};

/*
 * Takes the descriptor over and greets.  gone is called once, from the loop,
 * when all is over; it must call conn_free().  NULL without memory, after the
 * peer was told so and closed.
 */
struct conn *conn_new(struct conn_env *env, int fd, loop_fn gone, void *arg);

/* The same for one who cannot be let in: says text and closes. */
struct conn *conn_refuse(struct conn_env *env, int fd, const char *text,
    loop_fn gone, void *arg);

/* Says goodbye and closes; gone follows. */
void conn_goodbye(struct conn *c);

/* Wipes and closes. */
void conn_free(struct conn *c);

/* Where there is neither memory nor time for a connection: sends the text as
 * a reply, as far as the system takes it, and closes. */
void conn_turn_away(int fd, const char *text);

#endif
