/*
 * face.c - the functions of brain.h.
 */
#include "rive/brain.h"

#include <assert.h>
#include <stdlib.h>

#include "base/file.h"
#include "rive/core.h"
#include "rive/find.h"
#include "rive/graph.h"
#include "rive/index.h"
#include "rive/lint.h"
#include "rive/parse.h"
#include "rive/reply.h"

#define FILE_MAX ((size_t)64 * 1024 * 1024)
#define LOADED_MAX ((size_t)512 * 1024 * 1024)
#define COMPILE_AT_LOAD 5000

static const char *const default_texts[BRAIN_N_STATUS] = {
	[BRAIN_OK] = "",
	[BRAIN_NO_MATCH] = "ERR: No Reply Matched",
	[BRAIN_NO_REPLY] = "ERR: No Reply Found",
	[BRAIN_RECURSION] = "ERR: Deep Recursion Detected",
	[BRAIN_NO_OBJECT] = "[ERR: Object Not Found]",
	[BRAIN_LIMIT] = "ERR: Limit Reached",
	[BRAIN_NO_MEMORY] = "ERR: Out Of Memory",
};

/* --- life ---------------------------------------------------------------- */

static struct store
new_store(void)
{
	return (struct store) {
		.max = 100000,
		.name_max = 1024,
		.value_max = 65536,
	};
}

static bool
copy_options(struct brain *b, const struct brain_options *o)
{
	b->utf8 = o->utf8;
	b->strict = !o->not_strict;
	b->force_case = o->force_case;
	b->no_jit = o->no_jit;
	b->depth = o->depth;
	b->concat = arena_str(&b->loaded,
	    str_c(o->concat == NULL ? "none" : o->concat));
	for (int i = 0; i < BRAIN_N_STATUS; i++) {
		const char *text = o->texts[i];

		b->texts[i] = arena_str(&b->loaded,
		    str_c(text == NULL ? default_texts[i] : text));
	}
	return !b->loaded.failed;
}

struct brain *
brain_new(const struct brain_options *options)
{
	static const struct brain_options defaults = { 0 };
	const struct brain_options *o = options == NULL ? &defaults : options;
	struct brain *b = calloc(1, sizeof *b);
	struct err err;

	if (b == NULL)
		return NULL;
	b->refs = 1;
	b->loaded.max = LOADED_MAX;
	b->ast.arena = &b->loaded;
	b->vars = new_store();
	b->globals = new_store();
	b->text.max = 4 * FORMAT_MAX;
	b->format.utf8 = o->utf8;
	b->format.keep_case = o->case_sensitive;
	b->format.subs = &b->subs;
	b->matcher.no_jit = o->no_jit;
	if (!copy_options(b, o) ||
	    !format_punctuation(&b->format, o->punctuation, o->no_jit, &err)) {
		brain_unref(b);
		return NULL;
	}
	return b;
}

struct brain *
brain_ref(struct brain *b)
{
	b->refs++;
	return b;
}

/* Takes back what brain_ready() made. */
static void
thaw(struct brain *b)
{
	for (struct topic *t = b->ast.first_topic; t != NULL; t = t->next) {
		if (t->frozen != NULL) {
			index_free(t->frozen->index);
			index_free(t->frozen->thats_index);
		}
		t->frozen = NULL;
	}
	matcher_clear(&b->matcher);
	b->matcher.env.alts = (struct map) { 0 };
	b->subs = b->person = (struct subs) { 0 };
	b->words = NULL;
	b->n_words = 0;
	b->ready = false;
	arena_clear(&b->frozen);
}

void
brain_unref(struct brain *b)
{
	if (b == NULL || --b->refs > 0)
		return;
	thaw(b);
	format_clear(&b->format);
	store_clear(&b->vars);
	store_clear(&b->globals);
	buf_wipe(&b->text);
	free(b->ast.triggers);
	arena_clear(&b->loaded);
	free(b);
}

bool
brain_macro(struct brain *b, const char *name, brain_macro_fn fn)
{
	struct macro *m = arena_alloc(&b->loaded, sizeof *m);
	struct str copy = arena_str(&b->loaded, str_c(name));

	if (m == NULL || copy.p == NULL)
		return false;
	*m = (struct macro) { copy, fn };
	return map_set(&b->macros, &b->loaded, copy, m);
}

bool
brain_language(struct brain *b, const char *language)
{
	struct str copy = arena_str(&b->loaded, str_c(language));

	return copy.p != NULL && map_set(&b->languages, &b->loaded, copy, b);
}

/* --- loading --------------------------------------------------------------- */

static void
on_value(void *ctx, enum define_type type, struct str name, struct str value)
{
	struct brain *b = ctx;
	struct store *s = type == DEFINE_VAR ? &b->vars : &b->globals;

	if (value.p == NULL)
		store_unset(s, name);
	else if (!store_set(s, name, value))
		b->ast.failed = true;
}

