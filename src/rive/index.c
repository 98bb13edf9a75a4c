#include "rive/index.h"

#include <stdlib.h>

#include "rive/capture.h"
#include "rive/rest.h"
#include "rive/trie.h"
#include "rive/walk.h"

/* For which texts the words of a trigger tell what its regex does. */
enum {
	CLASS_PLAIN,    /* all but odd ones: no optional, no gaps */
	CLASS_OPTIONAL, /* plain ones */
	CLASS_NEVER,    /* none: a star between two gaps may be a blank */
	CLASS_REST,     /* not in the trie */
};

#define STEPS_MAX UINT64_C(5000000) /* of a walk, where no one pays */
#define STEP_COST 10 /* units of work.h */
#define HIT_COST 50
#define BYTE_COST 10

struct hits {
	uint32_t *list;
	uint32_t n;
	uint32_t size;
};

struct atom {
	uint32_t hash; /* of its text: unlike texts are not looked at */
	uint32_t slot; /* rank + 1, or 0 */
};

#define ATOM_HEADS 4096

struct index {
	const struct pattern *const *patterns;
	uint32_t n;
	struct cut_options options;
	uint8_t *classes; /* by rank */
	uint32_t n_never; /* of CLASS_NEVER */
	struct atom *atoms; /* hash of the atomic ones */
	uint32_t atoms_size;
	uint32_t atom_words;                /* the most words of an atomic one */
	uint64_t atom_heads[ATOM_HEADS / 64]; /* hashes of their first words */
	struct trie trie;
	struct walk walk;
	struct rest rest;
	struct cut words;
	struct cut pieces;
	struct hits hits;
	uint64_t most; /* steps for this text */
	uint64_t cost;
};

/* --- building ----------------------------------------------------------------- */

static bool
is_gap(const struct pat_item *item)
{
	return item->type == PAT_OPT ||
	       (item->type == PAT_ANY && !item->capture);
}

/*
 * A star with a gap on both sides may match the blank between two words,
 * which no walk over words can see.  Alone in an optional that is the same
 * as its absence, unless it is captured.
 */
static bool
star_in_gaps(const struct pat_seq *s, bool left, bool right)
{
	for (uint32_t i = 0; i < s->n; i++) {
		const struct pat_item *item = &s->items[i];
		bool group = item->type == PAT_ALT || item->type == PAT_OPT;
		bool l = i == 0 ? left : is_gap(item - 1);
		bool r = i + 1 == s->n ? right : is_gap(item + 1);

		if (item->type == PAT_STAR && l && r)
			return true;
		l = l || item->type == PAT_OPT;
		r = r || item->type == PAT_OPT;
		for (uint32_t j = 0; group && j < item->n; j++) {
			const struct pat_seq *part = &item->alt[j];
			bool lone = item->type == PAT_OPT && part->n == 1 &&
				    part->items[0].type == PAT_STAR &&
				    !part->items[0].capture;

			if (!lone && star_in_gaps(part, l, r))
				return true;
		}
	}
	return false;
}

static struct str
key_of(const struct index *ix, uint32_t rank)
{
	return ix->patterns[rank]->text;
}

/* The slot of the text, or the free one where it would go. */
static struct atom *
find_atom(const struct index *ix, struct str text, uint32_t hash)
{
	uint32_t i = hash & (ix->atoms_size - 1);
	struct atom *a = &ix->atoms[i];

	while (a->slot != 0 &&
	    (a->hash != hash || !str_eq(key_of(ix, a->slot - 1), text))) {
		i = (i + 1) & (ix->atoms_size - 1);
		a = &ix->atoms[i];
	}
	return a;
}

static uint32_t
best_atom(const struct index *ix, struct str text)
{
	uint32_t hash = (uint32_t)str_hash(text);
	uint32_t slot = find_atom(ix, text, hash)->slot;

	return slot == 0 ? INDEX_NONE : slot - 1;
}

