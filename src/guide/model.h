/*
 * model.h - a second opinion on a message: a small linear model.
 */
#ifndef IOPGUIDE_GUIDE_MODEL_H
#define IOPGUIDE_GUIDE_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "guide/harm.h"

struct model_view {
	bool hit;
	int score;
	enum risk_category category;
	enum risk_level level;
	enum risk_who who;
	struct { size_t from, to; } reasons[3]; /* words that weighed most */
	size_t n_reasons;
};

void model_score(struct str text, struct model_view *out);

#endif
