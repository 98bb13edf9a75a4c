/*
 * result.h - from the answers of a self-check to words: the result, and the
 * summary to take along.
 *
 * Neither shows a score or a count; both show the person's own answers
 * beside the signs they come from.
 */
#ifndef IOPGUIDE_GUIDE_RESULT_H
#define IOPGUIDE_GUIDE_RESULT_H

#include "base/buf.h"
#include "guide/checklist.h"

#define SELFCHECK_WORDS_MAX 160 /* bytes kept of a person's own answer */

/* One person's answer. */
struct selfcheck_answer {
	uint8_t value;  /* enum answer; 0: not asked yet */
	uint8_t detail; /* choices of the follow-up, bits */
	bool told;      /* not asked: it was said meanwhile */
	char words[SELFCHECK_WORDS_MAX]; /* ends in NUL */
};

/* All that a result is made of; borrowed for the call. */
struct result_case {
	const struct checklist *list;
	const struct selfcheck_answer *answers;
	unsigned noted; /* enum selfcheck_note, bits */
	bool other;     /* for someone else */
	bool whole;     /* walked to the end */
	struct str crisis;
};

/* The result by the first rule that fits. */
void result_say(const struct result_case *c, struct buf *out);

/* The summary; nothing when no question was answered. */
void result_summary(const struct result_case *c, struct buf *out);

/* The crisis line, or the words that stand in where none is known. */
struct str result_crisis(const struct checklist *list, struct str crisis);

#endif
