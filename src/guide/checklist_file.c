/*
 * The format is lines of KEY: TEXT.  Five keys open a block (group, question,
 * answer, text, result); the others fill the block they stand in.  Each key
 * is a row of a table that says where its text goes.
 */
#include "guide/checklist_file.h"

#include "guide/rules.h"
#include "guide/spoken.h"

enum block { BLOCK_NONE, BLOCK_QUESTION, BLOCK_ANSWER, BLOCK_TEXT,
	BLOCK_RESULT, BLOCK_N };

static const char *const block_names[BLOCK_N] = { "no block", "a question",
	"an answer", "a text", "a result" };

static const char *const answer_names[ANSWER_N] = {
	[ANSWER_NONE] = "none",
	[ANSWER_YES] = "yes",
	[ANSWER_SOME] = "some",
	[ANSWER_NO] = "no",
	[ANSWER_UNSURE] = "not sure",
	[ANSWER_SKIP] = "skip",
	[ANSWER_BACK] = "back",
	[ANSWER_WHY] = "why",
	[ANSWER_STOP] = "stop",
	[ANSWER_HELP] = "help",
	[ANSWER_GO_ON] = "go on",
	[ANSWER_OVER] = "start over",
	[ANSWER_OTHER] = "someone else",
	[ANSWER_SELF] = "myself",
	[ANSWER_RESUME] = "resume",
	[ANSWER_SUMMARY] = "summary",
	[ANSWER_UNCLEAR] = "unclear",
	[ANSWER_FILLER] = "filler",
	[ANSWER_JOIN] = "join",
	[ANSWER_NEGATION] = "negation",
	[ANSWER_ASKS] = "asks",
};

static const char *const text_names[TEXT_N] = {
	[TEXT_OPENING] = "opening",
	[TEXT_ASK] = "ask",
	[TEXT_FOLLOW] = "follow",
	[TEXT_MISSED] = "missed",
	[TEXT_MISSED_CHOICE] = "missed choice",
	[TEXT_MOVED_ON] = "moved on",
	[TEXT_FIRST] = "first",
	[TEXT_HELP] = "help",
	[TEXT_STOPPED] = "stopped",
	[TEXT_PAUSED] = "paused",
	[TEXT_RESUMED] = "resumed",
	[TEXT_OVER] = "start over",
	[TEXT_OTHER] = "someone else",
	[TEXT_SELF] = "myself",
	[TEXT_SAFE] = "ask safe",
	[TEXT_DANGER] = "danger",
	[TEXT_NOTED] = "noted",
	[TEXT_NO_LINE] = "no crisis line",
	[TEXT_SUMMARY] = "summary",
	[TEXT_ITEM] = "summary item",
	[TEXT_SUMMARY_RESULT] = "summary result",
	[TEXT_UNFINISHED] = "summary unfinished",
	[TEXT_FOOT] = "summary foot",
};

struct reader {
	struct checklist *list;
	struct arena *arena;
	struct errs *errs;
	enum block block;
	void *here; /* the struct the block fills */
	struct str group;
	struct question spare; /* takes what follows a head that was wrong */
	enum checklist_text text;
};

/* A piece of a line with its place. */
struct piece {
	struct str s;
	struct loc at;
};

static struct piece
piece_sub(struct piece p, size_t from, size_t to)
{
	struct str s = str_sub(p.s, from, to);
	struct str trimmed = str_trim(s);

	p.at.col += (uint32_t)(from + (size_t)(trimmed.p - s.p));
	p.s = trimmed;
	return p;
}

/* Cuts what stands before `sep` off *rest. */
static bool
piece_split(struct piece *rest, char sep, struct piece *part)
{
	size_t at;

	if (rest->s.p == NULL)
		return false;
	at = str_find_char(rest->s, sep, 0);
	*part = piece_sub(*rest, 0, at == STR_NONE ? rest->s.len : at);
	if (at == STR_NONE)
		rest->s = (struct str) { 0 };
	else
		*rest = (struct piece) { str_sub(rest->s, at + 1, rest->s.len),
			{ rest->at.file, rest->at.line,
			    rest->at.col + (uint32_t)at + 1 } };
	return true;
}

