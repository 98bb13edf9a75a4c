/*
 * walk.h - a text's way through a trie: which triggers of whole words fit.
 *
 * The walk keeps the set of nodes that can be reached after each word, so it
 * costs nodes times words at worst, never more, whatever the trigger.  Sets
 * seen before are remembered with their steps (a lazily built automaton): in
 * the usual case a word costs one look into a table.  What is remembered is
 * bounded; when it is full it is forgotten and begun anew.
 */
#ifndef IOPGUIDE_RIVE_WALK_H
#define IOPGUIDE_RIVE_WALK_H

#include <stdbool.h>
#include <stdint.h>

#include "rive/cut.h"
#include "rive/trie.h"

struct walk_state {
	uint32_t first; /* of its nodes in walk.pool */
	uint32_t n;
	uint32_t next; /* of the same hash */
	uint32_t hash;
	uint32_t reach;   /* the best rank ahead; TRIE_NONE: nothing */
	uint32_t best[2]; /* the best rank here of class 0, of 0 and 1 */
};

struct walk_move {
	uint64_t key; /* state and word; 0: a free slot */
	uint32_t to;
};

/* All zeroes but `trie` and `classes` is ready. */
struct walk {
	const struct trie *trie;
	const uint8_t *classes;    /* by rank, what the caller takes it for */
	struct walk_state *states; /* state n is states[n]; 0 is none */
	uint32_t n_states;
	uint32_t states_size;
	uint32_t *buckets;
	uint32_t *pool;
	uint32_t pool_n;
	uint32_t pool_size;
	struct walk_move *moves;
	uint32_t n_moves;
	uint32_t moves_size;
	uint32_t forgotten; /* how often all of this was begun anew */
	uint32_t *set; /* scratch: the set being made */
	uint32_t set_n;
	uint32_t *marks; /* by node: in the set of this round */
	uint32_t round;
	uint64_t steps; /* of the walks of this text */
	uint64_t most;  /* so many may they be */
	uint32_t starts[2];
};

enum walk_result { WALK_OK, WALK_LIMIT, WALK_NO_MEMORY };

/*
 * Words, and pieces for texts that are not plain.  Over pieces a wildcard may
 * be several pieces, or none, and gaps are anything, so that the triggers
 * found are all that may fit, and more.
 */
enum walk_mode { WALK_WORDS, WALK_PIECES };

/*
 * Walks the whole text; *state is what it ends in, good until the next call,
 * 0 where nothing can fit.  It may stop early, with 0, where nothing better
 * than rank `better` (TRIE_NONE: no such thing) can come.
 */
enum walk_result walk_text(struct walk *w, const struct cut *c,
    enum walk_mode mode, uint32_t better, uint32_t *state);

/* Walks from word `from` as far as anything fits; *end is the word behind
 * the longest stretch that fits, *rank its best; TRIE_NONE: none fits. */
enum walk_result walk_longest(struct walk *w, const struct cut *c,
    uint32_t from, uint32_t *end, uint32_t *rank);

/* The i-th node of a state's set; its accepted ranks are the state's. */
static inline const struct trie_node *
walk_node(const struct walk *w, uint32_t state, uint32_t i)
{
	return &w->trie->nodes[w->pool[w->states[state].first + i]];
}

/* A new text: the limit on steps counts from here. */
void walk_begin(struct walk *w, uint64_t most);

void walk_clear(struct walk *w);

#endif
