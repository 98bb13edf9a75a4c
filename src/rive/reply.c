#include "rive/reply.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "rive/find.h"
#include "rive/mark.h"
#include "rive/tags.h"

enum context { CONTEXT_NORMAL, CONTEXT_BEGIN };

/* One brain_reply(): what all its steps share. */
struct session {
	struct turn turn;
	enum context context;
	struct brain_how *how;
	enum brain_status first; /* how the outermost answer came about */
	struct buf said;         /* the bot's last reply: <botstar>s are in it */
};

/* Units of work.h: of a redirect, a condition, a reply that is passed over. */
#define STEP_COST 1000
#define CONDITION_COST 150
#define LINE_COST 10

/* One step: the message, or a redirect from it. */
struct step {
	struct expander x; /* first: tags.c hands it back to us */
	struct session *session;
	struct str text;
	struct stars stars;
	struct stars botstars;
	bool inner; /* of a {@..}: its misses are not the whole reply's */
};

static void answer(struct step *s, struct buf *out);

/* The stars stay as they are: they count only up to their n. */
static void
next_step(struct step *next, const struct step *s, struct str text, bool inner)
{
	next->x = s->x;
	next->x.step = s->x.step + 1;
	next->session = s->session;
	next->text = text;
	next->inner = s->inner || inner;
	next->stars.n = next->botstars.n = 0;
}

/* --- what triggers may name --------------------------------------------- */

static struct str
lowered(struct str s, struct buf *room)
{
	utf8_lower(s, room);
	return buf_str(room);
}

/* The value of <get name>, <bot name>, <input2> ... in a trigger. */
static void
on_value(void *ctx, struct str kind, struct str name, struct buf *out)
{
	struct expander *x = ctx;
	struct format *f = &x->brain->format;
	uint64_t before = f->cost;
	unsigned n = name.len == 1 ? (unsigned)(name.p[0] - '0') : 1;
	struct str value;

	if (str_is(kind, "input")) {
		format_message(f, vars_input(x->talk->user, n), out);
	} else if (str_is(kind, "reply")) {
		format_reply(f, vars_reply(x->talk->user, n), out);
	} else if (str_is(kind, "get")) {
		value = vars_get(x->talk->user, name);
		format_value(f, value.p == NULL ? STR("undefined") : value,
		    out);
	} else {
		format_value(f, store_get(str_is(kind, "bot")
			? &x->brain->vars : &x->brain->globals, name), out);
	}
	(void)expander_pay(x, f->cost - before);
}

/* --- which trigger -------------------------------------------------------- */

static struct topic *
topic_named(struct brain *b, struct str name)
{
	struct topic *t = map_get(&b->ast.topics, name);

	return t != NULL && t->frozen != NULL ? t : NULL;
}

/* The topic that the user is in; one that does not exist sends home. */
static struct topic *
current_topic(struct step *s)
{
	struct vars *user = s->x.talk->user;
	struct str name = vars_get(user, STR("topic"));
	struct topic *t = NULL;

	if (s->session->context == CONTEXT_BEGIN)
		return topic_named(s->x.brain, STR("__begin__"));
	if (name.p != NULL && !str_is(name, "__begin__"))
		t = topic_named(s->x.brain, name);
	if (t == NULL && !str_is(name, "random"))
		(void)vars_set(user, STR("topic"), STR("random"));
	return t != NULL ? t : topic_named(s->x.brain, STR("random"));
}

static const struct brain_trigger *
find_with_previous(struct step *s, struct find *f, const struct topic *topic)
{
	struct buf *said = &s->session->said;

	uint64_t before = s->x.brain->format.cost;

	buf_reset(said);
	format_reply(&s->x.brain->format, vars_reply(s->x.talk->user, 1),
	    said);
	(void)expander_pay(&s->x, s->x.brain->format.cost - before);
	if (expander_failed(&s->x, said))
		return NULL;
	return find_previous(f, topic->frozen, buf_str(said), s->text,
	    &s->botstars, &s->stars);
}