/* --- what a key does with its text --------------------------------------- */

struct key;
typedef bool (*key_fn)(struct reader *r, const struct key *key,
    struct piece value);

struct key {
	enum block block;
	unsigned arg; /* for whom a line is, what a choice does */
	const char *name;
	key_fn read;
	size_t offset; /* of the field in the block's struct */
};

static bool
no_memory(struct reader *r, struct loc at)
{
	return errs_add(r->errs, at, "out of memory");
}

static bool
set_text(struct reader *r, const struct key *key, struct piece value)
{
	struct str *field = (void *)((char *)r->here + key->offset);

	if (value.s.len == 0)
		return errs_add(r->errs, value.at, "\"%s:\" has no text",
		    key->name);
	if (field->len > 0)
		return errs_add(r->errs, value.at,
		    "\"%s:\" stands twice in %s", key->name,
		    block_names[r->block]);
	*field = arena_str(r->arena, value.s);
	return field->p != NULL || no_memory(r, value.at);
}

/* Adds one phrase, made of words as people's lines are. */
static bool
add_phrase(struct reader *r, struct phrase **list, struct piece p)
{
	struct spoken w;
	char text[256];
	struct phrase *phrase;
	struct str s;

	if (p.s.len >= sizeof text)
		return errs_add(r->errs, p.at, "the phrase is too long");
	spoken_read(&w, p.s);
	s = spoken_join(&w, text, sizeof text);
	if (s.len == 0)
		return errs_add(r->errs, p.at, "a phrase has no words");
	for (; *list != NULL; list = (struct phrase **)&(*list)->next) {
		if (str_eq((*list)->text, s))
			return errs_add(r->errs, p.at, "\"%.*s\" stands twice",
			    STR_ARG(s));
	}
	phrase = arena_alloc(r->arena, sizeof *phrase);
	if (phrase == NULL)
		return no_memory(r, p.at);
	phrase->text = arena_str(r->arena, s);
	*list = phrase;
	return phrase->text.p != NULL || no_memory(r, p.at);
}

static bool
add_phrases(struct reader *r, struct phrase **list, struct piece value)
{
	struct piece part;
	bool ok = true;

	if (value.s.len == 0)
		return errs_add(r->errs, value.at, "no phrase is given");
	while (piece_split(&value, ',', &part))
		ok = add_phrase(r, list, part) && ok;
	return ok;
}

static bool
set_phrases(struct reader *r, const struct key *key, struct piece value)
{
	return add_phrases(r,
	    (struct phrase **)(void *)((char *)r->here + key->offset), value);
}

/* Bits of answers, "yes, some". */
static bool
set_values(struct reader *r, const struct key *key, struct piece value)
{
	unsigned *bits = (void *)((char *)r->here + key->offset);
	struct piece part;
	bool ok = true;

	while (piece_split(&value, ',', &part)) {
		unsigned v = rules_value(part.s);

		if (v == 0)
			ok = errs_add(r->errs, part.at,
			    "\"%.*s\" is no answer", STR_ARG(part.s));
		*bits |= v;
	}
	return ok;
}

static bool
set_notes(struct reader *r, const struct key *key, struct piece value)
{
	unsigned *bits = (void *)((char *)r->here + key->offset);
	struct piece part;
	bool ok = true;

	while (piece_split(&value, ',', &part)) {
		unsigned v = rules_note(part.s);

		if (v == 0)
			ok = errs_add(r->errs, part.at,
			    "\"%.*s\" is nothing that is noted",
			    STR_ARG(part.s));
		*bits |= v;
	}
	return ok;
}

