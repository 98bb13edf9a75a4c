#include "rive/trie.h"

#include <stdlib.h>

#define NODES_MAX 50000u /* about what one trigger may add */
#define DEPTH_MAX 64u    /* of groups in groups */
#define ALL_NODES_MAX 8000000u

/* One trigger on its way in. */
struct adding {
	struct trie *t;
	uint32_t rank;
	struct buf text; /* scratch for folding */
	struct cut cut;  /* scratch for pieces */
	enum trie_result result;
};

static uint32_t add_seq(struct adding *a, uint32_t from,
    const struct pat_seq *seq);

static uint32_t
fail(struct adding *a, enum trie_result result)
{
	if (a->result == TRIE_OK)
		a->result = result;
	return 0;
}

/* Room for one more of n items: the list, perhaps moved, or NULL without
 * memory (then it is as it was). */
static void *
grow(void *list, uint32_t n, uint32_t *size, size_t item)
{
	uint32_t bigger = *size == 0 ? 64 : 2 * *size;
	void *more;

	if (n < *size)
		return list;
	more = bigger < *size ? NULL : realloc(list, bigger * item);
	if (more != NULL)
		*size = bigger;
	return more;
}

static bool
link_to(struct trie_links *l, uint32_t *first, uint32_t to)
{
	struct trie_link *list =
	    grow(l->list, l->n, &l->size, sizeof *l->list);

	if (list == NULL)
		return false;
	l->list = list;
	l->list[l->n] = (struct trie_link){ to, *first };
	*first = ++l->n;
	return true;
}

/* --- edges -------------------------------------------------------------- */

static uint32_t
edge_hash(uint32_t from, uint32_t symbol)
{
	uint64_t h =
	    (((uint64_t)from << 32) | symbol) * UINT64_C(0x9fb21c651e98df25);

	return (uint32_t)(h >> 32);
}

static struct trie_edge *
find_edge(const struct trie *t, uint32_t from, uint32_t symbol)
{
	uint32_t i = edge_hash(from, symbol) & (t->edges_size - 1);

	while (t->edges[i].from != 0 &&
	       (t->edges[i].from != from || t->edges[i].symbol != symbol))
		i = (i + 1) & (t->edges_size - 1);
	return &t->edges[i];
}

uint32_t
trie_step(const struct trie *t, uint32_t from, uint32_t symbol)
{
	return find_edge(t, from, symbol)->to;
}

static bool
grow_edges(struct trie *t)
{
	struct trie bigger = *t;

	bigger.edges_size = t->edges_size == 0 ? 256 : 2 * t->edges_size;
	if (bigger.edges_size == 0)
		return false;
	bigger.edges = calloc(bigger.edges_size, sizeof *bigger.edges);
	if (bigger.edges == NULL)
		return false;
	for (uint32_t i = 0; i < t->edges_size; i++) {
		const struct trie_edge *e = &t->edges[i];

		if (e->from != 0)
			*find_edge(&bigger, e->from, e->symbol) = *e;
	}
	free(t->edges);
	t->edges = bigger.edges;
	t->edges_size = bigger.edges_size;
	return true;
}

static uint32_t
new_node(struct adding *a)
{
	struct trie *t = a->t;
	struct trie_node *nodes =
	    grow(t->nodes, t->n_nodes, &t->nodes_size, sizeof *t->nodes);

	if (nodes == NULL)
		return fail(a, TRIE_NO_MEMORY);
	t->nodes = nodes;
	t->nodes[t->n_nodes] = (struct trie_node){ .reach = a->rank };
	return t->n_nodes++;
}

static uint32_t
has_of(uint32_t symbol)
{
	switch (symbol) {
	case TRIE_STAR:
		return TRIE_HAS_STAR;
	case TRIE_UNDER:
		return TRIE_HAS_UNDER;
	case TRIE_NUM:
		return TRIE_HAS_NUM;
	default:
		break;
	}
	if (symbol >= TRIE_GROUP)
		return 0;
	if (symbol >= TRIE_PIECE)
		return TRIE_HAS_PIECE;
	return symbol >= TRIE_CLASS ? TRIE_HAS_CLASS : TRIE_HAS_WORD;
}

