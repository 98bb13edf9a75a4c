#include "rive/lintflow.h"

#include <inttypes.h>
#include <stdlib.h>

#include "rive/said.h"
#include "rive/sample.h"
#include "rive/tagscan.h"

/* --- redirects ------------------------------------------------------------------------ */

static bool
is_plain(struct str s)
{
	return s.len > 0 && memchr(s.p, '<', s.len) == NULL &&
	       memchr(s.p, '{', s.len) == NULL &&
	       memchr(s.p, '(', s.len) == NULL &&
	       memchr(s.p, '\\', s.len) == NULL;
}

static void
note_target(struct lint *l, struct str target)
{
	target = str_trim(target);
	if (is_plain(target) && !map_set(&l->targets, &l->arena, target, l))
		return;
}

static void
in_text_targets(struct lint *l, const struct brain_trigger *t, struct str text,
    struct loc at)
{
	struct tagscan scan = { text, 0 };
	struct tag tag;

	(void)t;
	(void)at;
	while (tagscan_next(&scan, &tag)) {
		if (tag.open == '{' && str_is(tag.name, "@"))
			note_target(l, tag.rest);
	}
}

void
lint_note_targets(struct lint *l)
{
	const struct brain_trigger *t;

	for (size_t i = 0; (t = lint_next(l, &i)) != NULL;) {
		if (t->redirect != NULL)
			note_target(l, t->redirect->text);
	}
	lint_each_text(l, in_text_targets);
}

/* A redirect that is plain text must lead somewhere.  Where the topic is
 * changed on the way, that is more than lint knows. */
static void
must_lead(struct lint *l, const struct brain_trigger *t, struct str target,
    struct loc at)
{
	target = str_trim(target);
	if (is_plain(target) && !lint_in_begin(t) &&
	    l->b->match(l->b->ctx, t->topic, target) == NULL)
		lint_report(l, at, "no trigger of topic '%.*s' fits '%.*s'",
		    STR_ARG(t->topic->name), STR_ARG(target));
}

static void
in_text_redirects(struct lint *l, const struct brain_trigger *t,
    struct str text, struct loc at)
{
	struct tagscan scan = { text, 0 };
	struct tag tag;

	if (str_find(text, STR("{topic="), 0) != STR_NONE ||
	    str_find(text, STR("<set topic"), 0) != STR_NONE)
		return;
	while (tagscan_next(&scan, &tag)) {
		if (tag.open == '{' && str_is(tag.name, "@"))
			must_lead(l, t, tag.rest, at);
	}
}

void
lint_redirects(struct lint *l)
{
	const struct brain_trigger *t;

	for (size_t i = 0; (t = lint_next(l, &i)) != NULL;) {
		if (t->redirect != NULL)
			must_lead(l, t, t->redirect->text,
			    lint_place(t, t->redirect->at));
	}
	lint_each_text(l, in_text_redirects);
}

/* Where a trigger's plain redirect leads, NULL: nowhere or not plain. */
static const struct brain_trigger *
follow(struct lint *l, const struct brain_trigger *t)
{
	struct str target;

	if (t->redirect == NULL)
		return NULL;
	target = str_trim(t->redirect->text);
	return is_plain(target) ? l->b->match(l->b->ctx, t->topic, target)
				: NULL;
}

/* A circle is told once, at the first of its triggers. */
void
lint_circles(struct lint *l)
{
	const struct brain_trigger *t, *at;

	for (size_t i = 0; (t = lint_next(l, &i)) != NULL;) {
		bool lowest = true;
		unsigned steps = 0;

		at = follow(l, t);
		while (at != NULL && at != t && steps++ < 100) {
			lowest = lowest && at->id > t->id;
			at = follow(l, at);
		}
		if (at == t && lowest)
			lint_report(l, lint_place(t, t->redirect->at),
			    "this redirect leads back to itself%s",
			    steps > 0 ? " through others" : "");
	}
}

/* Does this trigger lead to that one, by whatever of its replies?  Each is
 * looked at once: `seen` is by id. */
struct leading {
	struct lint *l;
	const struct brain_trigger *to;
	const struct brain_trigger **todo;
	bool *seen;
	size_t n;
};

static void
go_to(struct leading *g, const struct brain_trigger *from, struct str target)
{
	const struct brain_trigger *t;

	target = str_trim(target);
	t = is_plain(target) ? g->l->b->match(g->l->b->ctx, from->topic, target)
			     : NULL;
	if (t == NULL || g->seen[t->id])
		return;
	g->seen[t->id] = true;
	g->todo[g->n++] = t;
}

static void
go_on(struct leading *g, const struct brain_trigger *from, struct str text)
{
	struct tagscan scan = { text, 0 };
	struct tag tag;

	while (tagscan_next(&scan, &tag)) {
		if (tag.open == '{' && str_is(tag.name, "@"))
			go_to(g, from, tag.rest);
	}
}

static bool
leads_to(struct leading *g, const struct brain_trigger *from, struct str target)
{
	memset(g->seen, 0, g->l->b->ast->n_triggers);
	g->n = 0;
	go_to(g, from, target);
	for (size_t i = 0; i < g->n && !g->seen[g->to->id]; i++) {
		const struct brain_trigger *t = g->todo[i];

		if (t->redirect != NULL) {
			go_to(g, t, t->redirect->text);
			continue;
		}
		for (const struct ast_condition *c = t->conditions; c != NULL;
		     c = c->next)
			go_on(g, t, c->text);
		for (const struct ast_line *r = t->replies; r != NULL;
		     r = r->next)
			go_on(g, t, r->text);
	}
	return g->seen[g->to->id];
}

