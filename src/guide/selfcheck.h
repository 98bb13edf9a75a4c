/*
 * selfcheck.h - a checklist as data, and the conversation that walks it.
 *
 * `> object selfcheck checklist` in the dialogs holds the questions, answer
 * words, result rules and texts (iopguide-dialogs(5) has the format).  The
 * module knows no risk: talk screens every line before it comes here, and
 * tells what the screen or the safety question found by selfcheck_note().
 */
#ifndef IOPGUIDE_GUIDE_SELFCHECK_H
#define IOPGUIDE_GUIDE_SELFCHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "rive/brain.h"

#define SELFCHECK_MAX 40      /* questions of one checklist */
#define SELFCHECK_WORDS_MAX 160 /* bytes kept of a person's own answer */

struct checklist; /* one loaded checklist, immutable, lives in an arena */

/*
 * Reads one object of language "checklist".  NULL when there was an error;
 * every mistake goes to errs with file:line:col.
 */
struct checklist *checklist_read(const struct brain_object *o,
    struct arena *arena, struct errs *errs);
struct str checklist_name(const struct checklist *c);
size_t checklist_n(const struct checklist *c);

/* One person's way through it.  All zeroes is "not open".  Fixed size, no
 * pointers owned: the session that holds it wipes it. */
struct selfcheck_answer {
	uint8_t value; /* enum in selfcheck.c; 0: not asked yet */
	uint8_t detail;
	char words[SELFCHECK_WORDS_MAX];
};
struct selfcheck {
	const struct checklist *list; /* pinned by the session; NULL: not open */
	uint8_t at;       /* question under way */
	uint8_t phase;    /* enum in selfcheck.c */
	uint8_t misses;   /* not understood in a row */
	bool other;       /* for someone else */
	bool paused;      /* stopped half-way, can be resumed */
	uint8_t noted;    /* enum selfcheck_note bits */
	struct selfcheck_answer answers[SELFCHECK_MAX];
};

/* What talk tells about safety; it counts in the result. */
enum selfcheck_note {
	SELFCHECK_RISK = 1,      /* the screen hit, at risk level */
	SELFCHECK_IMMINENT = 2,  /* plan, means, overdose, violence, abuse now,
	                          * or not safe at the safety question */
	SELFCHECK_SAFE = 4,      /* a clear "safe" at the safety question */
	SELFCHECK_SELF_HARM = 8, /* self-harm was said: counts as Q8 yes */
};

/* What a line was to the self-check. */
enum selfcheck_took {
	SELFCHECK_NOT_MINE,  /* neither answer nor control word: talk may ask the
	                      * brain, and then says selfcheck_again() */
	SELFCHECK_TOOK,      /* out has the next question or explanation */
	SELFCHECK_ASK_SAFE,  /* out is empty or a first line: talk must now ask
	                      * its safety question (then call selfcheck_resume) */
	SELFCHECK_STOPPED,   /* out has the goodbye of the check */
	SELFCHECK_DONE,      /* out has the result; summary stays available */
};

/* Opens it: opening and question 1 in one reply.  `public` adds that others
 * can read. */
void selfcheck_open(struct selfcheck *sc, const struct checklist *list,
    bool public, struct buf *out);
bool selfcheck_is_open(const struct selfcheck *sc);

/* line is the cleaned message, folded to small letters; words is the message
 * as the person wrote it (cleaned), kept beside the answer. */
enum selfcheck_took selfcheck_line(struct selfcheck *sc, struct str line,
    struct str words, struct buf *out);

/* The same question again, after another topic or a crisis reply. */
void selfcheck_again(const struct selfcheck *sc, struct buf *out);

void selfcheck_note(struct selfcheck *sc, enum selfcheck_note note);

/* After the safety question was answered: goes on with the next question or
 * to the result; like selfcheck_line(). */
enum selfcheck_took selfcheck_resume(struct selfcheck *sc, struct buf *out);

/* The plain-text summary to take along; empty when there is nothing. */
void selfcheck_summary(const struct selfcheck *sc, struct buf *out);

#endif
