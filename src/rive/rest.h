/*
 * rest.h - the triggers that only their regex can tell, narrowed down.
 *
 * Of each trigger one piece of literal text is taken that every text that
 * fits must hold.  Pieces are found by a rare run of up to three of their
 * bytes, so a text is compared only with the triggers whose piece it holds,
 * however many there are.  Triggers without such a piece always count.
 */
#ifndef IOPGUIDE_RIVE_REST_H
#define IOPGUIDE_RIVE_REST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "rive/cut.h"
#include "rive/pattern.h"

struct rest_entry {
	uint32_t rank;
	uint32_t at, len; /* its piece in `text`; len 0: none */
	uint32_t gram_at; /* in the piece */
	uint32_t next;    /* of the same gram, + 1 */
	uint32_t round;   /* in which it was found last */
};

struct rest_gram {
	uint32_t key;   /* up to three bytes and their number; 0: free */
	uint32_t first; /* entry + 1 */
	uint32_t count;
};

/* All zeroes is empty. */
struct rest {
	struct rest_entry *list;
	uint32_t n;
	uint32_t size;
	uint32_t round;
	struct rest_gram *grams;
	uint32_t grams_size; /* a power of two */
	bool lengths[4];     /* is there a gram of so many bytes? */
	uint32_t always;     /* first without a piece, + 1 */
	struct buf text;
	uint64_t steps; /* entries looked at for one text */
};

/* Ranks must grow.  False without memory. */
MUST_USE bool rest_add(struct rest *r, const struct pattern *p, uint32_t rank,
    struct cut_options o);

/* After the last trigger, before the first text.  False without memory. */
MUST_USE bool rest_freeze(struct rest *r);

/* Calls `found` for each trigger that may fit the (folded) text, in no
 * certain order; stops with false when it says false, or after more than
 * `most` steps. */
typedef bool (*rest_fn)(void *arg, uint32_t rank);
bool rest_candidates(struct rest *r, struct str text, uint64_t most,
    rest_fn found, void *arg);

void rest_clear(struct rest *r);

#endif
