/*
 * pairs.h - random brains and messages on which the index and the plain loop
 * must agree.
 *
 * The vocabulary is small, so that triggers and messages collide.  Choices
 * come from a random number or from a fuzzer's bytes.
 */
#ifndef IOPGUIDE_TESTS_PAIRS_H
#define IOPGUIDE_TESTS_PAIRS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/rng.h"
#include "rive/index.h"
#include "rive/match.h"

#define PAIRS_TRIGGERS 24
#define PAIRS_N(table) (sizeof(table) / sizeof((table)[0]))

struct pairs {
	struct rng rng;
	const uint8_t *bytes; /* of a fuzzer, NULL: the rng */
	size_t n_bytes;
	bool utf8;
	struct arena arena;
	struct arena scratch;
	struct map arrays;
	struct matcher matcher;
	struct pattern patterns[PAIRS_TRIGGERS];
	const struct pattern *list[PAIRS_TRIGGERS];
	struct brain_trigger triggers[PAIRS_TRIGGERS];
	uint32_t n;
	struct index *index;
	uint64_t found; /* how often something fitted, to see that it does */
	uint64_t stars; /* how often stars were told without the regex */
	char what[512]; /* the difference found */
};

static inline uint32_t
pairs_below(struct pairs *p, uint32_t n)
{
	if (p->bytes == NULL)
		return rng_below(&p->rng, n);
	if (p->n_bytes == 0)
		return 0;
	p->n_bytes--;
	return *p->bytes++ % n;
}

/* --- triggers ----------------------------------------------------------------- */

static const char *const pairs_words[] = {
	"a",
	"b",
	"c",
	"ab",
	"a1",
	"12",
	"7",
	"a",
	"b",
	"c d",
	"a b",
};
static const char *const pairs_utf8_words[] = {
	"\xc3\xa9",
	"\xc3\xa7\x61",
	"don't",
	"-",
	"a-b",
	"\xcf\x83",
	"50%",
};

static inline void
pairs_word(struct pairs *p, struct buf *out)
{
	uint32_t n = PAIRS_N(pairs_words), u = PAIRS_N(pairs_utf8_words);
	uint32_t i = pairs_below(p, p->utf8 ? n + u : n);

	buf_add(out, str_c(i < n ? pairs_words[i] : pairs_utf8_words[i - n]));
}

static inline void pairs_sequence(struct pairs *p, unsigned depth,
    struct buf *out);

static inline void
pairs_branches(struct pairs *p, unsigned depth, struct buf *out)
{
	uint32_t n = 1 + pairs_below(p, 3);

	for (uint32_t i = 0; i < n; i++) {
		if (i > 0)
			buf_addc(out, '|');
		pairs_sequence(p, depth + 1, out);
	}
}

/* A wildcard, a group, an array, a part of a word. */
static inline void
pairs_special(struct pairs *p, unsigned depth, struct buf *out)
{
	static const char *const fixed[] = {
		"*",
		"_",
		"#",
		"[*]",
		"@one",
		"(@one)",
		"@two",
		"[@two]",
		"*",
		"[*]",
		"@three",
		"[_]",
		"[#]",
		"@none",
		"a*",
		"*b",
		"a_b",
		"<get name>",
		"<input>",
		"#b",
		"[b]",
		"(a|b)",
		"[a|b c]",
		"* [*]",
		"[a] * [b]",
		"[c] * a",
	};
	uint32_t i = pairs_below(p, PAIRS_N(fixed) + 14);

	if (i < PAIRS_N(fixed)) {
		buf_add(out, str_c(fixed[i]));
		return;
	}
	if (depth >= 3) {
		pairs_word(p, out);
		return;
	}
	buf_addc(out, i % 2 == 0 ? '(' : '[');
	pairs_branches(p, depth, out);
	buf_addc(out, i % 2 == 0 ? ')' : ']');
}

static inline void
pairs_sequence(struct pairs *p, unsigned depth, struct buf *out)
{
	uint32_t n = 1 + pairs_below(p, depth == 0 ? 5 : 2);

	for (uint32_t i = 0; i < n; i++) {
		/* Now and then an item that does not stand alone. */
		if (i > 0 && pairs_below(p, 24) != 0)
			buf_addc(out, ' ');
		if (pairs_below(p, 2) == 0)
			pairs_word(p, out);
		else
			pairs_special(p, depth, out);
	}
}

static inline void
pairs_value(void *ctx, struct str kind, struct str name, struct buf *out)
{
	(void)ctx;
	(void)name;
	buf_add(out, str_is(kind, "get") ? STR("a (b") : STR("c"));
}

static inline void
pairs_array(struct pairs *p, const char *name, const struct str *items,
    size_t n)
{
	struct ast_array *a = arena_alloc(&p->arena, sizeof *a);

	*a = (struct ast_array){ str_c(name), { 0 }, items, n };
	if (!map_set(&p->arrays, &p->arena, a->name, a))
		abort();
}

