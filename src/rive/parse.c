#include "rive/parse.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "rive/source.h"
#include "rive/syntax.h"

#define VERSION_MAX 2.0
#define WEIGHT_MAX 100000 /* many of them still fit 32 bits */

struct parser {
	struct ast *ast;
	const struct parse_options *o;
	struct source source;
	struct errs *errs;
	struct topic *topic;           /* NULL: random, not yet made */
	struct loc opened;             /* of the open label; line 0: none */
	struct brain_trigger *trigger; /* what `-`, `*`, `@` belong to */
	struct ast_line **last_reply;
	struct ast_condition **last_condition;
	bool stop; /* a version we do not know */
};

static void *
take(struct parser *p, size_t n, size_t size)
{
	void *room = arena_array(p->ast->arena, n, size);

	if (room == NULL)
		p->ast->failed = true;
	return room;
}

static struct ast_place
place(struct loc at)
{
	return (struct ast_place) { at.line, at.col };
}

struct topic *
ast_topic(struct ast *ast, struct str name, struct loc at)
{
	struct topic *t = map_get(&ast->topics, name);

	if (t != NULL)
		return t;
	t = arena_alloc(ast->arena, sizeof *t);
	if (t == NULL || !map_set(&ast->topics, ast->arena, name, t)) {
		ast->failed = true;
		return NULL;
	}
	t->name = name;
	t->at = at;
	t->tail = &t->triggers;
	if (ast->last_topic == NULL)
		ast->first_topic = t;
	else
		ast->last_topic->next = t;
	ast->last_topic = t;
	return t;
}

/* --- definitions --------------------------------------------------------- */

/* Without the marks of its pieces. */
static struct str
one_line(struct parser *p, struct str value)
{
	char *to;
	size_t n = 0;

	if (str_find_char(value, '\n', 0) == STR_NONE)
		return value;
	to = take(p, value.len + 1, 1);
	if (to == NULL)
		return STR("");
	for (size_t i = 0; i < value.len; i++) {
		if (value.p[i] != '\n')
			to[n++] = value.p[i];
	}
	return str_trim(str_of(to, n));
}

static void
define_value(struct parser *p, enum define_type type, struct str name,
    struct str value, struct loc at)
{
	struct map *map = &p->ast->defines[type];
	struct ast_define *d = NULL;

	if (!str_is(value, "<undef>")) {
		d = take(p, 1, sizeof *d);
		if (d == NULL)
			return;
		*d = (struct ast_define) { name, value, at };
	}
	if (!map_set(map, p->ast->arena, name, d))
		p->ast->failed = true;
	if (p->o->on_value != NULL && type <= DEFINE_VAR)
		p->o->on_value(p->o->ctx, type, name,
		    d == NULL ? (struct str) { 0 } : value);
}

/* \s stands for a blank in an item. */
static struct str
unescape_item(struct parser *p, struct str item)
{
	char *to;
	size_t n = 0;

	if (str_find_char(item, '\\', 0) == STR_NONE)
		return item;
	to = take(p, item.len + 1, 1);
	if (to == NULL)
		return STR("");
	for (size_t i = 0; i < item.len; i++) {
		if (item.p[i] == '\\' && i + 1 < item.len &&
		    (item.p[i + 1] == 's' || item.p[i + 1] == 'S')) {
			to[n++] = ' ';
			i++;
		} else {
			to[n++] = item.p[i];
		}
	}
	return str_of(to, n);
}

/* The items of one piece: parted by | if it has one, else by blanks. */
static size_t
array_items(struct parser *p, struct str piece, struct str *items)
{
	bool piped = str_find_char(piece, '|', 0) != STR_NONE;
	struct str item;
	size_t n = 0;

	while (str_split(&piece, piped ? '|' : ' ', &item)) {
		if (!piped)
			item = str_trim(item);
		if (item.len == 0)
			continue;
		if (items != NULL)
			items[n] = unescape_item(p, item);
		n++;
	}
	return n;
}

static void
define_array(struct parser *p, struct str name, struct str value, struct loc at)
{
	struct ast_array *a = NULL;
	struct str *items = NULL, rest, piece;
	size_t n = 0;

	if (!str_is(value, "<undef>")) {
		rest = value;
		while (str_split(&rest, '\n', &piece))
			n += array_items(p, piece, NULL);
		a = take(p, 1, sizeof *a);
		items = take(p, n + 1, sizeof *items);
		if (a == NULL || items == NULL)
			return;
		*a = (struct ast_array) { name, at, items, n };
		rest = value;
		while (str_split(&rest, '\n', &piece))
			items += array_items(p, piece, items);
	}
	if (!map_set(&p->ast->arrays, p->ast->arena, name, a))
		p->ast->failed = true;
}