/* The edge's slot, free where there is no such edge; NULL without memory. */
static struct trie_edge *
slot_for(struct adding *a, uint32_t from, uint32_t symbol)
{
	struct trie *t = a->t;

	if (4 * (t->n_edges + 1) > 3 * t->edges_size && !grow_edges(t)) {
		fail(a, TRIE_NO_MEMORY);
		return NULL;
	}
	return find_edge(t, from, symbol);
}

/* The node behind the edge, made where there is none. */
static uint32_t
edge(struct adding *a, uint32_t from, uint32_t symbol)
{
	struct trie *t = a->t;
	struct trie_edge *e;
	uint32_t to;

	if (from == 0 || symbol == 0)
		return 0;
	e = slot_for(a, from, symbol);
	if (e == NULL)
		return 0;
	if (e->from != 0)
		return e->to;
	to = new_node(a);
	if (to == 0)
		return 0;
	*e = (struct trie_edge){ from, symbol, to };
	t->n_edges++;
	t->nodes[from].has |= has_of(symbol);
	return to;
}

/* Leads on from one node to another without a word.  The edge only says that
 * the jump is there, so that it is added once. */
static uint32_t
jump(struct adding *a, uint32_t from, uint32_t to)
{
	struct trie *t = a->t;
	struct trie_edge *e;

	if (from == 0 || to == 0)
		return 0;
	e = slot_for(a, from, TRIE_JUMP + to);
	if (e == NULL)
		return 0;
	if (e->from != 0)
		return to;
	*e = (struct trie_edge){ from, TRIE_JUMP + to, to };
	t->n_edges++;
	if (!link_to(&t->jumps, &t->nodes[from].jump, to))
		return fail(a, TRIE_NO_MEMORY);
	return to;
}

/* --- words and classes --------------------------------------------------- */

/* Nearly every word: nothing to fold, and one piece. */
static bool
is_small(struct str word)
{
	for (size_t i = 0; i < word.len; i++) {
		char c = word.p[i];

		if ((c < 'a' || c > 'z') && (c < '0' || c > '9'))
			return false;
	}
	return word.len > 0;
}

/* The word's number, 0 on failure. */
static uint32_t
number(struct adding *a, struct str word)
{
	uint32_t n;

	buf_reset(&a->text);
	if (!is_small(word)) {
		cut_fold(word, a->t->options, &a->text);
		word = buf_str(&a->text);
	}
	n = a->text.failed ? 0 : words_add(&a->t->words, word);
	return n != 0 ? n : fail(a, TRIE_NO_MEMORY);
}

/* Cuts a trigger's word into pieces: one for a plain word. */
static bool
pieces(struct adding *a, struct str word)
{
	if (cut_pieces(&a->cut, word, a->t->options))
		return true;
	fail(a, TRIE_NO_MEMORY);
	return false;
}

static uint32_t
add_word(struct adding *a, uint32_t from, struct str word)
{
	uint32_t to = edge(a, from, number(a, word)), at = from;

	if (to == 0 || is_small(word))
		return to;
	if (!pieces(a, word))
		return 0;
	if (a->cut.n < 2)
		return to;
	for (uint32_t i = 0; i < a->cut.n && at != 0; i++) {
		uint32_t n = words_add(&a->t->words, cut_word(&a->cut, i));

		if (n == 0)
			return fail(a, TRIE_NO_MEMORY);
		at = edge(a, at, TRIE_PIECE + n);
	}
	return jump(a, at, to);
}

/* A part of a group that a class can hold: one word that is one piece. */
static bool
is_single(struct adding *a, const struct pat_seq *s)
{
	struct str word;

	if (s->n != 1 || s->items[0].type != PAT_WORD)
		return false;
	word = s->items[0].word;
	return is_small(word) ||
	       (word.len > 0 && pieces(a, word) && a->cut.n == 1);
}

static bool
put_in_class(struct trie *t, uint32_t word, uint32_t class)
{
	uint32_t size = t->word_classes_size;

	while (word >= t->word_classes_size) {
		uint32_t *more = grow(t->word_classes, t->word_classes_size,
		    &t->word_classes_size, sizeof *t->word_classes);

		if (more == NULL)
			return false;
		t->word_classes = more;
	}
	for (; size < t->word_classes_size; size++)
		t->word_classes[size] = 0;
	return link_to(&t->classes, &t->word_classes[word], class);
}

static int
by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

