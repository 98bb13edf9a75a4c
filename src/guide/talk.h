/*
 * talk.h - the path of one message, from the bytes of a line to the reply.
 *
 *      clean -> risk screen -> rate -> self-check (if open) -> brain -> fallback
 *
 * The order is the point.  The screen stands before anything that may refuse
 * or answer, so neither a flood, a full server nor a script can hide a person
 * in danger.  Nothing here does I/O or reads a clock: time comes in.
 */
#ifndef IOPGUIDE_GUIDE_TALK_H
#define IOPGUIDE_GUIDE_TALK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "guide/guide.h"
#include "guide/screen.h"

struct session; /* what we keep of one talker, see session.h */

#define TALK_LINE_MAX 65536 /* bytes the screen reads of one line */

/* Where a line was said. */
enum talk_place {
	TALK_PRIVATE,   /* a socket, a terminal, a private message */
	TALK_CHANNEL,   /* in a channel, to the guide */
	TALK_OVERHEARD, /* in a channel, not to the guide: only screened */
};

/* Why and how the answer came about, for `explain` and tests. */
struct talk_trace {
	bool risk;
	const char *category; /* of crisis.h's names; NULL without risk */
	const char *level;
	const char *who;
	char rule[128];       /* "file:line" or "model" */
	char why[256];        /* what the screen saw, without the message; may be "" */
	char intent[64];      /* "" where none */
	char trigger[256];    /* "" where none */
	char source[128];     /* "file:line" */
	struct buf corrected; /* the message with spelling mended, or empty */
};

/*
 * The answer.  All texts are whole lines, each ended by LF, none empty; the
 * front adds what its framing needs.  Zeroed is a valid start; talk_line()
 * resets and fills it, talk_answer_clear() wipes it.
 */
struct talk_answer {
	struct buf text;        /* to where the line came from; for
	                         * TALK_OVERHEARD and the private part of
	                         * TALK_CHANNEL see below */
	struct buf in_private;  /* channels: to the person alone; may be empty */
	struct buf in_public;   /* channels: to all, names nobody; may be empty.
	                         * "{guide}" stands for the front's own nick */
	bool crisis;            /* goes out first and is never dropped ... */
	bool abuse;             /* ... except abuse's, 60 s after it was due */
	bool alert;             /* staff may be told (imminent, own, channel) */
	bool end;               /* close after this answer */
	bool silent;            /* the word x: close without a word */
	struct talk_trace trace;
};

void talk_answer_clear(struct talk_answer *a);

/* The greeting that opens a connection; p is never NULL. */
void talk_greet(struct guide *g, struct session *s, struct talk_answer *a);

#define TALK_PART SCREEN_PIECE /* bytes after which talk_part() has something to do */

/*
 * Screens what has arrived of a line that goes on, so that its end does not
 * bring all the work at once.  The first `same` bytes are as they were at the
 * last call.  Says nothing: talk_line() does, when the line is whole.
 */
void talk_part(struct guide *g, struct session *s, struct str raw, size_t same,
    uint64_t now_ms);

/*
 * Answers one line (without its line end).  raw is any bytes, up to
 * TALK_LINE_MAX; longer lines are for talk_too_long().  now_ms is monotonic.
 */
void talk_line(struct guide *g, struct session *s, struct str raw,
    enum talk_place place, uint64_t now_ms, struct talk_answer *a);

/* True for the words that work in any state, however many others wait. */
bool talk_always_works(struct str line);

/* A line beyond TALK_LINE_MAX (or no memory for it): crisis line and end. */
void talk_too_long(struct guide *g, struct session *s, struct talk_answer *a);

/*
 * What is due without a line: the one line after silence that follows an open
 * safety question, the idle warning, the idle end.  Returns the time of the
 * next look (0: none) and fills *a when something is to be said now (a->text
 * is empty otherwise).  idle_ms 0: no idle limit.
 */
uint64_t talk_tick(struct guide *g, struct session *s, uint64_t idle_ms,
    uint64_t now_ms, struct talk_answer *a);

/* Texts that need no session: for a server that is full or out of memory, a
 * goodbye at shut-down.  Static, end in LF, hold a crisis line. */
const char *talk_full_text(void);
const char *talk_no_memory_text(void);
const char *talk_goodbye_text(void);

#endif
