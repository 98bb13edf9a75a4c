#include "rive/pattern.h"

#include "base/utf8.h"
#include "rive/ast.h"

#define NEST_MAX 40         /* brackets, and arrays in arrays */
#define STARS_LIMIT 1000
#define REGEX_MAX ((size_t)512 * 1024)

/* A blank or else a word boundary: what stands on both sides of [..].  Not
 * (\s|\b)+ as elsewhere: nested repeats are what makes a match explode. */
#define GAP "(?:\\s+|\\b)"

/* --- from text to a tree of characters ----------------------------------- */

enum node_type {
	NODE_TEXT,
	NODE_BLANK,
	NODE_STAR,
	NODE_UNDER,
	NODE_NUM,
	NODE_ANY,
	NODE_GROUP,
	NODE_OPT,
	NODE_ARRAY,
	NODE_VALUE, /* <get name> and its like */
};

struct branch;

struct node {
	struct node *next;
	enum node_type type;
	bool capture;
	uint16_t star;
	struct str text; /* NODE_TEXT; the kind of a NODE_VALUE */
	struct str name; /* of a NODE_VALUE */
	struct branch *branches;
	const struct ast_array *array; /* NULL: unknown */
};

struct branch {
	struct branch *next;
	struct node *first;
};

struct reader {
	struct str s;
	size_t at;
	const struct pat_env *env;
	struct arena *scratch;
	unsigned depth;
	unsigned in_optional;
	unsigned n_stars;
	bool literal; /* inside an array's item: only @ and < are special */
	bool dynamic;
	const char *why; /* what is broken; NULL: nothing */
};

static struct branch *read_branches(struct reader *r, char close);

static struct node *
new_node(struct reader *r, enum node_type type)
{
	struct node *n = arena_alloc(r->scratch, sizeof *n);

	if (n == NULL)
		r->why = "out of memory";
	else
		n->type = type;
	return n;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Matches {weight=N} at i and returns where it ends, else i. */
static size_t
skip_weight(struct str s, size_t i)
{
	size_t to = i + 8;

	if (i >= s.len || s.p[i] != '{' ||
	    str_casecmp(str_sub(s, i, to), STR("{weight=")) != 0)
		return i;
	while (to < s.len && is_digit(s.p[to]))
		to++;
	return to > i + 8 && to < s.len && s.p[to] == '}' ? to + 1 : i;
}

/* Is the text as clean() would give it? */
static bool
is_clean(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		bool blank = str_blank(s.p[i]);

		if (s.p[i] == '{' || s.p[i] == '\\' || (blank && s.p[i] != ' ') ||
		    (blank && (i == 0 || i + 1 == s.len || s.p[i - 1] == ' ')))
			return false;
	}
	return true;
}

/* Without {weight=N} and the blanks on both sides of it; other blanks are
 * made single. */
static struct str
clean(struct str s, struct arena *arena)
{
	char *to;
	size_t n = 0;

	if (is_clean(s))
		return s;
	to = arena_alloc(arena, s.len + 1);
	if (to == NULL)
		return (struct str) { 0 };
	for (size_t i = 0; i < s.len;) {
		size_t end = skip_weight(s, i);
		/* \s stands for a blank. */
		bool escape = s.p[i] == '\\' && i + 1 < s.len &&
		    s.p[i + 1] == 's';

		if (end > i) {
			while (n > 0 && to[n - 1] == ' ')
				n--;
			while (end < s.len && str_blank(s.p[end]))
				end++;
			i = end;
		} else if (!escape && !str_blank(s.p[i])) {
			to[n++] = s.p[i++];
		} else {
			if (n > 0 && to[n - 1] != ' ')
				to[n++] = ' ';
			i += escape ? 2 : 1;
		}
	}
	while (n > 0 && to[n - 1] == ' ')
		n--;
	return str_of(to, n);
}

static void
number_star(struct reader *r, struct node *n)
{
	n->capture = true;
	n->star = (uint16_t)r->n_stars++;
	if (r->n_stars > STARS_LIMIT)
		r->why = "it has too many wildcards";
}