/* The number of what the key tells, from 1; *fresh when it is new. */
static uint32_t
intern(struct adding *a, struct map *m, struct str key, uint32_t *count,
    bool *fresh)
{
	uint32_t *known = map_get(m, key);

	*fresh = known == NULL;
	if (known != NULL)
		return *known;
	key = arena_str(&a->t->arena, key);
	known = arena_alloc(&a->t->arena, sizeof *known);
	if (key.p == NULL || known == NULL ||
	    !map_set(m, &a->t->arena, key, known))
		return fail(a, TRIE_NO_MEMORY);
	*known = ++*count;
	return *known;
}

/* The class of the words, a set; they get sorted.  0 on failure. */
static uint32_t
class_of(struct adding *a, uint32_t *words, uint32_t n)
{
	struct trie *t = a->t;
	uint32_t unique = 0, id;
	bool fresh;

	qsort(words, n, sizeof *words, by_number);
	for (uint32_t i = 0; i < n; i++) {
		if (i == 0 || words[i] != words[i - 1])
			words[unique++] = words[i];
	}
	id = intern(a, &t->class_ids,
	    str_of((const char *)words, unique * sizeof *words), &t->n_classes,
	    &fresh);
	for (uint32_t i = 0; fresh && id != 0 && i < unique; i++) {
		if (!put_in_class(t, words[i], id))
			return fail(a, TRIE_NO_MEMORY);
	}
	return id;
}

/* --- groups --------------------------------------------------------------- */

static void
put_number(struct buf *out, uint32_t n)
{
	buf_add(out, str_of((const char *)&n, sizeof n));
}

static uint32_t group_number(struct adding *a, const struct pat_item *group);

/* Writes what the group is, so that like groups get one number: counts,
 * types, and the numbers of words and inner groups, so no two look alike. */
static void
describe(struct adding *a, const struct pat_item *group, struct buf *out)
{
	put_number(out, group->type);
	for (uint32_t i = 0; i < group->n; i++) {
		const struct pat_seq *s = &group->alt[i];

		put_number(out, s->n);
		for (uint32_t j = 0; j < s->n; j++) {
			const struct pat_item *item = &s->items[j];

			put_number(out, item->type);
			if (item->type == PAT_ALT || item->type == PAT_OPT)
				put_number(out, group_number(a, item));
			else if (item->type == PAT_WORD)
				put_number(out, number(a, item->word));
		}
	}
}

static uint32_t
group_number(struct adding *a, const struct pat_item *group)
{
	struct buf key = { .max = (size_t)16 << 20 };
	struct {
		const struct pat_seq *alt;
		uint64_t type;
	} same = { group->alt, group->type };
	struct str where = str_of((const char *)&same, sizeof same);
	struct arena *arena = &a->t->arena;
	uint32_t *known = map_get(&a->t->seen, where), id = 0;
	bool fresh;

	/* An array is one list of parts, wherever it stands. */
	if (known != NULL)
		return *known;
	describe(a, group, &key);
	if (key.failed)
		fail(a, TRIE_NO_MEMORY);
	else if (a->result == TRIE_OK)
		id = intern(a, &a->t->groups, buf_str(&key), &a->t->n_groups,
		    &fresh);
	buf_clear(&key);
	if (id == 0)
		return 0;
	where = arena_str(arena, where);
	known = arena_alloc(arena, sizeof *known);
	if (where.p == NULL || known == NULL ||
	    !map_set(&a->t->seen, arena, where, known))
		return fail(a, TRIE_NO_MEMORY);
	*known = id;
	return id;
}

/* The single words of a group as one class edge; the rest one by one. */
static uint32_t
add_parts(struct adding *a, uint32_t from, uint32_t to,
    const struct pat_item *group)
{
	uint32_t *singles = calloc(group->n + 1, sizeof *singles), n = 0, class;

	if (singles == NULL)
		return fail(a, TRIE_NO_MEMORY);
	for (uint32_t i = 0; i < group->n && a->result == TRIE_OK; i++) {
		const struct pat_seq *s = &group->alt[i];

		if (is_single(a, s))
			singles[n++] = number(a, s->items[0].word);
		else
			jump(a, add_seq(a, from, s), to);
	}
	class = n > 1 && a->result == TRIE_OK ? class_of(a, singles, n) : 0;
	if (class != 0)
		jump(a, edge(a, from, TRIE_CLASS + class), to);
	else if (n == 1 && a->result == TRIE_OK)
		jump(a, edge(a, from, singles[0]), to);
	free(singles);
	return a->result == TRIE_OK ? to : 0;
}