/* name and text live in the arena. */
static bool
load(struct brain *b, const char *name, struct str text, struct errs *errs)
{
	struct parse_options o = {
		.utf8 = b->utf8,
		.strict = b->strict,
		.force_case = b->force_case,
		.concat = b->concat.p,
		.on_value = on_value,
		.ctx = b,
	};
	size_t before = errs->n_errors;

	thaw(b);
	if (name == NULL || text.p == NULL)
		return errs_add(errs, (struct loc) { 0 }, "out of memory");
	if (memchr(text.p, '\0', text.len) != NULL)
		return errs_add(errs, (struct loc) { .file = name },
		    "is not a text file");
	if (!parse_text(&b->ast, &o, name, text, errs))
		return errs_add(errs, (struct loc) { .file = name },
		    "out of memory");
	return errs->n_errors == before;
}

bool
brain_load_text(struct brain *b, const char *name, struct str text,
    struct errs *errs)
{
	return load(b, arena_str(&b->loaded, str_c(name)).p,
	    arena_str(&b->loaded, text), errs);
}

bool
brain_load_file(struct brain *b, const char *path, struct errs *errs)
{
	struct buf text = { .max = FILE_MAX };
	struct err err;
	bool ok;

	if (file_read(path, &text, &err))
		ok = brain_load_text(b, path, buf_str(&text), errs);
	else
		ok = errs_add(errs, err.at, "%s", err.msg);
	buf_clear(&text);
	return ok;
}

bool
brain_load_dir(struct brain *b, const char *dir, struct errs *errs)
{
	static const char *const suffixes[] = { ".rive", ".rs", NULL };
	struct arena arena = { 0 };
	const char **paths;
	struct err err;
	bool ok = true;
	size_t n = 0;

	if (!file_list(dir, suffixes, &arena, &paths, &n, &err))
		ok = errs_add(errs, err.at, "%s", err.msg);
	for (size_t i = 0; i < n; i++)
		ok &= brain_load_file(b, paths[i], errs);
	arena_clear(&arena);
	return ok;
}

/* --- making ready --------------------------------------------------------- */

static bool
read_side(struct brain *b, const struct brain_trigger *t, bool previous,
    struct errs *errs)
{
	struct pattern *p = &b->patterns[2 * t->id + previous];
	struct loc at = t->at;
	const char *why;

	if (!pattern_read(p, previous ? t->previous : t->text,
		&b->matcher.env, &b->frozen, &b->matcher.scratch, &why))
		return false;
	arena_reset(&b->matcher.scratch);
	if (previous) {
		at.line = t->previous_at.line;
		at.col = t->previous_at.col;
	}
	if (why != NULL)
		errs_add(errs, at, "it can never match: %s", why);
	return true;
}

static bool
read_patterns(struct brain *b, struct errs *errs)
{
	b->patterns = arena_array(&b->frozen, 2 * b->ast.n_triggers + 1,
	    sizeof *b->patterns);
	if (b->patterns == NULL)
		return false;
	for (size_t i = 0; i < b->ast.n_triggers; i++) {
		struct brain_trigger *t = b->ast.triggers[i];

		t->pattern = &b->patterns[2 * i];
		t->previous_pattern = &b->patterns[2 * i + 1];
		if (!read_side(b, t, false, errs) ||
		    (t->previous.p != NULL && !read_side(b, t, true, errs)))
			return false;
	}
	return true;
}

/* Compiles what only a regex can tell, to find its mistakes now. */
static void
compile_some(struct brain *b, struct errs *errs)
{
	size_t n = 0;

	for (size_t i = 0; i < b->ast.n_triggers && n < COMPILE_AT_LOAD; i++) {
		const struct brain_trigger *t = b->ast.triggers[i];
		struct err err;

		if (t->pattern->kind != PATTERN_REGEX)
			continue;
		n++;
		if (!match_prepare(&b->matcher, t, &err))
			errs_add(errs, t->at, "it can never match: %s",
			    err.msg);
	}
}

/* Of the triggers, or of their % sides. */
static struct index *
build_index(struct brain *b, struct brain_trigger *const *list, size_t n,
    bool previous)
{
	struct cut_options o = { .utf8 = b->utf8 };
	const struct pattern **patterns =
	    arena_array(&b->frozen, n + 1, sizeof *patterns);

	if (patterns == NULL || n > UINT32_MAX)
		return NULL;
	for (size_t i = 0; i < n; i++)
		patterns[i] = previous ? list[i]->previous_pattern
				       : list[i]->pattern;
	return index_new(patterns, (uint32_t)n, o);
}

