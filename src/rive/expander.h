/*
 * expander.h - what the tags of one step of a reply know and share.
 */
#ifndef IOPGUIDE_RIVE_EXPANDER_H
#define IOPGUIDE_RIVE_EXPANDER_H

#include <stdbool.h>

#include "base/buf.h"
#include "rive/core.h"
#include "rive/work.h"

/* What one reply may still cost, and what went wrong in it. */
struct turn {
	unsigned steps;           /* redirects so far */
	struct work work;
	enum brain_status status; /* BRAIN_LIMIT or _NO_MEMORY end it */
};

struct expander;

/* Gives the finished reply to the text of {@text}. */
typedef void (*tags_redirect_fn)(struct expander *x, struct str text,
    struct buf *out);

struct expander {
	struct brain *brain;
	const struct brain_talk *talk;
	const struct stars *stars;
	const struct stars *botstars;
	struct turn *turn;
	unsigned step; /* how deep in redirects */
	tags_redirect_fn redirect;
};

/* Takes note of a buffer that failed; true when the reply is lost. */
static inline bool
expander_failed(struct expander *x, const struct buf *b)
{
	if (b->failed && x->turn->status == BRAIN_OK)
		x->turn->status = b->capped ? BRAIN_LIMIT : BRAIN_NO_MEMORY;
	return x->turn->status != BRAIN_OK;
}

/* Pays for n units of work; false when the reply has come to its end. */
static inline bool
expander_pay(struct expander *x, uint64_t n)
{
	if (!work_spend(&x->turn->work, n) && x->turn->status == BRAIN_OK)
		x->turn->status = BRAIN_LIMIT;
	return x->turn->status == BRAIN_OK;
}

#endif
