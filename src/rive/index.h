/*
 * index.h - which of a topic's triggers fits a text, at a cost that does not
 * grow with their number.
 *
 *	plain text		a hash (atomic triggers)
 *	whole words		one walk through a trie (trie.h, walk.h)
 *	anything else		the regex, for the few triggers whose literal
 *				piece the text holds (rest.h)
 *
 * The triggers stand in their sorted order; a trigger's position is its
 * rank.  The answer is always the one that trying all of them in order, each
 * with its own regex, would give.  Where a text is such that words do not
 * tell all (see cut.h), the walk finds the triggers that may fit and the
 * regex decides among these.
 *
 * An index never changes, apart from what its walk remembers.
 */
#ifndef IOPGUIDE_RIVE_INDEX_H
#define IOPGUIDE_RIVE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/str.h"
#include "rive/cut.h"
#include "rive/pattern.h"

#define INDEX_NONE UINT32_MAX

enum index_fit { INDEX_NO, INDEX_YES, INDEX_LIMIT, INDEX_NO_MEMORY };

/* Asks the regex (or whatever the trigger needs) of one rank. */
typedef enum index_fit (*index_fits_fn)(void *arg, uint32_t rank,
    struct str text);

struct index_ask {
	index_fits_fn fits;
	void *arg;
	uint64_t most; /* units of work.h it may cost; 0: as for a screen */
};

struct index;

/*
 * The patterns stay the caller's and must outlive the index; patterns[rank]
 * is the trigger of that rank.  NULL without memory.
 */
struct index *index_new(const struct pattern *const *patterns, uint32_t n,
    struct cut_options options);
void index_free(struct index *ix); /* NULL is fine */

/* The best rank that fits, YES; INDEX_NONE and NO where there is none.  LIMIT
 * where a match did not come to an end; then *rank is INDEX_NONE. */
enum index_fit index_best(struct index *ix, struct str text,
    struct index_ask ask, uint32_t *rank);

/* All that fit, best first; *ranks is good until the next call. */
enum index_fit index_all(struct index *ix, struct str text,
    struct index_ask ask, const uint32_t **ranks, size_t *n);

/*
 * The first stretch of whole words at or after byte `from` that a trigger
 * fits, the longest there, with its best rank.  Atomic triggers and triggers
 * of whole words only.  *rank is INDEX_NONE where there is none.
 */
struct index_stretch {
	size_t start;
	size_t end;
	uint32_t rank;
};
enum index_fit index_find(struct index *ix, struct str text, size_t from,
    struct index_stretch *found);

/*
 * The stars of a rank that fits the text last asked about (which must still
 * be there).  False where only the regex knows them.
 */
bool index_stars(struct index *ix, uint32_t rank, struct str text,
    struct str *stars);

/* What the last question has cost, without the regexes. */
uint64_t index_cost(const struct index *ix);

/* Leaves nothing of the text last asked about: no words, no stars. */
void index_forget(struct index *ix);

/* Can index_find() see this trigger? */
bool index_is_words(const struct index *ix, uint32_t rank);

#endif
