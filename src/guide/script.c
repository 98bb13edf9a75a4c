#include "guide/script.h"

#include <stdlib.h>

#include "guide/checklist_file.h"
#include "guide/embedded.h"
#include "guide/risklint.h"

#define CHECKLISTS_MAX 16

struct script {
	unsigned refs;
	struct script **grave;     /* NULL: the last unref frees it */
	struct script *next_dead; /* in the grave */
	struct arena arena;
	struct brain *shipped;
	struct brain *dialogs;
	struct risk_rules shipped_rules;
	struct risk_rules added_rules;
	struct lexicon risk_words;
	struct lexicon dialog_words;
	struct wording wording;
	struct resources resources;
	const struct checklist *checklists[CHECKLISTS_MAX];
	size_t n_checklists;
	struct questions questions;
};

/* --- host macros: they only note what is to be done --------------------- */

static void
call_selfcheck(void *host, const struct str *args, size_t n, struct buf *out)
{
	struct script_calls *calls = host;

	(void)out;
	if (calls == NULL)
		return;
	calls->selfcheck = true;
	calls->for_other = n > 0 && str_is(args[0], "other");
}

static void
call_forget(void *host, const struct str *args, size_t n, struct buf *out)
{
	struct script_calls *calls = host;

	(void)args;
	(void)n;
	(void)out;
	if (calls != NULL)
		calls->forget = true;
}

static void
call_quit(void *host, const struct str *args, size_t n, struct buf *out)
{
	struct script_calls *calls = host;

	(void)args;
	(void)n;
	(void)out;
	if (calls != NULL)
		calls->quit = true;
}

static void
call_summary(void *host, const struct str *args, size_t n, struct buf *out)
{
	struct script_calls *calls = host;

	(void)args;
	(void)n;
	(void)out;
	if (calls != NULL)
		calls->summary = true;
}

static const struct {
	const char *name;
	brain_macro_fn fn;
} macros[] = {
	{ "selfcheck", call_selfcheck },
	{ "forget", call_forget },
	{ "quit", call_quit },
	{ "summary", call_summary },
};

/* What our own objects are written in. */
static const char *const languages[] = {
	"wording", "resources", "checklist", "questions",
};

/* --- loading ------------------------------------------------------------- */

static bool
out_of_memory(struct errs *errs)
{
	return errs_add(errs, (struct loc) { 0 }, "out of memory");
}

static bool
load_embedded(struct brain *b, const struct embedded *files, struct errs *errs)
{
	bool ok = true;

	for (; files->name != NULL; files++)
		ok &= brain_load_text(b, files->name,
		    str_of((const char *)files->text, files->len), errs);
	return ok;
}

static struct brain *
new_brain(const struct script_options *o, struct errs *errs)
{
	struct brain_options options = { .utf8 = true, .no_jit = o->no_jit };
	struct brain *b = brain_new(&options);

	bool ok = b != NULL;

	for (size_t i = 0; ok && i < sizeof macros / sizeof macros[0]; i++)
		ok = brain_macro(b, macros[i].name, macros[i].fn);
	for (size_t i = 0; ok && i < sizeof languages / sizeof languages[0];
	     i++)
		ok = brain_language(b, languages[i]);
	if (ok)
		return b;
	out_of_memory(errs);
	brain_unref(b);
	return NULL;
}

static bool
read_checklist(struct script *s, const struct brain_object *o,
    struct errs *errs)
{
	const struct checklist *c;

	if (s->n_checklists == CHECKLISTS_MAX)
		return errs_add(errs, o->at, "too many checklists");
	c = checklist_read(o, &s->arena, errs);
	if (c != NULL)
		s->checklists[s->n_checklists++] = c;
	return c != NULL;
}

/* The objects of a brain, by their language; others are lint's business. */
static bool
read_objects(struct script *s, const struct brain *b, struct errs *errs)
{
	const struct brain_object *o;
	bool ok = true;

	for (size_t i = 0; (o = brain_object(b, i)) != NULL; i++) {
		if (str_is(o->language, "wording"))
			ok &= wording_read(&s->wording, o, &s->arena, errs);
		else if (str_is(o->language, "resources"))
			ok &= resources_read(&s->resources, o, &s->arena, errs);
		else if (str_is(o->language, "checklist"))
			ok &= read_checklist(s, o, errs);
		else if (str_is(o->language, "questions"))
			ok &= questions_read(&s->questions, o, &s->arena,
			    errs);
	}
	return ok;
}

static bool
read_words(struct lexicon *lex, const struct brain *b, struct arena *arena,
    struct errs *errs)
{
	struct str word;

	for (size_t i = 0; brain_word(b, i, &word); i++) {
		if (!lexicon_add(lex, arena, word))
			return out_of_memory(errs);
	}
	return lexicon_ready(lex, arena) ? true : out_of_memory(errs);
}

static bool
load_shipped(struct script *s, const struct script_options *o,
    struct errs *errs)
{
	s->shipped = new_brain(o, errs);
	return s->shipped != NULL &&
	    load_embedded(s->shipped, embedded_shipped, errs) &&
	    risk_rules_read(&s->shipped_rules, s->shipped, &s->arena, errs) &&
	    read_objects(s, s->shipped, errs) && s->resources.n > 0 &&
	    read_words(&s->risk_words, s->shipped, &s->arena, errs);
}