/* Only the best of equals; others are seen by index_all(). */
static void
add_atom(struct index *ix, uint32_t rank)
{
	uint32_t hash = (uint32_t)str_hash(key_of(ix, rank));
	struct atom *a = find_atom(ix, key_of(ix, rank), hash);

	if (a->slot == 0)
		*a = (struct atom) { hash, rank + 1 };
}

/* What index_find() passes over by: how long atomic triggers are, and what
 * they begin with. */
static void
note_atom(struct index *ix, struct str text)
{
	struct str rest = text, word;
	uint32_t n = 1, head;

	if (!str_word(&rest, &word))
		return;
	head = (uint32_t)str_hash(word) % ATOM_HEADS;
	ix->atom_heads[head / 64] |= UINT64_C(1) << (head % 64);
	for (size_t i = 0; i < rest.len; i++)
		n += rest.p[i] == ' ';
	if (n > ix->atom_words)
		ix->atom_words = n;
}

static bool
begins_atom(const struct index *ix, struct str word)
{
	uint32_t head = (uint32_t)str_hash(word) % ATOM_HEADS;

	return (ix->atom_heads[head / 64] >> (head % 64) & 1) != 0;
}

static bool
add_atoms(struct index *ix)
{
	uint32_t size = 2, n = 0;

	for (uint32_t i = 0; i < ix->n; i++)
		n += ix->patterns[i]->kind == PATTERN_ATOMIC;
	while (size < 2 * n)
		size *= 2;
	ix->atoms = calloc(size, sizeof *ix->atoms);
	if (ix->atoms == NULL)
		return false;
	ix->atoms_size = size;
	for (uint32_t i = 0; i < ix->n; i++) {
		if (ix->patterns[i]->kind != PATTERN_ATOMIC)
			continue;
		add_atom(ix, i);
		note_atom(ix, key_of(ix, i));
	}
	return true;
}

static bool
add_words(struct index *ix, uint32_t rank)
{
	const struct pattern *p = ix->patterns[rank];
	enum trie_result r = trie_add(&ix->trie, p, rank);

	if (r == TRIE_TOO_LARGE)
		return rest_add(&ix->rest, p, rank, ix->options);
	if (!p->has_optional)
		ix->classes[rank] = CLASS_PLAIN;
	else
		ix->classes[rank] = star_in_gaps(&p->seq, false, false)
					? CLASS_NEVER
					: CLASS_OPTIONAL;
	ix->n_never += ix->classes[rank] == CLASS_NEVER;
	return r == TRIE_OK;
}

static bool
build(struct index *ix)
{
	if (!add_atoms(ix))
		return false;
	for (uint32_t i = 0; i < ix->n; i++) {
		const struct pattern *p = ix->patterns[i];
		bool ok = true;

		ix->classes[i] = CLASS_REST;
		switch ((enum pat_kind)p->kind) {
		case PATTERN_WORDS:
			ok = add_words(ix, i);
			break;
		case PATTERN_KEYWORD:
		case PATTERN_REGEX:
		case PATTERN_DYNAMIC:
			ok = rest_add(&ix->rest, p, i, ix->options);
			break;
		case PATTERN_ATOMIC:
		case PATTERN_NEVER:
			break;
		}
		if (!ok)
			return false;
	}
	return rest_freeze(&ix->rest);
}

struct index *
index_new(const struct pattern *const *patterns, uint32_t n,
    struct cut_options options)
{
	struct index *ix = calloc(1, sizeof *ix);

	if (ix == NULL)
		return NULL;
	ix->patterns = patterns;
	ix->n = n;
	ix->options = options;
	ix->trie.options = options;
	ix->classes = calloc(n + 1, 1);
	if (ix->classes == NULL || !build(ix)) {
		index_free(ix);
		return NULL;
	}
	trie_freeze(&ix->trie);
	ix->walk.trie = &ix->trie;
	ix->walk.classes = ix->classes;
	return ix;
}