static const struct brain_trigger *
find_trigger(struct step *s, const struct topic *topic)
{
	struct pat_values values = { on_value, &s->x };
	struct find f = { .brain = s->x.brain, .values = &values };
	const struct brain_trigger *t = NULL;

	/* Trying one after the other, for tests, would need a fuller purse. */
	if (!s->x.brain->plain_loop)
		f.work = &s->x.turn->work;

	if (s->x.step == 0 && topic->frozen->n_thats > 0)
		t = find_with_previous(s, &f, topic);
	if (t == NULL) {
		s->botstars.n = 0;
		t = find_best(&f, topic->frozen, s->text, &s->stars);
	}
	if (f.no_memory)
		s->x.turn->status = BRAIN_NO_MEMORY;
	return expander_pay(&s->x, STEP_COST) ? t : NULL;
}

static void
note(struct step *s, const struct brain_trigger *t)
{
	struct brain_how *how = s->session->how;

	if (how == NULL || s->session->context == CONTEXT_BEGIN)
		return;
	if (how->n_matches == 0 && s->x.step == 0) {
		how->trigger = t->text;
		how->topic = t->topic->name;
		how->at = t->at;
	}
	how->last_trigger = t->text;
	how->last_at = t->at;
	how->n_matches++;
}

/* --- which reply ------------------------------------------------------------ */

static bool
number(struct str s, double *value)
{
	char text[64], *end;

	s = str_trim(s);
	if (s.len == 0 || s.len >= sizeof text)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (strchr("0123456789.+-", s.p[i]) == NULL || s.p[i] == '\0')
			return false;
	}
	memcpy(text, s.p, s.len);
	text[s.len] = '\0';
	*value = strtod(text, &end);
	return *end == '\0';
}

static bool
compare(enum ast_op op, struct str left, struct str right)
{
	double a, b;

	if (op == OP_EQ || op == OP_NE)
		return str_eq(left, right) == (op == OP_EQ);
	if (!number(left, &a) || !number(right, &b))
		return false;
	switch (op) {
	case OP_LT:
		return a < b;
	case OP_LE:
		return a <= b;
	case OP_GT:
		return a > b;
	case OP_GE:
		return a >= b;
	default:
		return false;
	}
}

static bool
holds(struct step *s, const struct ast_condition *c)
{
	struct buf left = { .max = REPLY_MAX }, right = { .max = REPLY_MAX };
	bool held;

	if (!expander_pay(&s->x, CONDITION_COST) || c->op == OP_BAD)
		return false;
	tags_plain(&s->x, c->left, &left);
	tags_plain(&s->x, c->right, &right);
	held = !expander_failed(&s->x, &left) && !expander_failed(&s->x, &right) &&
	    compare(c->op,
		left.len > 0 ? buf_str(&left) : STR("undefined"),
		right.len > 0 ? buf_str(&right) : STR("undefined"));
	buf_wipe(&left);
	buf_wipe(&right);
	return held;
}

static struct str
pick_weighted(struct step *s, const struct brain_trigger *t)
{
	const struct ast_line *l = t->replies;
	uint32_t n;

	if (l == NULL)
		return STR("");
	if (l->next == NULL)
		return l->text;
	n = rng_below(s->x.talk->rng, t->total_weight);
	while (l->next != NULL && n >= l->weight &&
	    expander_pay(&s->x, LINE_COST)) {
		n -= l->weight;
		l = l->next;
	}
	return l->text;
}

static struct str
choose(struct step *s, const struct brain_trigger *t)
{
	for (const struct ast_condition *c = t->conditions; c != NULL;
	     c = c->next) {
		/* A true one without text leaves it to the replies. */
		if (holds(s, c)) {
			if (c->text.len > 0)
				return c->text;
			break;
		}
	}
	return pick_weighted(s, t);
}

/* --- one step -------------------------------------------------------------- */

static void
put_text(struct step *s, enum brain_status status, struct buf *out)
{
	if (!s->inner)
		s->session->first = status;
	tags_expand(&s->x, s->x.brain->texts[status], out);
}

