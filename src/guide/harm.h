/*
 * harm.h - what kind of harm, how grave, and whose: the words for it.
 */
#ifndef IOPGUIDE_GUIDE_HARM_H
#define IOPGUIDE_GUIDE_HARM_H

#include <stdbool.h>

#include "base/str.h"

enum risk_category {
	RISK_SUICIDE,
	RISK_SELF_HARM,
	RISK_OVERDOSE,
	RISK_MEDICAL,
	RISK_ABUSE,
	RISK_VIOLENCE,
	RISK_EATING,
	RISK_CRISIS_REQUEST,
	RISK_N_CATEGORIES
};

/* In order of gravity. */
enum risk_level { RISK_NONE, RISK_CONCERN, RISK_RISK, RISK_IMMINENT };

enum risk_who { RISK_OWN, RISK_THIRD };

const char *risk_category_name(enum risk_category c);
const char *risk_level_name(enum risk_level l);
const char *risk_who_name(enum risk_who w);

/* The category with this name; false where there is none. */
bool risk_category_of(struct str name, enum risk_category *c);

/* The same for "concern", "risk" and "imminent". */
bool risk_level_of(struct str name, enum risk_level *level);

#endif
