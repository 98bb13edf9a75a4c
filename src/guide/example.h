/*
 * example.h - the examples that stand above risk rules and shields.
 *
 *	// e.g. i want to end it all tonight
 *	+ [*] @want (end it|end this) [all] [*]
 *
 * Every rule shows what it is for, and tests and lint hold it to that.
 */
#ifndef IOPGUIDE_GUIDE_EXAMPLE_H
#define IOPGUIDE_GUIDE_EXAMPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct example {
	struct str topic;   /* of the rule below it */
	struct str text;    /* empty: the rule shows none */
	struct str trigger; /* as written, without what ^ adds */
	uint32_t line;      /* of the trigger */
};

/* Where a walk through one source stands; all but source is zero at first. */
struct examples {
	struct str source;
	struct str topic;
	struct str text;
	uint32_t line;
};

/* The next trigger of a topic risk_... or shield_...; false at the end.  The
 * views are into the source. */
bool examples_next(struct examples *at, struct example *e);

#endif
