#include "rive/values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "rive/casing.h"
#include "rive/mark.h"

#define OPEN_MAX 64  /* tags in one another */
#define ARGS_MAX 64
#define TAG_COST 50 /* units of work.h */
#define BYTE_COST 3

/* A place in the output where a tag has been opened. */
struct open {
	size_t at;
	char type; /* '<', 'c' for a call, or a VALUES_ format */
};

struct scan {
	struct expander *x;
	struct buf *out;
	struct open open[OPEN_MAX];
	size_t n;
};

/* name=value; value.p is NULL without the =. */
struct pair {
	struct str name;
	struct str value;
};

static struct pair
split(struct str body)
{
	size_t eq = str_find_char(body, '=', 0);
	struct pair p = { .name = str_trim(str_sub(body, 0, eq)) };

	if (eq != STR_NONE)
		p.value = str_sub(body, eq + 1, body.len);
	return p;
}

static void
put_value(struct buf *out, struct str value)
{
	mark_add(out, value.p == NULL ? STR("undefined") : value);
}

static void
use_store(struct store *s, struct pair p, struct buf *out)
{
	if (p.value.p == NULL)
		put_value(out, store_get(s, p.name));
	else
		(void)store_set(s, p.name, p.value); /* capped: not stored */
}

static bool
run_bot(struct expander *x, struct pair p, struct buf *out)
{
	use_store(&x->brain->vars, p, out);
	return true;
}

static bool
run_env(struct expander *x, struct pair p, struct buf *out)
{
	use_store(&x->brain->globals, p, out);
	return true;
}

static bool
run_set(struct expander *x, struct pair p, struct buf *out)
{
	(void)out;
	if (p.value.p == NULL)
		return false;
	(void)vars_set(x->talk->user, p.name, p.value);
	return true;
}

static bool
run_get(struct expander *x, struct pair p, struct buf *out)
{
	put_value(out, vars_get(x->talk->user, p.name));
	return true;
}

/* --- arithmetic ---------------------------------------------------------- */

/* The whole number that the text begins with, as JavaScript's parseInt. */
static bool
parse_int(struct str s, double *value)
{
	char digits[400];
	size_t n = 0;

	s = str_trim(s);
	if (s.len > 0 && (s.p[0] == '-' || s.p[0] == '+'))
		digits[n++] = s.p[0];
	for (size_t i = n; i < s.len && s.p[i] >= '0' && s.p[i] <= '9' &&
	     n < sizeof digits - 1;
	     i++)
		digits[n++] = s.p[i];
	digits[n] = '\0';
	*value = strtod(digits, NULL);
	return n > 0 && digits[n - 1] >= '0' && digits[n - 1] <= '9';
}

/* The shortest text that reads back as this number. */
static struct str
number_text(double value, char *room, size_t size)
{
	int n = 0;

	if (isinf(value))
		return value < 0 ? STR("-Infinity") : STR("Infinity");
	if (value == 0)
		return STR("0");
	if (fabs(value) < 1e21 && floor(value) == value) {
		n = snprintf(room, size, "%.0f", value);
	} else {
		for (int digits = 1; digits <= 17; digits++) {
			n = snprintf(room, size, "%.*g", digits, value);
			if (strtod(room, NULL) == value)
				break;
		}
	}
	return str_of(room, (size_t)n);
}

