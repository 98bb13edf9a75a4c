#include "rive/lint.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "rive/sample.h"
#include "rive/tagscan.h"

struct row;

struct lint {
	const struct lint_brain *b;
	struct errs *errs;
	const struct row *row; /* whose check runs */
	struct arena arena;
	struct map targets; /* of redirects that are plain text */
};

struct row {
	const char *name;
	bool error;
	void (*check)(struct lint *l);
	const char *help;
};

/* --- reporting and going through -------------------------------------------- */

static void PRINTF_LIKE(3, 4)
    report(struct lint *l, struct loc at, const char *fmt, ...)
{
	char msg[ERR_MSG_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(msg, sizeof msg, fmt, ap);
	va_end(ap);
	if (l->row->error)
		errs_add(l->errs, at, "%s [%s]", msg, l->row->name);
	else
		errs_doubt(l->errs, at, "%s [%s]", msg, l->row->name);
}

static struct loc
place(const struct brain_trigger *t, struct ast_place at)
{
	return (struct loc){ t->at.file, at.line, at.col };
}

/* The next trigger in the order of loading, from NULL on. */
static const struct brain_trigger *
next_trigger(const struct lint *l, size_t *i)
{
	const struct ast *ast = l->b->ast;

	return *i < ast->n_triggers ? ast->triggers[(*i)++] : NULL;
}

static const struct topic *
find_topic(const struct lint *l, struct str name)
{
	return map_get(&l->b->ast->topics, name);
}

/* Calls fn for each text of the trigger that is run for tags. */
typedef void (*text_fn)(struct lint *l, const struct brain_trigger *t,
    struct str text, struct loc at);

static void
each_text_of(struct lint *l, const struct brain_trigger *t, text_fn fn)
{
	for (const struct ast_line *r = t->redirect; r != NULL; r = r->next)
		fn(l, t, r->text, place(t, r->at));
	for (const struct ast_condition *c = t->conditions; c != NULL;
	     c = c->next) {
		fn(l, t, c->left, place(t, c->at));
		fn(l, t, c->right, place(t, c->at));
		fn(l, t, c->text, place(t, c->at));
	}
	for (const struct ast_line *r = t->replies; r != NULL; r = r->next)
		fn(l, t, r->text, place(t, r->at));
}

static void
each_text(struct lint *l, text_fn fn)
{
	const struct brain_trigger *t;

	for (size_t i = 0; (t = next_trigger(l, &i)) != NULL;)
		each_text_of(l, t, fn);
}

/* --- names that nothing defines ------------------------------------------------ */

static bool
is_array_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

static void
look_for_arrays(struct lint *l, struct str text, struct loc at)
{
	size_t i = 0;

	while ((i = str_find_char(text, '@', i)) != STR_NONE) {
		size_t to = ++i;
		struct str name;

		while (to < text.len && is_array_name(text.p[to]))
			to++;
		name = str_sub(text, i, to);
		if (name.len > 0 && (i < 2 || text.p[i - 2] != '\\') &&
		    map_get(&l->b->ast->arrays, name) == NULL)
			report(l, at, "no array is called '%.*s'",
			    STR_ARG(name));
	}
}

static void
in_reply_arrays(struct lint *l, const struct brain_trigger *t, struct str text,
    struct loc at)
{
	size_t i = 0, end;
	struct str name;

	(void)t;
	while ((i = str_find(text, STR("(@"), i)) != STR_NONE) {
		end = str_find_char(text, ')', i);
		name = str_sub(text, i + 2, end);
		i += 2;
		if (end != STR_NONE && name.len > 0 &&
		    str_find_char(name, ' ', 0) == STR_NONE &&
		    map_get(&l->b->ast->arrays, name) == NULL)
			report(l, at,
			    "no array is called '%.*s': it stays "
			    "as written",
			    STR_ARG(name));
	}
}

static void
check_arrays(struct lint *l)
{
	const struct brain_trigger *t;
	const struct map_slot *s;

	for (size_t i = 0; (t = next_trigger(l, &i)) != NULL;) {
		look_for_arrays(l, t->text, t->at);
		if (t->previous.p != NULL)
			look_for_arrays(l, t->previous,
			    place(t, t->previous_at));
	}
	for (size_t i = 0; (s = map_next(&l->b->ast->arrays, &i)) != NULL;) {
		const struct ast_array *a = s->value;

		for (size_t j = 0; j < a->n_items; j++)
			look_for_arrays(l, a->items[j], a->at);
	}
	each_text(l, in_reply_arrays);
}

static void
in_text_topics(struct lint *l, const struct brain_trigger *t, struct str text,
    struct loc at)
{
	struct tagscan scan = { text, 0 };
	struct tag tag;

	(void)t;
	while (tagscan_next(&scan, &tag)) {
		struct str name = tag.rest;

		if (tag.open == '{' && str_is(tag.name, "topic=") &&
		    str_find_char(name, '<', 0) == STR_NONE &&
		    find_topic(l, name) == NULL)
			report(l, at, "no topic is called '%.*s'",
			    STR_ARG(name));
	}
}

static void
check_topics(struct lint *l)
{
	each_text(l, in_text_topics);
}

static void
in_text_macros(struct lint *l, const struct brain_trigger *t, struct str text,
    struct loc at)
{
	size_t i = 0;

	(void)t;
	while ((i = str_find(text, STR("<call>"), i)) != STR_NONE) {
		struct str rest =
		    str_sub(text, i + 6, str_find(text, STR("</call>"), i));
		struct str name;

		i += 6;
		if (str_word(&rest, &name) &&
		    memchr(name.p, '<', name.len) == NULL &&
		    !l->b->has_macro(l->b->ctx, name))
			report(l, at, "no macro is called '%.*s'",
			    STR_ARG(name));
	}
}

static void
check_macros(struct lint *l)
{
	each_text(l, in_text_macros);
}

static void
check_languages(struct lint *l)
{
	for (const struct ast_object *o = l->b->ast->first_object; o != NULL;
	     o = o->next) {
		struct str lang = o->face.language;

		if (lang.len > 0 && !l->b->runs_language(l->b->ctx, lang))
			report(l, o->face.at,
			    "objects in '%.*s' are not run: '%.*s' does "
			    "nothing",
			    STR_ARG(lang), STR_ARG(o->face.name));
	}
}

/* --- tags ------------------------------------------------------------------------ */

static void
in_text_tags(struct lint *l, const struct brain_trigger *t, struct str text,
    struct loc at)
{
	struct tagscan scan = { text, 0 };
	struct tag tag;

	(void)t;
	while (tagscan_next(&scan, &tag)) {
		if (!tag.known && tag.name.len > 0)
			report(l, at,
			    "no tag is called %c%.*s%c: it stays as "
			    "written",
			    tag.open, STR_ARG(tag.name),
			    tag.open == '<' ? '>' : '}');
	}
}

static void
check_tags(struct lint *l)
{
	each_text(l, in_text_tags);
}

static void
in_text_pairs(struct lint *l, const struct brain_trigger *t, struct str text,
    struct loc at)
{
	static const char *const pairs[][2] = {
		{ "{random}", "{/random}" },
		{ "{person}", "{/person}" },
		{ "{formal}", "{/formal}" },
		{ "{sentence}", "{/sentence}" },
		{ "{uppercase}", "{/uppercase}" },
		{ "{lowercase}", "{/lowercase}" },
		{ "<call>", "</call>" },
	};

	(void)t;
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		size_t open = str_find(text, str_c(pairs[i][0]), 0);
		size_t close = str_find(text, str_c(pairs[i][1]), 0);

		if (open != STR_NONE && close == STR_NONE)
			report(l, at, "%s is never closed", pairs[i][0]);
		else if (open == STR_NONE && close != STR_NONE)
			report(l, at, "%s was never opened", pairs[i][1]);
	}
}