static struct node *
read_wildcard(struct reader *r)
{
	char c = r->s.p[r->at++];
	struct node *n = new_node(r,
	    c == '*' ? NODE_STAR : c == '#' ? NODE_NUM : NODE_UNDER);

	if (n != NULL && r->in_optional == 0)
		number_star(r, n);
	return n;
}

static struct node *
read_bracket(struct reader *r)
{
	bool optional = r->s.p[r->at++] == '[';
	struct node *n = new_node(r, optional ? NODE_OPT : NODE_GROUP);

	if (n == NULL)
		return NULL;
	if (++r->depth > NEST_MAX) {
		r->why = "its brackets nest too deep";
		return NULL;
	}
	r->in_optional += optional;
	if (!optional && str_starts(str_sub(r->s, r->at, r->s.len), STR("?:")))
		r->at += 2;
	else if (!optional)
		number_star(r, n);
	n->branches = read_branches(r, optional ? ']' : ')');
	r->in_optional -= optional;
	r->depth--;
	return n;
}

/* The length of the run of word characters at the start. */
static size_t
word_len(struct str s)
{
	struct str rest = s;

	while (rest.len > 0) {
		struct str next = rest;

		if (!utf8_is_word(utf8_next(&next)))
			break;
		rest = next;
	}
	return s.len - rest.len;
}

static struct node *
read_text(struct reader *r, size_t len)
{
	struct node *n = new_node(r, NODE_TEXT);

	if (n == NULL)
		return NULL;
	n->text = str_sub(r->s, r->at, r->at + len);
	r->at += len;
	return n;
}

/* @name; an unknown array is nothing at all. */
static struct node *
read_array(struct reader *r)
{
	size_t len = word_len(str_sub(r->s, r->at + 1, r->s.len));
	struct str name = str_sub(r->s, r->at + 1, r->at + 1 + len);
	struct node *n;

	if (len == 0)
		return read_text(r, 1);
	n = new_node(r, NODE_ARRAY);
	r->at += 1 + len;
	if (n != NULL)
		n->array = map_get(r->env->arrays, name);
	return n;
}

/* <get name>, <bot name>, <input>, <reply2> ...; another < is a <. */
static struct node *
read_value(struct reader *r)
{
	static const struct {
		const char *kind;
		bool named;
	} kinds[] = {
		{ "get", true },
		{ "bot", true },
		{ "env", true },
		{ "input", false },
		{ "reply", false },
	};
	size_t end = str_find_char(r->s, '>', r->at);
	struct str body = str_sub(r->s, r->at + 1, end);

	for (size_t i = 0; end != STR_NONE && i < 5; i++) {
		struct str kind = str_c(kinds[i].kind);
		struct str name = str_sub(body, kind.len, body.len);
		struct node *n;

		if (!str_starts(body, kind))
			continue;
		if (kinds[i].named ? name.len < 2 || name.p[0] != ' '
				   : name.len > 1 || (name.len == 1 &&
					 !is_digit(name.p[0])))
			continue;
		n = new_node(r, NODE_VALUE);
		if (n == NULL)
			return NULL;
		n->text = kind;
		n->name = str_trim(name);
		r->at = end + 1;
		r->dynamic = true;
		return n;
	}
	return read_text(r, 1);
}

/* Literal characters up to the next that may be special. */
static struct node *
read_literal(struct reader *r)
{
	const char *special = r->literal ? " @<" : " *#_([])|@<\\";
	size_t to;

	/* In UTF-8 mode \@ stands for @. */
	if (!r->literal && r->env->utf8 &&
	    str_starts(str_sub(r->s, r->at, r->s.len), STR("\\@")))
		r->at++;
	to = r->at + 1;
	while (to < r->s.len && strchr(special, r->s.p[to]) == NULL)
		to++;
	return read_text(r, to - r->at);
}

static struct node *
read_node(struct reader *r)
{
	char c = r->s.p[r->at];

	if (c == ' ') {
		r->at++;
		return new_node(r, NODE_BLANK);
	}
	if (c == '@')
		return read_array(r);
	if (c == '<')
		return read_value(r);
	if (!r->literal && (c == '*' || c == '#' || c == '_'))
		return read_wildcard(r);
	if (!r->literal && (c == '(' || c == '['))
		return read_bracket(r);
	return read_literal(r);
}

