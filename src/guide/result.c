#include "guide/result.h"

#include <stdio.h>

#include "guide/fill.h"
#include "guide/rules.h"

#define LIST_MAX 2048 /* bytes of the signs named in one line */

/* A list of signs under way. */
struct list {
	char p[LIST_MAX];
	size_t len;
};

static void
list_add(struct list *list, struct str s)
{
	size_t need = s.len + (list->len > 0 ? 2 : 0);

	if (need > sizeof list->p - list->len)
		return;
	if (list->len > 0) {
		memcpy(list->p + list->len, ", ", 2);
		list->len += 2;
	}
	memcpy(list->p + list->len, s.p, s.len);
	list->len += s.len;
}

/* What was said meanwhile counts as a yes, whatever was answered later. */
static enum answer
value_of(const struct result_case *c, size_t i)
{
	if ((c->list->questions[i].noted & c->noted) != 0)
		return ANSWER_YES;
	return (enum answer)c->answers[i].value;
}

/* A question that only sets the tone is no sign to be counted up. */
static bool
is_tone(const struct question *q)
{
	return q->tone[ANSWER_YES].len > 0;
}

static struct rules_case
case_of(const struct result_case *c)
{
	struct rules_case r = { .list = c->list, .noted = c->noted };

	for (size_t i = 0; i < c->list->n; i++)
		r.values[i] = (uint8_t)value_of(c, i);
	return r;
}

static void
list_signs(const struct result_case *c, enum answer v, struct list *list)
{
	for (size_t i = 0; i < c->list->n; i++) {
		const struct question *q = &c->list->questions[i];

		if (value_of(c, i) == v && !is_tone(q))
			list_add(list, q->sign);
	}
}

static void
list_open(const struct result_case *c, struct list *list)
{
	for (size_t i = 0; i < c->list->n; i++) {
		enum answer v = value_of(c, i);

		if (v == ANSWER_NONE || v == ANSWER_UNSURE || v == ANSWER_SKIP)
			list_add(list, c->list->questions[i].sign);
	}
}

static struct str
tone(const struct result_case *c)
{
	for (size_t i = 0; i < c->list->n; i++) {
		const struct question *q = &c->list->questions[i];

		if (is_tone(q))
			return q->tone[value_of(c, i)];
	}
	return (struct str) { 0 };
}

struct str
result_crisis(const struct checklist *list, struct str crisis)
{
	return crisis.len > 0 ? crisis : list->texts[TEXT_NO_LINE]->text;
}

void
result_say(const struct result_case *c, struct buf *out)
{
	struct rules_case rc = case_of(c);
	const struct rule *rule;
	const struct result *result = rules_result(&rc, &rule);
	struct list yes = { .len = 0 }, some = { .len = 0 }, open = { .len = 0 };

	if (result == NULL)
		return;
	list_signs(c, ANSWER_YES, &yes);
	list_signs(c, ANSWER_SOME, &some);
	list_open(c, &open);
	const struct fill fills[] = {
		{ "yes", str_of(yes.p, yes.len) },
		{ "some", str_of(some.p, some.len) },
		{ "open", str_of(open.p, open.len) },
		{ "tone", tone(c) },
		{ "crisis", result_crisis(c->list, c->crisis) },
		{ NULL, { 0 } },
	};
	fill_line(result->title, fills, out);
	fill_says(result->says, c->other ? SAYS_THEY : SAYS_YOU, fills, out);
}

/* --- the summary ---------------------------------------------------------- */

static bool
anything_said(const struct result_case *c)
{
	for (size_t i = 0; i < c->list->n; i++) {
		if (c->answers[i].value != ANSWER_NONE)
			return true;
	}
	return false;
}

/* The choices of a follow-up that were named. */
static void
list_choices(const struct question *q, unsigned bits, struct list *list)
{
	for (size_t i = 0; i < q->n_choices; i++) {
		if ((bits >> i & 1) != 0)
			list_add(list, q->choices[i].label);
	}
}

/* The person's own words, and how they were taken where that differs. */
static void
answer_text(const struct result_case *c, size_t i, struct buf *out)
{
	const struct selfcheck_answer *a = &c->answers[i];
	struct str label = c->list->manners[a->value].label;
	struct str words = str_c(a->words);

	if (words.len == 0 || str_casecmp(words, label) == 0)
		buf_add(out, label);
	else
		buf_addf(out, "\"%.*s\" (%.*s)", STR_ARG(words),
		    STR_ARG(label));
}

static void
summary_item(const struct result_case *c, size_t i, struct buf *out)
{
	const struct question *q = &c->list->questions[i];
	struct list choices = { .len = 0 };
	struct buf answer = { 0 };
	char n[8];

	snprintf(n, sizeof n, "%zu", i + 1);
	answer_text(c, i, &answer);
	list_choices(q, c->answers[i].detail, &choices);
	const struct fill fills[] = {
		{ "n", str_c(n) },
		{ "question", c->other ? q->they : q->you },
		{ "answer", buf_str(&answer) },
		{ "choices", str_of(choices.p, choices.len) },
		{ "noted", (q->noted & c->noted) == 0
			? (struct str) { 0 }
			: c->list->texts[TEXT_NOTED]->text },
		{ "sign", q->sign },
		{ "from", q->from },
		{ NULL, { 0 } },
	};
	fill_says(c->list->texts[TEXT_ITEM], c->other ? SAYS_THEY : SAYS_YOU,
	    fills, out);
	out->failed = out->failed || answer.failed;
	buf_wipe(&answer);
}

static void
summary_result(const struct result_case *c, struct buf *out)
{
	struct rules_case rc = case_of(c);
	const struct rule *rule;
	const struct result *result = rules_result(&rc, &rule);

	if (result == NULL)
		return;
	const struct fill fills[] = {
		{ "title", result->title },
		{ "because", rule->because },
		{ NULL, { 0 } },
	};
	fill_says(c->list->texts[c->whole ? TEXT_SUMMARY_RESULT
	                                  : TEXT_UNFINISHED],
	    c->other ? SAYS_THEY : SAYS_YOU, fills, out);
}

void
result_summary(const struct result_case *c, struct buf *out)
{
	const struct fill fills[] = {
		{ "crisis", result_crisis(c->list, c->crisis) },
		{ NULL, { 0 } },
	};
	enum says_who who = c->other ? SAYS_THEY : SAYS_YOU;

	if (!anything_said(c))
		return;
	fill_says(c->list->texts[TEXT_SUMMARY], who, fills, out);
	for (size_t i = 0; i < c->list->n; i++)
		summary_item(c, i, out);
	summary_result(c, out);
	fill_says(c->list->texts[TEXT_FOOT], who, fills, out);
}
