/*
 * topics.h - each topic's triggers, with those it includes and inherits, in
 * the order of trying.
 */
#ifndef IOPGUIDE_RIVE_TOPICS_H
#define IOPGUIDE_RIVE_TOPICS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "rive/ast.h"

/* A topic made ready. */
struct frozen {
	/* Invariant: most specific first, so the first that fits wins. */
	struct brain_trigger *const *list;
	size_t n;
	struct index *index; /* of the list; NULL: none yet */
	/* Those with a `%`, in the same order. */
	struct brain_trigger *const *thats;
	size_t n_thats;
	struct index *thats_index; /* of their % sides; NULL: none yet */
};

/*
 * Freezes all topics of the tree.  Unknown names and rings are reported.
 * False without memory.
 */
MUST_USE bool topics_freeze(struct ast *ast, struct arena *arena,
    struct errs *errs);

#endif
