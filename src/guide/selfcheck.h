/*
 * selfcheck.h - the conversation that walks a checklist.
 *
 * `> object selfcheck checklist` in the dialogs holds the questions, answer
 * words, result rules and texts (its head tells the format).  The
 * module knows no risk and no phone number: talk screens every line before it
 * comes here, tells what the screen or the safety question found by
 * selfcheck_note(), and hands in the crisis line of the person's country by
 * selfcheck_crisis_line().
 *
 * What talk does with one line while a check is open:
 *
 *	screen hit        crisis reply; selfcheck_note(); selfcheck_hear() so
 *	                  that an answer in the same line is not lost; then
 *	                  selfcheck_resume() when the person goes on, or
 *	                  selfcheck_danger() when it is imminent
 *	selfcheck_line()  TOOK, STOPPED, DONE: out is the reply
 *	                  ASK_SAFE: out, then the safety question; its answer
 *	                  goes to selfcheck_note(), then selfcheck_resume();
 *	                  a line that is no answer comes here again
 *	                  ABUSE: the abuse block, then selfcheck_resume()
 *	                  NOT_MINE: another topic: the brain's answer, then
 *	                  selfcheck_again(); where the brain has none,
 *	                  selfcheck_missed() is the reply
 *
 * and while none is open: selfcheck_word(), before the brain.  `list` stays
 * pinned as long as one is open or stopped (a reload does not change the
 * questions half-way), and then until the next one is opened.
 */
#ifndef IOPGUIDE_GUIDE_SELFCHECK_H
#define IOPGUIDE_GUIDE_SELFCHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "guide/checklist.h"
#include "guide/result.h"

#define SELFCHECK_CRISIS_MAX 240 /* bytes of the crisis line */

/* One person's way through a checklist.  All zeroes is "not open".  Fixed
 * size, no pointers owned: the session that holds it wipes it. */
struct selfcheck {
	const struct checklist *list; /* pinned by the session; NULL: none */
	uint8_t at;     /* question under way */
	uint8_t phase;  /* enum in selfcheck.c */
	uint8_t misses; /* not understood in a row */
	bool other;     /* for someone else */
	bool paused;    /* stopped half-way, can be resumed */
	bool heard;     /* the question under way has its answer already */
	uint8_t noted;  /* enum selfcheck_note bits */
	char crisis[SELFCHECK_CRISIS_MAX];
	struct selfcheck_answer answers[SELFCHECK_MAX];
};

/* How it is opened; bits. */
enum selfcheck_how {
	SELFCHECK_FOR_OTHER = 1, /* known to be for someone else */
};

/* What a line was to the self-check. */
enum selfcheck_took {
	SELFCHECK_NOT_MINE, /* neither answer nor control word; out is empty */
	SELFCHECK_TOOK,     /* out has the next question or explanation */
	SELFCHECK_ASK_SAFE, /* out is a first line: talk must now ask its
	                     * safety question, then call selfcheck_resume() */
	SELFCHECK_UNSAFE,   /* that question was passed over twice: out is empty,
	                     * talk takes it for "not sure" */
	SELFCHECK_ABUSE,    /* someone else is the danger: out is a first line,
	                     * talk adds its abuse wording, then as above */
	SELFCHECK_STOPPED,  /* out has the goodbye of the check */
	SELFCHECK_DONE,     /* out has the result; summary stays available */
};

/* One line with numbers, shown in the opening and with each result; copied.
 * Without it people are told how to get one. */
void selfcheck_crisis_line(struct selfcheck *sc, struct str line);

/*
 * Opens it: opening and question 1 in one reply.  Where one was stopped
 * half-way it offers to go on there or to start over instead; one that is
 * open asks its question again.  What was noted before stays noted.  `how` is bits of enum selfcheck_how.
 */
void selfcheck_open(struct selfcheck *sc, const struct checklist *list,
    unsigned how, struct buf *out);

/* Goes on where it was stopped, without asking; opens it if it was not. */
void selfcheck_continue(struct selfcheck *sc, const struct checklist *list,
    unsigned how, struct buf *out);

/*
 * A line while none is open: "resume", "start over" and "summary" are
 * understood where one was stopped, or has something to show.  NOT_MINE for everything else.
 */
enum selfcheck_took selfcheck_word(struct selfcheck *sc, struct str line,
    struct buf *out);

/* Does it wait for a line?  Not when it was stopped or is done. */
bool selfcheck_is_open(const struct selfcheck *sc);

/* line is the cleaned message, folded to small letters; words is the message
 * as the person wrote it (cleaned), kept beside the answer. */
enum selfcheck_took selfcheck_line(struct selfcheck *sc, struct str line,
    struct str words, struct buf *out);

/* For a line that got a crisis reply: keeps the answer that stands in it, if
 * there is one, and says nothing. */
void selfcheck_hear(struct selfcheck *sc, struct str line, struct str words);

/* The same question again, after another topic. */
void selfcheck_again(struct selfcheck *sc, struct buf *out);

/* A line that nobody understood: the first time in a row lists the answers
 * and asks again, the second time moves on as "not sure". */
enum selfcheck_took selfcheck_missed(struct selfcheck *sc, struct str words,
    struct buf *out);

void selfcheck_note(struct selfcheck *sc, enum selfcheck_note note);

/* After the safety question or a crisis reply: goes on with the next question
 * (the same one where it has no answer yet), or to the result. */
enum selfcheck_took selfcheck_resume(struct selfcheck *sc, struct buf *out);

/* Imminent danger stops the check: notes it, and out gets what the article
 * says of it (inpatient care), to be said after the crisis reply.  It can be
 * taken up again; the danger stays in its result. */
void selfcheck_danger(struct selfcheck *sc, struct buf *out);

/* The same after words of abuse: the one who is hurt by another is told how
 * to wipe the answers, and not that a hospital may fit. */
void selfcheck_leave(struct selfcheck *sc, struct buf *out);

/* The plain-text summary to take along; empty when there is nothing. */
void selfcheck_summary(const struct selfcheck *sc, struct buf *out);

/* Forgets all of it; what it held is overwritten. */
void selfcheck_wipe(struct selfcheck *sc);

#endif
