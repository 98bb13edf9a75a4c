#include "guide/lexicon.h"

#define WORD_MAX 40   /* letters; longer tokens are left alone */
#define NEAR_MIN 3    /* shortest word that a misspelling leads to */
#define SHORT 3       /* so short that only two letters may be swapped */
#define NEAR_MAX 20   /* longest */
#define NEAR_BITS 4   /* for each place in the table of forms */
#define FAR_MIN 7     /* from here on two letters may be wrong */
#define GLUE_MIN 6    /* shortest token that may be glued words */
#define LONG_PART 3   /* one of them has at least so many letters */

bool
lexicon_add(struct lexicon *lex, struct arena *arena, struct str word)
{
	if (word.len == 0 || map_get(&lex->words, word) != NULL)
		return true;
	if (lex->n == lex->size) {
		size_t size = lex->size == 0 ? 1024 : 2 * lex->size;
		struct str *more = arena_array(arena, size, sizeof *more);

		if (more == NULL)
			return false;
		if (lex->n > 0)
			memcpy(more, lex->list, lex->n * sizeof *more);
		lex->list = more;
		lex->size = size;
	}
	lex->list[lex->n++] = word;
	if (word.len > lex->longest)
		lex->longest = word.len;
	/* The value only says "is there"; it must not be NULL. */
	return map_set(&lex->words, arena, word, lex);
}

bool
lexicon_has(const struct lexicon *lex, struct str word)
{
	return map_get(&lex->words, word) != NULL;
}

/* Calls fn with each form of the word that lacks up to two letters. */
typedef bool (*form_fn)(void *arg, struct str form);

static bool
each_delete(struct str word, bool twice, size_t from, form_fn fn, void *arg)
{
	char form[WORD_MAX];

	for (size_t i = from; i < word.len; i++) {
		/* One of two equal neighbours is enough. */
		if (i > from && word.p[i] == word.p[i - 1])
			continue;
		memcpy(form, word.p, i);
		memcpy(form + i, word.p + i + 1, word.len - i - 1);
		if (!fn(arg, str_of(form, word.len - 1)))
			return false;
		if (twice && !each_delete(str_of(form, word.len - 1), false, i,
		    fn, arg))
			return false;
	}
	return true;
}

static bool
each_form(struct str word, form_fn fn, void *arg)
{
	return fn(arg, word) &&
	    each_delete(word, word.len >= FAR_MIN - 1, 0, fn, arg);
}

static void
put_form(struct lexicon *lex, uint64_t hash, uint32_t word)
{
	size_t i = hash & (lex->forms_size - 1);

	while (lex->forms[i].word != 0)
		i = (i + 1) & (lex->forms_size - 1);
	lex->forms[i] = (struct lexicon_form) { .hash = hash, .word = word };
	lex->near[hash >> 6 & lex->near_mask] |= UINT64_C(1) << (hash & 63);
	lex->n_forms++;
}

struct building {
	struct lexicon *lex;
	uint32_t word; /* index + 1 */
	size_t n;
};

static bool
count_form(void *arg, struct str form)
{
	(void)form;
	((struct building *)arg)->n++;
	return true;
}

static bool
add_form(void *arg, struct str form)
{
	struct building *b = arg;

	put_form(b->lex, str_hash(form), b->word);
	return true;
}

static bool
has_near(struct str word)
{
	return word.len >= NEAR_MIN && word.len <= NEAR_MAX;
}

bool
lexicon_ready(struct lexicon *lex, struct arena *arena)
{
	struct building b = { .lex = lex };
	size_t size = 1024;

	for (size_t i = 0; i < lex->n; i++) {
		if (has_near(lex->list[i]))
			each_form(lex->list[i], count_form, &b);
	}
	while (size < 2 * b.n + 1)
		size *= 2;
	lex->forms = arena_array(arena, size, sizeof *lex->forms);
	lex->near = arena_array(arena, size * NEAR_BITS / 64,
	    sizeof *lex->near);
	if (lex->forms == NULL || lex->near == NULL)
		return false;
	lex->forms_size = size;
	lex->near_mask = size * NEAR_BITS / 64 - 1;
	for (size_t i = 0; i < lex->n; i++) {
		b.word = (uint32_t)i + 1;
		if (has_near(lex->list[i]))
			each_form(lex->list[i], add_form, &b);
	}
	return true;
}

