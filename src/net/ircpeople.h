/*
 * ircpeople.h - who talks on one network, and the session of each.
 *
 * A person is their account where the network says it, else their nick; the
 * session follows a nick change and is wiped when they leave.  Who is in none
 * of our channels leaves unseen, so a nick that comes from elsewhere is
 * somebody else.  Bounded: the one not heard of for longest makes room.
 */
#ifndef IOPGUIDE_NET_IRCPEOPLE_H
#define IOPGUIDE_NET_IRCPEOPLE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "base/buf.h"
#include "base/rate.h"
#include "net/ircself.h"

struct guide;
struct session;

#define IRCPEOPLE_MAX 4000
#define IRCPEOPLE_NAME 80

struct ircperson {
	TAILQ_ENTRY(ircperson) entry;
	char key[IRCPEOPLE_NAME + 2]; /* " account" or "nick", small letters */
	char nick[IRCPEOPLE_NAME + 1]; /* where to write to */
	uint64_t from;                 /* hash of user@host */
	struct session *session;       /* owned */
	bool talked;       /* to us: others are only overheard */
	uint64_t seen_ms;
	uint64_t tick_ms;  /* when to look at the session; 0: not */
	struct rate rate;  /* of answers in channels */
	struct buf rest;   /* lines that a channel did not get */
	uint64_t same;     /* hash of our last answer ... */
	uint64_t same_ms;  /* ... when it was first said ... */
	unsigned n_same;   /* ... and how often */
};

/* In order of being heard, the latest first. */
struct ircpeople {
	TAILQ_HEAD(ircpeople_list, ircperson) list;
	size_t n;
};

void ircpeople_init(struct ircpeople *p);
void ircpeople_clear(struct ircpeople *p); /* wipes all */

struct ircperson_id {
	struct str nick;
	struct str account; /* empty: not known */
	struct str host;    /* user@host */
	uint64_t now_ms;
};

/* Who said something: a new session where they have none.  NULL without
 * memory, or for a name that is none. */
struct ircperson *ircpeople_get(struct ircpeople *p, struct guide *guide,
    const struct ircself *me, const struct ircperson_id *id);

void ircpeople_rename(struct ircpeople *p, const struct ircself *me,
    struct str from, struct str to);

/* The network changed their user@host, as it does for who logs in. */
void ircpeople_move(struct ircpeople *p, const struct ircself *me,
    struct str nick, struct str from, struct str to);

/* They logged in or out: in from now on they are their account. */
void ircpeople_log_in(struct ircpeople *p, const struct ircself *me,
    struct str nick, struct str account);

/* Wipes all that is known of a nick. */
void ircpeople_leave(struct ircpeople *p, const struct ircself *me,
    struct str nick);

/* Wipes those known by their nick only: after a connection ended nobody can
 * tell whether the same person comes back under it. */
void ircpeople_forget_nicks(struct ircpeople *p);

void ircpeople_remove(struct ircpeople *p, struct ircperson *who);

#endif
