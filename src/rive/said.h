/*
 * said.h - what a brain can say, as far as that can be told without running
 * it: the texts of its replies, with holes where a tag puts in what is only
 * known then.
 */
#ifndef IOPGUIDE_RIVE_SAID_H
#define IOPGUIDE_RIVE_SAID_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "rive/pattern.h"

enum said {
	SAID_WHOLE,    /* no hole: the text */
	SAID_REDIRECT, /* nothing but another reply, or the real one of {ok} */
	SAID_HOLES,    /* its whole words before the first hole and after the
	                * last, on two lines */
};

/* Adds what is sure of a reply to out, as written but for its tags. */
enum said said_read(struct str reply, struct buf *out);

/* May the pattern fit a text with holes?  `head` and `tail` are what is sure
 * of it, formatted.  True where in doubt. */
bool said_may_fit(const struct pattern *p, struct str head, struct str tail);

#endif