/* `@ text`: the target is matched as it is, but for its capitals. */
static void
redirect(struct step *s, const struct brain_trigger *t, struct buf *out)
{
	struct buf target = { .max = REPLY_MAX }, small = { .max = REPLY_MAX };
	struct step next;

	tags_plain(&s->x, t->redirect->text, &target);
	next_step(&next, s, lowered(buf_str(&target), &small), false);
	if (!expander_failed(&s->x, &target) && !expander_failed(&s->x, &small))
		answer(&next, out);
	buf_wipe(&target);
	buf_wipe(&small);
}

/* {@text}, from the tags. */
static void
on_redirect(struct expander *x, struct str text, struct buf *out)
{
	struct step *s = (struct step *)x;
	struct step next;

	next_step(&next, s, text, true);
	answer(&next, out);
}

static void
answer_with(struct step *s, const struct brain_trigger *t, struct buf *out)
{
	struct str text;

	s->x.stars = &s->stars;
	s->x.botstars = &s->botstars;
	if (t->redirect != NULL) {
		redirect(s, t, out);
		return;
	}
	text = choose(s, t);
	if (text.len == 0)
		put_text(s, BRAIN_NO_REPLY, out);
	else if (s->session->context == CONTEXT_BEGIN)
		tags_early(&s->x, text, out);
	else
		tags_expand(&s->x, text, out);
}

static void
answer(struct step *s, struct buf *out)
{
	struct brain *b = s->x.brain;
	const struct brain_trigger *t;
	struct topic *topic;

	s->x.stars = s->x.botstars = NULL;
	if (s->x.turn->status != BRAIN_OK)
		return;
	if (s->x.step > b->depth) {
		if (!s->inner)
			s->session->first = BRAIN_RECURSION;
		mark_add(out, b->texts[BRAIN_RECURSION]);
		return;
	}
	if (++s->x.turn->steps > STEPS_MAX) {
		s->x.turn->status = BRAIN_LIMIT;
		return;
	}
	topic = current_topic(s);
	if (topic == NULL) {
		s->session->first = BRAIN_NO_MATCH;
		mark_add(out,
		    STR("ERR: No default topic 'random' was found!"));
		return;
	}
	t = find_trigger(s, topic);
	if (s->x.turn->status != BRAIN_OK)
		return;
	if (t == NULL) {
		put_text(s, BRAIN_NO_MATCH, out);
		return;
	}
	note(s, t);
	answer_with(s, t, out);
	(void)expander_failed(&s->x, out);
}

/* --- the whole -------------------------------------------------------------- */

static void
first_step(struct step *s, struct session *session, struct brain *b,
    const struct brain_talk *talk)
{
	s->x = (struct expander) {
		.brain = b,
		.talk = talk,
		.turn = &session->turn,
		.redirect = on_redirect,
	};
	session->turn.work.left = WORK_MAX;
	s->session = session;
	s->inner = false;
	s->stars.n = s->botstars.n = 0;
}

/* Puts the real reply, finished, where the begin block says {ok}. */
static void
fill_in(struct buf *out, struct str begin, struct str reply)
{
	size_t from = 0, at;

	while ((at = str_find(begin, STR("{ok}"), from)) != STR_NONE) {
		buf_add(out, str_sub(begin, from, at));
		mark_add(out, reply);
		from = at + strlen("{ok}");
	}
	buf_add(out, str_sub(begin, from, begin.len));
}

static void
answer_message(struct session *session, struct step *s, struct str message,
    struct buf *out)
{
	session->context = CONTEXT_NORMAL;
	s->text = message;
	answer(s, out);
	mark_undo(out, 0);
}

static void
answer_through_begin(struct session *session, struct step *s,
    struct str message, struct buf *out)
{
	struct buf begin = { .max = REPLY_MAX }, reply = { .max = REPLY_MAX };
	struct buf whole = { .max = REPLY_MAX };

