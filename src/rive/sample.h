/*
 * sample.h - texts that fit a trigger, its wildcards filled in with words
 * that stand in no trigger: to try a trigger out.
 */
#ifndef IOPGUIDE_RIVE_SAMPLE_H
#define IOPGUIDE_RIVE_SAMPLE_H

#include <stdbool.h>

#include "base/buf.h"
#include "rive/pattern.h"

/*
 * Adds sample k: another number gives other branches, other wildcards of
 * more words.  False where a trigger has no samples, or no such one: patterns
 * that only their regex can tell have none.
 */
bool sample_text(const struct pattern *p, unsigned k, struct buf *out);

#endif
