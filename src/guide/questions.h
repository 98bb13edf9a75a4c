/*
 * questions.h - the questions the guide can answer, as dialogs list them.
 *
 *	> object NAME questions
 *	duration: How many weeks does IOP last?
 *	duration: when would i be done
 *	other_topic: how long do cats live
 *	< object
 *
 * The first wording of a label is its question: the one that the brain is
 * asked where a message is near to the label, and that is offered where it
 * ends in a question mark.  All of them tell `nearest` what the label is like;
 * other_topic holds what must not be taken for ours.
 */
#ifndef IOPGUIDE_GUIDE_QUESTIONS_H
#define IOPGUIDE_GUIDE_QUESTIONS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "guide/nearest.h"
#include "rive/brain.h"

struct questions_row {
	struct str label;
	struct str text; /* its first wording, as written */
	struct loc at;
};

/* All zeroes is an empty list; row NEAREST_OTHER is other_topic. */
struct questions {
	struct questions_row list[NEAREST_LABELS];
	unsigned n;
	struct nearest nearest;
	struct nearest_wording *wordings; /* as written until they are ready */
	size_t n_wordings, size;
};

/* Adds an object's lines; false when there was an error. */
MUST_USE bool questions_read(struct questions *q, const struct brain_object *o,
    struct arena *arena, struct errs *errs);

/* Once all objects are read: learns the wordings.  False without memory. */
MUST_USE bool questions_ready(struct questions *q, struct brain *b,
    struct arena *arena);

/* Doubts about questions that the brain does not answer as their label. */
void questions_lint(const struct questions *q, struct brain *b,
    struct errs *errs);

/* The label's row, or NULL. */
const struct questions_row *questions_find(const struct questions *q,
    struct str label);

/* May it be offered to a person? */
bool questions_is_offered(const struct questions_row *q);

/* Adds one line with the nearest questions worth offering, or nothing. */
void questions_offer(const struct questions *q,
    const struct nearest_view *view, struct buf *out);

#endif
