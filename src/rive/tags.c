#include "rive/tags.h"

#include "base/utf8.h"
#include "rive/casing.h"
#include "rive/mark.h"
#include "rive/values.h"

#define NEST_MAX 50   /* arrays in arrays */
#define STEP_COST 50  /* units of work.h: of a text to be expanded */
#define PASS_COST 5   /* of a byte in one pass over it */

/* --- 1. inserts ----------------------------------------------------------- */

static void insert(struct expander *x, struct str text, unsigned depth,
    struct buf *out);

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* name, nameN: the number in *n, 0 without one; at most three digits, no
 * leading 0. */
static bool
numbered(struct str tag, const char *name, unsigned *n)
{
	struct str head = str_c(name);

	if (tag.len < head.len || tag.len > head.len + 3 ||
	    str_casecmp(str_sub(tag, 0, head.len), head) != 0)
		return false;
	*n = 0;
	for (size_t i = head.len; i < tag.len; i++) {
		if (!is_digit(tag.p[i]) || (*n == 0 && tag.p[i] == '0'))
			return false;
		*n = 10 * *n + (unsigned)(tag.p[i] - '0');
	}
	return true;
}

/* Star n of those there are; one more than there are is "undefined". */
static bool
put_star(const struct stars *stars, unsigned n, struct buf *out)
{
	size_t have = stars == NULL ? 0 : stars->n;

	n = n == 0 ? 1 : n;
	if (n > (have == 0 ? 1 : have) + 1)
		return false;
	if (n > have || stars->at[n - 1].p == NULL)
		buf_add(out, STR("undefined"));
	else
		mark_add(out, stars->at[n - 1]);
	return true;
}

static bool
put_star_tag(struct expander *x, struct str tag, struct buf *out)
{
	const struct vars *user = x->talk->user;
	unsigned n;

	if (numbered(tag, "star", &n))
		return put_star(x->stars, n, out);
	if (numbered(tag, "botstar", &n)) {
		if (!put_star(x->botstars, n, out))
			buf_add(out, STR("undefined"));
		return true;
	}
	if (numbered(tag, "input", &n) && n <= VARS_HISTORY) {
		mark_add(out, vars_input(user, n == 0 ? 1 : n));
		return true;
	}
	if (numbered(tag, "reply", &n) && n <= VARS_HISTORY) {
		mark_add(out, vars_reply(user, n == 0 ? 1 : n));
		return true;
	}
	if (str_casecmp(tag, STR("id")) != 0)
		return false;
	mark_add(out, x->talk->id.len > 0 ? x->talk->id : STR("localuser"));
	return true;
}

/* <person> is {person}<star>{/person}, and so on. */
static bool
put_short(struct expander *x, struct str tag, struct buf *out)
{
	static const char *const names[] = { "person", "formal", "sentence",
		"uppercase", "lowercase" };

	if (str_is(tag, "@")) {
		buf_add(out, STR("{@"));
		(void)put_star(x->stars, 1, out);
		buf_addc(out, '}');
		return true;
	}
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (str_casecmp(tag, str_c(names[i])) != 0)
			continue;
		buf_addf(out, "{%s}", names[i]);
		(void)put_star(x->stars, 1, out);
		buf_addf(out, "{/%s}", names[i]);
		return true;
	}
	return false;
}

/* Each of these returns how much of the text it took, 0 for none. */
static size_t
insert_angle(struct expander *x, struct str text, struct buf *out)
{
	size_t end = str_find_char(str_sub(text, 0, 16), '>', 1);
	struct str tag = str_sub(text, 1, end);

	if (end == STR_NONE || tag.len == 0 ||
	    (!put_star_tag(x, tag, out) && !put_short(x, tag, out)))
		return 0;
	return end + 1;
}

static size_t
insert_array(struct expander *x, struct str text, unsigned depth,
    struct buf *out)
{
	const struct ast_array *a;
	size_t end = 2;

	if (text.len < 4 || text.p[1] != '@')
		return 0;
	while (end < text.len && (unsigned char)text.p[end] < 0x80 &&
	    utf8_is_word((unsigned char)text.p[end]))
		end++;
	if (end == 2 || end == text.len || text.p[end] != ')')
		return 0;
	a = map_get(&x->brain->ast.arrays, str_sub(text, 2, end));
	if (a == NULL || depth > NEST_MAX)
		return 0;
	if (a->n_items > 0)
		insert(x, a->items[rng_below(x->talk->rng,
		    (uint32_t)a->n_items)], depth + 1, out);
	return end + 1;
}

