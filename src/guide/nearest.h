/*
 * nearest.h - how near a message is to each question the guide can answer.
 *
 * Every label has wordings: how people ask for it.  Words, their stems, pairs
 * of words and runs of letters are counted over all wordings, and what is
 * typical for one label and rare in all the others speaks for it (complement
 * naive Bayes on tf-idf).  To this comes what is learnt where a wording would
 * not be told from another label's (passive-aggressive learning).  A load
 * costs microseconds a wording, and the same wordings give the same answer.
 *
 * One label holds what is none of ours; a score is how much nearer a message
 * is to a label than to that one.
 */
#ifndef IOPGUIDE_GUIDE_NEAREST_H
#define IOPGUIDE_GUIDE_NEAREST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"

#define NEAREST_LABELS 128  /* at most */
#define NEAREST_OTHER 0     /* the label of what is none of ours */

/* A text and its label; texts as brain_format() leaves a message. */
struct nearest_wording {
	struct str text;
	unsigned label;
};

struct nearest_feature;
struct nearest_weight;

/* All zeroes knows nothing; built once, then never changed. */
struct nearest {
	struct nearest_feature *features; /* open addressing, hash 0 is free */
	size_t size;                      /* a power of two, or 0 */
	struct nearest_weight *weights;   /* those of a feature are neighbours */
	float *rows;                      /* what was learnt of a feature */
	unsigned width;                   /* of a row: labels, rounded up */
	float base[NEAREST_LABELS];       /* what every feature adds */
	float rare;                       /* the weight of a feature never seen */
	unsigned n_labels;
};

/* How near a message is; NEAREST_OTHER has 0. */
struct nearest_view {
	float score[NEAREST_LABELS];
	unsigned best[3]; /* labels of the highest scores, no NEAREST_OTHER */
	unsigned n_best;
};

/* Everything lives in the arena.  False without memory. */
MUST_USE bool nearest_build(struct nearest *n, struct arena *arena,
    const struct nearest_wording *list, size_t n_list);

/* Time and memory are bounded: a long text is read up to a limit. */
void nearest_look(const struct nearest *n, struct str text,
    struct nearest_view *out);

#endif