/* One alternative, up to | or a closing bracket; outside of brackets a | is
 * a character. */
static struct node *
read_sequence(struct reader *r)
{
	struct node *first = NULL, **last = &first;

	while (r->at < r->s.len && r->why == NULL) {
		char c = r->s.p[r->at];

		if (!r->literal &&
		    (c == ')' || c == ']' || (c == '|' && r->depth > 0)))
			break;
		*last = read_node(r);
		if (*last == NULL)
			break;
		last = &(*last)->next;
	}
	return first;
}

/* Alternatives up to the closing bracket; empty ones are left out. */
static struct branch *
read_branches(struct reader *r, char close)
{
	struct branch *first = NULL, **last = &first;

	while (r->why == NULL) {
		struct node *nodes = read_sequence(r);

		if (nodes != NULL) {
			*last = arena_alloc(r->scratch, sizeof **last);
			if (*last == NULL) {
				r->why = "out of memory";
				break;
			}
			(*last)->first = nodes;
			last = &(*last)->next;
		}
		if (r->at < r->s.len && r->s.p[r->at] == '|') {
			r->at++;
			continue;
		}
		if (r->at == r->s.len || r->s.p[r->at] != close)
			r->why = "its brackets do not match";
		else
			r->at++;
		break;
	}
	return first;
}

static struct node *
read_all(struct reader *r)
{
	struct node *first = read_sequence(r);

	if (r->why == NULL && r->at < r->s.len)
		r->why = "its brackets do not match";
	return first;
}

/* The nodes of one item of an array. */
static struct node *
read_item(struct reader *r, struct str item)
{
	struct reader inner = {
		.s = item,
		.env = r->env,
		.scratch = r->scratch,
		.literal = true,
	};
	struct node *first = read_all(&inner);

	r->why = inner.why;
	r->dynamic |= inner.dynamic;
	return first;
}

/* Do the array's items, or those of arrays in it, hold <tags>?  Also finds
 * arrays that contain themselves. */
static void
look_into(struct reader *r, const struct ast_array *a, unsigned depth)
{
	if (depth > NEST_MAX) {
		r->why = "it has arrays that contain one another";
		return;
	}
	for (size_t i = 0; i < a->n_items && r->why == NULL; i++) {
		struct node *n;

		if (str_find_char(a->items[i], '@', 0) == STR_NONE &&
		    str_find_char(a->items[i], '<', 0) == STR_NONE)
			continue;
		for (n = read_item(r, a->items[i]);
		     n != NULL && r->why == NULL; n = n->next) {
			if (n->type == NODE_ARRAY && n->array != NULL)
				look_into(r, n->array, depth + 1);
		}
	}
}

static void
look_into_all(struct reader *r, const struct node *n)
{
	for (; n != NULL && r->why == NULL; n = n->next) {
		if (n->type == NODE_ARRAY && n->array != NULL)
			look_into(r, n->array, 0);
		for (const struct branch *b = n->branches; b != NULL;
		     b = b->next)
			look_into_all(r, b->first);
	}
}

/* --- from the tree to words ---------------------------------------------- */

struct worder {
	struct reader *r;
	struct pat_env *env;
	struct arena *arena;
	bool has_optional;
	bool failed; /* memory */
	unsigned depth;
};

struct alts {
	const struct pat_seq *seqs;
	uint32_t n;
	bool words;
};

static bool words_of(struct worder *w, const struct node *first, bool in_group,
    struct pat_seq *seq);

static struct str
small(struct worder *w, struct str s)
{
	struct buf b = { 0 };
	struct str copy;
	bool upper = !utf8_is_ascii(s);

	for (size_t i = 0; i < s.len && !upper; i++)
		upper = s.p[i] >= 'A' && s.p[i] <= 'Z';
	if (!upper)
		return s;
	utf8_lower(s, &b);
	copy = arena_str(w->arena, buf_str(&b));
	w->failed |= b.failed || copy.p == NULL;
	buf_clear(&b);
	return copy;
}

/* Is this OPT just [*]? */
static bool
is_any(const struct node *n)
{
	const struct branch *b = n->branches;

	return b != NULL && b->next == NULL &&
	    b->first->type == NODE_STAR && b->first->next == NULL;
}

