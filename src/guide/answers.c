#include "guide/answers.h"

#include "guide/spoken.h"

#define NEGATION_REACH 3 /* words before a phrase where "not" turns it */

/* One line being read. */
struct reading {
	const struct checklist *c;
	const struct question *q;
	struct spoken w;
};

/* A phrase found: what it says, and how many words it takes. */
struct hit {
	enum answer value;
	size_t n;
};

static size_t
longest(const struct phrase *list, const struct spoken *w, size_t from)
{
	size_t best = 0;

	for (; list != NULL; list = list->next) {
		size_t n = spoken_match(w, from, list->text);

		if (n > best)
			best = n;
	}
	return best;
}

/* Fillers take the longest way too, and never end inside an answer. */
static size_t
filler(const struct reading *r, size_t from)
{
	size_t n = longest(r->c->manners[ANSWER_FILLER].alone, &r->w, from);

	if (n == 0 && from < r->w.n && r->w.at[from].symbol)
		return 1;
	return n;
}

/* Is nothing left but fillers? */
static bool
ends(const struct reading *r, size_t from)
{
	while (from < r->w.n) {
		size_t n = filler(r, from);

		if (n == 0)
			return false;
		from += n;
	}
	return true;
}

static bool
steers(enum answer v)
{
	return v >= ANSWER_N_KEPT && v < ANSWER_UNCLEAR;
}

/* Does an answer, or a word that steers and ends the line, begin here? */
static bool
answer_begins(const struct reading *r, size_t from)
{
	for (int v = ANSWER_YES; v < ANSWER_UNCLEAR; v++) {
		const struct manner *words = &r->c->manners[v];
		size_t n = longest(words->alone, &r->w, from);

		if (longest(words->starts, &r->w, from) > 0 ||
		    (n > 0 && (!steers(v) || ends(r, from + n))))
			return true;
	}
	return longest(r->c->manners[ANSWER_JOIN].alone, &r->w, from) > 0 ||
	    filler(r, from) > 0;
}

static bool
negated(const struct reading *r, size_t at)
{
	size_t from = at > NEGATION_REACH ? at - NEGATION_REACH : 0;

	for (; from < at; from++) {
		if (longest(r->c->manners[ANSWER_NEGATION].alone, &r->w,
		    from) > 0)
			return true;
	}
	return false;
}

/* Does the next word show that the phrase before it was an answer?  "No panic
 * attacks" is one to a question about them, "no energy" is not. */
static bool
goes_on(const struct reading *r, enum answer v, size_t from)
{
	return longest(r->c->manners[v].before, &r->w, from) > 0 ||
	    answer_begins(r, from) ||
	    (v == ANSWER_NO &&
	        longest(r->q->means[ANSWER_YES], &r->w, from) > 0);
}

/*
 * A phrase that may stand alone also opens a longer answer where the next
 * word shows that it was one: "no i dont" but not "no energy".
 */
static size_t
alone(const struct reading *r, enum answer v, size_t from)
{
	size_t best = 0;

	for (const struct phrase *p = r->c->manners[v].alone; p != NULL;
	     p = p->next) {
		size_t n = spoken_match(&r->w, from, p->text);

		if (n > best && (ends(r, from + n) ||
		        (!steers(v) && goes_on(r, v, from + n))))
			best = n;
	}
	return best;
}

/* The question's own words, unless they are denied. */
static size_t
meant(const struct reading *r, enum answer v, size_t from)
{
	return negated(r, from) ? 0 : longest(r->q->means[v], &r->w, from);
}

static void
keep_longer(struct hit *best, enum answer v, size_t n)
{
	if (n > best->n)
		*best = (struct hit) { v, n };
}

/* The phrase that begins here; the longest, and of two as long what steers,
 * then an answer that ends the line, then a filler, then an answer. */
static struct hit
lead(const struct reading *r, size_t from)
{
	struct hit best = { ANSWER_NONE, 0 };
	size_t n;

	for (int v = ANSWER_BACK; v <= ANSWER_UNCLEAR; v++) {
		keep_longer(&best, v, alone(r, v, from));
		keep_longer(&best, v,
		    longest(r->c->manners[v].starts, &r->w, from));
	}
	n = filler(r, from);
	if (n > best.n && !ends(r, from))
		best = (struct hit) { ANSWER_FILLER, n };
	keep_longer(&best, ANSWER_JOIN,
	    longest(r->c->manners[ANSWER_JOIN].alone, &r->w, from));
	for (int v = ANSWER_YES; v < ANSWER_N_KEPT; v++) {
		keep_longer(&best, v, alone(r, v, from));
		keep_longer(&best, v,
		    longest(r->c->manners[v].starts, &r->w, from));
		keep_longer(&best, v, meant(r, v, from));
	}
	keep_longer(&best, ANSWER_FILLER, n);
	return best;
}