/* Two redirects in one text that both come back to it. */
static void
in_text_doubling(struct lint *l, const struct brain_trigger *t,
    struct str text, struct loc at)
{
	struct leading g = { .l = l, .to = t };
	struct tagscan scan = { text, 0 };
	struct tag tag;
	unsigned back = 0;

	if (t->redirect != NULL || str_find(text, STR("{@"),
	    str_find(text, STR("{@"), 0) + 1) == STR_NONE)
		return;
	g.todo = calloc(l->b->ast->n_triggers, sizeof *g.todo);
	g.seen = calloc(l->b->ast->n_triggers, sizeof *g.seen);
	while (g.todo != NULL && g.seen != NULL && back < 2 &&
	    tagscan_next(&scan, &tag)) {
		if (tag.open == '{' && str_is(tag.name, "@"))
			back += leads_to(&g, t, tag.rest);
	}
	if (back == 2)
		lint_report(l, at, "two redirects in one reply lead back to it: "
		    "each round doubles them");
	free(g.todo);
	free(g.seen);
}

void
lint_doubling(struct lint *l)
{
	lint_each_text(l, in_text_doubling);
}

/* --- what a % waits for --------------------------------------------------- */

/* What the brain may say, held against all % lines. */
struct said_by {
	bool *fit;      /* by id of the trigger */
	struct buf text; /* scratch */
	struct buf head, tail;
	bool unknown;   /* it may say anything */
};

static void
waits_whole(struct lint *l, struct said_by *by, struct str text)
{
	buf_reset(&by->head);
	l->b->format_reply(l->b->ctx, text, &by->head);
	for (const struct topic *t = l->b->ast->first_topic; t != NULL;
	     t = t->next)
		by->unknown |= !l->b->follows(l->b->ctx, t,
		    buf_str(&by->head), by->fit);
}

static void
waits_with_holes(struct lint *l, struct said_by *by, struct str text)
{
	const struct brain_trigger *t;
	struct str head = { 0 };

	(void)str_split(&text, '\n', &head);
	buf_reset(&by->head);
	buf_reset(&by->tail);
	l->b->format_reply(l->b->ctx, head, &by->head);
	l->b->format_reply(l->b->ctx, text, &by->tail);
	for (size_t i = 0; (t = lint_next(l, &i)) != NULL;) {
		if (t->previous.p != NULL && !by->fit[t->id])
			by->fit[t->id] = said_may_fit(t->previous_pattern,
			    buf_str(&by->head), buf_str(&by->tail));
	}
}

static void
hold_against(struct lint *l, struct said_by *by, const struct brain_trigger *t,
    struct str text)
{
	enum said said;

	buf_reset(&by->text);
	said = said_read(text, &by->text);
	/* What a begin block says stands around everything else. */
	if (lint_in_begin(t) && said != SAID_REDIRECT &&
	    str_find(text, STR("{ok}"), 0) != STR_NONE)
		by->unknown = true;
	else if (said == SAID_WHOLE)
		waits_whole(l, by, buf_str(&by->text));
	else if (said == SAID_HOLES)
		waits_with_holes(l, by, buf_str(&by->text));
}

static void
hold_all(struct lint *l, struct said_by *by)
{
	const struct brain_trigger *t;

	waits_whole(l, by, STR("undefined"));
	for (size_t i = 0; i < l->b->n_texts; i++)
		waits_whole(l, by, l->b->texts[i]);
	for (size_t i = 0; (t = lint_next(l, &i)) != NULL;) {
		for (const struct ast_condition *c = t->conditions; c != NULL;
		     c = c->next)
			hold_against(l, by, t, c->text);
		for (const struct ast_line *r = t->replies; r != NULL;
		     r = r->next)
			hold_against(l, by, t, r->text);
	}
	by->unknown |= by->text.failed || by->head.failed || by->tail.failed;
}

/* Is no sample of the % side the same once it is read as a reply is? */
static bool
is_rewritten(struct lint *l, const struct pattern *p, struct buf *text,
    struct buf *formatted)
{
	unsigned n = 0;

	for (; n < LINT_SAMPLES; n++) {
		buf_reset(text);
		if (!sample_text(p, n, text))
			break;
		buf_reset(formatted);
		l->b->format_reply(l->b->ctx, buf_str(text), formatted);
		if (str_eq(buf_str(text), buf_str(formatted)))
			return false;
	}
	return n > 0;
}

void
lint_previous(struct lint *l)
{
	struct said_by by = { .fit = calloc(l->b->ast->n_triggers + 1, 1) };
	const struct brain_trigger *t;

	by.unknown = by.fit == NULL;
	if (!by.unknown)
		hold_all(l, &by);
	for (size_t i = 0; (t = lint_next(l, &i)) != NULL;) {
		if (t->previous.p == NULL ||
		    t->previous_pattern->kind == PATTERN_DYNAMIC)
			continue;
		if (is_rewritten(l, t->previous_pattern, &by.head, &by.tail))
			lint_report(l, lint_place(t, t->previous_at),
			    "no reply can fit: \"%.60s\" is read as \"%.60s\"",
			    buf_cstr(&by.head), buf_cstr(&by.tail));
		else if (!by.unknown && !by.fit[t->id])
			lint_report(l, lint_place(t, t->previous_at),
			    "no reply of this brain fits '%.*s'",
			    STR_ARG(t->previous));
	}
	free(by.fit);
	buf_clear(&by.text);
	buf_clear(&by.head);
	buf_clear(&by.tail);
}
