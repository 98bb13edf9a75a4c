/*
 * trie.h - the triggers of whole words of one topic, as one shared automaton
 * of word steps.
 *
 * A node stands for what a trigger has read so far: triggers that begin alike
 * share their nodes.  An edge is a word, a class (a set of single words, so
 * that an alternation of a hundred words is one edge), or a wildcard.  An
 * alternation with longer parts is a little trie of its own whose ends all
 * join one node, so nothing after it is multiplied.
 *
 *	jumps	lead on without a word: past an optional, out of a group
 *	self	the node stays for any word more: behind * and [*]
 *
 * Paths only lead on to longer prefixes; self is the only circle.  Ranks are
 * added from the best on, so the first rank a node sees is its best.
 */
#ifndef IOPGUIDE_RIVE_TRIE_H
#define IOPGUIDE_RIVE_TRIE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/map.h"
#include "rive/cut.h"
#include "rive/pattern.h"
#include "rive/words.h"

#define TRIE_NONE UINT32_MAX /* no rank */

/* What else than words an edge may carry.  Numbers of words stay below. */
#define TRIE_CLASS UINT32_C(0x40000000) /* + its number */
#define TRIE_PIECE UINT32_C(0x60000000) /* + a word: part of another */
#define TRIE_GROUP UINT32_C(0x80000000) /* + its number: behind a group */
#define TRIE_STAR UINT32_C(0xc0000000)
#define TRIE_UNDER UINT32_C(0xc0000001)
#define TRIE_NUM UINT32_C(0xc0000002)
#define TRIE_ANY UINT32_C(0xc0000003)  /* behind [*] */
#define TRIE_JUMP UINT32_C(0xe0000000) /* + where to: the jump is there */

enum { /* trie_node.has */
	TRIE_HAS_WORD = 1,
	TRIE_HAS_CLASS = 2,
	TRIE_HAS_PIECE = 4,
	TRIE_HAS_STAR = 8,
	TRIE_HAS_UNDER = 16,
	TRIE_HAS_NUM = 32,
	TRIE_SELF = 64,
	TRIE_IS_UNDER = 128, /* behind _, which may be several pieces */
};

struct trie_node {
	uint32_t accept; /* first in accepts, + 1 */
	uint32_t jump;   /* first in jumps, + 1 */
	uint32_t reach;  /* the best rank that lies ahead or here */
	uint32_t has;
};

struct trie_link {
	uint32_t to; /* a node, or a rank */
	uint32_t next;
};

struct trie_links {
	struct trie_link *list;
	uint32_t n;
	uint32_t size;
};

struct trie_edge {
	uint32_t from; /* 0: a free slot */
	uint32_t symbol;
	uint32_t to;
};

/* All zeroes is an empty trie.  Node 1 is the root. */
struct trie {
	struct trie_node *nodes; /* node n is nodes[n] */
	uint32_t n_nodes;
	uint32_t nodes_size;
	struct trie_links jumps;
	struct trie_links accepts;
	struct trie_edge *edges;
	uint32_t n_edges;
	uint32_t edges_size; /* a power of two */
	struct words words;
	struct trie_links classes; /* of words: to = class */
	uint32_t *word_classes;    /* first in classes, + 1, by word */
	uint32_t word_classes_size;
	struct arena arena; /* of the maps; given back by trie_freeze() */
	struct map groups;
	struct map seen; /* the number of a group by where its parts lie */
	struct map class_ids;
	uint32_t n_groups;
	uint32_t n_classes;
	struct cut_options options;
};

enum trie_result { TRIE_OK, TRIE_TOO_LARGE, TRIE_NO_MEMORY };

/* Adds a trigger; ranks must grow.  TOO_LARGE: this one would need too many
 * nodes and was left out. */
enum trie_result trie_add(struct trie *t, const struct pattern *p,
    uint32_t rank);

/* Nothing will be added any more. */
void trie_freeze(struct trie *t);

/* The node that the edge leads to, or 0. */
uint32_t trie_step(const struct trie *t, uint32_t from, uint32_t symbol);

void trie_clear(struct trie *t);

#endif