static inline void
pairs_add(struct pairs *p, uint32_t rank, struct str text)
{
	const char *why;

	p->triggers[rank] = (struct brain_trigger) {
		.text = arena_str(&p->arena, text),
		.id = rank,
		.pattern = &p->patterns[rank],
	};
	if (!pattern_read(&p->patterns[rank], p->triggers[rank].text,
	        &p->matcher.env, &p->arena, &p->scratch, &why))
		abort();
	p->list[rank] = &p->patterns[rank];
}

static inline void
pairs_trigger(struct pairs *p, uint32_t rank)
{
	struct buf text = { 0 };

	if (pairs_below(p, 12) == 0)
		buf_add(&text, STR("*"));
	else
		pairs_sequence(p, 0, &text);
	pairs_add(p, rank, buf_str(&text));
	buf_clear(&text);
}

static inline void
pairs_begin(struct pairs *p, bool utf8)
{
	static const struct str one[] = { { "a", 1 }, { "b", 1 } };
	static const struct str two[] = { { "b c", 3 }, { "c", 1 },
		{ "a b c", 5 }, { "12", 2 } };
	static const struct str three[] = { { "@one", 4 }, { "d", 1 },
		{ "c @two", 6 } };

	p->utf8 = utf8;
	pairs_array(p, "one", one, 2);
	pairs_array(p, "two", two, 4);
	pairs_array(p, "three", three, 3);
	p->matcher = (struct matcher){
		.env = { .utf8 = p->utf8, .arrays = &p->arrays },
		.no_jit = true,
		.n_triggers = PAIRS_TRIGGERS,
	};
}

static inline void
pairs_end(struct pairs *p)
{
	p->index = index_new(p->list, p->n,
	    (struct cut_options) { .utf8 = p->utf8 });
	if (p->index == NULL)
		abort();
}

/* A new brain.  *p holds nothing but where choices come from. */
static inline void
pairs_brain(struct pairs *p)
{
	pairs_begin(p, pairs_below(p, 2) == 1);
	p->n = 1 + pairs_below(p, PAIRS_TRIGGERS);
	for (uint32_t i = 0; i < p->n; i++)
		pairs_trigger(p, i);
	pairs_end(p);
}

/* A brain of these p->n triggers. */
static inline void
pairs_given(struct pairs *p, const char *const *triggers, bool utf8)
{
	pairs_begin(p, utf8);
	for (uint32_t i = 0; i < p->n; i++)
		pairs_add(p, i, str_c(triggers[i]));
	pairs_end(p);
}

static inline void
pairs_clear(struct pairs *p)
{
	index_free(p->index);
	matcher_clear(&p->matcher);
	arena_clear(&p->arena);
	arena_clear(&p->scratch);
	p->arrays = (struct map){ 0 };
}

/* --- messages ----------------------------------------------------------------- */

static inline void
pairs_message(struct pairs *p, struct buf *out)
{
	static const char *const odd[] = {
		"  ",
		" ",
		"\t",
		"A",
		"B C",
		"\n",
		"_",
		"'",
		"--",
		"K",
	};
	static const char *const utf8_odd[] = {
		"\xc2\xa0",
		"\xe2\x84\xaa",
		"\xcf\x82",
		"\xc3\x89",
		"a'",
		"\xff",
		"\xe0\xb8\x81\xe0\xb8\xb4",
	};
	uint32_t n = pairs_below(p, 9), plain = pairs_below(p, 3);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t k = plain != 0 ? 99 : pairs_below(p, 20);

		if (i > 0 && (plain != 0 || pairs_below(p, 9) != 0))
			buf_addc(out, ' ');
		if (k < PAIRS_N(odd))
			buf_add(out, str_c(odd[k]));
		else if (k < 13 && p->utf8)
			buf_add(out,
			    str_c(utf8_odd[pairs_below(p, PAIRS_N(utf8_odd))]));
		else
			pairs_word(p, out);
	}
}

/* --- both ways ------------------------------------------------------------------ */

static inline enum index_fit
pairs_fits(void *arg, uint32_t rank, struct str text)
{
	struct pairs *p = arg;
	struct pat_values values = { pairs_value, NULL };
	struct stars stars;

	switch (match_trigger(&p->matcher, &p->triggers[rank], text, &values,
	    &stars)) {
	case MATCH_NO:
		return INDEX_NO;
	case MATCH_YES:
		return INDEX_YES;
	case MATCH_LIMIT:
		return INDEX_LIMIT;
	default:
		return INDEX_NO_MEMORY;
	}
}

static inline bool
pairs_differ(struct pairs *p, struct str text, uint32_t rank, const char *what)
{
	snprintf(p->what, sizeof p->what, "%s: trigger \"%.*s\", text \"%.*s\"",
	    what, STR_ARG(p->triggers[rank].text), STR_ARG(text));
	return false;
}