static size_t
insert_escape(struct str text, struct buf *out)
{
	static const char from[] = "sSnN#/\\", to[] = "  \n\n#/";
	const char *at;

	if (text.len < 2 || text.p[1] == '\0' ||
	    (at = strchr(from, text.p[1])) == NULL)
		return 0;
	if (*at == '\\')
		mark_add(out, STR("\\"));
	else
		buf_addc(out, to[at - from]);
	return 2;
}

static size_t
drop_weight(struct str text)
{
	size_t end = 8;

	if (text.len == 0 || text.p[0] != '{' ||
	    str_casecmp(str_sub(text, 0, 8), STR("{weight=")) != 0)
		return 0;
	while (end < text.len && is_digit(text.p[end]))
		end++;
	return end > 8 && end < text.len && text.p[end] == '}' ? end + 1 : 0;
}

static void
insert(struct expander *x, struct str text, unsigned depth, struct buf *out)
{
	size_t from = 0, i = 0;

	/* Arrays in arrays may come to much and say nothing. */
	if (!expander_pay(x, STEP_COST + text.len))
		return;
	while (i < text.len && !out->failed) {
		struct str rest = str_sub(text, i, text.len);
		size_t mark, took;
		char c = text.p[i];

		if (c != '<' && c != '{' && c != '(' && c != '\\') {
			i++;
			continue;
		}
		buf_add(out, str_sub(text, from, i));
		mark = out->len;
		if (c == '<')
			took = insert_angle(x, rest, out);
		else if (c == '(')
			took = insert_array(x, rest, depth, out);
		else if (c == '\\')
			took = insert_escape(rest, out);
		else
			took = drop_weight(rest);
		if (took == 0 && !out->failed)
			buf_cut(out, mark);
		from = i + took;
		i += took > 0 ? took : 1;
	}
	buf_add(out, str_sub(text, from, text.len));
}

/* --- 2. {random} and the formats ------------------------------------------ */

struct span {
	size_t open;  /* of {name} */
	size_t inner; /* behind it */
	size_t close; /* of {/name} */
	size_t end;   /* behind that */
};

static size_t
find_case(struct str s, struct str what, size_t from)
{
	while ((from = str_find_char(s, what.p[0], from)) != STR_NONE) {
		if (str_casecmp(str_sub(s, from, from + what.len), what) == 0)
			return from;
		from++;
	}
	return STR_NONE;
}

/* The first {name}..{/name} with something inside and no {name} in it. */
static bool
find_span(struct str s, struct str open, struct str close, size_t from,
    struct span *span)
{
	size_t at = find_case(s, open, from), next;

	span->close = 0;
	while (at != STR_NONE) {
		span->open = at;
		span->inner = at + open.len;
		if (span->close <= span->inner)
			span->close = find_case(s, close, span->inner + 1);
		if (span->close == STR_NONE)
			return false;
		next = find_case(s, open, span->inner);
		if (next == STR_NONE || next > span->close) {
			span->end = span->close + close.len;
			return true;
		}
		at = next;
	}
	return false;
}

static void
pick(struct expander *x, struct str inner, struct buf *out)
{
	char sep = str_find_char(inner, '|', 0) != STR_NONE ? '|' : ' ';
	struct str rest = inner, part = { 0 };
	uint32_t n = 0, choice;

	while (str_split(&rest, sep, &part))
		n++;
	choice = rng_below(x->talk->rng, n);
	rest = inner;
	for (uint32_t i = 0; i <= choice; i++)
		(void)str_split(&rest, sep, &part);
	buf_add(out, part);
}

static void
format_person(struct expander *x, struct str inner, struct buf *out)
{
	(void)expander_pay(x, subs_run(&x->brain->person, inner, out));
}

static void
format_formal(struct expander *x, struct str inner, struct buf *out)
{
	(void)x;
	casing_formal(inner, out);
}

static void
format_sentence(struct expander *x, struct str inner, struct buf *out)
{
	(void)x;
	casing_sentence(inner, out);
}

static void
format_upper(struct expander *x, struct str inner, struct buf *out)
{
	(void)x;
	casing_upper(inner, out);
}

static void
format_lower(struct expander *x, struct str inner, struct buf *out)
{
	(void)x;
	casing_lower(inner, out);
}

