#include "guide/nearest.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"

#define WORDS_MOST 60     /* of a message that are looked at */
#define LETTERS_MOST 24   /* of a word */
#define FEATURES_MOST 1024
#define SLOTS 4096        /* of a message's set, a power of two */
#define RUN 4             /* letters in a run of letters */
#define SMOOTH 0.1        /* what a label is taken to have of everything */
#define DOUBT 900.0F      /* added to a length, so that a short text says less */
#define SHARE 0.6F        /* of the counts in a score; the rest is from lessons */
#define PASSES 3          /* over all wordings, learning from mistakes */
#define STEP_MOST 1.0F    /* of what one mistake teaches */
#define LANES 8           /* floats that a processor may add at once */

struct nearest_feature {
	uint64_t hash;
	uint32_t first; /* weight */
	uint32_t row;   /* of the lessons, from 1; 0: none */
	float idf;
	uint16_t n;
};

struct nearest_weight {
	uint32_t label;
	float weight;
};

/* The features of one text, each once. */
struct features {
	uint64_t list[FEATURES_MOST];
	size_t n;
	uint16_t slot[SLOTS]; /* index + 1 */
};

/* --- features ---------------------------------------------------------------- */

static void
add_feature(struct features *f, uint64_t hash)
{
	size_t i;

	hash += hash == 0;
	i = hash & (SLOTS - 1);
	while (f->slot[i] != 0 && f->list[f->slot[i] - 1] != hash)
		i = (i + 1) & (SLOTS - 1);
	if (f->slot[i] != 0 || f->n == FEATURES_MOST)
		return;
	f->list[f->n++] = hash;
	f->slot[i] = (uint16_t)f->n;
}

/* The hash of a feature of some kind that is made of two parts. */
static uint64_t
mix(char kind, uint64_t a, uint64_t b)
{
	uint64_t h = (a ^ (uint64_t)(unsigned char)kind << 56) *
	    UINT64_C(0x9E3779B97F4A7C15);

	h ^= h >> 29;
	h = (h + b) * UINT64_C(0xBF58476D1CE4E5B9);
	return h ^ h >> 32;
}

/* How inflected words end; the first that fits is replaced. */
static const struct {
	struct str end, by;
} endings[] = {
	{ { "ies", 3 }, { "y", 1 } },
	{ { "ing", 3 }, { "", 0 } },
	{ { "edly", 4 }, { "", 0 } },
	{ { "ed", 2 }, { "", 0 } },
	{ { "es", 2 }, { "", 0 } },
	{ { "s", 1 }, { "", 0 } },
	{ { "ly", 2 }, { "", 0 } },
	{ { "er", 2 }, { "", 0 } },
	{ { "ment", 4 }, { "", 0 } },
	{ { "ation", 5 }, { "", 0 } },
};

static size_t
cut_ending(char *room, size_t len)
{
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		struct str end = endings[i].end, by = endings[i].by;

		if (len < end.len + 3 || !str_ends(str_of(room, len), end))
			continue;
		len -= end.len;
		memcpy(room + len, by.p, by.len);
		return len + by.len;
	}
	return len;
}

/* A rough stem: good enough to let "worked" and "works" meet. */
static uint64_t
stem_hash(struct str word)
{
	char room[LETTERS_MOST];
	size_t len = word.len;

	memcpy(room, word.p, len);
	if (len > 4 && !str_ends(word, STR("ss")))
		len = cut_ending(room, len);
	if (len > 3 && room[len - 1] == room[len - 2])
		len--;
	if (len > 4 && room[len - 1] == 'e')
		len--;
	if (len > 4 && room[len - 1] == 'y')
		room[len - 1] = 'i';
	return str_hash(str_of(room, len));
}

static void
add_runs(struct features *f, struct str word)
{
	char room[LETTERS_MOST + 2];
	size_t len = word.len + 2;

	room[0] = room[len - 1] = ' ';
	memcpy(room + 1, word.p, word.len);
	for (size_t i = 0; i + RUN <= len; i++)
		add_feature(f, mix('c', str_hash(str_of(room + i, RUN)), 0));
}

/* A stem beside the two before it. */
static void
add_pairs(struct features *f, const uint64_t stem[3])
{
	add_feature(f, mix('b', stem[1], stem[2]));
	if (stem[0] != 0)
		add_feature(f, mix('s', stem[0], stem[2]));
}