static bool
words_of_branches(struct worder *w, const struct node *n,
    struct pat_item *item)
{
	struct pat_seq *seqs;
	uint32_t count = 0, i = 0;

	for (const struct branch *b = n->branches; b != NULL; b = b->next)
		count++;
	seqs = arena_array(w->arena, count + 1, sizeof *seqs);
	if (seqs == NULL) {
		w->failed = true;
		return false;
	}
	for (const struct branch *b = n->branches; b != NULL; b = b->next) {
		if (!words_of(w, b->first, n->type == NODE_GROUP, &seqs[i++]))
			return false;
	}
	item->alt = seqs;
	item->n = count;
	/* ( ) around nothing fits the empty text, which is no word. */
	return count > 0 || n->type == NODE_OPT;
}

static struct alts *
read_alts(struct worder *w, const struct ast_array *a)
{
	struct alts *alts = arena_alloc(w->arena, sizeof *alts);
	struct pat_seq *seqs =
	    arena_array(w->arena, a->n_items + 1, sizeof *seqs);

	if (alts == NULL || seqs == NULL ||
	    !map_set(&w->env->alts, w->arena, a->name, alts)) {
		w->failed = true;
		return NULL;
	}
	alts->seqs = seqs;
	alts->n = (uint32_t)a->n_items;
	alts->words = a->n_items > 0;
	w->depth++;
	for (size_t i = 0; i < a->n_items && alts->words; i++) {
		struct node *n = read_item(w->r, a->items[i]);

		alts->words = words_of(w, n, true, &seqs[i]);
	}
	w->depth--;
	return alts;
}

static bool
words_of_array(struct worder *w, const struct node *n, struct pat_item *item)
{
	struct alts *alts;

	if (n->array == NULL)
		return false;
	alts = map_get(&w->env->alts, n->array->name);
	if (alts == NULL)
		alts = read_alts(w, n->array);
	if (alts == NULL || !alts->words)
		return false;
	item->alt = alts->seqs;
	item->n = alts->n;
	return true;
}

static bool
words_of_node(struct worder *w, const struct node *n, struct pat_item *item)
{
	static const uint8_t types[] = {
		[NODE_TEXT] = PAT_WORD,
		[NODE_STAR] = PAT_STAR,
		[NODE_UNDER] = PAT_UNDER,
		[NODE_NUM] = PAT_NUM,
		[NODE_ANY] = PAT_ANY,
		[NODE_GROUP] = PAT_ALT,
		[NODE_ARRAY] = PAT_ALT,
		[NODE_OPT] = PAT_OPT,
	};

	if (n->type == NODE_VALUE)
		return false;
	item->type = types[n->type];
	item->capture = n->capture;
	item->star = n->star;
	switch (n->type) {
	case NODE_TEXT:
		item->word = small(w, n->text);
		return true;
	case NODE_ARRAY:
		return words_of_array(w, n, item);
	case NODE_OPT:
		w->has_optional = true;
		if (is_any(n)) {
			item->type = PAT_ANY;
			return true;
		}
		return words_of_branches(w, n, item);
	case NODE_GROUP:
		return words_of_branches(w, n, item);
	default:
		return true;
	}
}

/*
 * Does each item stand alone?  Between two items there is one blank, or an
 * optional, which eats the blanks on both sides.  A blank at an edge, or two
 * in a row, is more than words can say.  Nor may an optional stand at the
 * edge of a group: whose star would the blank belong to?
 */
static bool
stands_alone(const struct node *first, bool in_group)
{
	const struct node *before = NULL;

	for (const struct node *n = first; n != NULL; n = n->next) {
		const struct node *next = n->next;
		bool opt = n->type == NODE_OPT;
		bool blank = n->type == NODE_BLANK;

		if (opt && in_group && (before == NULL || next == NULL))
			return false;
		if (blank && before != NULL && before->type == NODE_OPT &&
		    next == NULL && in_group)
			return false;
		if (blank &&
		    (before == NULL ? next == NULL || next->type != NODE_OPT
		     : next == NULL ? before->type != NODE_OPT
				    : next->type == NODE_BLANK))
			return false;
		if (blank && before == NULL && in_group)
			return false;
		if (!blank && !opt && before != NULL &&
		    before->type != NODE_BLANK && before->type != NODE_OPT)
			return false;
		before = n;
	}
	return true;
}