/* In the order in which they run.  `waits`: around <get> and its like the
 * format is put off until they have their values. */
static const struct paired {
	struct str open;
	struct str close;
	void (*run)(struct expander *x, struct str inner, struct buf *out);
	char waits;
} paired[] = {
	{ { "{random}", 8 }, { "{/random}", 9 }, pick, '\0' },
	{ { "{person}", 8 }, { "{/person}", 9 }, format_person, '\0' },
	{ { "{formal}", 8 }, { "{/formal}", 9 }, format_formal,
	    VALUES_FORMAL },
	{ { "{sentence}", 10 }, { "{/sentence}", 11 }, format_sentence, '\0' },
	{ { "{uppercase}", 11 }, { "{/uppercase}", 12 }, format_upper,
	    VALUES_UPPER },
	{ { "{lowercase}", 11 }, { "{/lowercase}", 12 }, format_lower, '\0' },
};

/* Runs a format outside of <tags>: their names are none of its business. */
static void
run_around_tags(struct expander *x, const struct paired *p, struct str inner,
    struct buf *out)
{
	size_t at;

	while ((at = str_find_char(inner, '<', 0)) != STR_NONE) {
		size_t end = str_find_char(inner, '>', at);

		if (end == STR_NONE)
			break;
		p->run(x, str_sub(inner, 0, at), out);
		buf_add(out, str_sub(inner, at, end + 1));
		inner = str_sub(inner, end + 1, inner.len);
		if (p->run == format_sentence)
			break;
	}
	if (at != STR_NONE && p->run == format_sentence)
		buf_add(out, inner);
	else
		p->run(x, inner, out);
}

static void
run_paired(struct expander *x, const struct paired *p, struct str inner,
    struct buf *out)
{
	bool tags = str_find_char(inner, '<', 0) != STR_NONE;

	if (tags && p->waits != '\0') {
		buf_addc(out, p->waits);
		buf_add(out, inner);
		buf_addc(out, VALUES_END);
	} else if (tags && p->run != pick) {
		run_around_tags(x, p, inner, out);
	} else {
		p->run(x, inner, out);
	}
}

/* Runs one kind of pair throughout; *text and *other change places. */
static void
run_all(struct expander *x, const struct paired *p, struct buf *text,
    struct buf *other)
{
	struct span span;
	size_t rounds = 0, from = 0;

	while (rounds++ < STEPS_MAX && !text->failed &&
	    expander_pay(x, PASS_COST * text->len) &&
	    find_span(buf_str(text), p->open, p->close, from, &span)) {
		struct str s = buf_str(text);
		struct buf swap;

		buf_reset(other);
		buf_add(other, str_sub(s, 0, span.open));
		run_paired(x, p, str_sub(s, span.inner, span.close), other);
		/* What stands before it may still hold an outer pair. */
		from = 0;
		buf_add(other, str_sub(s, span.end, s.len));
		swap = *text;
		*text = *other;
		*other = swap;
	}
}

/* --- 4. and 5. ------------------------------------------------------------- */

static void
set_topic(struct expander *x, struct str name)
{
	struct buf b = { .max = VARS_VALUE_MAX };

	buf_add(&b, name);
	mark_undo(&b, 0);
	if (x->brain->force_case) {
		struct buf small = { .max = VARS_VALUE_MAX };

		utf8_lower(buf_str(&b), &small);
		(void)vars_set(x->talk->user, STR("topic"), buf_str(&small));
		buf_wipe(&small);
	} else {
		(void)vars_set(x->talk->user, STR("topic"), buf_str(&b));
	}
	buf_wipe(&b);
}

/* Sets each topic, the last one stays, and cuts the tags out in place. */
static void
run_topics(struct expander *x, struct buf *text)
{
	size_t at = 0;

	while ((at = find_case(buf_str(text), STR("{topic="), at)) !=
	    STR_NONE) {
		size_t end = str_find_char(buf_str(text), '}', at + 8);

		if (end == STR_NONE || !expander_pay(x, STEP_COST + text->len))
			return;
		set_topic(x, str_sub(buf_str(text), at + 7, end));
		memmove(text->p + at, text->p + end + 1, text->len - end - 1);
		buf_cut(text, text->len - (end + 1 - at));
	}
}

