/*
 * guide.h - the program's side of a talk: brains, options, counters.
 *
 * Inside the guide room only; fronts see what talk.h shows.
 */
#ifndef IOPGUIDE_GUIDE_GUIDE_H
#define IOPGUIDE_GUIDE_GUIDE_H

#include "base/rng.h"
#include "guide/resource.h"
#include "guide/risk.h"
#include "guide/script.h"
#include "guide/speller.h"
#include "guide/talk.h"

struct guide {
	struct script *script; /* owned reference */
	struct speller *speller;
	struct guide_options options;
	char country[3];
	struct rng rng;
	struct guide_counts counts;
	struct buf room; /* for replies of a brain */
};

/* The screen over the generation in use. */
struct risk_screen guide_screen(const struct guide *g);

#endif