static bool
words_of(struct worder *w, const struct node *first, bool in_group,
    struct pat_seq *seq)
{
	struct pat_item *items;
	uint32_t n = 0;

	if (first == NULL || w->depth > NEST_MAX ||
	    !stands_alone(first, in_group))
		return false;
	for (const struct node *i = first; i != NULL; i = i->next)
		n += i->type != NODE_BLANK;
	items = arena_array(w->arena, n + 1, sizeof *items);
	if (items == NULL) {
		w->failed = true;
		return false;
	}
	seq->items = items;
	for (const struct node *i = first; i != NULL; i = i->next) {
		if (i->type == NODE_BLANK)
			continue;
		if (!words_of_node(w, i, &items[seq->n]))
			return false;
		seq->n++;
	}
	return true;
}

/* --- the two readings ---------------------------------------------------- */

static bool
is_atomic(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (strchr("*#_([<@", s.p[i]) != NULL)
			return false;
	}
	return true;
}

/* Is s the form with the word put in for each %? */
static bool
is_form(struct str s, const char *form, struct str word)
{
	for (; *form != '\0'; form++) {
		struct str part = *form == '%' ? word : str_of(form, 1);

		if (!str_starts(s, part))
			return false;
		s = str_sub(s, part.len, s.len);
	}
	return s.len == 0;
}

/* The word of what `? word` was turned into, see parse.c; len 0: it is not. */
static struct str
keyword_of(struct str s)
{
	size_t bar = str_find(s, STR("|[*]"), 0);
	struct str word = str_sub(s, 1, bar);

	if (bar == STR_NONE || s.p[0] != '(' || word.len == 0 ||
	    !is_atomic(word) || str_find_char(word, '|', 0) != STR_NONE ||
	    !is_form(s, "(%|[*]%[*]|*%*|[*]%*|*%[*]|%*|*%)", word))
		return (struct str) { 0 };
	return word;
}

static void
read_lone_star(struct pattern *p, struct arena *arena)
{
	struct pat_item *item = arena_alloc(arena, sizeof *item);

	if (item == NULL)
		return;
	*item = (struct pat_item) { .type = PAT_ANY, .capture = true };
	p->kind = PATTERN_WORDS;
	p->n_stars = 1;
	p->seq = (struct pat_seq) { item, 1 };
}

static void
read_tree(struct pattern *p, struct pat_env *env, struct arena *arena,
    struct arena *scratch, const char **why)
{
	struct reader r = { .s = p->text, .env = env, .scratch = scratch };
	struct worder w = { .r = &r, .env = env, .arena = arena };
	struct node *first = read_all(&r);

	look_into_all(&r, first);
	*why = r.why;
	p->n_stars = (uint16_t)r.n_stars;
	if (r.why != NULL) {
		p->kind = PATTERN_NEVER;
		return;
	}
	p->kind = r.dynamic ? PATTERN_DYNAMIC : PATTERN_REGEX;
	if (!r.dynamic && words_of(&w, first, false, &p->seq))
		p->kind = PATTERN_WORDS;
	p->has_optional = w.has_optional;
}

bool
pattern_read(struct pattern *p, struct str trigger, struct pat_env *env,
    struct arena *arena, struct arena *scratch, const char **why)
{
	struct str word;

	*p = (struct pattern) { .text = clean(trigger, arena) };
	*why = NULL;
	if (is_atomic(p->text)) {
		p->kind = PATTERN_ATOMIC;
		return p->text.p != NULL || trigger.len == 0;
	}
	word = keyword_of(p->text);
	if (word.len > 0) {
		p->kind = PATTERN_KEYWORD;
		p->text = word;
		p->n_stars = 1;
	} else if (str_is(str_trim(trigger), "*")) {
		read_lone_star(p, arena);
	} else {
		read_tree(p, env, arena, scratch, why);
	}
	return !arena->failed && !scratch->failed;
}

/* --- from the tree to a regex -------------------------------------------- */

struct writer {
	struct reader *r;
	const struct pat_values *values;
	struct buf *out;
	unsigned depth;
};

static void write_nodes(struct writer *w, const struct node *first);