/* What dialogs may say of a number comes from the table of numbers. */
static bool
set_bot_vars(struct script *s, struct errs *errs)
{
	struct str way = s->resources.rows[0].field[RESOURCE_SUICIDE];
	struct buf line = { 0 };
	bool ok;

	/* "call or text 988" -> "988 (US, call or text)" */
	if (str_starts(way, STR("call or text ")))
		buf_addf(&line, "%.*s (US, call or text)",
		    STR_ARG(str_sub(way, 13, way.len)));
	else
		buf_addf(&line, "%.*s (US)", STR_ARG(way));
	ok = !line.failed &&
	    brain_set_var(s->dialogs, STR("crisis_line"), buf_str(&line)) &&
	    brain_set_var(s->dialogs, STR("elsewhere"),
	    STR("findahelpline.com")) &&
	    brain_set_var(s->dialogs, STR("veterans_line"),
	    s->resources.rows[0].field[RESOURCE_VETERANS]);
	buf_clear(&line);
	return ok ? true : out_of_memory(errs);
}

static bool
load_dialogs(struct script *s, const struct script_options *o,
    struct errs *errs)
{
	bool ok;

	wording_seal(&s->wording);
	s->dialogs = new_brain(o, errs);
	if (s->dialogs == NULL)
		return false;
	ok = o->dialogs != NULL
	    ? brain_load_dir(s->dialogs, o->dialogs, errs)
	    : load_embedded(s->dialogs, embedded_dialogs, errs);
	/* Read on after a mistake: an author wants to see them all. */
	ok &= risk_rules_read(&s->added_rules, s->dialogs, &s->arena, errs);
	ok &= read_objects(s, s->dialogs, errs);
	if (!ok || !set_bot_vars(s, errs) ||
	    !read_words(&s->dialog_words, s->dialogs, &s->arena, errs))
		return false;
	return questions_ready(&s->questions, s->dialogs, &s->arena) ||
	    out_of_memory(errs);
}

struct script *
script_load(const struct script_options *o, struct errs *errs)
{
	struct script *s = calloc(1, sizeof *s);

	if (s == NULL) {
		out_of_memory(errs);
		return NULL;
	}
	s->refs = 1;
	if (!load_shipped(s, o, errs) || !load_dialogs(s, o, errs)) {
		script_unref(s);
		return NULL;
	}
	return s;
}

void
script_lint(const struct script_options *o, const char *today,
    struct errs *errs)
{
	struct script *s = calloc(1, sizeof *s);

	if (s == NULL) {
		out_of_memory(errs);
		return;
	}
	s->refs = 1;
	if (load_shipped(s, o, errs) && load_dialogs(s, o, errs)) {
		if (today != NULL)
			resources_lint(&s->resources, today, errs);
		questions_lint(&s->questions, s->dialogs, errs);
		if (o->dialogs != NULL)
			risklint_folder(&s->added_rules, o->dialogs, errs);
	}
	if (s->dialogs != NULL)
		brain_lint(s->dialogs, errs);
	script_unref(s);
}

struct script *
script_ref(struct script *s)
{
	s->refs++;
	return s;
}

static void
free_script(struct script *s)
{
	brain_unref(s->shipped);
	brain_unref(s->dialogs);
	arena_clear(&s->arena);
	free(s);
}

void
script_unref(struct script *s)
{
	if (s == NULL || --s->refs > 0)
		return;
	if (s->grave == NULL) {
		free_script(s);
		return;
	}
	s->next_dead = *s->grave;
	*s->grave = s;
}

void
script_bury_in(struct script *s, struct script **grave)
{
	s->grave = grave;
}

void
script_free_all(struct script *grave)
{
	while (grave != NULL) {
		struct script *next = grave->next_dead;

		free_script(grave);
		grave = next;
	}
}

/* --- the parts ----------------------------------------------------------- */

struct brain *
script_dialogs(struct script *s)
{
	return s->dialogs;
}

struct brain *
script_shipped(struct script *s)
{
	return s->shipped;
}

const struct risk_rules *
script_shipped_rules(const struct script *s)
{
	return &s->shipped_rules;
}

const struct risk_rules *
script_added_rules(const struct script *s)
{
	return &s->added_rules;
}

const struct lexicon *
script_risk_words(const struct script *s)
{
	return &s->risk_words;
}

const struct lexicon *
script_dialog_words(const struct script *s)
{
	return &s->dialog_words;
}

const struct wording *
script_wording(const struct script *s)
{
	return &s->wording;
}

const struct resources *
script_resources(const struct script *s)
{
	return &s->resources;
}

const struct checklist *
script_checklist(const struct script *s, struct str name)
{
	for (size_t i = 0; i < s->n_checklists; i++) {
		if (str_eq(checklist_name(s->checklists[i]), name))
			return s->checklists[i];
	}
	return NULL;
}

const struct questions *
script_questions(const struct script *s)
{
	return &s->questions;
}