static void
read_features(struct str text, struct features *f)
{
	uint64_t stem[3] = { 0, str_hash(STR("^")), 0 };
	struct str word;
	unsigned n = 0;

	f->n = 0;
	memset(f->slot, 0, sizeof f->slot);
	while (n++ < WORDS_MOST && str_word(&text, &word)) {
		word = str_sub(word, 0, LETTERS_MOST);
		stem[2] = stem_hash(word);
		add_feature(f, mix('w', stem[2], 0));
		add_feature(f, mix('r', str_hash(word), 0));
		add_runs(f, word);
		add_pairs(f, stem);
		stem[0] = stem[1];
		stem[1] = stem[2];
	}
	stem[2] = str_hash(STR("$"));
	add_pairs(f, stem);
}

/* --- building ------------------------------------------------------------------ */

/* What is counted of a feature while building; one a feature and label. */
struct count {
	uint32_t label, next; /* next count of the feature + 1 */
	double sum;
};

/* A feature in a wording that is learnt from. */
struct term {
	uint32_t row;
	float value;
};

struct building {
	struct nearest *n;
	struct arena work;    /* what only the building needs */
	uint32_t *seen;       /* beside features: wordings it stands in */
	uint32_t *head;       /* beside features: its first count + 1 */
	struct count *counts;
	size_t n_counts, size_counts;
	size_t used;          /* slots of features */
	struct term *terms;   /* those of a wording are neighbours */
	size_t n_terms;
	size_t *ends;         /* beside wordings: where their terms end */
	double label_sum[NEAREST_LABELS];
	double all_sum;
};

static size_t
find_slot(const struct nearest *n, uint64_t hash)
{
	size_t i = hash & (n->size - 1);

	while (n->features[i].hash != 0 && n->features[i].hash != hash)
		i = (i + 1) & (n->size - 1);
	return i;
}

/* Twice the slots; what stood beside the old ones moves along. */
static bool
grow(struct building *b)
{
	struct nearest old = *b->n, *n = b->n;
	uint32_t *seen = b->seen;

	n->size = old.size == 0 ? 4096 : 2 * old.size;
	n->features = arena_array(&b->work, n->size, sizeof *n->features);
	b->seen = arena_array(&b->work, n->size, sizeof *b->seen);
	if (n->features == NULL || b->seen == NULL)
		return false;
	for (size_t i = 0; i < old.size; i++) {
		size_t to;

		if (old.features[i].hash == 0)
			continue;
		to = find_slot(n, old.features[i].hash);
		n->features[to] = old.features[i];
		b->seen[to] = seen[i];
	}
	return true;
}

static bool
count_features(struct building *b, const struct features *f)
{
	for (size_t i = 0; i < f->n; i++) {
		size_t at;

		if (2 * b->used >= b->n->size && !grow(b))
			return false;
		at = find_slot(b->n, f->list[i]);
		if (b->n->features[at].hash == 0) {
			b->n->features[at].hash = f->list[i];
			b->used++;
		}
		b->seen[at]++;
	}
	return true;
}

static float
idf_of(size_t n_wordings, uint32_t seen)
{
	return (float)(log((1.0 + (double)n_wordings) / (1.0 + seen)) + 1.0);
}

static bool
add_count(struct building *b, size_t at, unsigned label, double value)
{
	uint32_t i = b->head[at];

	while (i != 0 && b->counts[i - 1].label != label)
		i = b->counts[i - 1].next;
	if (i == 0) {
		if (b->n_counts == b->size_counts)
			return false;
		b->counts[b->n_counts] = (struct count) { .label = label,
			.next = b->head[at] };
		i = (uint32_t)++b->n_counts;
		b->head[at] = i;
	}
	b->counts[i - 1].sum += value;
	b->label_sum[label] += value;
	b->all_sum += value;
	return true;
}