static void
define_local(struct parser *p, struct str name, struct str value,
    struct loc at)
{
	static const struct {
		const char *mode;
		const char *text;
	} modes[] = {
		{ "none", "" },
		{ "space", " " },
		{ "newline", "\n" },
	};

	if (!str_is(name, "concat")) {
		errs_doubt(p->errs, at, "unknown local option '%.*s'",
		    STR_ARG(name));
		return;
	}
	p->source.concat = "";
	for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		if (str_is(value, modes[i].mode)) {
			p->source.concat = modes[i].text;
			return;
		}
	}
	errs_doubt(p->errs, at, "unknown concat mode '%.*s', taken for none",
	    STR_ARG(value));
}

static void
define_version(struct parser *p, struct str value, struct loc at)
{
	char text[32];

	if (value.len >= sizeof text)
		value.len = sizeof text - 1;
	if (value.len > 0)
		memcpy(text, value.p, value.len);
	text[value.len] = '\0';
	if (strtod(text, NULL) <= VERSION_MAX)
		return;
	errs_add(p->errs, at, "RiveScript version %s is not known, the latest "
	    "is 2.0; the rest of the file is not read", text);
	p->stop = true;
}

static void
set_depth(struct parser *p, struct str value)
{
	unsigned depth = 0;

	for (size_t i = 0; i < value.len && depth < 1000; i++) {
		if (value.p[i] < '0' || value.p[i] > '9')
			return;
		depth = 10 * depth + (unsigned)(value.p[i] - '0');
	}
	p->ast->depth = depth;
}

static void
define_named(struct parser *p, struct str type, struct str name,
    struct source_line *line, struct str value)
{
	static const char *const names[N_DEFINE_TYPES] = { "global", "var",
		"sub", "person" };

	if (str_is(type, "array")) {
		define_array(p, name, value, line->at);
		return;
	}
	value = one_line(p, value);
	if (str_is(type, "local")) {
		define_local(p, name, value, line->at);
		return;
	}
	for (size_t i = 0; i < N_DEFINE_TYPES; i++) {
		if (!str_is(type, names[i]))
			continue;
		if (i == DEFINE_GLOBAL && str_is(name, "depth"))
			set_depth(p, value);
		define_value(p, (enum define_type)i, name, value, line->at);
		return;
	}
	errs_doubt(p->errs, line->at, "unknown definition '%.*s'",
	    STR_ARG(type));
}

static void
parse_define(struct parser *p, struct source_line *line)
{
	size_t eq = str_find_char(line->text, '=', 0);
	struct str left = str_sub(line->text, 0, eq);
	struct str value = { 0 }, type, name;

	if (eq != STR_NONE)
		value = str_trim(str_sub(line->text, eq + 1, line->text.len));
	str_word(&left, &type);
	name = one_line(p, str_trim(left));
	if (str_is(type, "version"))
		define_version(p, one_line(p, value), line->at);
	else if (name.len == 0)
		errs_doubt(p->errs, line->at, "the definition has no name");
	else if (value.len == 0)
		errs_doubt(p->errs, line->at, "the definition has no value");
	else
		define_named(p, type, name, line, value);
}

/* --- labels ------------------------------------------------------------- */

static void
add_ref(struct parser *p, struct ast_ref **list, struct str name,
    struct loc at)
{
	struct ast_ref *ref;

	for (; *list != NULL; list = &(*list)->next) {
		if (str_eq((*list)->name, name))
			return;
	}
	ref = take(p, 1, sizeof *ref);
	if (ref == NULL)
		return;
	*ref = (struct ast_ref) { NULL, name, at };
	*list = ref;
}

static struct str
lowered(struct parser *p, struct str s)
{
	struct buf b = { 0 };
	struct str copy;

	utf8_lower(s, &b);
	copy = arena_str(p->ast->arena, buf_str(&b));
	p->ast->failed |= b.failed || copy.p == NULL;
	buf_clear(&b);
	return copy;
}

/* What stands behind the name: includes A B inherits C ... */
static void
parse_relations(struct parser *p, struct topic *t, struct str rest,
    struct source_line *line)
{
	struct ast_ref **list = NULL;
	struct loc at = line->at;
	struct str word;