void
index_free(struct index *ix)
{
	if (ix == NULL)
		return;
	walk_clear(&ix->walk);
	trie_clear(&ix->trie);
	rest_clear(&ix->rest);
	cut_clear(&ix->words);
	cut_clear(&ix->pieces);
	free(ix->classes);
	free(ix->atoms);
	free(ix->hits.list);
	free(ix);
}

/* --- candidates ----------------------------------------------------------------- */

static bool
hit(struct hits *h, uint32_t rank)
{
	uint32_t size = h->size == 0 ? 64 : 2 * h->size;
	uint32_t *list;

	if (h->n == h->size) {
		list = realloc(h->list, size * sizeof *list);
		if (list == NULL)
			return false;
		h->list = list;
		h->size = size;
	}
	h->list[h->n++] = rank;
	return true;
}

/* The ranks of a state that are better than `better`, of classes from least
 * to most. */
static bool
hit_state(struct index *ix, uint32_t state, uint32_t better, unsigned least,
    unsigned most)
{
	const struct trie_link *accepts = ix->trie.accepts.list;

	for (uint32_t i = 0; state != 0 && i < ix->walk.states[state].n; i++) {
		uint32_t a = walk_node(&ix->walk, state, i)->accept;

		for (; a != 0; a = accepts[a - 1].next) {
			uint32_t rank = accepts[a - 1].to;
			unsigned class = ix->classes[rank];

			if (rank < better && class >= least && class <= most &&
			    !hit(&ix->hits, rank))
				return false;
		}
	}
	return true;
}

struct better {
	struct index *ix;
	uint32_t than;
};

static bool
on_rest(void *arg, uint32_t rank)
{
	struct better *b = arg;

	return rank >= b->than || hit(&b->ix->hits, rank);
}