/* Sums up a wording, and notes its terms. */
static bool
sum_wording(struct building *b, const struct features *f, unsigned label)
{
	double norm = 0;

	for (size_t i = 0; i < f->n; i++) {
		double idf = b->n->features[find_slot(b->n, f->list[i])].idf;

		norm += idf * idf;
	}
	norm = sqrt(norm);
	for (size_t i = 0; i < f->n; i++) {
		size_t at = find_slot(b->n, f->list[i]);
		const struct nearest_feature *known = &b->n->features[at];

		if (!add_count(b, at, label, known->idf / norm))
			return false;
		if (known->row > 0)
			b->terms[b->n_terms++] = (struct term) { known->row,
				(float)(known->idf / norm) };
	}
	return true;
}

/* The counts as weights: the rarer elsewhere, the heavier. */
static bool
settle_weights(struct building *b, struct arena *arena)
{
	struct nearest *n = b->n;
	const struct nearest_feature *grown = n->features;
	uint32_t at = 0;

	n->weights = arena_array(arena, b->n_counts + 1, sizeof *n->weights);
	n->features = arena_array(arena, n->size, sizeof *n->features);
	if (n->weights == NULL || n->features == NULL)
		return false;
	memcpy(n->features, grown, n->size * sizeof *grown);
	for (size_t i = 0; i < n->size; i++) {
		double all = SMOOTH;

		n->features[i].first = at;
		for (uint32_t c = b->head[i]; c != 0; c = b->counts[c - 1].next)
			all += b->counts[c - 1].sum;
		for (uint32_t c = b->head[i]; c != 0; c = b->counts[c - 1].next) {
			const struct count *count = &b->counts[c - 1];

			n->weights[at++] = (struct nearest_weight) {
				.label = count->label,
				.weight = (float)-log((all - count->sum) / all) };
			n->features[i].n++;
		}
	}
	for (unsigned k = 0; k < n->n_labels; k++)
		n->base[k] = (float)log(b->all_sum - b->label_sum[k] +
		    SMOOTH * (double)b->used);
	return true;
}

/* What to learn of the features that stand in more wordings than one. */
static bool
make_rows(struct building *b, struct arena *arena)
{
	struct nearest *n = b->n;
	uint32_t rows = 0;

	for (size_t i = 0; i < n->size; i++) {
		if (b->seen[i] > 1)
			n->features[i].row = ++rows;
	}
	n->width = (n->n_labels + LANES - 1) / LANES * LANES;
	n->rows = arena_array(arena, ((size_t)rows + 1) * n->width,
	    sizeof *n->rows);
	return n->rows != NULL;
}

/* Memory for the second reading of the wordings. */
static bool
make_room(struct building *b, size_t n_list, size_t total)
{
	b->size_counts = total;
	b->counts = arena_array(&b->work, total + 1, sizeof *b->counts);
	b->head = arena_array(&b->work, b->n->size, sizeof *b->head);
	b->terms = arena_array(&b->work, total + 1, sizeof *b->terms);
	b->ends = arena_array(&b->work, n_list + 1, sizeof *b->ends);
	return !b->work.failed;
}

/* Both are as long as a row; the inner loop is one step of a vector unit. */
static void
add_row(float *restrict to, const float *restrict row, float by, unsigned width)
{
	for (unsigned k = 0; k < width; k += LANES) {
		for (unsigned j = 0; j < LANES; j++)
			to[k + j] += by * row[k + j];
	}
}

/*
 * Where the label does not lead by 1, what the wording holds is moved from
 * its strongest rival to it (passive-aggressive learning).
 */
static void
learn_wording(struct nearest *n, const struct term *t, const struct term *end,
    unsigned label)
{
	float score[NEAREST_LABELS] = { 0 };
	unsigned rival = label == 0;
	float step;

	for (const struct term *i = t; i < end; i++)
		add_row(score, n->rows + (size_t)i->row * n->width, i->value,
		    n->width);
	for (unsigned k = 0; k < n->n_labels; k++) {
		if (k != label && score[k] > score[rival])
			rival = k;
	}
	step = fminf((1 - score[label] + score[rival]) / 2, STEP_MOST);
	if (step <= 0)
		return;
	for (; t < end; t++) {
		float *row = n->rows + (size_t)t->row * n->width;

		row[label] += step * t->value;
		row[rival] -= step * t->value;
	}
}