	while (str_word(&rest, &word)) {
		at.col = line->text_col + (uint32_t)(word.p - line->text.p);
		if (str_is(word, "includes"))
			list = &t->includes;
		else if (str_is(word, "inherits"))
			list = &t->inherits;
		else if (list == NULL)
			errs_doubt(p->errs, at, "'%.*s' is neither includes "
			    "nor inherits", STR_ARG(word));
		else
			add_ref(p, list,
			    p->o->force_case ? lowered(p, word) : word, at);
	}
}

static void
open_topic(struct parser *p, struct source_line *line, struct str name,
    struct str rest)
{
	if (p->opened.line != 0)
		errs_add(p->errs, p->opened,
		    "the topic is not closed before the next one opens");
	p->opened = line->at;
	p->trigger = NULL;
	if (p->o->force_case)
		name = lowered(p, name);
	p->topic = ast_topic(p->ast, name, line->at);
	if (p->topic != NULL)
		parse_relations(p, p->topic, rest, line);
}

/* Grows by doubling inside the arena. */
static bool
add_line(struct parser *p, struct ast_object *o, struct str text,
    struct loc at)
{
	struct brain_line *lines = (struct brain_line *)o->face.lines;

	if (o->face.n_lines == o->size) {
		o->size = o->size == 0 ? 16 : 2 * o->size;
		lines = take(p, o->size, sizeof *lines);
		if (lines == NULL)
			return false;
		if (o->face.n_lines > 0)
			memcpy(lines, o->face.lines,
			    o->face.n_lines * sizeof *lines);
		o->face.lines = lines;
	}
	lines[o->face.n_lines++] = (struct brain_line) { text, at };
	return true;
}

static void
read_object(struct parser *p, struct source_line *line, struct str name,
    struct str rest)
{
	struct ast_object *o = take(p, 1, sizeof *o);
	struct str text;
	struct loc at;
	bool ended;

	if (o == NULL)
		return;
	o->face.name = name;
	o->face.at = line->at;
	if (!str_word(&rest, &o->face.language))
		errs_doubt(p->errs, line->at, "the object '%.*s' names no "
		    "language", STR_ARG(name));
	while (source_raw(&p->source, &text, &at, &ended)) {
		if (!add_line(p, o, text, at))
			return;
	}
	if (!ended)
		errs_add(p->errs, line->at, "the object '%.*s' is never closed",
		    STR_ARG(name));
	if (p->ast->last_object == NULL)
		p->ast->first_object = o;
	else
		p->ast->last_object->next = o;
	p->ast->last_object = o;
}

static void
parse_label(struct parser *p, struct source_line *line)
{
	struct str rest = line->text, type, name;

	str_word(&rest, &type);
	if (str_is(type, "begin")) {
		open_topic(p, line, STR("__begin__"), rest);
		return;
	}
	str_word(&rest, &name);
	if (!str_is(type, "topic") && !str_is(type, "object"))
		errs_doubt(p->errs, line->at, "unknown label '%.*s'",
		    STR_ARG(type));
	else if (name.len == 0)
		errs_add(p->errs, line->at, "the %.*s has no name",
		    STR_ARG(type));
	else if (str_is(type, "topic"))
		open_topic(p, line, name, rest);
	else
		read_object(p, line, name, rest);
}

static void
parse_end(struct parser *p, struct source_line *line)
{
	struct str rest = line->text, type;

	if (str_is(line->text, "begin") || str_is(line->text, "topic")) {
		if (p->opened.line == 0)
			errs_doubt(p->errs, line->at, "no topic is open here");
		p->topic = NULL;
		p->trigger = NULL;
		p->opened.line = 0;
		return;
	}
	str_word(&rest, &type);
	if (str_is(type, "begin") || str_is(type, "topic"))
		errs_doubt(p->errs, line->at, "'< %.*s' closes nothing: it "
		    "must stand alone, as '< %.*s'", STR_ARG(line->text),
		    STR_ARG(type));
	else
		errs_doubt(p->errs, line->at, "'< %.*s' closes nothing",
		    STR_ARG(line->text));
}

/* --- triggers and what belongs to them ----------------------------------- */

