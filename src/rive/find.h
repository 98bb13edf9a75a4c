/*
 * find.h - the trigger of a topic that fits a text: by the index, or one
 * after the other (the reference, and where there is no index).
 */
#ifndef IOPGUIDE_RIVE_FIND_H
#define IOPGUIDE_RIVE_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "rive/core.h"
#include "rive/work.h"

/* What a search for one message needs to know. */
struct find {
	struct brain *brain;
	const struct pat_values *values; /* NULL: dynamic triggers never fit */
	struct work *work; /* who pays; NULL: no one, as for a screen */
	bool limit;     /* out: some match did not come to an end */
	bool no_memory; /* out */
};

/* The best trigger of the frozen topic, or NULL; its stars in *stars. */
const struct brain_trigger *find_best(struct find *f,
    const struct frozen *topic, struct str text, struct stars *stars);

/* All that fit, best first, at most max. */
size_t find_all(struct find *f, const struct frozen *topic, struct str text,
    const struct brain_trigger **t, size_t max);

/* Sets fit[id] for each trigger with a `%` that fits the reply; false without
 * memory. */
bool find_following(struct find *f, const struct frozen *topic,
    struct str reply, bool *fit);

/* The best trigger with a `%` whose two sides fit. */
const struct brain_trigger *find_previous(struct find *f,
    const struct frozen *topic, struct str reply, struct str text,
    struct stars *botstars, struct stars *stars);

#endif
