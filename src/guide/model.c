/*
 * model.c - add up the weights of a message.
 *
 * The same sums as in contrib/train-model, bit for bit: a change here needs
 * the same change and new weights there.  A long message is weighed by two
 * blocks of words at a time and the heaviest place counts, so one sentence
 * that speaks of harm does not drown in the rest.
 */
#include "guide/model.h"

#include <stdint.h>

#include "guide/model_weights.h"

#define LETTERS_MOST 40 /* bytes of a word whose letters weigh */
#define SURE 200        /* thousandths of the head for somebody else */
#define HASH_START UINT32_C(0x811C9DC5)

/* The hash of a word and of the one before it. */
struct step {
	uint32_t word, before;
	bool end; /* it stands for the end of the message */
};

struct sum {
	int64_t weight;
	uint32_t norm; /* the squares of what was added, for the length */
};

/* A stretch of the message, from byte to byte. */
struct span {
	size_t from, to;
};

static uint32_t
mix(uint32_t h)
{
	h = (h ^ (h >> 15)) * UINT32_C(0x2C1B3C6D);
	return h ^ (h >> 13);
}

static uint32_t
add_byte(uint32_t h, unsigned char c)
{
	return (h ^ c) * UINT32_C(0x01000193);
}

/* Numbers weigh by their length alone. */
static unsigned char
letter(unsigned char c)
{
	return c >= '0' && c <= '9' ? '#' : c;
}

/* A clause ends here, or a shield stands here: no letters to weigh. */
static bool
is_break(struct str word)
{
	return word.len >= 2 && word.p[0] == '0' && word.p[1] == '0' &&
	       (word.len == 2 || word.p[2] == 'x');
}

static uint32_t
word_hash(struct str word)
{
	uint32_t h = HASH_START;

	if (is_break(word))
		return add_byte(add_byte(h, '0'), '0');
	for (size_t i = 0; i < word.len; i++)
		h = add_byte(h, letter((unsigned char)word.p[i]));
	return h;
}

/* The word alone, and with the one before. */
static unsigned
step_hashes(const struct step *s, uint32_t hash[2])
{
	unsigned n = 0;

	if (!s->end)
		hash[n++] = s->word;
	hash[n++] = s->before * UINT32_C(0x85EBCA6B) + s->word + 1;
	return n;
}

static struct step
step_start(void)
{
	return (struct step){ .word = add_byte(HASH_START, '^') };
}

static void
step_on(struct step *s, uint32_t word)
{
	s->before = s->word;
	s->word = word;
}

static int
gram_weight(uint64_t gram, unsigned n)
{
	uint64_t h = (gram | (uint64_t)n << 40) * UINT64_C(0x9E3779B97F4A7C15);

	return model_weights[h >> (64 - MODEL_BITS)];
}

/* Runs of 4 and 5 bytes, the blanks on both sides included. */
static void
add_letters(struct str word, struct sum *sum)
{
	uint64_t run = ' ';
	uint32_t n = 1;

	word = str_sub(word, 0, LETTERS_MOST);
	for (size_t i = 0; i <= word.len; i++, n++) {
		run = run << 8 |
		      (i < word.len ? letter((unsigned char)word.p[i]) : ' ');
		if (n >= 3)
			sum->weight += gram_weight(run & 0xFFFFFFFF, 4);
		if (n >= 4)
			sum->weight += gram_weight(run & 0xFFFFFFFFFF, 5);
	}
	sum->norm += (n > 3 ? n - 3 : 0) + (n > 4 ? n - 4 : 0);
}

static void
add_words(const struct step *s, struct sum *sum)
{
	uint32_t hash[2];
	unsigned n = step_hashes(s, hash);

	for (unsigned i = 0; i < n; i++)
		sum->weight += (int64_t)MODEL_WORD *
			       model_weights[mix(hash[i]) >> (32 - MODEL_BITS)];
	sum->norm += n * MODEL_WORD * MODEL_WORD;
}

static uint32_t
root(uint64_t n)
{
	uint64_t r = 0;

	for (uint64_t bit = UINT64_C(1) << 20; bit > 0; bit >>= 1)
		if ((r + bit) * (r + bit) <= n)
			r += bit;
	return (uint32_t)r;
}

static int
sum_score(struct sum a, struct sum b)
{
	uint64_t norm = (uint64_t)a.norm + b.norm;
	int64_t length = root((norm > 0 ? norm : 1) << 10);

	return (int)((a.weight + b.weight) * 32000 / (length * MODEL_SCALE)) +
	       MODEL_BIAS;
}

/* --- the whole message ---------------------------------------------------- */

struct block {
	struct sum sum;
	size_t from; /* where it begins */
	unsigned n;  /* words so far */
};

