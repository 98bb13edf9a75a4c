/*
 * fill.h - lines with {places} in them, filled in and cut to a readable
 * length.
 */
#ifndef IOPGUIDE_GUIDE_FILL_H
#define IOPGUIDE_GUIDE_FILL_H

#include "base/buf.h"
#include "guide/checklist.h"

struct fill {
	const char *name;
	struct str value;
};

/*
 * Writes the lines meant for `who` (SAYS_YOU or SAYS_THEY), each ended by LF.
 * A line with a place that is empty or unknown here is left out: it has
 * nothing to tell.  A long line goes on in the next one.  The list of fills
 * ends in a NULL name.
 */
void fill_says(const struct says *says, enum says_who who,
    const struct fill *fills, struct buf *out);

/* The same for one line. */
void fill_line(struct str line, const struct fill *fills, struct buf *out);

#endif
