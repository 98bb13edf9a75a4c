#include "guide/rules.h"

#define BIT(v) (1U << (unsigned)(v))

static const struct {
	const char *name;
	unsigned bits;
} values[] = {
	{ "yes", BIT(ANSWER_YES) },
	{ "some", BIT(ANSWER_SOME) },
	{ "no", BIT(ANSWER_NO) },
	{ "not_sure", BIT(ANSWER_UNSURE) },
	{ "not sure", BIT(ANSWER_UNSURE) },
	{ "skip", BIT(ANSWER_SKIP) },
	{ "open", BIT(ANSWER_UNSURE) | BIT(ANSWER_SKIP) },
}, notes[] = {
	{ "risk", SELFCHECK_RISK },
	{ "imminent", SELFCHECK_IMMINENT },
	{ "safe", SELFCHECK_SAFE },
	{ "self_harm", SELFCHECK_SELF_HARM },
	{ "suicidal", SELFCHECK_SUICIDAL },
};

unsigned
rules_value(struct str name)
{
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		if (str_is(name, values[i].name))
			return values[i].bits;
	}
	return 0;
}

unsigned
rules_note(struct str name)
{
	for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
		if (str_is(name, notes[i].name))
			return notes[i].bits;
	}
	return 0;
}

/* --- reading -------------------------------------------------------------- */

struct parser {
	const struct checklist *list;
	const struct rule *rule;
	struct str rest;
	struct str word; /* the one under way; empty at the end */
	struct errs *errs;
};

/* A comma is a word too, so that "a,b" and "a, b" read the same. */
static void
next(struct parser *p)
{
	size_t n = 0;

	p->rest = str_trim(p->rest);
	while (n < p->rest.len && !str_blank(p->rest.p[n]) &&
	    (n == 0 || (p->rest.p[n] != ',' && p->rest.p[0] != ',')))
		n++;
	p->word = str_sub(p->rest, 0, n);
	p->rest = str_sub(p->rest, n, p->rest.len);
}

static bool
fail(const struct parser *p, const char *wanted)
{
	struct loc at = p->rule->at;

	if (p->word.len == 0) {
		at.col += (uint32_t)p->rule->text.len;
		return errs_add(p->errs, at, "%s is missing here", wanted);
	}
	at.col += (uint32_t)(p->word.p - p->rule->text.p);
	return errs_add(p->errs, at, "%s should stand here, not \"%.*s\"",
	    wanted, STR_ARG(p->word));
}

static bool
skip(struct parser *p, const char *word)
{
	char wanted[32];
	size_t n = 0;

	if (str_is(p->word, word)) {
		next(p);
		return true;
	}
	wanted[n++] = '"';
	for (; *word != '\0' && n < sizeof wanted - 2; word++)
		wanted[n++] = *word;
	wanted[n++] = '"';
	wanted[n] = '\0';
	return fail(p, wanted);
}

static bool
read_question(struct parser *p, struct term *t)
{
	for (size_t i = 0; i < p->list->n; i++) {
		if (str_eq(p->list->questions[i].name, p->word)) {
			t->questions |= UINT64_C(1) << i;
			next(p);
			return true;
		}
	}
	return fail(p, "the name of a question");
}

static bool
read_questions(struct parser *p, struct term *t)
{
	if (!skip(p, "of"))
		return false;
	do {
		if (str_is(p->word, ","))
			next(p);
		if (!read_question(p, t))
			return false;
	} while (str_is(p->word, ","));
	return true;
}

static bool
read_values(struct parser *p, struct term *t)
{
	if (!str_is(p->word, "are") && !skip(p, "is"))
		return false;
	if (str_is(p->word, "are"))
		next(p);
	for (;;) {
		unsigned v = rules_value(p->word);

		if (v == 0)
			return fail(p, "an answer");
		t->values |= v;
		next(p);
		if (!str_is(p->word, "or"))
			return true;
		next(p);
	}
}

