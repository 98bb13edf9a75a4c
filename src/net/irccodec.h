/*
 * irccodec.h - the IRC protocol's words: a checked line in, an event out; a
 * command in, a line out.
 *
 * Behind it stands libircclient, used without a network: it reads from and
 * writes to one end of a socket pair, and both happen inside the call.  Only
 * irccodec.c knows it, so another codec can take its place.
 *
 * libircclient 1.9 uses select() and aborts on a descriptor of 1024 or more,
 * so each codec owns a low number from the start (a duplicate, held until a
 * session needs it; no file is opened later).
 */
#ifndef IOPGUIDE_NET_IRCCODEC_H
#define IOPGUIDE_NET_IRCCODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "net/ircline.h"

enum irccodec_kind {
	IRCCODEC_MESSAGE, /* PRIVMSG */
	IRCCODEC_NOTICE,
	IRCCODEC_JOIN,
	IRCCODEC_PART,
	IRCCODEC_KICK,    /* text: who was kicked */
	IRCCODEC_QUIT,
	IRCCODEC_NICK,    /* our own; text: the new one */
	IRCCODEC_INVITE,  /* target: the channel */
	IRCCODEC_MODE,    /* text: the modes */
	IRCCODEC_NUMERIC, /* target: the second parameter, text: the third */
};

/* The views are good inside the callback. */
struct irccodec_event {
	enum irccodec_kind kind;
	unsigned numeric;
	struct str prefix; /* nick!user@host, or a server */
	struct str target; /* a channel or a nick */
	struct str text;
};

struct irccodec;

typedef void (*irccodec_event_fn)(void *arg, const struct irccodec_event *e);

/* Takes the low descriptor.  NULL when there is none, or no memory. */
struct irccodec *irccodec_new(irccodec_event_fn fn, void *arg);
void irccodec_free(struct irccodec *c);

/*
 * A session for one connection, under the nick that 001 gave.  A new one each
 * time: an old session object sends what was left of the last connection
 * ahead of the new one's first line.
 */
enum irccodec_opened { IRCCODEC_OPEN, IRCCODEC_LATER, IRCCODEC_NOT };
enum irccodec_opened irccodec_open(struct irccodec *c, const char *nick);
void irccodec_close(struct irccodec *c);

/* Shows it a line; the callback runs inside.  The line must be safe (see
 * ircline_is_safe()).  False: the session is broken. */
bool irccodec_take(struct irccodec *c, const struct ircline *l);

/* Commands; each adds one line with CRLF to out, or returns false. */
bool irccodec_say(struct irccodec *c, struct str target, struct str text,
    struct buf *out);
bool irccodec_notice(struct irccodec *c, struct str target, struct str text,
    struct buf *out);

/* A whole line, for what has no command of its own. */
bool irccodec_raw(struct irccodec *c, struct str line, struct buf *out);

#endif