static void
run_redirect(struct expander *x, struct str body, struct buf *out)
{
	struct buf target = { .max = REPLY_MAX };

	buf_add(&target, str_trim(body));
	mark_undo(&target, 0);
	if (!expander_failed(x, &target))
		x->redirect(x, buf_str(&target), out);
	buf_wipe(&target);
}

static void
run_redirects(struct expander *x, struct str text, struct buf *out)
{
	size_t from = 0, at = 0;

	while (x->turn->status == BRAIN_OK &&
	    (at = str_find(text, STR("{@"), at)) != STR_NONE) {
		size_t end = str_find_char(text, '}', at);

		if (end == STR_NONE)
			break;
		buf_add(out, str_sub(text, from, at));
		run_redirect(x, str_sub(text, at + 2, end), out);
		from = at = end + 1;
	}
	buf_add(out, str_sub(text, from, text.len));
}

/* --- all of it -------------------------------------------------------------- */

static bool
holds(const struct buf *b, char c)
{
	return str_find_char(buf_str(b), c, 0) != STR_NONE;
}

static bool
is_simple(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.p[i];

		if (c == '<' || c == '{' || c == '(' || c == '\\')
			return false;
	}
	return true;
}

static void
expand(struct expander *x, struct str text, struct buf *out)
{
	struct buf a = { .max = REPLY_MAX }, b = { .max = REPLY_MAX };

	insert(x, text, 0, &a);
	if (holds(&a, '{')) {
		for (size_t i = 0; i < sizeof paired / sizeof paired[0]; i++)
			run_all(x, &paired[i], &a, &b);
	}
	if (!expander_pay(x, PASS_COST * a.len)) {
		buf_reset(&a);
	} else if (holds(&a, '<') || holds(&a, VALUES_END)) {
		struct buf swap = b;

		buf_reset(&swap);
		values_expand(x, buf_str(&a), &swap);
		b = a;
		a = swap;
	}
	if (holds(&a, '{'))
		run_topics(x, &a);
	if (!expander_failed(x, &a) && holds(&a, '{')) {
		buf_reset(&b);
		run_redirects(x, buf_str(&a), &b);
		mark_undo(&b, 0);
		mark_add(out, buf_str(&b));
	} else {
		mark_undo(&a, 0);
		mark_add(out, buf_str(&a));
	}
	(void)(expander_failed(x, &a) || expander_failed(x, &b));
	buf_wipe(&a);
	buf_wipe(&b);
}

void
tags_expand(struct expander *x, struct str text, struct buf *out)
{
	size_t before = out->len;

	if (is_simple(text))
		mark_add(out, text);
	else
		expand(x, text, out);
	(void)expander_pay(x, PASS_COST * (out->len - before));
	(void)expander_failed(x, out);
}

void
tags_plain(struct expander *x, struct str text, struct buf *out)
{
	size_t from = out->len;

	if (is_simple(text)) {
		buf_add(out, text);
		(void)expander_pay(x, text.len);
		return;
	}
	tags_expand(x, text, out);
	mark_undo(out, from);
}

/* The end of the tag that opens at `at`: <..> may hold others. */
static size_t
tag_end(struct str text, size_t at)
{
	size_t depth = 0;

	if (text.p[at] == '{') {
		size_t end = str_find_char(text, '}', at);

		return end == STR_NONE ? STR_NONE : end + 1;
	}
	for (size_t i = at; i < text.len; i++) {
		if (text.p[i] == '<')
			depth++;
		else if (text.p[i] == '>' && --depth == 0)
			return i + 1;
	}
	return STR_NONE;
}

void
tags_early(struct expander *x, struct str text, struct buf *out)
{
	size_t from = 0;

	for (size_t i = 0; i < text.len; i++) {
		struct str rest = str_sub(text, i, text.len);
		struct buf nothing = { .max = REPLY_MAX };
		size_t end;

		if (str_casecmp(str_sub(rest, 0, 7), STR("{topic=")) != 0 &&
		    !str_starts(rest, STR("<set ")))
			continue;
		end = tag_end(text, i);
		if (!expander_pay(x, (end < text.len ? end : text.len) - i))
			return;
		if (end == STR_NONE)
			continue;
		buf_add(out, str_sub(text, from, i));
		tags_expand(x, str_sub(text, i, end), &nothing);
		buf_wipe(&nothing);
		from = end;
		i = end - 1;
	}
	buf_add(out, str_sub(text, from, text.len));
}
