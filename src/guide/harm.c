#include "guide/harm.h"

static const char *const category_names[RISK_N_CATEGORIES] = {
	"suicide", "self_harm", "overdose", "medical", "abuse", "violence",
	"eating", "crisis_request",
};

static const char *const level_names[] = { "none", "concern", "risk",
	"imminent" };

static const char *const who_names[] = { "own", "third" };

const char *
risk_category_name(enum risk_category c)
{
	return category_names[c];
}

const char *
risk_level_name(enum risk_level l)
{
	return level_names[l];
}

const char *
risk_who_name(enum risk_who w)
{
	return who_names[w];
}

bool
risk_category_of(struct str name, enum risk_category *c)
{
	for (int i = 0; i < RISK_N_CATEGORIES; i++) {
		if (str_is(name, category_names[i])) {
			*c = (enum risk_category)i;
			return true;
		}
	}
	return false;
}

bool
risk_level_of(struct str name, enum risk_level *level)
{
	for (int i = RISK_CONCERN; i <= RISK_IMMINENT; i++) {
		if (str_is(name, level_names[i])) {
			*level = (enum risk_level)i;
			return true;
		}
	}
	return false;
}