/* A choice of a follow-up: LABEL = PHRASE, PHRASE; arg is its effect. */
static bool
add_choice(struct reader *r, const struct key *key, struct piece value)
{
	struct question *q = r->here;
	struct choice *choice;
	struct piece label;
	size_t eq = str_find_char(value.s, '=', 0);

	if (eq == STR_NONE)
		return errs_add(r->errs, value.at,
		    "a choice is LABEL = PHRASE, PHRASE");
	if (q->n_choices == CHECKLIST_CHOICES)
		return errs_add(r->errs, value.at,
		    "more than %d choices", CHECKLIST_CHOICES);
	choice = &q->choices[q->n_choices++];
	choice->effect = (enum choice_effect)key->arg;
	label = piece_sub(value, 0, eq);
	if (label.s.len == 0)
		return errs_add(r->errs, label.at, "the choice has no label");
	choice->label = arena_str(r->arena, label.s);
	if (choice->label.p == NULL)
		return no_memory(r, label.at);
	return add_phrases(r, &choice->phrases,
	    piece_sub(value, eq + 1, value.s.len));
}

/* Placeholders; a result has no counter, so that nobody reads a score. */
static const struct {
	const char *name;
	bool in_text, in_result;
} places[] = {
	{ "n", true, false },
	{ "of", true, false },
	{ "group", true, false },
	{ "question", true, false },
	{ "why", true, false },
	{ "choices", true, false },
	{ "answer", true, false },
	{ "noted", true, false },
	{ "sign", true, false },
	{ "from", true, false },
	{ "title", true, false },
	{ "because", true, false },
	{ "crisis", true, true },
	{ "yes", false, true },
	{ "some", false, true },
	{ "open", false, true },
	{ "tone", false, true },
};

static bool
place_fits(struct str name, enum block block)
{
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		if (str_is(name, places[i].name))
			return block == BLOCK_RESULT ? places[i].in_result
			                             : places[i].in_text;
	}
	return false;
}

static bool
check_places(struct reader *r, struct piece value)
{
	bool ok = true;
	size_t from = 0, to;

	while ((from = str_find_char(value.s, '{', from)) != STR_NONE) {
		struct piece name;

		to = str_find_char(value.s, '}', from);
		if (to == STR_NONE)
			return errs_add(r->errs, piece_sub(value, from,
			    from + 1).at, "the \"{\" is never closed");
		name = piece_sub(value, from + 1, to);
		if (!place_fits(name.s, r->block))
			ok = errs_add(r->errs, name.at,
			    "{%.*s} cannot stand in %s", STR_ARG(name.s),
			    block_names[r->block]);
		from = to;
	}
	return ok;
}

/* A line that is said; arg is for whom. */
static bool
add_says(struct reader *r, const struct key *key, struct piece value)
{
	struct says **list = (void *)((char *)r->here + key->offset);
	struct says *says;

	if (value.s.len == 0)
		return errs_add(r->errs, value.at, "\"%s:\" has no text",
		    key->name);
	if (value.s.len > CHECKLIST_LINE_MAX)
		errs_doubt(r->errs, value.at,
		    "the line is longer than %d bytes", CHECKLIST_LINE_MAX);
	if (!check_places(r, value))
		return false;
	while (*list != NULL)
		list = (struct says **)&(*list)->next;
	says = arena_alloc(r->arena, sizeof *says);
	if (says == NULL)
		return no_memory(r, value.at);
	says->who = (enum says_who)key->arg;
	says->text = arena_str(r->arena, value.s);
	*list = says;
	return says->text.p != NULL || no_memory(r, value.at);
}

/* The condition is kept as text: it may name questions that come later. */
static bool
add_rule(struct reader *r, const struct key *key, struct piece value)
{
	struct rule **list = (void *)((char *)r->here + key->offset);
	struct rule *rule = arena_alloc(r->arena, sizeof *rule);

	if (rule == NULL)
		return no_memory(r, value.at);
	while (*list != NULL)
		list = &(*list)->next;
	rule->at = value.at;
	rule->text = arena_str(r->arena, value.s);
	*list = rule;
	return rule->text.p != NULL || no_memory(r, value.at);
}

