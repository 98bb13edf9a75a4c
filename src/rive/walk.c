#include "rive/walk.h"

#include <stdlib.h>

#define STATES_MAX 16384u
#define POOL_MAX (1u << 20)
#define MOVES_MAX (1u << 18)
#define BUCKETS 4096u

/* --- sets of nodes -------------------------------------------------------- */

static void
add_one(struct walk *w, uint32_t node)
{
	w->steps++;
	if (w->marks[node] == w->round)
		return;
	w->marks[node] = w->round;
	w->set[w->set_n++] = node;
}

/* Adds a node and all that its jumps lead to. */
static void
add(struct walk *w, enum walk_mode mode, uint32_t node)
{
	const struct trie *t = w->trie;
	uint32_t todo = w->set_n;

	add_one(w, node);
	for (; todo < w->set_n; todo++) {
		uint32_t at = w->set[todo], i = t->nodes[at].jump;

		for (; i != 0; i = t->jumps.list[i - 1].next)
			add_one(w, t->jumps.list[i - 1].to);
		if (mode == WALK_PIECES && (t->nodes[at].has & TRIE_HAS_STAR))
			add_one(w, trie_step(t, at, TRIE_STAR));
	}
}

static void
new_round(struct walk *w)
{
	w->set_n = 0;
	if (++w->round != 0)
		return;
	memset(w->marks, 0, (size_t)w->trie->n_nodes * sizeof *w->marks);
	w->round = 1;
}

/* What a word is to the trie. */
struct symbol {
	uint32_t word; /* 0: in no trigger */
	uint32_t kind; /* enum cut_kind */
};

static void
follow(struct walk *w, enum walk_mode mode, uint32_t node, uint32_t symbol)
{
	uint32_t to = trie_step(w->trie, node, symbol);

	w->steps++;
	if (to != 0)
		add(w, mode, to);
}

static void
follow_word(struct walk *w, enum walk_mode mode, uint32_t node, uint32_t word)
{
	const struct trie *t = w->trie;
	uint32_t has = t->nodes[node].has;

	if ((has & TRIE_HAS_WORD) != 0)
		follow(w, mode, node, word);
	if ((has & TRIE_HAS_PIECE) != 0 && mode == WALK_PIECES)
		follow(w, mode, node, TRIE_PIECE + word);
	if ((has & TRIE_HAS_CLASS) == 0 || word >= t->word_classes_size)
		return;
	for (uint32_t i = t->word_classes[word]; i != 0;
	     i = t->classes.list[i - 1].next)
		follow(w, mode, node, TRIE_CLASS + t->classes.list[i - 1].to);
}

static void
step_node(struct walk *w, enum walk_mode mode, uint32_t node, struct symbol s)
{
	uint32_t has = w->trie->nodes[node].has;

	if ((has & TRIE_SELF) != 0)
		add(w, mode, node);
	if ((has & TRIE_IS_UNDER) != 0 && mode == WALK_PIECES &&
	    s.kind == CUT_LETTERS)
		add(w, mode, node);
	if (s.word != 0)
		follow_word(w, mode, node, s.word);
	if ((has & TRIE_HAS_STAR) != 0)
		follow(w, mode, node, TRIE_STAR);
	if ((has & TRIE_HAS_UNDER) != 0 && s.kind == CUT_LETTERS)
		follow(w, mode, node, TRIE_UNDER);
	if ((has & TRIE_HAS_NUM) != 0 && s.kind == CUT_DIGITS)
		follow(w, mode, node, TRIE_NUM);
}

/* --- states ---------------------------------------------------------------- */

/* Leaves out nodes that only lead on by jumps; the rest goes in order, so
 * that equal sets look equal. */
static int
by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

static void
tidy(struct walk *w)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < w->set_n; i++) {
		const struct trie_node *node = &w->trie->nodes[w->set[i]];

		if (node->has != 0 || node->accept != 0)
			w->set[n++] = w->set[i];
	}
	w->set_n = n;
	if (n > 16) {
		qsort(w->set, n, sizeof *w->set, by_number);
		return;
	}
	for (uint32_t i = 1; i < n; i++) {
		uint32_t node = w->set[i], j = i;

		for (; j > 0 && w->set[j - 1] > node; j--)
			w->set[j] = w->set[j - 1];
		w->set[j] = node;
	}
}

static void
forget(struct walk *w)
{
	w->forgotten++;
	w->n_states = 1;
	w->pool_n = 0;
	w->n_moves = 0;
	w->starts[0] = w->starts[1] = 0;
	memset(w->buckets, 0, BUCKETS * sizeof *w->buckets);
	memset(w->moves, 0, w->moves_size * sizeof *w->moves);
}