static void
check_pairs(struct lint *l)
{
	each_text(l, in_text_pairs);
}

static void
in_text_stars(struct lint *l, const struct brain_trigger *t, struct str text,
    struct loc at)
{
	struct tagscan scan = { text, 0 };
	struct tag tag;

	while (tagscan_next(&scan, &tag)) {
		const struct pattern *p = NULL;

		if (tag.stars == TAG_STARS)
			p = t->pattern;
		else if (tag.stars == TAG_BOTSTARS && t->previous.p != NULL)
			p = t->previous_pattern;
		if (tag.stars == TAG_NO_STARS || tag.number == 0)
			continue;
		if (p == NULL && tag.stars == TAG_BOTSTARS)
			report(l, at, "<%.*s> without a %% line",
			    STR_ARG(tag.name));
		else if (p != NULL && p->kind != PATTERN_DYNAMIC &&
			 tag.number > p->n_stars)
			report(l, at, "<%.*s%.*s>, but there are %u stars",
			    STR_ARG(tag.name), STR_ARG(tag.rest),
			    (unsigned)p->n_stars);
	}
}

static void
check_stars(struct lint *l)
{
	each_text(l, in_text_stars);
}

/* --- triggers ---------------------------------------------------------------------- */

static struct str
key_of(struct lint *l, const struct brain_trigger *t)
{
	struct buf b = { 0 };
	struct str key;

	buf_add(&b, t->topic->name);
	buf_addc(&b, '\n');
	buf_add(&b, t->pattern != NULL ? t->pattern->text : t->text);
	buf_addc(&b, '\n');
	buf_add(&b, t->previous);
	key = arena_str(&l->arena, buf_str(&b));
	buf_clear(&b);
	return key;
}