/* The number of {weight=N}, or `none` where there is no such tag. */
static uint32_t
weight_of(struct str text, uint32_t none)
{
	size_t at = 0;

	while ((at = str_find_char(text, '{', at)) != STR_NONE) {
		struct str tag = str_sub(text, at, at + 8);
		uint32_t n = 0;
		size_t i = at + 8;

		at++;
		if (str_casecmp(tag, STR("{weight=")) != 0)
			continue;
		for (; i < text.len && text.p[i] >= '0' && text.p[i] <= '9';
		     i++) {
			if (n < WEIGHT_MAX)
				n = 10 * n + (uint32_t)(text.p[i] - '0');
		}
		if (i > at + 7 && i < text.len && text.p[i] == '}')
			return n;
	}
	return none;
}

static bool
number_trigger(struct parser *p, struct brain_trigger *t)
{
	struct ast *ast = p->ast;

	if (ast->n_triggers == ast->triggers_size) {
		size_t size = ast->triggers_size == 0 ? 64
						      : 2 * ast->triggers_size;
		struct brain_trigger **more =
		    realloc(ast->triggers, size * sizeof *more);

		if (more == NULL) {
			ast->failed = true;
			return false;
		}
		ast->triggers = more;
		ast->triggers_size = size;
	}
	t->id = (uint32_t)ast->n_triggers;
	ast->triggers[ast->n_triggers++] = t;
	return true;
}

static struct topic *
current_topic(struct parser *p, struct loc at)
{
	if (p->topic == NULL)
		p->topic = ast_topic(p->ast, STR("random"), at);
	return p->topic;
}

static void
add_trigger(struct parser *p, struct source_line *line)
{
	struct topic *topic = current_topic(p, line->at);
	struct brain_trigger *t = take(p, 1, sizeof *t);

	p->trigger = NULL;
	if (t == NULL || topic == NULL || !number_trigger(p, t))
		return;
	t->topic = topic;
	t->text = line->text;
	t->previous = line->previous;
	t->previous_at = place(line->previous_at);
	t->at = line->at;
	t->weight = weight_of(line->text, 0);
	*topic->tail = t;
	topic->tail = &t->next;
	topic->n_triggers++;
	p->trigger = t;
	p->last_reply = &t->replies;
	p->last_condition = &t->conditions;
}

static void check(struct parser *p, char cmd, struct str text, struct loc at);

static void
parse_trigger(struct parser *p, struct source_line *line)
{
	if (line->previous.p != NULL)
		check(p, '%', line->previous, line->previous_at);
	if (line->text.len == 0)
		errs_add(p->errs, line->at, "the trigger is empty");
	else
		add_trigger(p, line);
}

/* ? word: a trigger that the word fits wherever it stands. */
static void
parse_keyword(struct parser *p, struct source_line *line)
{
	struct buf b = { 0 };
	struct str w = line->text;

	buf_addf(&b, "(%.*s|[*]%.*s[*]|*%.*s*|[*]%.*s*|*%.*s[*]|%.*s*|*%.*s)",
	    STR_ARG(w), STR_ARG(w), STR_ARG(w), STR_ARG(w), STR_ARG(w),
	    STR_ARG(w), STR_ARG(w));
	line->text = arena_str(p->ast->arena, buf_str(&b));
	if (b.failed || line->text.p == NULL)
		p->ast->failed = true;
	else
		parse_trigger(p, line);
	buf_clear(&b);
}

/* The trigger that the line belongs to, or NULL with a word about it. */
static struct brain_trigger *
owner(struct parser *p, struct source_line *line, const char *what)
{
	if (p->trigger == NULL)
		errs_doubt(p->errs, line->at, "a %s before any trigger", what);
	else if (p->trigger->redirect != NULL)
		errs_doubt(p->errs, line->at,
		    "the trigger has a redirect, this %s is never reached",
		    what);
	return p->trigger;
}

static struct ast_line *
new_line(struct parser *p, struct source_line *line)
{
	struct ast_line *l = take(p, 1, sizeof *l);

	if (l != NULL) {
		l->text = line->text;
		l->at = place(line->at);
	}
	return l;
}

static void
parse_reply(struct parser *p, struct source_line *line)
{
	struct brain_trigger *t = owner(p, line, "reply");
	struct ast_line *l;

	if (t == NULL || (l = new_line(p, line)) == NULL)
		return;
	l->weight = weight_of(line->text, 1);
	if (l->weight == 0) {
		errs_doubt(p->errs, line->at, "a weight of 0 counts as 1");
		l->weight = 1;
	}
	if (t->total_weight <= UINT32_MAX - l->weight)
		t->total_weight += l->weight;
	*p->last_reply = l;
	p->last_reply = &l->next;
}