static inline bool
pairs_same_stars(struct pairs *p, struct str text, uint32_t rank)
{
	struct pat_values values = { pairs_value, NULL };
	struct str mine[STARS_MAX] = { { 0 } };
	struct stars stars = { 0 };

	if (p->patterns[rank].n_stars > STARS_MAX ||
	    p->patterns[rank].kind == PATTERN_ATOMIC ||
	    !index_stars(p->index, rank, text, mine))
		return true;
	p->stars++;
	if (match_trigger(&p->matcher, &p->triggers[rank], text, &values,
		&stars) != MATCH_YES)
		return pairs_differ(p, text, rank, "no regex match");
	for (size_t i = 0; i < p->patterns[rank].n_stars; i++) {
		if (!str_eq(mine[i], stars.at[i]) ||
		    (mine[i].p == NULL) != (stars.at[i].p == NULL))
			return pairs_differ(p, text, rank, "other stars");
	}
	return true;
}

/* The best trigger of whole words that fits this stretch. */
static inline uint32_t
pairs_fits_stretch(struct pairs *p, struct str stretch)
{
	for (uint32_t i = 0; i < p->n; i++) {
		if (index_is_words(p->index, i) &&
		    pairs_fits(p, i, stretch) == INDEX_YES)
			return i;
	}
	return INDEX_NONE;
}

/* The first word at or after `from` where a stretch begins that fits, by
 * trying them all.  The text is plain. */
static inline struct index_stretch
pairs_find(struct pairs *p, struct str text, size_t from)
{
	for (size_t i = from; i < text.len; i++) {
		if (text.p[i] == ' ' || (i > 0 && text.p[i - 1] != ' '))
			continue;
		for (size_t to = text.len; to > i; to--) {
			uint32_t rank = INDEX_NONE;

			if (to == text.len || text.p[to] == ' ')
				rank =
				    pairs_fits_stretch(p, str_sub(text, i, to));
			if (rank != INDEX_NONE)
				return (struct index_stretch){ i, to, rank };
		}
	}
	return (struct index_stretch){ .rank = INDEX_NONE };
}

static inline bool
pairs_same_stretch(struct pairs *p, struct str text)
{
	size_t from = pairs_below(p, (uint32_t)text.len + 1);
	struct index_stretch want, have;
	struct cut c = { 0 };
	bool plain =
	    cut_words(&c, text, (struct cut_options){ .utf8 = p->utf8 }) &&
	    c.shape == CUT_PLAIN;

	cut_clear(&c);
	if (!plain)
		return true;
	want = pairs_find(p, text, from);
	index_find(p->index, text, from, &have);
	if (want.rank == have.rank && want.start == have.start &&
	    want.end == have.end)
		return true;
	snprintf(p->what, sizeof p->what,
	    "text \"%.*s\" from %zu: %zu-%zu rank %u, not %zu-%zu rank %u",
	    STR_ARG(text), from, have.start, have.end, have.rank, want.start,
	    want.end, want.rank);
	return false;
}

/* One message, asked in every way; false, with p->what, on a difference. */
static inline bool
pairs_agree(struct pairs *p, struct str text)
{
	struct index_ask ask = { pairs_fits, p, 0 };
	enum index_fit fits[PAIRS_TRIGGERS];
	uint32_t first = INDEX_NONE, best, limits = 0;
	const uint32_t *ranks = NULL;
	size_t n = 0, at = 0;

	for (uint32_t i = 0; i < p->n; i++) {
		fits[i] = pairs_fits(p, i, text);
		if (fits[i] == INDEX_YES && first == INDEX_NONE)
			first = i;
		limits += fits[i] != INDEX_YES && fits[i] != INDEX_NO;
	}
	/* Where the loop cannot tell, only the index's survival counts. */
	if (limits > 0) {
		index_best(p->index, text, ask, &best);
		index_all(p->index, text, ask, &ranks, &n);
		return true;
	}
	if (index_best(p->index, text, ask, &best) !=
		(first == INDEX_NONE ? INDEX_NO : INDEX_YES) ||
	    best != first)
		return pairs_differ(p, text, first != INDEX_NONE ? first : best,
		    "other first match");
	if (first != INDEX_NONE && !pairs_same_stars(p, text, first))
		return false;
	p->found += first != INDEX_NONE;
	if (text.len < 12 && !pairs_same_stretch(p, text))
		return false;
	index_all(p->index, text, ask, &ranks, &n);
	for (uint32_t i = 0; i < p->n; i++) {
		bool listed = at < n && ranks[at] == i;

		if (listed != (fits[i] == INDEX_YES))
			return pairs_differ(p, text, i, "other matches");
		at += listed;
	}
	return at == n || pairs_differ(p, text, 0, "matches out of order");
}

#endif