/* In words, what the `when` above it says; for the summary. */
static bool
set_because(struct reader *r, const struct key *key, struct piece value)
{
	struct rule *rule = *(struct rule **)(void *)((char *)r->here +
	    key->offset);

	if (rule == NULL)
		return errs_add(r->errs, value.at,
		    "\"because:\" stands before any \"when:\"");
	while (rule->next != NULL)
		rule = rule->next;
	if (rule->because.len > 0)
		return errs_add(r->errs, value.at,
		    "\"because:\" stands twice after one \"when:\"");
	rule->because = arena_str(r->arena, value.s);
	return rule->because.p != NULL || no_memory(r, value.at);
}

#define Q(name, read, field, arg) \
	{ BLOCK_QUESTION, arg, name, read, offsetof(struct question, field) }
#define A(name, read, field) \
	{ BLOCK_ANSWER, 0, name, read, offsetof(struct manner, field) }
#define R(name, read, field, arg) \
	{ BLOCK_RESULT, arg, name, read, offsetof(struct result, field) }

static const struct key keys[] = {
	Q("you", set_text, you, 0),
	Q("they", set_text, they, 0),
	Q("why", set_text, why, 0),
	Q("sign", set_text, sign, 0),
	Q("from", set_text, from, 0),
	Q("before", set_text, before, 0),
	Q("after", set_text, after, 0),
	Q("follow", set_text, follow, 0),
	Q("follow they", set_text, follow_they, 0),
	Q("choice", add_choice, choices, CHOICE_PLAIN),
	Q("choice ask safe", add_choice, choices, CHOICE_ASK_SAFE),
	Q("choice abuse", add_choice, choices, CHOICE_ABUSE),
	Q("means yes", set_phrases, means[ANSWER_YES], 0),
	Q("means some", set_phrases, means[ANSWER_SOME], 0),
	Q("means no", set_phrases, means[ANSWER_NO], 0),
	Q("tone yes", set_text, tone[ANSWER_YES], 0),
	Q("tone some", set_text, tone[ANSWER_SOME], 0),
	Q("tone no", set_text, tone[ANSWER_NO], 0),
	Q("tone not sure", set_text, tone[ANSWER_UNSURE], 0),
	Q("tone skip", set_text, tone[ANSWER_SKIP], 0),
	Q("ask safe", set_values, ask_safe, 0),
	Q("noted", set_notes, noted, 0),
	A("label", set_text, label),
	A("took", set_text, took),
	A("alone", set_phrases, alone),
	A("starts", set_phrases, starts),
	A("inside", set_phrases, inside),
	A("before", set_phrases, before),
	{ BLOCK_TEXT, SAYS_BOTH, "say", add_says, 0 },
	{ BLOCK_TEXT, SAYS_YOU, "say you", add_says, 0 },
	{ BLOCK_TEXT, SAYS_THEY, "say they", add_says, 0 },
	R("title", set_text, title, 0),
	R("when", add_rule, rules, 0),
	R("because", set_because, rules, 0),
	R("say", add_says, says, SAYS_BOTH),
	R("say you", add_says, says, SAYS_YOU),
	R("say they", add_says, says, SAYS_THEY),
};

/* --- the heads of blocks -------------------------------------------------- */

static size_t
name_at(const char *const *names, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++) {
		if (names[i] != NULL && str_is(name, names[i]))
			return i;
	}
	return n;
}

/* After a wrong head the block goes to waste, but its lines are still read. */
static bool
waste(struct reader *r)
{
	r->spare = (struct question) { 0 };
	r->here = &r->spare;
	r->block = BLOCK_NONE;
	return false;
}

static bool
open_group(struct reader *r, struct piece value)
{
	r->block = BLOCK_NONE;
	r->here = NULL;
	if (value.s.len == 0)
		return errs_add(r->errs, value.at, "the group has no name");
	r->group = arena_str(r->arena, value.s);
	return r->group.p != NULL || no_memory(r, value.at);
}

/* Names of questions stand in rules: letters, digits and _. */
static bool
is_name(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && s.p[i] != '_' &&
		    !(s.p[i] >= '0' && s.p[i] <= '9'))
			return false;
	}
	return s.len > 0;
}