/* Both were said; where they differ the truth is in between, or upward. */
static enum answer
both(enum answer first, enum answer then)
{
	if (first == then || then == ANSWER_SKIP)
		return first;
	if (first == ANSWER_SKIP)
		return then;
	if (first == ANSWER_UNSURE)
		return then == ANSWER_NO ? ANSWER_NO : ANSWER_SOME;
	if (first == ANSWER_NO && then == ANSWER_UNSURE)
		return ANSWER_UNSURE;
	return ANSWER_SOME;
}

/* The longest phrase of the list anywhere from `from` on, not negated. */
static size_t
anywhere(const struct reading *r, const struct phrase *list, size_t from)
{
	size_t best = 0;

	for (; from < r->w.n; from++) {
		size_t n = longest(list, &r->w, from);

		if (n > best && !negated(r, from))
			best = n;
	}
	return best;
}

/* No answer in front: what this question's own words, then any words, say. */
static enum answer
inside(const struct reading *r)
{
	struct hit best = { ANSWER_NONE, 0 };

	if (r->w.question ||
	    longest(r->c->manners[ANSWER_ASKS].starts, &r->w, 0) > 0)
		return ANSWER_NONE;
	for (int v = ANSWER_YES; v < ANSWER_N_KEPT; v++)
		keep_longer(&best, v, anywhere(r, r->q->means[v], 0));
	/* "i panic sometimes" names the sign and then takes half of it back */
	if (best.value == ANSWER_YES &&
	    anywhere(r, r->c->manners[ANSWER_SOME].inside, 0) > 0)
		return ANSWER_SOME;
	if (best.value != ANSWER_NONE)
		return best.value;
	for (int v = ANSWER_YES; v < ANSWER_N_KEPT; v++)
		keep_longer(&best, v,
		    anywhere(r, r->c->manners[v].inside, 0));
	return best.value;
}

/* Where "but i" or the like ends, from the word before `from` on; or n. */
static size_t
own_part(const struct reading *r, size_t from)
{
	const struct manner *join = &r->c->manners[ANSWER_JOIN];

	for (size_t at = from > 0 ? from - 1 : 0; at < r->w.n; at++) {
		size_t n = longest(join->alone, &r->w, at);

		if (n > 0 && longest(join->before, &r->w, at + n) > 0)
			return at + n;
	}
	return r->w.n;
}

/* What follows a yes may soften it; a no is not the whole of it where "but
 * i" names a sign after all. */
static enum answer
soften(const struct reading *r, enum answer v, size_t from)
{
	const struct phrase *some = r->c->manners[ANSWER_SOME].inside;

	if (v == ANSWER_YES && anywhere(r, some, from) > 0)
		return ANSWER_SOME;
	if (v != ANSWER_NO)
		return v;
	from = own_part(r, from);
	if (anywhere(r, some, from) > 0 ||
	    anywhere(r, r->q->means[ANSWER_YES], from) > 0)
		return ANSWER_SOME;
	return v;
}

/* Words that steer, after an answer: only leaving, going back and passing
 * over; "yes why" is a yes. */
static bool
overrules(enum answer v)
{
	return v == ANSWER_STOP || v == ANSWER_BACK || v == ANSWER_OVER;
}

/* Walks the phrases from the front until something is none. */
static struct answers_read
walk(const struct reading *r)
{
	enum answer value = ANSWER_NONE;
	size_t at = 0, n_answers = 0;

	while (at < r->w.n) {
		struct hit h = lead(r, at);

		if (h.n == 0 || h.value == ANSWER_UNCLEAR)
			break;
		at += h.n;
		if (h.value == ANSWER_FILLER || h.value == ANSWER_JOIN)
			continue;
		if (steers(h.value) &&
		    (value == ANSWER_NONE || overrules(h.value)))
			return (struct answers_read) { h.value, true };
		if (steers(h.value))
			break;
		value = value == ANSWER_NONE ? h.value : both(value, h.value);
		n_answers++;
	}
	if (value != ANSWER_NONE)
		value = soften(r, value, at);
	return (struct answers_read) { value, n_answers == 1 && at == r->w.n &&
		    r->w.n <= 3 };
}

struct answers_read
answers_read(const struct checklist *c, const struct question *q,
    struct str line, struct str raw)
{
	struct reading r = { .c = c, .q = q };
	struct answers_read read;
	struct spoken as_said;

	spoken_read(&r.w, line);
	spoken_read(&as_said, raw);
	r.w.question = r.w.question || as_said.question;
	read = walk(&r);
	if (read.value == ANSWER_NONE)
		read = (struct answers_read) { inside(&r), false };
	spoken_wipe(&r.w);
	spoken_wipe(&as_said);
	return read;
}

unsigned
answers_choices(const struct question *q, struct str line)
{
	struct spoken w;
	unsigned bits = 0;

	spoken_read(&w, line);
	for (size_t i = 0; i < q->n_choices; i++) {
		for (size_t at = 0; at < w.n; at++) {
			if (longest(q->choices[i].phrases, &w, at) > 0)
				bits |= 1U << i;
		}
	}
	spoken_wipe(&w);
	return bits;
}
