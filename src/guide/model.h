/*
 * model.h - a second opinion on a message: a small linear model.
 *
 * Where no rule fits it can add a hit; where a rule fits that knows no person,
 * it can say whose the danger is.  It never takes a hit away.  Every word, pair of words and run of letters adds a weight that
 * contrib/train-model has learned; past a threshold the message speaks of
 * harm.  The weights stand in numbered buckets: no text is kept in them.
 */
#ifndef IOPGUIDE_GUIDE_MODEL_H
#define IOPGUIDE_GUIDE_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "guide/harm.h"

#define MODEL_REASONS 3

/* All zeroes without a hit, but for the score. */
struct model_view {
	bool hit;
	int score;                /* thousandths; a hit from MODEL_THRESHOLD on */
	enum risk_category category;
	enum risk_level level;
	enum risk_who who;
	bool surely_third; /* enough to say so of a rule's hit */
	/* Bytes of the words that weighed most, the heaviest first. */
	struct { size_t from, to; } reasons[MODEL_REASONS];
	size_t n_reasons;
};

/* text as clean.h leaves it; any bytes do.  Time grows with the length. */
void model_score(struct str text, struct model_view *out);

/* The same for a text in which a rule has found harm: all but hit and score. */
void model_describe(struct str text, struct model_view *out);

#endif