/* Room for `need` items: the list, perhaps moved, or NULL without memory. */
static void *
grow(void *list, uint32_t need, uint32_t *size, size_t item)
{
	uint32_t bigger = *size == 0 ? 64 : *size;
	void *more;

	if (need <= *size)
		return list;
	while (bigger < need)
		bigger *= 2;
	more = realloc(list, bigger * item);
	if (more != NULL)
		*size = bigger;
	return more;
}

static bool
make_room(struct walk *w)
{
	struct walk_state *states = grow(w->states, w->n_states + 1,
	    &w->states_size, sizeof *states);
	uint32_t *pool;

	if (states == NULL)
		return false;
	w->states = states;
	pool = grow(w->pool, w->pool_n + w->set_n + 1, &w->pool_size,
	    sizeof *pool);
	if (pool == NULL)
		return false;
	w->pool = pool;
	return true;
}

static void
rate_node(const struct walk *w, const struct trie_node *node,
    struct walk_state *s)
{
	const struct trie_link *accepts = w->trie->accepts.list;

	if (node->reach < s->reach)
		s->reach = node->reach;
	for (uint32_t a = node->accept; a != 0; a = accepts[a - 1].next) {
		uint32_t rank = accepts[a - 1].to;

		for (unsigned k = w->classes[rank]; k < 2; k++) {
			if (rank < s->best[k])
				s->best[k] = rank;
		}
	}
}

static void
rate(const struct walk *w, struct walk_state *s)
{
	s->reach = s->best[0] = s->best[1] = TRIE_NONE;
	for (uint32_t i = 0; i < s->n; i++)
		rate_node(w, &w->trie->nodes[w->pool[s->first + i]], s);
}

/* Keeps the set as a new state, or 0 without memory. */
static uint32_t
keep(struct walk *w, uint32_t hash)
{
	struct walk_state *s;
	uint32_t number;

	if (w->n_states >= STATES_MAX || w->pool_n >= POOL_MAX)
		forget(w);
	if (!make_room(w))
		return 0;
	number = w->n_states++;
	s = &w->states[number];
	*s = (struct walk_state){
		.first = w->pool_n,
		.n = w->set_n,
		.hash = hash,
		.next = w->buckets[hash % BUCKETS],
	};
	memcpy(w->pool + w->pool_n, w->set, w->set_n * sizeof *w->set);
	w->pool_n += w->set_n;
	w->buckets[hash % BUCKETS] = number;
	rate(w, s);
	return number;
}

/* The state that is the set in w->set. */
static uint32_t
state_of(struct walk *w)
{
	uint32_t hash, n;

	tidy(w);
	hash = (uint32_t)str_hash(str_of((const char *)w->set,
	    w->set_n * sizeof *w->set));
	for (n = w->buckets[hash % BUCKETS]; n != 0; n = w->states[n].next) {
		const struct walk_state *s = &w->states[n];

		if (s->hash == hash && s->n == w->set_n &&
		    memcmp(w->pool + s->first, w->set, s->n * sizeof *w->set) ==
			0)
			return n;
	}
	return keep(w, hash);
}

/* --- steps ------------------------------------------------------------------ */

static struct walk_move *
find_move(const struct walk *w, uint64_t key)
{
	uint64_t h = key * UINT64_C(0x9fb21c651e98df25);
	uint32_t i = (uint32_t)(h >> 32) & (w->moves_size - 1);

	while (w->moves[i].key != 0 && w->moves[i].key != key)
		i = (i + 1) & (w->moves_size - 1);
	return &w->moves[i];
}

/* More room for steps, or a new start where there are enough of them.  Both
 * may fail to find memory; then the steps stay as they are. */
static void
more_moves(struct walk *w)
{
	struct walk_move *old = w->moves;
	uint32_t size = w->moves_size;

	if (size >= MOVES_MAX)
		return;
	w->moves = calloc(2 * size, sizeof *w->moves);
	if (w->moves == NULL) {
		w->moves = old;
		return;
	}
	w->moves_size = 2 * size;
	for (uint32_t i = 0; i < size; i++) {
		if (old[i].key != 0)
			*find_move(w, old[i].key) = old[i];
	}
	free(old);
}

static void
remember(struct walk *w, uint64_t key, uint32_t to)
{
	if (2 * (w->n_moves + 1) > w->moves_size)
		more_moves(w);
	if (2 * (w->n_moves + 1) > w->moves_size)
		return; /* full; the states' own limit will clear it */
	*find_move(w, key) = (struct walk_move){ key, to };
	w->n_moves++;
}