static bool
open_question(struct reader *r, struct piece value)
{
	struct checklist *list = r->list;
	struct question *q;

	if (!is_name(value.s)) {
		errs_add(r->errs, value.at, "a question's name is small "
		    "letters, digits and _");
		return waste(r);
	}
	for (size_t i = 0; i < list->n; i++) {
		if (!str_eq(list->questions[i].name, value.s))
			continue;
		errs_add(r->errs, value.at, "question \"%.*s\" stands twice",
		    STR_ARG(value.s));
		return waste(r);
	}
	if (list->n == SELFCHECK_MAX) {
		errs_add(r->errs, value.at, "more than %d questions",
		    SELFCHECK_MAX);
		return waste(r);
	}
	q = &list->questions[list->n++];
	q->name = arena_str(r->arena, value.s);
	q->group = r->group;
	q->at = value.at;
	r->block = BLOCK_QUESTION;
	r->here = q;
	return q->name.p != NULL || no_memory(r, value.at);
}

static bool
open_answer(struct reader *r, struct piece value)
{
	size_t i = name_at(answer_names, ANSWER_N, value.s);

	if (i == ANSWER_N) {
		errs_add(r->errs, value.at, "there is no answer \"%.*s\"",
		    STR_ARG(value.s));
		return waste(r);
	}
	r->block = BLOCK_ANSWER;
	r->here = &r->list->manners[i];
	return true;
}

static bool
open_text(struct reader *r, struct piece value)
{
	size_t i = name_at(text_names, TEXT_N, value.s);

	if (i == TEXT_N) {
		errs_add(r->errs, value.at, "there is no text \"%.*s\"",
		    STR_ARG(value.s));
		return waste(r);
	}
	r->block = BLOCK_TEXT;
	r->here = &r->list->texts[i];
	return true;
}

static bool
open_result(struct reader *r, struct piece value)
{
	struct result **list = &r->list->results;
	struct result *result;

	if (!is_name(value.s)) {
		errs_add(r->errs, value.at, "a result's name is small "
		    "letters, digits and _");
		return waste(r);
	}
	result = arena_alloc(r->arena, sizeof *result);
	if (result == NULL)
		return no_memory(r, value.at);
	while (*list != NULL)
		list = &(*list)->next;
	*list = result;
	result->at = value.at;
	result->name = arena_str(r->arena, value.s);
	r->block = BLOCK_RESULT;
	r->here = result;
	return result->name.p != NULL || no_memory(r, value.at);
}

static const struct head {
	const char *name;
	bool (*open)(struct reader *r, struct piece value);
} heads[] = {
	{ "group", open_group },
	{ "question", open_question },
	{ "answer", open_answer },
	{ "text", open_text },
	{ "result", open_result },
};

/* --- lines and the whole -------------------------------------------------- */

static bool
read_key(struct reader *r, struct piece key, struct piece value)
{
	const struct key *row;

	if (r->here == &r->spare)
		return true; /* its head was reported */
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		row = &keys[i];
		if (row->block == r->block && str_is(key.s, row->name))
			return row->read(r, row, value);
	}
	return errs_add(r->errs, key.at, "\"%.*s:\" does not belong in %s",
	    STR_ARG(key.s), block_names[r->block]);
}

static bool
read_line(struct reader *r, const struct brain_line *line)
{
	struct piece all = piece_sub((struct piece) { line->text, line->at }, 0,
	    line->text.len);
	struct piece key, value;
	size_t colon;

	if (all.s.len == 0 || all.s.p[0] == '#' || str_starts(all.s, STR("//")))
		return true;
	if (all.at.col == 0)
		all.at.col = 1;
	colon = str_find_char(all.s, ':', 0);
	if (colon == STR_NONE)
		return errs_add(r->errs, all.at,
		    "a line is KEY: TEXT, and this one has no \":\"");
	key = piece_sub(all, 0, colon);
	value = piece_sub(all, colon + 1, all.s.len);
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
		if (str_is(key.s, heads[i].name))
			return heads[i].open(r, value);
	}
	return read_key(r, key, value);
}