static bool
compute(struct expander *x, const char *what, struct pair p, struct buf *out)
{
	struct str old = vars_get(x->talk->user, p.name);
	double left = 0, right;
	char room[64];

	if (p.value.p == NULL)
		return false;
	if (!parse_int(p.value, &right)) {
		mark_add(out, STR("[ERR: Math can't '"));
		mark_add(out, str_c(what));
		mark_add(out, STR("' non-numeric value '"));
		mark_add(out, p.value);
		mark_add(out, STR("']"));
		return true;
	}
	if (old.len > 0 && !str_is(old, "undefined") &&
	    !parse_int(old, &left)) {
		mark_add(out, STR("[ERR: Math can't '"));
		mark_add(out, str_c(what));
		mark_add(out, STR("' non-numeric user variable '"));
		mark_add(out, p.name);
		mark_add(out, STR("']"));
		return true;
	}
	if (what[0] == 'd' && right == 0) {
		mark_add(out, STR("[ERR: Can't Divide By Zero]"));
		return true;
	}
	left = what[0] == 'a' ? left + right
	    : what[0] == 's'  ? left - right
	    : what[0] == 'm'  ? left * right
			      : left / right;
	(void)vars_set(x->talk->user, p.name,
	    number_text(left, room, sizeof room));
	return true;
}

static bool
run_add(struct expander *x, struct pair p, struct buf *out)
{
	return compute(x, "add", p, out);
}

static bool
run_sub(struct expander *x, struct pair p, struct buf *out)
{
	return compute(x, "sub", p, out);
}

static bool
run_mult(struct expander *x, struct pair p, struct buf *out)
{
	return compute(x, "mult", p, out);
}

static bool
run_div(struct expander *x, struct pair p, struct buf *out)
{
	return compute(x, "div", p, out);
}

/* Each gives false when the tag is not well formed: it stays as written. */
static const struct {
	struct str name;
	bool (*run)(struct expander *x, struct pair p, struct buf *out);
} tags[] = {
	{ { "get", 3 }, run_get },
	{ { "set", 3 }, run_set },
	{ { "bot", 3 }, run_bot },
	{ { "env", 3 }, run_env },
	{ { "add", 3 }, run_add },
	{ { "sub", 3 }, run_sub },
	{ { "mult", 4 }, run_mult },
	{ { "div", 3 }, run_div },
};

/* --- macros -------------------------------------------------------------- */

/* Like a shell: blanks part, double quotes hold together. */
static size_t
split_args(char *text, size_t len, struct str *args)
{
	size_t n = 0, from = 0, to = 0;
	bool quoted = false;

	for (size_t i = 0; i <= len; i++) {
		bool end = i == len || (!quoted && str_blank(text[i])) ||
		    (quoted && text[i] == '"');

		if (end && to > from && n < ARGS_MAX)
			args[n++] = str_of(text + from, to - from);
		if (end)
			from = to = i + 1;
		if (i < len && text[i] == '"')
			quoted = !quoted;
		if (!end && text[i] == '"')
			continue;
		if (!end)
			text[to++] = text[i];
	}
	return n;
}

static void
call(struct expander *x, struct str body, struct buf *out)
{
	struct str args[ARGS_MAX], rest = body, name;
	struct buf text = { .max = REPLY_MAX }, value = { .max = REPLY_MAX };
	const struct macro *m;
	size_t n;

	str_word(&rest, &name);
	m = map_get(&x->brain->macros, name);
	if (m == NULL) {
		mark_add(out, x->brain->texts[BRAIN_NO_OBJECT]);
		return;
	}
	buf_add(&text, rest);
	n = text.p == NULL ? 0 : split_args(text.p, text.len, args);
	if (!expander_failed(x, &text))
		m->fn(x->talk->host, args, n, &value);
	if (!expander_failed(x, &value))
		mark_add(out, buf_str(&value));
	buf_wipe(&text);
	buf_wipe(&value);
}

/* --- the scan ------------------------------------------------------------ */

static void
push(struct scan *s, size_t at, char type)
{
	if (s->n < OPEN_MAX)
		s->open[s->n++] = (struct open) { at, type };
}

/* What was written since `at`, without marks, in a buffer of its own. */
static void
take_back(struct scan *s, size_t at, struct buf *body)
{
	buf_add(body, str_sub(buf_str(s->out), at, s->out->len));
	mark_undo(body, 0);
	(void)expander_pay(s->x, TAG_COST + BYTE_COST * body->len);
}