/* Damerau-Levenshtein distance with neighbours swapped, cut off above 2. */
static unsigned
distance(struct str a, struct str b)
{
	unsigned char d[3][WORD_MAX + 1];
	const unsigned far = 3;

	if (a.len > b.len + 2 || b.len > a.len + 2)
		return far;
	for (size_t j = 0; j <= b.len; j++)
		d[0][j] = (unsigned char)j;
	for (size_t i = 1; i <= a.len; i++) {
		unsigned char *row = d[i % 3], *up = d[(i + 2) % 3],
		              *up2 = d[(i + 1) % 3];

		row[0] = (unsigned char)i;
		for (size_t j = 1; j <= b.len; j++) {
			unsigned other = a.p[i - 1] != b.p[j - 1];
			unsigned best = up[j - 1] + other;

			if (up[j] + 1u < best)
				best = up[j] + 1u;
			if (row[j - 1] + 1u < best)
				best = row[j - 1] + 1u;
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1] && up2[j - 2] + 1u < best)
				best = up2[j - 2] + 1u;
			row[j] = (unsigned char)best;
		}
	}
	return d[a.len % 3][b.len];
}

/* Is one the other with letters in another order? */
static bool
same_letters(struct str a, struct str b)
{
	int balance[256] = { 0 };

	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		balance[(unsigned char)a.p[i]]++;
		balance[(unsigned char)b.p[i]]--;
	}
	for (size_t i = 0; i < a.len; i++) {
		if (balance[(unsigned char)a.p[i]] != 0)
			return false;
	}
	return true;
}

struct seeking {
	const struct lexicon *lex;
	struct speller *english; /* only words it knows are sought; NULL: any */
	struct str token;
	struct str best;
	unsigned distance; /* of best */
};

static bool
seek_form(void *arg, struct str form)
{
	struct seeking *s = arg;
	const struct lexicon *lex = s->lex;
	uint64_t hash = str_hash(form);
	size_t i = hash & (lex->forms_size - 1);

	if ((lex->near[hash >> 6 & lex->near_mask] >> (hash & 63) & 1) == 0)
		return true;
	for (; lex->forms[i].word != 0; i = (i + 1) & (lex->forms_size - 1)) {
		struct str word = lex->list[lex->forms[i].word - 1];
		unsigned d, most = word.len >= FAR_MIN ? 2 : 1;

		/* A first letter is seldom wrong, but two may be swapped. */
		if (lex->forms[i].hash != hash ||
		    (word.p[0] != s->token.p[0] && word.p[0] != s->token.p[1]))
			continue;
		if (word.len <= SHORT && !same_letters(s->token, word))
			continue;
		d = distance(s->token, word);
		if (d <= most && d < s->distance && (s->english == NULL ||
		    speller_knows(s->english, word))) {
			s->distance = d;
			s->best = word;
		}
	}
	return s->distance > 1;
}

static struct str
nearest(const struct lexicon *lex, struct str token, size_t least)
{
	struct seeking s = { .lex = lex, .token = token, .distance = 3 };

	if (token.len < 3 || token.len < least || token.len > NEAR_MAX ||
	    lex->forms_size == 0)
		return (struct str) { 0 };
	each_form(token, seek_form, &s);
	return s.best;
}

/* Rules hold misspelt words too, and one must not shield the others: where
 * "kil myself" is a rule, "kil myslef" is led back all the same. */
static struct str
nearest_english(const struct lexicon *lex, struct speller *sp,
    struct str token)
{
	struct seeking s = { .lex = lex, .english = sp, .token = token,
		.distance = 2 };

	if (sp == NULL || token.len < SHORT || token.len > NEAR_MAX ||
	    lex->forms_size == 0)
		return (struct str) { 0 };
	each_form(token, seek_form, &s);
	return s.best;
}

/* The token with each run of a letter cut to `most`. */
static struct str
unstretched(struct str token, size_t most, char *room)
{
	size_t n = 0, run = 0;

	for (size_t i = 0; i < token.len && n < WORD_MAX; i++) {
		run = i > 0 && token.p[i] == token.p[i - 1] ? run + 1 : 1;
		if (run <= most)
			room[n++] = token.p[i];
	}
	return str_of(room, n);
}

static bool
is_stretched(struct str token)
{
	for (size_t i = 2; i < token.len; i++) {
		if (token.p[i] == token.p[i - 1] && token.p[i] == token.p[i - 2])
			return true;
	}
	return false;
}

static bool
mend_stretched(const struct lexicon *lex, struct str token, struct buf *out)
{
	char room[WORD_MAX];
	struct str word;

	for (size_t most = 2; most >= 1; most--) {
		word = unstretched(token, most, room);
		if (lexicon_has(lex, word)) {
			buf_add(out, word);
			return true;
		}
	}
	word = nearest(lex, unstretched(token, 1, room), SHORT + 1);
	buf_add(out, word);
	return word.len > 0;
}

/* A part of glued words: one of the lexicon's, of two letters or fewer only
 * the commonest, or "testsuite" is taken apart into scraps. */
