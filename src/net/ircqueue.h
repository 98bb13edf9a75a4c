/*
 * ircqueue.h - what waits to be said on one network, and when it may go.
 *
 * Servers kill clients that talk too fast, so lines leave one by one as a
 * bucket allows.  An answer is a block: it is taken whole or refused whole,
 * and once its first line is out the rest follows, since half an advice is
 * worse than none.  Crisis blocks go first, the first line of each (it holds
 * the number) before the second of any; they may overdraw the bucket by a few
 * lines and are never refused or dropped for age.  Those about abuse are
 * dropped when they could not start within a minute or when the person's
 * nick changed, because somebody else may sit there by then.  Targets take
 * turns, so that one long answer does not hold up the others.
 *
 * Pure: the caller brings the clock (monotonic milliseconds).
 */
#ifndef IOPGUIDE_NET_IRCQUEUE_H
#define IOPGUIDE_NET_IRCQUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/str.h"

/* In the order in which they leave. */
enum ircqueue_class {
	IRCQUEUE_CRISIS,  /* never refused, never dropped */
	IRCQUEUE_ABUSE,   /* the same for a minute */
	IRCQUEUE_COMMAND, /* a whole line of protocol: JOIN, MODE, NICK */
	IRCQUEUE_ANSWER,
	IRCQUEUE_NOTE, /* one short line that says why there is no answer */
	IRCQUEUE_N_CLASSES
};

#define IRCQUEUE_LINES 50    /* that may wait, crisis lines not counted */
#define IRCQUEUE_NOTES 200   /* notes and commands that may wait */
#define IRCQUEUE_CRISES 4000 /* against a server that invents people */
#define IRCQUEUE_AGE_MS 30000
#define IRCQUEUE_NOTE_MS 180000
#define IRCQUEUE_ABUSE_MS 60000
#define IRCQUEUE_NAME_MAX 80 /* bytes of a target; longer ones are refused */

struct ircqueue_pace {
	uint32_t burst;   /* lines at once */
	uint32_t line_ms; /* then one in this time */
	bool penalty;     /* 2 s and 1/120 s a byte, in a window of 10 s */
};

struct ircqueue;

/* A block to add: lines, each ended by LF; one line to go has no LF. */
struct ircqueue_block {
	enum ircqueue_class class;
	bool notice;
	bool apart; /* takes nobody's place, and nobody takes its */
	struct str target; /* empty for a command */
	struct str text;
	/* Where an answer grew too old to be said, its asker is told this in
	 * a note.  It must outlive the queue; an empty asker is told nothing. */
	struct str asker;
	struct str instead;
};

/* NULL without memory. */
struct ircqueue *ircqueue_new(const struct ircqueue_pace *pace);
void ircqueue_free(struct ircqueue *q); /* wipes */
void ircqueue_set_pace(struct ircqueue *q, const struct ircqueue_pace *pace);

/* Forgets all that waits and fills the bucket: a new connection. */
void ircqueue_reset(struct ircqueue *q);

/* True when an answer of n lines would be out before it is too old. */
bool ircqueue_has_room(const struct ircqueue *q, size_t n_lines,
    uint64_t now_ms);

/*
 * Adds a block.  False when there is no room, or no memory.  A crisis block
 * of the same class that waits for the same target is replaced, since the
 * newer one holds the number too; the same note twice is one.
 */
MUST_USE bool ircqueue_add(struct ircqueue *q, const struct ircqueue_block *b,
    uint64_t now_ms);

/* The line that goes now, or false; the bucket is charged for it.  Its views
 * are good until the next call. */
bool ircqueue_next(struct ircqueue *q, uint64_t now_ms,
    struct ircqueue_block *line);

/* Milliseconds until ircqueue_next() has a line; UINT64_MAX: nothing waits. */
uint64_t ircqueue_wait_ms(struct ircqueue *q, uint64_t now_ms);

/* The person is called otherwise now; what was about abuse is dropped. */
void ircqueue_rename(struct ircqueue *q, struct str from, struct str to);

/* Forgets what waits for a target (it left). */
void ircqueue_drop(struct ircqueue *q, struct str target);

/*
 * One line for many people: takes out up to `most` waiting notes with the
 * same text as `line`, a note that ircqueue_next() just gave, and adds
 * ",NICK" to targets for each.
 */
void ircqueue_join_notes(struct ircqueue *q,
    const struct ircqueue_block *line, size_t most, struct buf *targets);

/* Lines that wait, of all classes. */
size_t ircqueue_n_lines(const struct ircqueue *q);

#endif