/* </call>: everything since the last <call> is its text. */
static bool
close_call(struct scan *s)
{
	struct buf body = { .max = REPLY_MAX };
	size_t i = s->n;

	while (i > 0 && s->open[i - 1].type != 'c')
		i--;
	if (i == 0)
		return false;
	s->n = i - 1;
	take_back(s, s->open[i - 1].at + strlen("<call>"), &body);
	buf_cut(s->out, s->open[i - 1].at);
	if (!expander_failed(s->x, &body))
		call(s->x, buf_str(&body), s->out);
	buf_wipe(&body);
	return true;
}

static bool
run_tag(struct scan *s, size_t at, struct str tag)
{
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
		struct str name = tags[i].name;
		struct buf body = { .max = REPLY_MAX };
		bool done;

		if (!str_starts(tag, name) || tag.len <= name.len ||
		    !str_blank(tag.p[name.len]))
			continue;
		take_back(s, at + 1 + name.len + 1, &body);
		if (expander_failed(s->x, &body) || str_trim(buf_str(&body)).len == 0) {
			buf_wipe(&body);
			return false;
		}
		buf_cut(s->out, at);
		done = tags[i].run(s->x, split(buf_str(&body)), s->out);
		if (!done) {
			/* Not a tag after all: as it was, but finished. */
			mark_add(s->out, STR("<"));
			mark_add(s->out, name);
			mark_add(s->out, STR(" "));
			mark_add(s->out, buf_str(&body));
			mark_add(s->out, STR(">"));
		}
		buf_wipe(&body);
		return true;
	}
	return false;
}

/* A >: does it end a tag that we know? */
static void
close_tag(struct scan *s)
{
	struct open o;
	struct str tag;
	size_t i = s->n;

	while (i > 0 && s->open[i - 1].type != '<')
		i--;
	if (i == 0) {
		buf_addc(s->out, '>');
		return;
	}
	o = s->open[i - 1];
	s->n = i - 1;
	tag = str_sub(buf_str(s->out), o.at + 1, s->out->len);
	if (str_is(tag, "call")) {
		buf_addc(s->out, '>');
		push(s, o.at, 'c');
	} else if (str_is(tag, "/call")) {
		buf_cut(s->out, o.at);
		if (!close_call(s))
			buf_add(s->out, STR("</call>"));
	} else if (!run_tag(s, o.at, tag)) {
		buf_addc(s->out, '>');
	}
}

static void
close_format(struct scan *s)
{
	struct buf text = { .max = REPLY_MAX };
	size_t i = s->n;
	struct open o;

	while (i > 0 && s->open[i - 1].type != VALUES_UPPER &&
	    s->open[i - 1].type != VALUES_FORMAL)
		i--;
	if (i == 0)
		return;
	o = s->open[i - 1];
	s->n = i - 1;
	buf_add(&text, str_sub(buf_str(s->out), o.at, s->out->len));
	buf_cut(s->out, o.at);
	(void)expander_pay(s->x, BYTE_COST * text.len);
	if (!expander_failed(s->x, &text))
		(o.type == VALUES_UPPER ? casing_upper : casing_formal)(
		    buf_str(&text), s->out);
	buf_wipe(&text);
}

void
values_expand(struct expander *x, struct str text, struct buf *out)
{
	struct scan s = { .x = x, .out = out };

	for (size_t i = 0; i < text.len && !out->failed &&
	     x->turn->status == BRAIN_OK; i++) {
		char c = text.p[i];

		switch (c) {
		case '<':
			push(&s, out->len, '<');
			buf_addc(out, c);
			break;
		case '>':
			close_tag(&s);
			break;
		case VALUES_UPPER:
		case VALUES_FORMAL:
			push(&s, out->len, c);
			break;
		case VALUES_END:
			close_format(&s);
			break;
		default:
			buf_addc(out, c);
		}
	}
}
