#include "rive/lint.h"

#include <inttypes.h>

#include "rive/lintflow.h"
#include "rive/sample.h"
#include "rive/tagscan.h"

static const struct topic *
find_topic(const struct lint *l, struct str name)
{
	return map_get(&l->b->ast->topics, name);
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
			lint_report(l, at, "no array is called '%.*s'",
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
			lint_report(l, at,
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

	for (size_t i = 0; (t = lint_next(l, &i)) != NULL;) {
		look_for_arrays(l, t->text, t->at);
		if (t->previous.p != NULL)
			look_for_arrays(l, t->previous,
			    lint_place(t, t->previous_at));
	}
	for (size_t i = 0; (s = map_next(&l->b->ast->arrays, &i)) != NULL;) {
		const struct ast_array *a = s->value;

		for (size_t j = 0; j < a->n_items; j++)
			look_for_arrays(l, a->items[j], a->at);
	}
	lint_each_text(l, in_reply_arrays);
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
			lint_report(l, at, "no topic is called '%.*s'",
			    STR_ARG(name));
	}
}

static void
check_topics(struct lint *l)
{
	lint_each_text(l, in_text_topics);
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
			lint_report(l, at, "no macro is called '%.*s'",
			    STR_ARG(name));
	}
}

static void
check_macros(struct lint *l)
{
	lint_each_text(l, in_text_macros);
}

static void
check_languages(struct lint *l)
{
	for (const struct ast_object *o = l->b->ast->first_object; o != NULL;
	     o = o->next) {
		struct str lang = o->face.language;

		if (lang.len > 0 && !l->b->runs_language(l->b->ctx, lang))
			lint_report(l, o->face.at,
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
			lint_report(l, at,
			    "no tag is called %c%.*s%c: it stays as "
			    "written",
			    tag.open, STR_ARG(tag.name),
			    tag.open == '<' ? '>' : '}');
	}
}

static void
check_tags(struct lint *l)
{
	lint_each_text(l, in_text_tags);
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
			lint_report(l, at, "%s is never closed", pairs[i][0]);
		else if (open == STR_NONE && close != STR_NONE)
			lint_report(l, at, "%s was never opened", pairs[i][1]);
	}
}

static void
check_pairs(struct lint *l)
{
	lint_each_text(l, in_text_pairs);
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
			lint_report(l, at, "<%.*s> without a %% line",
			    STR_ARG(tag.name));
		else if (p != NULL && p->kind != PATTERN_DYNAMIC &&
			 tag.number > p->n_stars)
			lint_report(l, at, "<%.*s%.*s>, but there are %u stars",
			    STR_ARG(tag.name), STR_ARG(tag.rest),
			    (unsigned)p->n_stars);
	}
}

static void
check_stars(struct lint *l)
{
	lint_each_text(l, in_text_stars);
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
			lint_report(l, t->at, "this trigger stands at %s:%" PRIu32
			    " already; the first one answers", first->at.file,
			    first->at.line);
		else if (!map_set(&seen, &l->arena, key, t))
			return;
	}
}

/* Samples are texts that fit the trigger, its wildcards filled in. */
#define LINT_SAMPLES 256

static void
check_never(struct lint *l)
{
	const struct brain_trigger *t;
	struct buf text = { 0 }, formatted = { 0 };

	for (size_t i = 0; (t = lint_next(l, &i)) != NULL;) {
		bool never = t->pattern != NULL && !lint_in_begin(t);
		unsigned n = 0;

		for (unsigned k = 0; never && k < LINT_SAMPLES; k++) {
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
			lint_report(l, t->at,
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

	for (unsigned k = 0; k < LINT_SAMPLES; k++) {
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

	for (size_t i = 0; (t = lint_next(l, &i)) != NULL;) {
		if (t->pattern == NULL || t->previous.p != NULL)
			continue;
		other = winner(l, t, &text);
		/* The same text is a duplicate, which has its own row. */
		if (other != NULL && !str_eq(other->text, t->text))
			lint_report(l, t->at,
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

	for (size_t i = 0; (t = lint_next(l, &i)) != NULL;) {
		struct str s = t->text;

		for (size_t j = 1; j + 1 < s.len; j++) {
			/* Not in @array_name or <bot some_name>. */
			if (s.p[j] == '@' || s.p[j] == '<')
				break;
			if (s.p[j] != '_' || !is_array_name(s.p[j - 1]) ||
			    !is_array_name(s.p[j + 1]))
				continue;
			lint_report(l, t->at,
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

	for (size_t i = 0; (t = lint_next(l, &i)) != NULL;) {
		unsigned depth = 0, deepest = 0;

		for (size_t j = 0; j < t->text.len; j++) {
			depth += t->text.p[j] == '[';
			deepest = depth > deepest ? depth : deepest;
			depth -= depth > 0 && t->text.p[j] == ']';
		}
		if (deepest > 1)
			lint_report(l, t->at,
			    "an optional in an optional: other "
			    "implementations of RiveScript fail on it");
	}
}

static void
check_answers(struct lint *l)
{
	const struct brain_trigger *t;

	for (size_t i = 0; (t = lint_next(l, &i)) != NULL;) {
		if (t->redirect != NULL || t->replies != NULL)
			continue;
		lint_report(l, t->at,
		    t->conditions == NULL
			? "this trigger has no reply"
			: "no reply is left when none of its conditions holds");
	}
}

static void
check_conditions(struct lint *l)
{
	const struct brain_trigger *t;

	for (size_t i = 0; (t = lint_next(l, &i)) != NULL;) {
		for (const struct ast_condition *c = t->conditions; c != NULL;
		     c = c->next) {
			struct loc at = lint_place(t, c->at);

			if (c->op == OP_BAD)
				lint_report(l, at,
				    "this condition never holds: "
				    "it wants blanks around one of == != < <= "
				    "> >=");
			else if (str_find(c->text, STR("=>"), 0) != STR_NONE)
				lint_report(l, at,
				    "a second => is part of the "
				    "reply; others drop the line");
		}
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
		lint_report(l, begin->at, "the begin block has no '+ request'");
}

static const struct lint_row rows[] = {
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
	{ "redirect-nowhere", false, lint_redirects,
	    "a redirect that no trigger fits" },
	{ "redirect-circle", true, lint_circles,
	    "redirects that lead back to where they began" },
	{ "redirect-doubling", false, lint_doubling,
	    "a reply whose redirects lead back to it twice" },
	{ "previous", false, lint_previous,
	    "a % line that no reply of the brain fits" },
	{ "begin", false, check_begin,
	    "a begin block without its '+ request'" },
};

void
lint_brain(const struct lint_brain *b, struct errs *errs)
{
	struct lint l = { .b = b, .errs = errs };

	lint_note_targets(&l);
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