static void
write_quoted(struct writer *w, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (strchr("\\^$.[]|()?*+{}#-/ ", s.p[i]) != NULL &&
		    s.p[i] != ' ')
			buf_addc(w->out, '\\');
		buf_addc(w->out, s.p[i]);
	}
}

static void
write_value(struct writer *w, const struct node *n)
{
	struct buf value = { 0 };

	if (w->values != NULL)
		w->values->value(w->values->ctx, n->text, n->name, &value);
	write_quoted(w, buf_str(&value));
	w->out->failed |= value.failed;
	buf_wipe(&value);
}

static void
write_branches(struct writer *w, const struct node *n, struct str gap)
{
	const char *bar = "";

	for (const struct branch *b = n->branches; b != NULL; b = b->next) {
		const struct node *only = b->first;

		/* An unknown array must not become "or nothing". */
		if (only->type == NODE_ARRAY && only->array == NULL &&
		    only->next == NULL)
			continue;
		buf_add(w->out, str_c(bar));
		buf_add(w->out, gap);
		write_nodes(w, only);
		buf_add(w->out, gap);
		bar = "|";
	}
	if (gap.len > 0) {
		buf_add(w->out, str_c(bar));
		buf_add(w->out, gap);
	}
}

static void
write_array(struct writer *w, const struct ast_array *a)
{
	if (a == NULL)
		return;
	if (++w->depth > NEST_MAX)
		w->out->failed = true;
	buf_add(w->out, STR("(?:"));
	for (size_t i = 0; i < a->n_items && !w->out->failed; i++) {
		if (i > 0)
			buf_addc(w->out, '|');
		write_nodes(w, read_item(w->r, a->items[i]));
	}
	buf_addc(w->out, ')');
	w->depth--;
}

static void
write_node(struct writer *w, const struct node *n)
{
	static const char *const wild[] = {
		[NODE_STAR] = ".+?",
		[NODE_UNDER] = "[^\\s0-9]+?",
		[NODE_NUM] = "[0-9]+?",
		[NODE_ANY] = ".*?",
	};

	switch (n->type) {
	case NODE_TEXT:
		write_quoted(w, n->text);
		return;
	case NODE_BLANK:
		buf_addc(w->out, ' ');
		return;
	case NODE_VALUE:
		write_value(w, n);
		return;
	case NODE_ARRAY:
		write_array(w, n->array);
		return;
	case NODE_OPT:
		buf_add(w->out, STR("(?:"));
		write_branches(w, n, STR(GAP));
		break;
	case NODE_GROUP:
		buf_add(w->out, n->capture ? STR("(") : STR("(?:"));
		write_branches(w, n, STR(""));
		break;
	default:
		buf_add(w->out, n->capture ? STR("(") : STR("(?:"));
		buf_add(w->out, str_c(wild[n->type]));
		break;
	}
	buf_addc(w->out, ')');
}

static void
write_nodes(struct writer *w, const struct node *first)
{
	const struct node *before = NULL;

	for (const struct node *n = first; n != NULL && !w->out->failed;
	     before = n, n = n->next) {
		/* An optional eats the blanks around it. */
		if (n->type == NODE_BLANK &&
		    ((before != NULL && before->type == NODE_OPT) ||
			(n->next != NULL && n->next->type == NODE_OPT)))
			continue;
		write_node(w, n);
	}
}

bool
pattern_regex(struct str trigger, const struct pat_env *env,
    struct arena *scratch, const struct pat_values *values, struct buf *out)
{
	struct reader r = {
		.s = clean(trigger, scratch),
		.env = env,
		.scratch = scratch,
	};
	struct writer w = { .r = &r, .values = values, .out = out };
	struct str word = keyword_of(r.s);
	struct node star = { .type = NODE_ANY, .capture = true };

	if (out->max == 0)
		out->max = REGEX_MAX;
	if (word.len > 0) {
		buf_add(out, STR("(.*?"));
		write_quoted(&w, word);
		buf_add(out, STR(".*)"));
	} else if (str_is(str_trim(trigger), "*")) {
		write_node(&w, &star);
	} else {
		write_nodes(&w, read_all(&r));
	}
	return r.why == NULL && !out->failed && !scratch->failed;
}