static bool
is_part(const struct lexicon *lex, struct str part)
{
	static const char pairs[] = "am an as at be by do go he hi id if im in "
	                            "is it me my no od of oh ok on or rn so "
	                            "to up ur us we";

	if (part.len == 1)
		return part.p[0] == 'i' || part.p[0] == 'u' || part.p[0] == 'a';
	if (part.len == 2) {
		for (const char *at = pairs; *at != '\0'; at += at[2] ? 3 : 2) {
			if (memcmp(at, part.p, 2) == 0)
				return true;
		}
		return false;
	}
	return lexicon_has(lex, part);
}

/*
 * The fewest words that make up the token.  Where that is a tie ("en dit all",
 * "end it all"), `late` decides for the later cut.  cost[i] is the least number
 * of words for the first i letters.
 */
static bool
mend_glued(const struct lexicon *lex, struct str token, bool late,
    struct buf *out)
{
	unsigned char cost[WORD_MAX + 1] = { 0 }, last[WORD_MAX + 1] = { 0 };
	unsigned char cut[WORD_MAX + 1];
	const unsigned char none = 255;
	size_t n = 0, longest = 0;

	if (token.len < GLUE_MIN || token.len > WORD_MAX)
		return false;
	for (size_t end = 1; end <= token.len; end++) {
		cost[end] = none;
		for (size_t from = end > lex->longest ? end - lex->longest : 0;
		     from < end; from++) {
			if (cost[from] == none ||
			    cost[from] + 1 >= cost[end] + late ||
			    !is_part(lex, str_sub(token, from, end)))
				continue;
			cost[end] = (unsigned char)(cost[from] + 1);
			last[end] = (unsigned char)from;
		}
	}
	if (cost[token.len] == none || cost[token.len] < 2)
		return false;
	for (size_t end = token.len; end > 0; end = last[end]) {
		cut[n++] = last[end];
		longest = end - last[end] > longest ? end - last[end] : longest;
	}
	/* "so oi ci de": scraps make no phrase. */
	if (longest < LONG_PART || cost[token.len] * 2u > token.len + 1)
		return false;
	while (n-- > 0) {
		size_t from = cut[n], to = n > 0 ? cut[n - 1] : token.len;

		if (from > 0)
			buf_addc(out, ' ');
		buf_add(out, str_sub(token, from, to));
	}
	return true;
}

static bool
has_digit(struct str token)
{
	for (size_t i = 0; i < token.len; i++) {
		if (token.p[i] >= '0' && token.p[i] <= '9')
			return true;
	}
	return false;
}

/* A word that stands for itself: English, or no word at all.  Without a
 * speller the rules' own words have to do. */
static bool
is_plain(const struct lexicon *lex, struct speller *sp, struct str token)
{
	return token.len < 3 || speller_knows(sp, token) || has_digit(token) ||
	    (sp == NULL && lexicon_has(lex, token));
}

/* Writes what an odd token stands for; false when it stands for itself. */
static bool
mend_token(const struct lexicon *lex, struct speller *sp, struct str token,
    bool late, struct buf *out)
{
	struct str word;

	if (lexicon_has(lex, token)) {
		word = nearest_english(lex, sp, token);
		buf_add(out, word);
		return word.len > 0;
	}
	if (is_stretched(token))
		return mend_stretched(lex, token, out);
	if (!late && mend_glued(lex, token, late, out))
		return true;
	word = nearest_english(lex, sp, token);
	/* Without a speller a short token may well be a word of its own. */
	if (word.len == 0)
		word = nearest(lex, token, sp == NULL ? FAR_MIN : 3);
	buf_add(out, word);
	return word.len > 0 || (late && mend_glued(lex, token, late, out));
}

static bool
all_plain(const struct lexicon *lex, struct speller *sp, struct str text)
{
	struct str word;

	while (str_word(&text, &word)) {
		if (!is_plain(lex, sp, word))
			return false;
	}
	return true;
}

bool
lexicon_mend(const struct lexicon *lex, struct lexicon_mending *how,
    struct str text, struct buf *out)
{
	struct speller *sp = how->speller;
	struct str rest = text, word;
	size_t start = out->len;
	bool mended = false;

	/* Nearly every message: nothing is written for it. */
	if (how->words == 0 || all_plain(lex, sp, text))
		return false;
	while (str_word(&rest, &word)) {
		bool odd = how->words > 0 && !is_plain(lex, sp, word);

		if (out->len > start)
			buf_addc(out, ' ');
		how->words -= odd;
		if (odd && mend_token(lex, sp, word, how->late, out))
			mended = true;
		else
			buf_add(out, word);
	}
	if (!mended)
		buf_cut(out, start);
	return mended;
}