/* Learns from mistakes, in a mixed order that is always the same. */
static bool
learn(struct building *b, const struct nearest_wording *list, size_t n_list)
{
	uint32_t *order = arena_array(&b->work, n_list, sizeof *order);
	struct rng rng = { 1 };

	if (order == NULL)
		return false;
	for (size_t i = 0; i < n_list; i++) {
		size_t j = rng_below(&rng, (uint32_t)i + 1);

		order[i] = order[j];
		order[j] = (uint32_t)i;
	}
	for (size_t q = 0; b->n->n_labels > 1 && q < PASSES * n_list; q++) {
		size_t i = order[q % n_list];

		learn_wording(b->n, b->terms + (i == 0 ? 0 : b->ends[i - 1]),
		    b->terms + b->ends[i], list[i].label);
	}
	return true;
}

static bool
build(struct building *b, struct arena *arena,
    const struct nearest_wording *list, size_t n_list)
{
	struct features *f = arena_alloc(&b->work, sizeof *f);
	size_t total = 0;

	if (f == NULL)
		return false;
	for (size_t i = 0; i < n_list; i++) {
		read_features(list[i].text, f);
		total += f->n;
		if (!count_features(b, f))
			return false;
		if (list[i].label >= b->n->n_labels)
			b->n->n_labels = list[i].label + 1;
	}
	for (size_t i = 0; i < b->n->size; i++)
		b->n->features[i].idf = idf_of(n_list, b->seen[i]);
	b->n->rare = idf_of(n_list, 0);
	if (!make_rows(b, arena) || !make_room(b, n_list, total))
		return false;
	for (size_t i = 0; i < n_list; i++) {
		read_features(list[i].text, f);
		if (!sum_wording(b, f, list[i].label))
			return false;
		b->ends[i] = b->n_terms;
	}
	return learn(b, list, n_list) && settle_weights(b, arena);
}

bool
nearest_build(struct nearest *n, struct arena *arena,
    const struct nearest_wording *list, size_t n_list)
{
	struct building b = { .n = n };
	bool ok;

	*n = (struct nearest) { 0 };
	ok = n_list == 0 || build(&b, arena, list, n_list);
	arena_clear(&b.work);
	return ok;
}

/* --- looking ------------------------------------------------------------------- */

static void
find_best(const struct nearest *n, struct nearest_view *out)
{
	const unsigned most = sizeof out->best / sizeof out->best[0];

	out->n_best = 0;
	for (unsigned k = NEAREST_OTHER + 1; k < n->n_labels; k++) {
		unsigned i = out->n_best;

		if (i < most)
			out->n_best++;
		else if (out->score[out->best[--i]] >= out->score[k])
			continue;
		for (; i > 0 && out->score[out->best[i - 1]] < out->score[k]; i--)
			out->best[i] = out->best[i - 1];
		out->best[i] = k;
	}
}

/* Adds what the counts and the lessons say of a feature. */
static void
look_feature(const struct nearest *n, const struct nearest_feature *at,
    float *counted, float *learnt)
{
	for (unsigned k = 0; k < at->n; k++) {
		const struct nearest_weight *w = &n->weights[at->first + k];

		counted[w->label] += at->idf * w->weight;
	}
	if (at->row > 0)
		add_row(learnt, n->rows + (size_t)at->row * n->width, at->idf,
		    n->width);
}

void
nearest_look(const struct nearest *n, struct str text,
    struct nearest_view *out)
{
	float counted[NEAREST_LABELS] = { 0 }, learnt[NEAREST_LABELS] = { 0 };
	float squares = 0, known = 0, length, doubted;
	struct features f;

	*out = (struct nearest_view) { 0 };
	if (n->n_labels == 0)
		return;
	read_features(text, &f);
	for (size_t i = 0; i < f.n; i++) {
		const struct nearest_feature *at =
		    &n->features[find_slot(n, f.list[i])];
		float idf = at->hash == 0 ? n->rare : at->idf;

		squares += idf * idf;
		known += at->hash == 0 ? 0 : idf;
		look_feature(n, at, counted, learnt);
	}
	length = sqrtf(squares);
	doubted = sqrtf(squares + DOUBT);
	for (unsigned k = 0; k < n->n_labels; k++)
		out->score[k] = SHARE * (counted[k] - counted[NEAREST_OTHER] +
		    known * (n->base[k] - n->base[NEAREST_OTHER])) / doubted +
		    (learnt[k] - learnt[NEAREST_OTHER]) / length;
	find_best(n, out);
	explicit_bzero(&f, sizeof f);
}
