/*
 * guide.h - the program's side of a talk: brains, options, counters.
 *
 * One struct guide serves all talkers of a process.  Fronts make it and hand
 * it on; only the guide room looks inside.
 */
#ifndef IOPGUIDE_GUIDE_GUIDE_H
#define IOPGUIDE_GUIDE_GUIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/rate.h"
#include "base/rng.h"
#include "guide/risk.h"
#include "guide/script.h"
#include "guide/speller.h"

struct guide_options {
	struct rate_policy rate;
	const char *country; /* ISO 3166 code or NULL: unknown, US named as US */
	bool terminal_table; /* the comparison as a table */
	uint64_t seed;
};

/* Counters for the metrics page; they name nobody. */
struct guide_counts {
	uint64_t messages, risks, concerns, fallbacks, refused_rate, reloads,
	    reloads_failed, wrongs;
};
struct guide {
	struct script *script; /* owned reference */
	struct speller *speller; /* NULL where no dictionary is installed */
	struct guide_options options;
	char country[3];
	struct rng rng;
	struct guide_counts counts;
	struct buf room;        /* for replies of a brain */
	struct buf screen_room; /* for the message that is screened */
};

/* The guide takes a reference to the script.  NULL without memory. */
struct guide *guide_new(struct script *script, const struct guide_options *o);
void guide_free(struct guide *g);

/* The next generation: sessions and open self-checks go on. */
void guide_swap(struct guide *g, struct script *next);

/* Counts a reload that left the generation in use. */
void guide_reload_failed(struct guide *g);

/* What can change at run time; the strings are copied. */
bool guide_set_options(struct guide *g, const struct guide_options *o);

const struct guide_counts *guide_counts(const struct guide *g);

/* The screen over the generation in use. */
struct risk_screen guide_screen(struct guide *g);

#endif
