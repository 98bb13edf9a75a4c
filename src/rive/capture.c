#include "rive/capture.h"

#define STEPS_MAX 20000u
#define DEPTH_MAX 2000u /* of calls: one an item that matched */
#define FAILED_BITS 4096u

struct matcher {
	const struct cut *cut;
	struct str text;
	struct str *stars;
	struct cut_options options;
	uint32_t steps;
	uint32_t depth;
	/* Item and word of the outermost sequence that cannot lead on. */
	uint64_t failed[FAILED_BITS / 64];
};

/* What is left to match: the rest of a sequence, then what comes after it. */
struct rest_of {
	const struct pat_seq *seq;
	uint32_t i;
	const struct rest_of *up;
	const struct pat_item *group; /* whose part seq is; NULL: outermost */
	uint32_t from;                /* the word at which the group began */
};

static bool match(struct matcher *m, const struct rest_of *r, uint32_t at);

/* Words from .. to as text; an empty stretch is empty, not absent. */
static struct str
span(const struct matcher *m, uint32_t from, uint32_t to)
{
	const struct cut_word *w = m->cut->list;

	if (from == to)
		return str_of(m->text.p == NULL ? "" : m->text.p, 0);
	return str_sub(m->text, w[from].from, w[to - 1].to);
}

static bool
same(const struct matcher *m, uint32_t at, struct str word)
{
	struct str have = cut_word(m->cut, at);
	struct buf folded = { .max = 4 * word.len + 16 };
	bool equal;

	if (str_eq(have, word))
		return true;
	if (have.len == word.len && (unsigned char)have.p[0] < 0x80 &&
	    (unsigned char)word.p[0] < 0x80 && have.p[0] != word.p[0])
		return false;
	cut_fold(word, m->options, &folded);
	equal = !folded.failed && str_eq(have, buf_str(&folded));
	buf_clear(&folded);
	return equal;
}

/* Goes on behind an item that took the words from .. to. */
static bool
go_on(struct matcher *m, const struct rest_of *r, uint32_t from, uint32_t to)
{
	const struct pat_item *item = &r->seq->items[r->i];
	struct rest_of next = *r;
	struct str old;

	next.i++;
	if (!item->capture)
		return match(m, &next, to);
	old = m->stars[item->star];
	m->stars[item->star] = span(m, from, to);
	if (match(m, &next, to))
		return true;
	m->stars[item->star] = old;
	return false;
}

/* At the end of a group's part: behind the group. */
static bool
leave(struct matcher *m, const struct rest_of *r, uint32_t at)
{
	if (r->group == NULL)
		return at == m->cut->n;
	return go_on(m, r->up, r->from, at);
}

static bool
match_run(struct matcher *m, const struct rest_of *r, uint32_t at,
    uint32_t least)
{
	for (uint32_t to = at + least; to <= m->cut->n; to++) {
		if (go_on(m, r, at, to))
			return true;
		if (m->steps > STEPS_MAX)
			return false;
	}
	return false;
}

/* [*] tries presence first, and absence last. */
static bool
match_maybe(struct matcher *m, const struct rest_of *r, uint32_t at)
{
	return match_run(m, r, at, 1) || go_on(m, r, at, at);
}

static bool
match_group(struct matcher *m, const struct rest_of *r, uint32_t at)
{
	const struct pat_item *group = &r->seq->items[r->i];

	for (uint32_t i = 0; i < group->n; i++) {
		struct rest_of part = { &group->alt[i], 0, r, group, at };

		if (match(m, &part, at))
			return true;
	}
	if (group->type != PAT_OPT)
		return false;
	return go_on(m, r, at, at);
}

static bool
match_item(struct matcher *m, const struct rest_of *r, uint32_t at)
{
	const struct pat_item *item = &r->seq->items[r->i];
	bool more = at < m->cut->n, fits = false;

	switch ((enum pat_type)item->type) {
	case PAT_WORD:
		fits = more && same(m, at, item->word);
		break;
	case PAT_UNDER:
		fits = more && m->cut->list[at].kind == CUT_LETTERS;
		break;
	case PAT_NUM:
		fits = more && m->cut->list[at].kind == CUT_DIGITS;
		break;
	case PAT_STAR:
		return match_run(m, r, at, 1);
	case PAT_ANY:
		return item->capture ? match_run(m, r, at, 0)
				     : match_maybe(m, r, at);
	case PAT_ALT:
	case PAT_OPT:
		return match_group(m, r, at);
	}
	return fits && go_on(m, r, at, at + 1);
}

static bool
match(struct matcher *m, const struct rest_of *r, uint32_t at)
{
	uint32_t bit = r->i * (m->cut->n + 1) + at;
	bool noted = r->group == NULL && r->i < FAILED_BITS &&
		     m->cut->n < FAILED_BITS && bit < FAILED_BITS;
	bool yes;

	if (++m->steps > STEPS_MAX || m->depth >= DEPTH_MAX) {
		m->steps = STEPS_MAX + 1;
		return false;
	}
	if (r->i == r->seq->n)
		return leave(m, r, at);
	if (noted && (m->failed[bit / 64] >> (bit % 64) & 1) != 0)
		return false;
	m->depth++;
	yes = match_item(m, r, at);
	m->depth--;
	if (!yes && noted)
		m->failed[bit / 64] |= UINT64_C(1) << (bit % 64);
	return yes;
}

enum capture_result
capture_stars(const struct pattern *p, const struct cut *c, struct str text,
    struct str *stars, uint32_t *steps)
{
	struct matcher m = { .cut = c, .text = text, .stars = stars };
	struct rest_of all = { .seq = &p->seq };
	bool yes;

	m.options = c->options;
	for (uint32_t i = 0; i < p->n_stars; i++)
		stars[i] = (struct str){ 0 };
	yes = match(&m, &all, 0);
	*steps = m.steps;
	if (yes)
		return CAPTURE_YES;
	return m.steps > STEPS_MAX ? CAPTURE_COSTLY : CAPTURE_NO;
}