static void
check_question(struct reader *r, struct question *q)
{
	const struct {
		const char *name;
		struct str text;
	} needed[] = { { "you", q->you }, { "they", q->they },
		{ "why", q->why }, { "sign", q->sign },
		{ "from", q->from } };

	for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
		if (needed[i].text.len == 0)
			errs_add(r->errs, q->at,
			    "question \"%.*s\" has no \"%s:\"",
			    STR_ARG(q->name), needed[i].name);
	}
	if (q->follow.len > 0 && q->n_choices == 0)
		errs_add(r->errs, q->at,
		    "question \"%.*s\" has a \"follow:\" without choices",
		    STR_ARG(q->name));
	if (q->follow.len == 0 && q->n_choices > 0)
		errs_add(r->errs, q->at,
		    "question \"%.*s\" has choices without a \"follow:\"",
		    STR_ARG(q->name));
	if (q->follow_they.len == 0)
		q->follow_they = q->follow;
}

static bool
is_always(const struct rule *rule)
{
	return rule->n == 1 && rule->terms[0].kind == TERM_ALWAYS;
}

/* The last result must fit whatever was said: everybody gets one. */
static void
check_results(struct reader *r)
{
	struct result *last = r->list->results;
	bool always = false;

	for (struct result *it = last; it != NULL; it = it->next) {
		last = it;
		always = false;
		if (it->rules == NULL)
			errs_add(r->errs, it->at,
			    "result \"%.*s\" has no \"when:\"",
			    STR_ARG(it->name));
		if (it->title.len == 0 || it->says == NULL)
			errs_add(r->errs, it->at,
			    "result \"%.*s\" needs a \"title:\" and a \"say:\"",
			    STR_ARG(it->name));
		for (struct rule *rule = it->rules; rule != NULL;
		     rule = rule->next) {
			if (rules_read(rule, r->list, r->errs))
				always = always || is_always(rule);
		}
	}
	if (!always)
		errs_add(r->errs, last == NULL ? r->list->at : last->at,
		    "the last result needs \"when: always\"");
}

static void
check_whole(struct reader *r)
{
	struct checklist *list = r->list;

	if (list->n == 0)
		errs_add(r->errs, list->at, "the checklist has no question");
	for (size_t i = 0; i < list->n; i++)
		check_question(r, &list->questions[i]);
	for (size_t i = 0; i < TEXT_N; i++) {
		if (list->texts[i] == NULL)
			errs_add(r->errs, list->at, "the text \"%s\" is missing",
			    text_names[i]);
	}
	if (list->manners[ANSWER_NONE].label.len == 0)
		errs_add(r->errs, list->at,
		    "the answer \"none\" needs a \"label:\"");
	for (size_t i = ANSWER_YES; i < ANSWER_N_KEPT; i++) {
		if (list->manners[i].label.len == 0 ||
		    list->manners[i].alone == NULL)
			errs_add(r->errs, list->at,
			    "the answer \"%s\" needs \"label:\" and \"alone:\"",
			    answer_names[i]);
	}
	if (list->manners[ANSWER_STOP].alone == NULL)
		errs_add(r->errs, list->at,
		    "the answer \"stop\" has no words: nobody could leave");
	check_results(r);
}

struct checklist *
checklist_read(const struct brain_object *o, struct arena *arena,
    struct errs *errs)
{
	struct reader r = { .arena = arena, .errs = errs };
	size_t before = errs->n_errors;

	r.list = arena_alloc(arena, sizeof *r.list);
	if (r.list == NULL) {
		errs_add(errs, o->at, "out of memory");
		return NULL;
	}
	r.list->name = arena_str(arena, o->name);
	r.list->at = o->at;
	for (size_t i = 0; i < o->n_lines; i++)
		read_line(&r, &o->lines[i]);
	check_whole(&r);
	if (arena->failed)
		errs_add(errs, o->at, "out of memory");
	return errs->n_errors == before ? r.list : NULL;
}
