/*
 * answers.h - what people mean when they answer in their own words.
 *
 * The words are the checklist's; here is only how they combine: a phrase at
 * the front decides, the longest first ("no idea" is not "no"); what follows
 * may soften it ("yes but not now"); with no answer in front, words that
 * answer this question alone, then words that answer any.
 */
#ifndef IOPGUIDE_GUIDE_ANSWERS_H
#define IOPGUIDE_GUIDE_ANSWERS_H

#include "guide/checklist.h"

struct answers_read {
	enum answer value;
	bool plain; /* nothing had to be understood: "yes", "not really" */
};

/* `line` is what was said, `raw` the same before its signs were taken away
 * (for a question mark); they may be the same. */
struct answers_read answers_read(const struct checklist *c,
    const struct question *q, struct str line, struct str raw);

/* The choices of the question's follow-up that the line names; bits. */
unsigned answers_choices(const struct question *q, struct str line);

#endif