/* A step that was not seen before. */
static uint32_t
compute(struct walk *w, uint32_t state, enum walk_mode mode, struct symbol s)
{
	const struct walk_state *from = &w->states[state];

	new_round(w);
	for (uint32_t i = 0; i < from->n && w->steps <= w->most; i++)
		step_node(w, mode, w->pool[from->first + i], s);
	return w->steps <= w->most ? state_of(w) : 0;
}

static uint32_t
step(struct walk *w, uint32_t state, enum walk_mode mode, struct symbol s)
{
	/* Words of no trigger differ only in kind. */
	uint64_t what = s.word != 0 ? (uint64_t)s.word * 4 : s.kind + 1;
	uint64_t key = (uint64_t)state << 34 | what << 1 | (unsigned)mode;
	const struct walk_move *m = find_move(w, key);
	uint32_t to, before = w->forgotten;

	w->steps++;
	if (m->key == key)
		return m->to;
	to = compute(w, state, mode, s);
	/* Not where everything was forgotten on the way: `state` is gone. */
	if (to != 0 && w->forgotten == before)
		remember(w, key, to);
	return to;
}

static uint32_t
start(struct walk *w, enum walk_mode mode)
{
	if (w->starts[mode] == 0) {
		new_round(w);
		add(w, mode, 1);
		w->starts[mode] = state_of(w);
	}
	return w->starts[mode];
}

static struct symbol
symbol_of(const struct walk *w, const struct cut *c, uint32_t i)
{
	struct cut_word *word = &c->list[i];

	/* A cut serves one trie, and a walk starts at every word of it. */
	if (word->symbol == CUT_UNASKED)
		word->symbol = words_find(&w->trie->words, cut_word(c, i));
	return (struct symbol){ .word = word->symbol, .kind = word->kind };
}

/* --- walks ------------------------------------------------------------------- */

/* The tables are made for the first text: many a topic is never asked. */
static bool
ready(struct walk *w)
{
	uint32_t n = w->trie->n_nodes + 1;

	if (w->marks != NULL)
		return true;
	walk_clear(w);
	w->n_states = 1;
	w->moves_size = 256;
	w->set = calloc(n, sizeof *w->set);
	w->buckets = calloc(BUCKETS, sizeof *w->buckets);
	w->moves = calloc(w->moves_size, sizeof *w->moves);
	if (w->set == NULL || w->buckets == NULL || w->moves == NULL)
		return false;
	w->marks = calloc(n, sizeof *w->marks);
	return w->marks != NULL;
}

void
walk_begin(struct walk *w, uint64_t most)
{
	w->steps = 0;
	w->most = most;
}

static enum walk_result
verdict(const struct walk *w, uint32_t state)
{
	if (w->steps > w->most)
		return WALK_LIMIT;
	return state == 0 ? WALK_NO_MEMORY : WALK_OK;
}

enum walk_result
walk_text(struct walk *w, const struct cut *c, enum walk_mode mode,
    uint32_t better, uint32_t *state)
{
	uint32_t at;

	*state = 0;
	if (w->trie->n_nodes == 0)
		return WALK_OK;
	if (!ready(w))
		return WALK_NO_MEMORY;
	at = start(w, mode);
	for (uint32_t i = 0; i < c->n && at != 0; i++) {
		if (w->states[at].reach >= better)
			return WALK_OK;
		at = step(w, at, mode, symbol_of(w, c, i));
	}
	*state = at;
	return verdict(w, at);
}

enum walk_result
walk_longest(struct walk *w, const struct cut *c, uint32_t from, uint32_t *end,
    uint32_t *rank)
{
	uint32_t at;

	*end = from;
	*rank = TRIE_NONE;
	if (w->trie->n_nodes == 0)
		return WALK_OK;
	if (!ready(w))
		return WALK_NO_MEMORY;
	at = start(w, WALK_WORDS);
	for (uint32_t i = from; at != 0 && i < c->n; i++) {
		if (w->states[at].reach == TRIE_NONE)
			return WALK_OK;
		at = step(w, at, WALK_WORDS, symbol_of(w, c, i));
		if (at != 0 && w->states[at].best[1] != TRIE_NONE) {
			*end = i + 1;
			*rank = w->states[at].best[1];
		}
	}
	return verdict(w, at);
}

void
walk_clear(struct walk *w)
{
	free(w->states);
	free(w->buckets);
	free(w->pool);
	free(w->moves);
	free(w->set);
	free(w->marks);
	*w = (struct walk){
		.trie = w->trie,
		.classes = w->classes,
		.most = w->most,
	};
}
