#include "rive/rest.h"

#include <stdlib.h>

#define GRAM 3u

/* --- the piece that a text must hold ---------------------------------------- */

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
	       (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool
is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

/* How many bytes of s are no literal: a wildcard, a group, a tag, an array. */
static size_t
special(struct str s)
{
	size_t depth = 0, i = 0;

	if (s.len == 0)
		return 0;
	if (is_one_of(s.p[0], "*#_\\)]}>"))
		return 1;
	if (s.p[0] == '@') {
		for (i = 1; i < s.len && is_name(s.p[i]);)
			i++;
		return i;
	}
	if (!is_one_of(s.p[0], "([{<"))
		return 0;
	for (; i < s.len; i++) {
		if (is_one_of(s.p[i], "([{<"))
			depth++;
		else if (is_one_of(s.p[i], ")]}>") && --depth == 0)
			return i + 1;
	}
	return s.len;
}

/* The longest literal run outside of groups; blanks at its ends may be eaten
 * by an optional and do not count. */
static struct str
required(const struct pattern *p)
{
	struct str s = p->text, best = { 0 }, run;
	size_t from = 0, i = 0, n;

	if (p->kind == PATTERN_KEYWORD)
		return p->text;
	while (i <= s.len) {
		n = i == s.len ? 1 : special(str_sub(s, i, s.len));
		if (i < s.len && s.p[i] == '|')
			return (struct str){ 0 };
		if (n == 0) {
			i++;
			continue;
		}
		run = str_trim(str_sub(s, from, i));
		if (run.len > best.len)
			best = run;
		i += n;
		from = i;
	}
	return best;
}

bool
rest_add(struct rest *r, const struct pattern *p, uint32_t rank,
    struct cut_options o)
{
	uint32_t size = r->size == 0 ? 32 : 2 * r->size;
	struct rest_entry *e;

	if (r->n == r->size) {
		e = realloc(r->list, size * sizeof *e);
		if (e == NULL)
			return false;
		r->list = e;
		r->size = size;
	}
	e = &r->list[r->n++];
	*e = (struct rest_entry){ .rank = rank, .at = (uint32_t)r->text.len };
	r->text.max = (size_t)1 << 28;
	cut_fold(required(p), o, &r->text);
	e->len = (uint32_t)r->text.len - e->at;
	return !r->text.failed;
}

/* --- grams -------------------------------------------------------------------- */

static uint32_t
gram_key(const char *p, uint32_t len)
{
	uint32_t key = len << 24;

	for (uint32_t i = 0; i < len; i++)
		key |= (uint32_t)(unsigned char)p[i] << (8 * i);
	return key;
}

static struct rest_gram *
find_gram(const struct rest *r, uint32_t key)
{
	uint32_t i = (key * UINT32_C(0x9e3779b1)) >> 7;

	for (i &= r->grams_size - 1; r->grams[i].key != 0;
	     i++, i &= r->grams_size - 1) {
		if (r->grams[i].key == key)
			break;
	}
	return &r->grams[i];
}

static uint32_t
gram_len(const struct rest_entry *e)
{
	return e->len < GRAM ? e->len : GRAM;
}

static void
count_grams(struct rest *r, const struct rest_entry *e)
{
	uint32_t len = gram_len(e);

	for (uint32_t i = 0; len > 0 && i + len <= e->len; i++) {
		uint32_t key = gram_key(r->text.p + e->at + i, len);
		struct rest_gram *g = find_gram(r, key);

		g->key = key;
		g->count++;
	}
}

/* Hangs the entry under the rarest gram of its piece. */
static void
hang(struct rest *r, uint32_t number)
{
	struct rest_entry *e = &r->list[number];
	uint32_t len = gram_len(e);
	struct rest_gram *best = NULL;

	for (uint32_t i = 0; len > 0 && i + len <= e->len; i++) {
		struct rest_gram *g =
		    find_gram(r, gram_key(r->text.p + e->at + i, len));

		if (best == NULL || g->count < best->count) {
			best = g;
			e->gram_at = i;
		}
	}
	if (best == NULL) {
		e->next = r->always;
		r->always = number + 1;
		return;
	}
	e->next = best->first;
	best->first = number + 1;
	r->lengths[len] = true;
}

bool
rest_freeze(struct rest *r)
{
	size_t size = 64;

	if (r->n == 0)
		return true;
	while (size < 2 * (r->text.len + 1))
		size *= 2;
	r->grams = calloc(size, sizeof *r->grams);
	if (r->grams == NULL)
		return false;
	r->grams_size = (uint32_t)size;
	for (uint32_t i = 0; i < r->n; i++)
		count_grams(r, &r->list[i]);
	for (uint32_t i = 0; i < r->n; i++)
		hang(r, i);
	return true;
}

/* --- texts -------------------------------------------------------------------- */

struct seek {
	struct rest *r;
	struct str text;
	uint64_t most;
	rest_fn found;
	void *arg;
};

/* The entries under one gram, which stands at `at` in the text. */
static bool
try_gram(const struct seek *s, size_t at, uint32_t len)
{
	struct rest *r = s->r;
	struct str text = s->text;
	uint32_t next = find_gram(r, gram_key(text.p + at, len))->first;

	while (next != 0) {
		struct rest_entry *e = &r->list[next - 1];

		next = e->next;
		if (++r->steps > s->most)
			return false;
		if (e->round == r->round || e->gram_at > at ||
		    e->len > text.len - (at - e->gram_at) ||
		    memcmp(text.p + at - e->gram_at, r->text.p + e->at,
			e->len) != 0)
			continue;
		e->round = r->round;
		if (!s->found(s->arg, e->rank))
			return false;
	}
	return true;
}

static void
new_round(struct rest *r)
{
	if (++r->round != 0)
		return;
	for (uint32_t i = 0; i < r->n; i++)
		r->list[i].round = 0;
	r->round = 1;
}

bool
rest_candidates(struct rest *r, struct str text, uint64_t most, rest_fn found,
    void *arg)
{
	struct seek seek = { r, text, most, found, arg };

	r->steps = 0;
	if (r->n == 0)
		return true;
	new_round(r);
	for (uint32_t i = r->always; i != 0; i = r->list[i - 1].next) {
		if (++r->steps > most || !found(arg, r->list[i - 1].rank))
			return false;
	}
	for (uint32_t len = 1; len <= GRAM; len++) {
		for (size_t at = 0; r->lengths[len] && at + len <= text.len;
		     at++) {
			if (!try_gram(&seek, at, len))
				return false;
		}
	}
	return true;
}

void
rest_clear(struct rest *r)
{
	free(r->list);
	free(r->grams);
	buf_clear(&r->text);
	*r = (struct rest){ 0 };
}