static bool
build_indexes(struct brain *b)
{
	for (struct topic *t = b->ast.first_topic; t != NULL; t = t->next) {
		struct frozen *f = t->frozen;

		if (f == NULL)
			continue;
		f->index = build_index(b, f->list, f->n, false);
		f->thats_index = build_index(b, f->thats, f->n_thats, true);
		if (f->index == NULL || f->thats_index == NULL)
			return false;
	}
	return true;
}

/* Each plain word of the triggers once, for spelling. */
struct wordlist {
	struct arena *arena;
	struct map words;
	struct map alts; /* seen: an array stands in many triggers */
};

static void
add_word(struct wordlist *l, struct str word)
{
	/* Without memory the arena remembers it. */
	if (!map_set(&l->words, l->arena, word, l))
		return;
}

static void
add_words(struct wordlist *l, const struct pat_seq *seq)
{
	for (uint32_t i = 0; i < seq->n; i++) {
		const struct pat_item *item = &seq->items[i];
		struct str key;

		if (item->type == PAT_WORD)
			add_word(l, item->word);
		if ((item->type != PAT_ALT && item->type != PAT_OPT) ||
		    item->n == 0)
			continue;
		/* The bytes of the pointer to its first items. */
		key = str_of((const char *)item->alt, sizeof item->alt->items);
		if (map_get(&l->alts, key) != NULL ||
		    !map_set(&l->alts, l->arena, key, l))
			continue;
		for (uint32_t k = 0; k < item->n; k++)
			add_words(l, &item->alt[k]);
	}
}

static bool
build_words(struct brain *b)
{
	struct wordlist l = { .arena = &b->frozen };
	const struct map_slot *slot;
	struct str *words, rest, word;
	size_t at = 0;

	for (size_t i = 0; i < b->ast.n_triggers; i++) {
		const struct pattern *p = b->ast.triggers[i]->pattern;

		rest = p->kind == PATTERN_ATOMIC || p->kind == PATTERN_KEYWORD
		    ? p->text : STR("");
		while (str_word(&rest, &word))
			add_word(&l, word);
		if (p->kind == PATTERN_WORDS)
			add_words(&l, &p->seq);
	}
	words = arena_array(&b->frozen, l.words.used + 1, sizeof *words);
	if (words == NULL)
		return false;
	b->words = words;
	while ((slot = map_next(&l.words, &at)) != NULL)
		words[b->n_words++] = slot->key;
	return !b->frozen.failed;
}

static unsigned
depth_of(const struct brain *b)
{
	unsigned depth = b->ast.depth != 0 ? b->ast.depth : b->depth;

	if (depth == 0)
		depth = DEPTH_DEFAULT;
	return depth < DEPTH_LIMIT ? depth : DEPTH_LIMIT;
}

bool
brain_ready(struct brain *b, struct errs *errs)
{
	size_t before = errs->n_errors;

	thaw(b);
	b->depth = depth_of(b);
	b->matcher.n_triggers = b->ast.n_triggers;
	b->matcher.env.utf8 = b->utf8;
	b->matcher.env.arrays = &b->ast.arrays;
	if (b->ast.failed || !read_patterns(b, errs) ||
	    !topics_freeze(&b->ast, &b->frozen, errs) ||
	    !subs_build(&b->subs, &b->ast.defines[DEFINE_SUB], b->utf8,
		&b->frozen) ||
	    !subs_build(&b->person, &b->ast.defines[DEFINE_PERSON], b->utf8,
		&b->frozen) ||
	    !build_indexes(b) || !build_words(b)) {
		thaw(b);
		return errs_add(errs, (struct loc) { 0 }, "out of memory");
	}
	compile_some(b, errs);
	b->ready = true;
	return errs->n_errors == before;
}

/* --- talking --------------------------------------------------------------- */

enum brain_status
brain_reply(struct brain *b, const struct brain_talk *talk,
    struct str message, struct buf *out, struct brain_how *how)
{
	assert(b->ready);
	return reply_to(b, talk, message, out, how);
}

void
brain_format(struct brain *b, struct str message, struct buf *out)
{
	format_message(&b->format, message, out);
}

struct str
brain_trigger_text(const struct brain_trigger *t)
{
	return t->text;
}

struct str
brain_trigger_topic(const struct brain_trigger *t)
{
	return t->topic->name;
}

struct loc
brain_trigger_loc(const struct brain_trigger *t)
{
	return t->at;
}

size_t
brain_trigger_id(const struct brain_trigger *t)
{
	return t->id;
}

size_t
brain_n_triggers(const struct brain *b)
{
	return b->ast.n_triggers;
}

const struct brain_trigger *
brain_trigger_at(const struct brain *b, size_t id)
{
	return id < b->ast.n_triggers ? b->ast.triggers[id] : NULL;
}