	session->context = CONTEXT_BEGIN;
	s->text = STR("request");
	answer(s, &begin);
	if (str_find(buf_str(&begin), STR("{ok}"), 0) != STR_NONE)
		answer_message(session, s, message, &reply);
	fill_in(&whole, buf_str(&begin), buf_str(&reply));
	session->context = CONTEXT_NORMAL;
	s->x.stars = s->x.botstars = NULL;
	s->x.step = 0;
	if (!expander_failed(&s->x, &begin) && !expander_failed(&s->x, &reply) &&
	    !expander_failed(&s->x, &whole))
		tags_plain(&s->x, buf_str(&whole), out);
	mark_undo(out, 0);
	buf_wipe(&begin);
	buf_wipe(&reply);
	buf_wipe(&whole);
}

/* Leaves nothing behind of what was said. */
static void
forget(struct session *session, struct brain *b)
{
	buf_wipe(&session->said);
	buf_blank(&b->text);
	format_forget(&b->format);
}

/* What the whole came to; a reply that was cut short becomes its text. */
static enum brain_status
finish(struct session *session, struct brain *b, struct buf *reply)
{
	enum brain_status status = session->turn.status;

	if (status == BRAIN_OK)
		return session->first;
	buf_reset(reply);
	buf_add(reply, b->texts[status]);
	return status;
}

enum brain_status
reply_to(struct brain *b, const struct brain_talk *talk, struct str message,
    struct buf *out, struct brain_how *how)
{
	struct session session = { .how = how };
	struct buf reply = { .max = REPLY_MAX };
	enum brain_status status;
	struct step s;

	uint64_t before = b->format.cost;

	first_step(&s, &session, b, talk);
	if (how != NULL)
		*how = (struct brain_how) { 0 };
	buf_reset(&b->text);
	format_message(&b->format, message, &b->text);
	(void)expander_pay(&s.x, b->format.cost - before);
	if (!expander_failed(&s.x, &b->text)) {
		if (topic_named(b, STR("__begin__")) != NULL)
			answer_through_begin(&session, &s, buf_str(&b->text),
			    &reply);
		else
			answer_message(&session, &s, buf_str(&b->text),
			    &reply);
	}
	(void)expander_failed(&s.x, &reply);
	status = finish(&session, b, &reply);
	vars_push(talk->user, buf_str(&b->text), buf_str(&reply));
	buf_add(out, buf_str(&reply));
	if (out->failed)
		status = out->capped ? BRAIN_LIMIT : BRAIN_NO_MEMORY;
	buf_wipe(&reply);
	forget(&session, b);
	if (how != NULL)
		how->status = status;
	return status;
}

/* A trigger of whole words has no star in an empty text, and no regex needs
 * to be made to learn that; only a lone * has one. */
static bool
has_stars(const struct pattern *p, struct str text)
{
	bool lone = p->n_stars == 1 && p->seq.n == 1 &&
	    p->seq.items[0].type == PAT_ANY;

	return text.len > 0 || p->kind != PATTERN_WORDS || lone;
}

enum brain_status
reply_of(struct brain *b, const struct brain_talk *talk,
    const struct brain_trigger *t, struct str message, struct buf *out)
{
	struct session session = { 0 };
	struct buf reply = { .max = REPLY_MAX };
	enum brain_status status;
	struct pat_values values;
	struct step s;

	first_step(&s, &session, b, talk);
	values = (struct pat_values) { on_value, &s.x };
	buf_reset(&b->text);
	format_message(&b->format, message, &b->text);
	s.text = buf_str(&b->text);
	if (!expander_failed(&s.x, &b->text)) {
		if (has_stars(t->pattern, s.text))
			(void)match_trigger(&b->matcher, t, s.text, &values,
			    &s.stars);
		answer_with(&s, t, &reply);
		mark_undo(&reply, 0);
	}
	(void)expander_failed(&s.x, &reply);
	status = finish(&session, b, &reply);
	buf_add(out, buf_str(&reply));
	buf_wipe(&reply);
	forget(&session, b);
	return out->failed ? BRAIN_NO_MEMORY : status;
}