static void
check_duplicates(struct lint *l)
{
	const struct ast *ast = l->b->ast;
	struct map seen = { 0 };

	for (size_t i = 0; i < ast->n_triggers; i++) {
		struct brain_trigger *t = ast->triggers[i], *first;
		struct str key = key_of(l, t);

		first = map_get(&seen, key);
		if (first != NULL)
			report(l, t->at, "this trigger stands at %s:%" PRIu32
			    " already; the first one answers", first->at.file,
			    first->at.line);
		else if (!map_set(&seen, &l->arena, key, t))
			return;
	}
}

static bool
in_begin(const struct brain_trigger *t)
{
	return str_is(t->topic->name, "__begin__");
}

/* Samples are texts that fit the trigger, its wildcards filled in. */
#define SAMPLES 256

static void
check_never(struct lint *l)
{
	const struct brain_trigger *t;
	struct buf text = { 0 }, formatted = { 0 };

	for (size_t i = 0; (t = next_trigger(l, &i)) != NULL;) {
		bool never = t->pattern != NULL && !in_begin(t);
		unsigned n = 0;

		for (unsigned k = 0; never && k < SAMPLES; k++) {
			buf_reset(&text);
			if (!sample_text(t->pattern, k, &text))
				break;
			buf_reset(&formatted);
			l->b->format(l->b->ctx, buf_str(&text), &formatted);
			never = !str_eq(buf_str(&text), buf_str(&formatted)) &&
				map_get(&l->targets, buf_str(&text)) == NULL;
			n++;
		}
		if (never && n > 0)
			report(l, t->at,
			    "no message can fit: \"%.60s\" is "
			    "read as \"%.60s\"",
			    buf_cstr(&text), buf_cstr(&formatted));
	}
	buf_clear(&text);
	buf_clear(&formatted);
}

/* The trigger that takes all samples of t away from it, or NULL. */
static const struct brain_trigger *
winner(struct lint *l, const struct brain_trigger *t, struct buf *text)
{
	const struct brain_trigger *other = NULL;

	for (unsigned k = 0; k < SAMPLES; k++) {
		buf_reset(text);
		if (!sample_text(t->pattern, k, text))
			break;
		other = l->b->match(l->b->ctx, t->topic, buf_str(text));
		if (other == NULL || other == t)
			return NULL;
	}
	return other;
}

static void
check_unreachable(struct lint *l)
{
	const struct brain_trigger *t, *other;
	struct buf text = { 0 };

	for (size_t i = 0; (t = next_trigger(l, &i)) != NULL;) {
		if (t->pattern == NULL || t->previous.p != NULL)
			continue;
		other = winner(l, t, &text);
		/* The same text is a duplicate, which has its own row. */
		if (other != NULL && !str_eq(other->text, t->text))
			report(l, t->at,
			    "never reached: '%.*s' (%s:%" PRIu32
			    ") comes first and takes all that fits",
			    STR_ARG(other->text), other->at.file,
			    other->at.line);
	}
	buf_clear(&text);
}

static void
check_underscores(struct lint *l)
{
	const struct brain_trigger *t;

	for (size_t i = 0; (t = next_trigger(l, &i)) != NULL;) {
		struct str s = t->text;

		for (size_t j = 1; j + 1 < s.len; j++) {
			/* Not in @array_name or <bot some_name>. */
			if (s.p[j] == '@' || s.p[j] == '<')
				break;
			if (s.p[j] != '_' || !is_array_name(s.p[j - 1]) ||
			    !is_array_name(s.p[j + 1]))
				continue;
			report(l, t->at,
			    "'_' inside a word is a wildcard "
			    "for letters");
			break;
		}
	}
}

static void
check_nested(struct lint *l)
{
	const struct brain_trigger *t;

	for (size_t i = 0; (t = next_trigger(l, &i)) != NULL;) {
		unsigned depth = 0, deepest = 0;

		for (size_t j = 0; j < t->text.len; j++) {
			depth += t->text.p[j] == '[';
			deepest = depth > deepest ? depth : deepest;
			depth -= depth > 0 && t->text.p[j] == ']';
		}
		if (deepest > 1)
			report(l, t->at,
			    "an optional in an optional: other "
			    "implementations of RiveScript fail on it");
	}
}

static void
check_answers(struct lint *l)
{
	const struct brain_trigger *t;

	for (size_t i = 0; (t = next_trigger(l, &i)) != NULL;) {
		if (t->redirect != NULL || t->replies != NULL)
			continue;
		report(l, t->at,
		    t->conditions == NULL
			? "this trigger has no reply"
			: "no reply is left when none of its conditions holds");
	}
}