static int
by_rank(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

/* In order, each once. */
static void
tidy(struct hits *h)
{
	uint32_t n = 0;

	if (h->n > 1)
		qsort(h->list, h->n, sizeof *h->list, by_rank);
	for (uint32_t i = 0; i < h->n; i++) {
		if (i == 0 || h->list[i] != h->list[i - 1])
			h->list[n++] = h->list[i];
	}
	h->n = n;
}

static enum index_fit
fit_of(enum walk_result r)
{
	if (r == WALK_OK)
		return INDEX_YES;
	return r == WALK_LIMIT ? INDEX_LIMIT : INDEX_NO_MEMORY;
}

/* The first class that the words of such a text do not settle. */
static unsigned
unsettled(enum cut_shape shape)
{
	return shape == CUT_PLAIN    ? CLASS_NEVER
	       : shape == CUT_MARKED ? CLASS_OPTIONAL
				     : CLASS_PLAIN;
}

/* Puts into the hits what may fit, is better than `than`, and must be asked. */
static enum index_fit
find_doubtful(struct index *ix, struct str text, uint32_t than)
{
	unsigned class = unsettled(ix->words.shape);
	bool walk = class != CLASS_NEVER || ix->n_never > 0;
	struct better better = { ix, than };
	enum walk_result r;
	uint32_t state;

	if (walk) {
		if (!cut_pieces(&ix->pieces, text, ix->options))
			return INDEX_NO_MEMORY;
		r = walk_text(&ix->walk, &ix->pieces, WALK_PIECES, than,
		    &state);
		if (r != WALK_OK)
			return fit_of(r);
		if (!hit_state(ix, state, than, class, CLASS_NEVER))
			return INDEX_NO_MEMORY;
	}
	if (rest_candidates(&ix->rest, ix->words.text, ix->most, on_rest,
		&better))
		return INDEX_YES;
	return ix->rest.steps > ix->most ? INDEX_LIMIT : INDEX_NO_MEMORY;
}

/* --- questions --------------------------------------------------------------------- */

static enum index_fit
begin(struct index *ix, struct str text, uint64_t most)
{
	ix->most = STEPS_MAX;
	if (most > 0 && most / STEP_COST < STEPS_MAX)
		ix->most = most / STEP_COST;
	ix->cost = BYTE_COST * (text.len + 10);
	ix->rest.steps = 0;
	ix->hits.n = 0;
	walk_begin(&ix->walk, ix->most);
	return cut_words(&ix->words, text, ix->options) ? INDEX_YES
							: INDEX_NO_MEMORY;
}

/* The best of those whose fit the words settle. */
static enum index_fit
best_words(struct index *ix, uint32_t *best)
{
	enum cut_shape shape = ix->words.shape;
	enum walk_result r;
	uint32_t state, rank;

	if (shape == CUT_ODD)
		return INDEX_YES;
	r = walk_text(&ix->walk, &ix->words, WALK_WORDS, *best, &state);
	if (r != WALK_OK || state == 0)
		return fit_of(r);
	rank = ix->walk.states[state].best[shape == CUT_PLAIN ? 1 : 0];
	if (rank < *best)
		*best = rank;
	return INDEX_YES;
}

/* Told before the regexes are asked: they pay for themselves. */
static void
note_cost(struct index *ix)
{
	ix->cost += STEP_COST * (ix->walk.steps + ix->rest.steps) +
		    HIT_COST * (uint64_t)ix->hits.n;
}

uint64_t
index_cost(const struct index *ix)
{
	return ix->cost;
}

enum index_fit
index_best(struct index *ix, struct str text, struct index_ask ask,
    uint32_t *rank)
{
	enum index_fit fit = begin(ix, text, ask.most);
	uint32_t best = best_atom(ix, text);

	*rank = INDEX_NONE;
	if (fit == INDEX_YES)
		fit = best_words(ix, &best);
	if (fit == INDEX_YES)
		fit = find_doubtful(ix, text, best);
	note_cost(ix);
	if (fit != INDEX_YES)
		return fit;
	tidy(&ix->hits);
	for (uint32_t i = 0; i < ix->hits.n; i++) {
		fit = ask.fits(ask.arg, ix->hits.list[i], text);
		if (fit == INDEX_YES)
			best = ix->hits.list[i];
		if (fit != INDEX_NO)
			break;
	}
	if (fit == INDEX_LIMIT || fit == INDEX_NO_MEMORY)
		return fit;
	*rank = best;
	return best == INDEX_NONE ? INDEX_NO : INDEX_YES;
}

/* Asks about the hits and keeps those that fit. */
static enum index_fit
settle(struct index *ix, struct str text, struct index_ask ask)
{
	struct hits *h = &ix->hits;
	uint32_t n = 0;

	tidy(h);
	for (uint32_t i = 0; i < h->n; i++) {
		enum index_fit fit = ask.fits(ask.arg, h->list[i], text);

		if (fit == INDEX_YES)
			h->list[n++] = h->list[i];
		else if (fit != INDEX_NO)
			return fit;
	}
	h->n = n;
	return INDEX_YES;
}

/* Adds what the words settle. */
static enum index_fit
all_words(struct index *ix)
{
	unsigned class = unsettled(ix->words.shape);
	enum walk_result r;
	uint32_t state;

	if (class == CLASS_PLAIN)
		return INDEX_YES;
	r = walk_text(&ix->walk, &ix->words, WALK_WORDS, INDEX_NONE, &state);
	if (r != WALK_OK)
		return fit_of(r);
	return hit_state(ix, state, INDEX_NONE, 0, class - 1) ? INDEX_YES
							      : INDEX_NO_MEMORY;
}

/* Equal atomic triggers stand next to each other nowhere for sure: they are
 * looked for from the best one on, which costs a little only on a hit. */
static bool
all_atoms(struct index *ix, struct str text)
{
	for (uint32_t i = best_atom(ix, text); i < ix->n; i++) {
		if (ix->patterns[i]->kind == PATTERN_ATOMIC &&
		    str_eq(key_of(ix, i), text) && !hit(&ix->hits, i))
			return false;
	}
	return true;
}

enum index_fit
index_all(struct index *ix, struct str text, struct index_ask ask,
    const uint32_t **ranks, size_t *n)
{
	enum index_fit fit = begin(ix, text, ask.most);

	*n = 0;
	if (fit == INDEX_YES)
		fit = find_doubtful(ix, text, INDEX_NONE);
	note_cost(ix);
	if (fit == INDEX_YES)
		fit = settle(ix, text, ask);
	if (fit == INDEX_YES)
		fit = all_words(ix);
	if (fit == INDEX_YES && !all_atoms(ix, text))
		fit = INDEX_NO_MEMORY;
	if (fit != INDEX_YES)
		return fit;
	tidy(&ix->hits);
	*ranks = ix->hits.list;
	*n = ix->hits.n;
	return *n > 0 ? INDEX_YES : INDEX_NO;
}

/* --- stretches ------------------------------------------------------------------------ */

/* The longest atomic trigger that starts at word i and is longer than what
 * was found, or as long and better. */
static void
longest_atom(struct index *ix, struct str text, uint32_t i,
    struct index_stretch *found)
{
	const struct cut_word *w = ix->words.list;
	uint32_t to = ix->words.n;

	if (!begins_atom(ix, str_sub(text, w[i].from, w[i].to)))
		return;
	if (to - i > ix->atom_words)
		to = i + ix->atom_words;
	for (; to > i; to--) {
		uint32_t rank =
		    best_atom(ix, str_sub(text, w[i].from, w[to - 1].to));

		if (found->rank != INDEX_NONE && w[to - 1].to < found->end)
			return;
		if (rank == INDEX_NONE ||
		    (w[to - 1].to == found->end && rank > found->rank))
			continue;
		*found = (struct index_stretch){
			w[i].from,
			w[to - 1].to,
			rank,
		};
		return;
	}
}

enum index_fit
index_find(struct index *ix, struct str text, size_t from,
    struct index_stretch *found)
{
	enum index_fit fit = begin(ix, text, 0);
	const struct cut_word *w = ix->words.list;

	*found = (struct index_stretch){ .rank = INDEX_NONE };
	for (uint32_t i = 0; fit == INDEX_YES && i < ix->words.n; i++) {
		uint32_t end;

		if (w[i].from < from)
			continue;
		fit = fit_of(walk_longest(&ix->walk, &ix->words, i, &end,
		    &found->rank));
		if (fit == INDEX_YES && found->rank != INDEX_NONE) {
			found->start = w[i].from;
			found->end = w[end - 1].to;
		}
		if (fit == INDEX_YES)
			longest_atom(ix, text, i, found);
		if (found->rank != INDEX_NONE)
			break;
	}
	if (fit == INDEX_YES && found->rank == INDEX_NONE)
		return INDEX_NO;
	return fit;
}

/* --- stars ------------------------------------------------------------------------------ */

bool
index_stars(struct index *ix, uint32_t rank, struct str text, struct str *stars)
{
	const struct pattern *p = ix->patterns[rank];
	enum capture_result r;
	uint32_t steps;

	if (p->n_stars == 0)
		return true;
	if (ix->classes[rank] >= unsettled(ix->words.shape))
		return false;
	r = capture_stars(p, &ix->words, text, stars, &steps);
	ix->cost += (uint64_t)STEP_COST * steps;
	return r == CAPTURE_YES;
}

void
index_forget(struct index *ix)
{
	cut_forget(&ix->words);
	cut_forget(&ix->pieces);
}

bool
index_is_words(const struct index *ix, uint32_t rank)
{
	return ix->patterns[rank]->kind == PATTERN_ATOMIC ||
	       ix->classes[rank] <= CLASS_OPTIONAL;
}