/* The heaviest place of a message. */
struct best {
	int score;
	bool any;
	struct span at;
};

static void
weigh(struct best *best, const struct block *before, const struct block *now,
    size_t to)
{
	int score = sum_score(before->sum, now->sum);

	if (best->any && score <= best->score)
		return;
	*best = (struct best){ .score = score,
		.any = true,
		.at = { before->n > 0 ? before->from : now->from, to } };
}

static struct best
heaviest(struct str text)
{
	struct block before = { 0 }, now = { 0 };
	struct step s = step_start();
	struct best best = { 0 };
	struct str rest = text, word;

	while (!s.end) {
		size_t to = text.len;

		if (str_word(&rest, &word)) {
			to = (size_t)(word.p + word.len - text.p);
			step_on(&s, word_hash(word));
			if (now.n == 0)
				now.from = to - word.len;
			if (!is_break(word))
				add_letters(word, &now.sum);
		} else {
			step_on(&s, add_byte(HASH_START, '$'));
			if (now.n == 0)
				now.from = to;
			s.end = true;
		}
		add_words(&s, &now.sum);
		now.n++;
		if (s.end || (now.n == MODEL_BLOCK && before.n > 0))
			weigh(&best, &before, &now, to);
		if (now.n == MODEL_BLOCK) {
			before = now;
			now = (struct block){ 0 };
		}
	}
	return best;
}

/* --- what kind of harm, how grave, whose, and why ------------------------- */

struct heads {
	int64_t sum[MODEL_HEADS];
};

static void
add_heads(const struct step *s, struct heads *heads)
{
	uint32_t hash[2];
	unsigned n = step_hashes(s, hash);

	for (unsigned i = 0; i < n; i++) {
		const int8_t *row =
		    model_heads[mix(hash[i]) >> (32 - MODEL_HEAD_BITS)];

		for (int h = 0; h < MODEL_HEADS; h++)
			heads->sum[h] += row[h];
	}
}

static void
read_heads(const struct heads *heads, uint32_t words, struct model_view *out)
{
	int64_t score[MODEL_HEADS];
	int64_t length = root((uint64_t)(words > 0 ? words : 1) << 10);
	int best = 0;

	for (int h = 0; h < MODEL_HEADS; h++)
		score[h] = heads->sum[h] * 32000 / (length * MODEL_HEAD_SCALE) +
			   model_head_bias[h];
	for (int h = 1; h < RISK_N_CATEGORIES; h++)
		if (score[h] > score[best])
			best = h;
	out->category = (enum risk_category)best;
	out->who = score[RISK_N_CATEGORIES] > 0 ? RISK_THIRD : RISK_OWN;
	out->level =
	    score[RISK_N_CATEGORIES + 1] > 0 ? RISK_IMMINENT : RISK_RISK;
	out->surely_third = score[RISK_N_CATEGORIES] > SURE;
}

/* Keeps the heaviest words, the heaviest first. */
static void
keep_reason(struct model_view *out, int64_t weights[MODEL_REASONS],
    int64_t weight, struct span at)
{
	size_t i = out->n_reasons;

	if (weight <= 0 || (i == MODEL_REASONS && weight <= weights[i - 1]))
		return;
	if (i < MODEL_REASONS)
		out->n_reasons++;
	else
		i--;
	for (; i > 0 && weights[i - 1] < weight; i--) {
		weights[i] = weights[i - 1];
		out->reasons[i] = out->reasons[i - 1];
	}
	weights[i] = weight;
	out->reasons[i].from = at.from;
	out->reasons[i].to = at.to;
}

static void
describe(struct str text, struct span at, struct model_view *out)
{
	int64_t weights[MODEL_REASONS] = { 0 };
	struct heads heads = { 0 };
	struct step s = step_start();
	struct str rest = str_sub(text, at.from, at.to), word;
	uint32_t n = 0;

	while (str_word(&rest, &word)) {
		size_t from = (size_t)(word.p - text.p);
		struct sum sum = { 0 };

		step_on(&s, word_hash(word));
		add_heads(&s, &heads);
		n += 2;
		if (is_break(word))
			continue;
		add_words(&s, &sum);
		add_letters(word, &sum);
		keep_reason(out, weights, sum.weight,
		    (struct span){ from, from + word.len });
	}
	read_heads(&heads, n, out);
}

void
model_score(struct str text, struct model_view *out)
{
	struct best best = heaviest(text);

	*out = (struct model_view){ .score = best.score };
	out->hit = best.score >= MODEL_THRESHOLD;
	if (out->hit)
		describe(text, best.at, out);
}

void
model_describe(struct str text, struct model_view *out)
{
	*out = (struct model_view){ 0 };
	describe(text, heaviest(text).at, out);
}
