/*
 * pending.h - the open questions about safety, and how an answer reads.
 *
 * They are worded the same everywhere.  For one question a yes is the
 * danger, for another it is the safety: the table's polarity column says
 * which, and what is neither is never taken for safety.
 */
#ifndef IOPGUIDE_GUIDE_PENDING_H
#define IOPGUIDE_GUIDE_PENDING_H

#include <stdbool.h>

#include "base/str.h"

enum pending {
	PENDING_NONE,
	PENDING_ACT,   /* after risk of suicide or self-harm; yes is danger */
	PENDING_THEM,  /* the same, of somebody else */
	PENDING_SAFE,  /* after other risk and imminent danger; yes is safe */
	PENDING_ALIVE, /* after a concern; yes is risk */
	PENDING_N
};

/* The question, one line without LF; "" for PENDING_NONE. */
const char *pending_question(enum pending p);

enum pending_answer {
	PENDING_OTHER,  /* no answer at all: something else was said */
	PENDING_CLEAR,  /* a clear answer on the safe side */
	PENDING_DANGER, /* the answer that means danger */
	PENDING_UNSURE, /* not sure, perhaps, yes and no */
	PENDING_TRUE,   /* "true": what was taken back was not a joke */
};

/* How the cleaned, plain message answers the question. */
enum pending_answer pending_read(enum pending p, struct str plain);

/* Does the message take back what was said ("jk", "never mind")? */
bool pending_takes_back(struct str plain);

#endif