static enum ast_op
op_of(struct str word)
{
	static const struct {
		const char *name;
		enum ast_op op;
	} ops[] = {
		{ "==", OP_EQ },
		{ "eq", OP_EQ },
		{ "!=", OP_NE },
		{ "ne", OP_NE },
		{ "<>", OP_NE },
		{ "<", OP_LT },
		{ "<=", OP_LE },
		{ ">", OP_GT },
		{ ">=", OP_GE },
	};

	for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++) {
		if (str_is(word, ops[i].name))
			return ops[i].op;
	}
	return OP_BAD;
}

/* The first operator that stands between blanks, with something on both
 * sides, parts the values. */
static void
split_condition(struct ast_condition *c)
{
	size_t arrow = str_find(c->line, STR("=>"), 0);
	struct str head, rest, word;

	if (arrow == STR_NONE)
		return;
	c->text = str_trim(str_sub(c->line, arrow + 2, c->line.len));
	head = str_trim(str_sub(c->line, 0, arrow));
	rest = head;
	str_word(&rest, &word);
	while (str_word(&rest, &word)) {
		c->op = op_of(word);
		if (c->op != OP_BAD && str_trim(rest).len > 0) {
			c->left = str_trim(str_sub(head, 0,
			    (size_t)(word.p - head.p)));
			c->right = str_trim(rest);
			return;
		}
	}
	c->op = OP_BAD;
}

static void
parse_condition(struct parser *p, struct source_line *line)
{
	struct brain_trigger *t = owner(p, line, "condition");
	struct ast_condition *c;

	if (t == NULL || (c = take(p, 1, sizeof *c)) == NULL)
		return;
	c->line = line->text;
	c->at = place(line->at);
	split_condition(c);
	*p->last_condition = c;
	p->last_condition = &c->next;
}

static void
parse_redirect(struct parser *p, struct source_line *line)
{
	if (p->trigger == NULL) {
		errs_doubt(p->errs, line->at, "a redirect before any trigger");
		return;
	}
	if (p->trigger->replies != NULL || p->trigger->conditions != NULL)
		errs_doubt(p->errs, line->at, "the redirect wins over the "
		    "replies and conditions of its trigger");
	p->trigger->redirect = new_line(p, line);
}

static const struct {
	char cmd;
	void (*parse)(struct parser *p, struct source_line *line);
} commands[] = {
	{ '!', parse_define },
	{ '>', parse_label },
	{ '<', parse_end },
	{ '+', parse_trigger },
	{ '?', parse_keyword },
	{ '-', parse_reply },
	{ '*', parse_condition },
	{ '@', parse_redirect },
};

static void
check(struct parser *p, char cmd, struct str text, struct loc at)
{
	const char *why =
	    syntax_check(cmd, text, p->o->utf8, p->o->force_case);

	if (why == NULL)
		return;
	if (p->o->strict)
		errs_add(p->errs, at, "%s", why);
	else
		errs_doubt(p->errs, at, "%s", why);
}

static void
parse_line(struct parser *p, struct source_line *line)
{
	if ((line->cmd == '+' || line->cmd == '?') && p->o->force_case) {
		line->text = lowered(p, line->text);
		line->own = lowered(p, line->own);
	}
	/* As rivescript-js does, but a condition may have its reply on the
	 * next line: the language's own description shows one so. */
	check(p, line->cmd == '?' ? '+' : line->cmd,
	    line->cmd == '*' ? line->text : line->own, line->at);
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
		if (commands[i].cmd == line->cmd) {
			commands[i].parse(p, line);
			return;
		}
	}
	errs_doubt(p->errs, line->at, "unknown command '%c'", line->cmd);
}

bool
parse_text(struct ast *ast, const struct parse_options *options,
    const char *name, struct str text, struct errs *errs)
{
	struct parser p = { .ast = ast, .o = options, .errs = errs };
	struct source_line line;

	source_init(&p.source, name, text);
	p.source.arena = ast->arena;
	p.source.errs = errs;
	p.source.utf8 = options->utf8;
	if (options->concat != NULL)
		define_local(&p, STR("concat"), str_c(options->concat),
		    (struct loc) { .file = name });
	while (!p.stop && !ast->failed && source_next(&p.source, &line))
		parse_line(&p, &line);
	if (p.opened.line != 0 && !p.stop)
		errs_add(errs, p.opened, "the topic is never closed");
	source_clear(&p.source);
	ast->failed |= ast->arena->failed;
	return !ast->failed;
}