static uint32_t
add_group(struct adding *a, uint32_t from, const struct pat_item *group)
{
	uint32_t id = group_number(a, group), to = 0, before = a->t->n_nodes;

	if (id != 0)
		to = edge(a, from, TRIE_GROUP + id);
	if (to == 0)
		return 0;
	/* Seen before: its parts lead here already. */
	if (to < before)
		return to;
	if (group->type == PAT_OPT && jump(a, from, to) == 0)
		return 0;
	return add_parts(a, from, to, group);
}

/* --- triggers ------------------------------------------------------------- */

static uint32_t
loop(struct adding *a, uint32_t from, uint32_t symbol, uint32_t flag)
{
	uint32_t to = edge(a, from, symbol);

	if (to != 0)
		a->t->nodes[to].has |= flag;
	return to;
}

static uint32_t
add_item(struct adding *a, uint32_t from, const struct pat_item *item)
{
	switch (item->type) {
	case PAT_WORD:
		return add_word(a, from, item->word);
	case PAT_STAR:
		return loop(a, from, TRIE_STAR, TRIE_SELF);
	case PAT_ANY:
		return jump(a, from, loop(a, from, TRIE_ANY, TRIE_SELF));
	case PAT_UNDER:
		return loop(a, from, TRIE_UNDER, TRIE_IS_UNDER);
	case PAT_NUM:
		return edge(a, from, TRIE_NUM);
	case PAT_ALT:
	case PAT_OPT:
		return add_group(a, from, item);
	}
	return 0;
}

static uint32_t
add_seq(struct adding *a, uint32_t from, const struct pat_seq *seq)
{
	for (uint32_t i = 0; i < seq->n && from != 0; i++)
		from = add_item(a, from, &seq->items[i]);
	return from;
}

/* Node 0 means none, node 1 is the root. */
static bool
plant(struct adding *a)
{
	if (a->t->n_nodes > 0)
		return true;
	new_node(a);
	return new_node(a) != 0 && grow_edges(a->t);
}

/* At least the nodes that the sequence may need; NODES_MAX is "too many". */
static uint32_t
estimate(const struct pat_seq *seq, unsigned depth)
{
	uint32_t sum = 0;

	if (depth > DEPTH_MAX)
		return NODES_MAX;
	for (uint32_t i = 0; i < seq->n && sum < NODES_MAX; i++) {
		const struct pat_item *item = &seq->items[i];
		bool group = item->type == PAT_ALT || item->type == PAT_OPT;

		sum +=
		    item->type == PAT_WORD ? 2 + (uint32_t)item->word.len : 2;
		for (uint32_t j = 0; group && j < item->n && sum < NODES_MAX;
		     j++)
			sum += 1 + estimate(&item->alt[j], depth + 1);
	}
	return sum < NODES_MAX ? sum : NODES_MAX;
}

/* Asked before anything is added: a group left half made would be taken for
 * whole by the next trigger that has it. */
enum trie_result
trie_add(struct trie *t, const struct pattern *p, uint32_t rank)
{
	struct adding a = { .t = t, .rank = rank };
	uint32_t need = estimate(&p->seq, 0), end;

	if (need == NODES_MAX || need > ALL_NODES_MAX - t->n_nodes)
		return TRIE_TOO_LARGE;
	a.text.max = (size_t)1 << 24;
	if (!plant(&a))
		return TRIE_NO_MEMORY;
	end = add_seq(&a, 1, &p->seq);
	if (end != 0 && a.result == TRIE_OK &&
	    !link_to(&t->accepts, &t->nodes[end].accept, rank))
		a.result = TRIE_NO_MEMORY;
	buf_clear(&a.text);
	cut_clear(&a.cut);
	return a.result;
}

void
trie_freeze(struct trie *t)
{
	arena_clear(&t->arena);
	t->groups = t->seen = (struct map){ 0 };
	t->class_ids = (struct map){ 0 };
}

void
trie_clear(struct trie *t)
{
	free(t->nodes);
	free(t->jumps.list);
	free(t->accepts.list);
	free(t->edges);
	free(t->classes.list);
	free(t->word_classes);
	words_clear(&t->words);
	arena_clear(&t->arena);
	*t = (struct trie){ .options = t->options };
}