static void
check_conditions(struct lint *l)
{
	const struct brain_trigger *t;

	for (size_t i = 0; (t = next_trigger(l, &i)) != NULL;) {
		for (const struct ast_condition *c = t->conditions; c != NULL;
		     c = c->next) {
			struct loc at = place(t, c->at);

			if (c->op == OP_BAD)
				report(l, at,
				    "this condition never holds: "
				    "it wants blanks around one of == != < <= "
				    "> >=");
			else if (str_find(c->text, STR("=>"), 0) != STR_NONE)
				report(l, at,
				    "a second => is part of the "
				    "reply; others drop the line");
		}
	}
}

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

/* A redirect that is plain text must lead somewhere.  Where the topic is
 * changed on the way, that is more than lint knows. */
static void
must_lead(struct lint *l, const struct brain_trigger *t, struct str target,
    struct loc at)
{
	target = str_trim(target);
	if (is_plain(target) && !in_begin(t) &&
	    l->b->match(l->b->ctx, t->topic, target) == NULL)
		report(l, at, "no trigger of topic '%.*s' fits '%.*s'",
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

static void
check_redirects(struct lint *l)
{
	const struct brain_trigger *t;

	for (size_t i = 0; (t = next_trigger(l, &i)) != NULL;) {
		if (t->redirect != NULL)
			must_lead(l, t, t->redirect->text,
			    place(t, t->redirect->at));
	}
	each_text(l, in_text_redirects);
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
static void
check_circles(struct lint *l)
{
	const struct brain_trigger *t, *at;

	for (size_t i = 0; (t = next_trigger(l, &i)) != NULL;) {
		bool lowest = true;
		unsigned steps = 0;

		at = follow(l, t);
		while (at != NULL && at != t && steps++ < 100) {
			lowest = lowest && at->id > t->id;
			at = follow(l, at);
		}
		if (at == t && lowest)
			report(l, place(t, t->redirect->at),
			    "this redirect leads back to itself%s",
			    steps > 0 ? " through others" : "");
	}
}

/* --- topics --- */

static void
check_begin(struct lint *l)
{
	const struct topic *begin = find_topic(l, STR("__begin__"));
	bool request = false;

	if (begin == NULL)
		return;
	for (const struct brain_trigger *t = begin->triggers; t != NULL;
	     t = t->next)
		request |= str_is(t->text, "request") || str_is(t->text, "*");
	if (!request)
		report(l, begin->at, "the begin block has no '+ request'");
}

static const struct row rows[] = {
	{ "unknown-array", true, check_arrays,
	    "an @array that no file defines" },
	{ "unknown-topic", true, check_topics, "a topic that no file opens" },
	{ "unknown-macro", true, check_macros,
	    "a <call> of a macro that does not exist" },
	{ "unknown-tag", false, check_tags,
	    "a <tag> or {tag} that is not known and stays as written" },
	{ "unpaired-tag", true, check_pairs,
	    "a tag that is opened and not closed, or the other way round" },
	{ "unknown-star", true, check_stars,
	    "a <star> beyond the trigger's wildcards" },
	{ "object-language", false, check_languages,
	    "an object in a language that is not run" },
	{ "duplicate-trigger", false, check_duplicates,
	    "the same trigger twice in a topic" },
	{ "never-matches", false, check_never,
	    "a trigger that no message fits, after substitutions and the "
	    "removal of punctuation" },
	{ "unreachable", false, check_unreachable,
	    "a trigger whose messages are all taken by another" },
	{ "underscore", false, check_underscores,
	    "an underscore inside a word, which is a wildcard" },
	{ "nested-optional", false, check_nested,
	    "an optional in an optional, which others cannot read" },
	{ "no-reply", false, check_answers,
	    "a trigger that may be left without a reply" },
	{ "condition", true, check_conditions,
	    "a condition that never holds, or with two =>" },
	{ "redirect-nowhere", false, check_redirects,
	    "a redirect that no trigger fits" },
	{ "redirect-circle", true, check_circles,
	    "redirects that lead back to where they began" },
	{ "begin", false, check_begin,
	    "a begin block without its '+ request'" },
};

void
lint_brain(const struct lint_brain *b, struct errs *errs)
{
	struct lint l = { .b = b, .errs = errs };
	const struct brain_trigger *t;

	for (size_t i = 0; (t = next_trigger(&l, &i)) != NULL;) {
		if (t->redirect != NULL)
			note_target(&l, t->redirect->text);
	}
	each_text(&l, in_text_targets);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		l.row = &rows[i];
		rows[i].check(&l);
	}
	arena_clear(&l.arena);
}

bool
lint_row(size_t i, const char **name, bool *error, const char **help)
{
	if (i >= sizeof rows / sizeof rows[0])
		return false;
	*name = rows[i].name;
	*error = rows[i].error;
	*help = rows[i].help;
	return true;
}