/* A number of up to two digits, and perhaps .5 */
static bool
read_number(struct parser *p, struct term *t)
{
	struct str s = p->word;
	unsigned n = 0;
	size_t i = 0;

	for (; i < s.len && i < 2 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		n = n * 10 + (unsigned)(s.p[i] - '0');
	if (i == 0)
		return fail(p, "a number");
	t->halves = 2 * n;
	if (str_is(str_sub(s, i, s.len), ".5"))
		t->halves++;
	else if (i < s.len)
		return fail(p, "a number such as 3 or 1.5");
	next(p);
	return true;
}

static bool
read_least(struct parser *p, struct term *t)
{
	return skip(p, "is") && skip(p, "at") && skip(p, "least") &&
	    read_number(p, t);
}

static bool
read_always(struct parser *p, struct term *t)
{
	(void)p;
	(void)t;
	return true;
}

static bool
read_list(struct parser *p, struct term *t)
{
	return read_questions(p, t) && read_values(p, t);
}

static bool
read_sum(struct parser *p, struct term *t)
{
	return read_questions(p, t) && read_least(p, t);
}

static bool
read_noted(struct parser *p, struct term *t)
{
	for (;;) {
		unsigned v = rules_note(p->word);

		if (v == 0)
			return fail(p, "something that is noted");
		t->notes |= v;
		next(p);
		if (!str_is(p->word, "or"))
			return true;
		next(p);
	}
}

static const struct {
	const char *name;
	enum term_kind kind;
	bool (*read)(struct parser *p, struct term *t);
} kinds[] = {
	{ "always", TERM_ALWAYS, read_always },
	{ "all", TERM_ALL, read_list },
	{ "any", TERM_ANY, read_list },
	{ "sum", TERM_SUM, read_sum },
	{ "open", TERM_OPEN, read_least },
	{ "noted", TERM_NOTED, read_noted },
};

static bool
read_term(struct parser *p, struct term *t)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (!str_is(p->word, kinds[i].name))
			continue;
		t->kind = kinds[i].kind;
		next(p);
		return kinds[i].read(p, t);
	}
	t->kind = TERM_ANY;
	return read_question(p, t) && read_values(p, t);
}

bool
rules_read(struct rule *rule, const struct checklist *list, struct errs *errs)
{
	struct parser p = { .list = list, .rule = rule, .rest = rule->text,
		.errs = errs };

	next(&p);
	for (;;) {
		if (rule->n == CHECKLIST_TERMS)
			return fail(&p, "the end of so long a condition");
		if (!read_term(&p, &rule->terms[rule->n++]))
			return false;
		if (p.word.len == 0)
			return true;
		if (!skip(&p, "and"))
			return false;
	}
}

/* --- applying ------------------------------------------------------------- */

static unsigned
sum(const struct rules_case *c, uint64_t questions)
{
	unsigned halves = 0;

	for (size_t i = 0; i < c->list->n; i++) {
		if ((questions >> i & 1) == 0)
			continue;
		if (c->values[i] == ANSWER_YES)
			halves += 2;
		else if (c->values[i] == ANSWER_SOME)
			halves += 1;
	}
	return halves;
}

/* Questions that stayed open: skipped, not sure, or never asked. */
static unsigned
count_open(const struct rules_case *c)
{
	unsigned n = 0;

	for (size_t i = 0; i < c->list->n; i++)
		n += c->values[i] == ANSWER_UNSURE ||
		    c->values[i] == ANSWER_SKIP || c->values[i] == ANSWER_NONE;
	return n;
}

/* How many of the questions were answered so; never asked is an open one. */
static size_t
count_values(const struct rules_case *c, const struct term *t, size_t *of)
{
	size_t n = 0;

	*of = 0;
	for (size_t i = 0; i < c->list->n; i++) {
		unsigned v = c->values[i] == ANSWER_NONE ? ANSWER_SKIP
		                                         : c->values[i];

		if ((t->questions >> i & 1) == 0)
			continue;
		*of += 1;
		n += (t->values & BIT(v)) != 0;
	}
	return n;
}

static bool
holds(const struct rules_case *c, const struct term *t)
{
	size_t n, of;

	switch (t->kind) {
	case TERM_ALWAYS:
		return true;
	case TERM_ALL:
		n = count_values(c, t, &of);
		return n == of;
	case TERM_ANY:
		return count_values(c, t, &of) > 0;
	case TERM_SUM:
		return sum(c, t->questions) >= t->halves;
	case TERM_OPEN:
		return 2 * count_open(c) >= t->halves;
	case TERM_NOTED:
		return (c->noted & t->notes) != 0;
	}
	return false;
}

static bool
fits(const struct rules_case *c, const struct rule *rule)
{
	for (size_t i = 0; i < rule->n; i++) {
		if (!holds(c, &rule->terms[i]))
			return false;
	}
	return true;
}

const struct result *
rules_result(const struct rules_case *c, const struct rule **rule)
{
	for (const struct result *r = c->list->results; r != NULL; r = r->next) {
		for (*rule = r->rules; *rule != NULL; *rule = (*rule)->next) {
			if (fits(c, *rule))
				return r;
		}
	}
	*rule = NULL;
	return NULL; /* never: the reader asks for "when: always" */
}