enum brain_status
brain_trigger_reply(struct brain *b, const struct brain_talk *talk,
    const struct brain_trigger *t, struct str message, struct buf *out)
{
	assert(b->ready);
	return reply_of(b, talk, t, message, out);
}

/* A topic by name, or NULL. */
static const struct frozen *
frozen_topic(const struct brain *b, struct str name)
{
	const struct topic *t = map_get(&b->ast.topics, name);

	return t == NULL ? NULL : t->frozen;
}

bool
brain_match(struct brain *b, struct str topic, struct str text,
    const struct brain_trigger **t)
{
	const struct frozen *f = frozen_topic(b, topic);
	struct find find = { .brain = b };

	*t = f == NULL ? NULL : find_best(&find, f, text, NULL);
	return !find.limit && !find.no_memory;
}

bool
brain_match_all(struct brain *b, struct str topic, struct str text,
    const struct brain_trigger **t, size_t max, size_t *n)
{
	const struct frozen *f = frozen_topic(b, topic);
	struct find find = { .brain = b };

	*n = f == NULL ? 0 : find_all(&find, f, text, t, max);
	return !find.limit && !find.no_memory;
}

bool
brain_find(struct brain *b, struct str topic, struct str text, size_t from,
    size_t *start, size_t *end, const struct brain_trigger **t)
{
	const struct frozen *f = frozen_topic(b, topic);
	struct index_stretch found;
	enum index_fit fit;

	*t = NULL;
	if (f == NULL || f->index == NULL)
		return false;
	fit = index_find(f->index, text, from, &found);
	index_forget(f->index);
	if (fit != INDEX_YES || found.rank == INDEX_NONE)
		return false;
	*t = f->list[found.rank];
	*start = found.start;
	*end = found.end;
	return true;
}

/* --- lint ------------------------------------------------------------------- */

static bool
has_macro(void *ctx, struct str name)
{
	return map_get(&((struct brain *)ctx)->macros, name) != NULL;
}

static bool
runs_language(void *ctx, struct str language)
{
	return map_get(&((struct brain *)ctx)->languages, language) != NULL;
}

static void
on_format(void *ctx, struct str message, struct buf *out)
{
	brain_format(ctx, message, out);
}

static const struct brain_trigger *
on_match(void *ctx, const struct topic *topic, struct str text)
{
	struct find find = { .brain = ctx };

	if (topic->frozen == NULL)
		return NULL;
	return find_best(&find, topic->frozen, text, NULL);
}

static void
on_format_reply(void *ctx, struct str reply, struct buf *out)
{
	format_reply(&((struct brain *)ctx)->format, reply, out);
}

static bool
on_follows(void *ctx, const struct topic *topic, struct str reply, bool *fit)
{
	struct find find = { .brain = ctx };

	return topic->frozen == NULL || topic->frozen->n_thats == 0 ||
	    find_following(&find, topic->frozen, reply, fit);
}

static struct lint_brain
looked_at(struct brain *b)
{
	return (struct lint_brain) {
		.ast = &b->ast,
		.ctx = b,
		.has_macro = has_macro,
		.runs_language = runs_language,
		.format = on_format,
		.match = on_match,
		.format_reply = on_format_reply,
		.follows = on_follows,
		.texts = b->texts,
		.n_texts = BRAIN_N_STATUS,
	};
}

void
brain_lint(struct brain *b, struct errs *errs)
{
	struct lint_brain lint = looked_at(b);

	if (b->ready)
		lint_brain(&lint, errs);
}

bool
brain_lint_row(size_t i, const char **name, bool *error, const char **help)
{
	return lint_row(i, name, error, help);
}

void
brain_graph(struct brain *b, struct buf *out)
{
	struct lint_brain lint = looked_at(b);

	if (b->ready)
		graph_write(&lint, out);
}

/* --- what else was loaded --------------------------------------------------- */

bool
brain_has_topic(const struct brain *b, struct str topic)
{
	return map_get(&b->ast.topics, topic) != NULL;
}

bool
brain_array(const struct brain *b, struct str name, size_t i,
    struct str *item)
{
	const struct ast_array *a = map_get(&b->ast.arrays, name);

	if (a == NULL || i >= a->n_items)
		return false;
	*item = a->items[i];
	return true;
}

struct str
brain_var(const struct brain *b, struct str name)
{
	return store_get(&b->vars, name);
}

bool
brain_set_var(struct brain *b, struct str name, struct str value)
{
	return store_set(&b->vars, name, value);
}

const struct brain_object *
brain_object(const struct brain *b, size_t i)
{
	const struct ast_object *o = b->ast.first_object;

	while (o != NULL && i-- > 0)
		o = o->next;
	return o == NULL ? NULL : &o->face;
}

bool
brain_word(const struct brain *b, size_t i, struct str *word)
{
	if (i >= b->n_words)
		return false;
	*word = b->words[i];
	return true;
}
