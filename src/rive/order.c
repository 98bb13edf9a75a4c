#include "rive/order.h"

#include <stdlib.h>

enum kind {
	KIND_ATOMIC,
	KIND_OPTION,
	KIND_ALPHA,
	KIND_NUMBER,
	KIND_WILD,
	KIND_UNDER, /* the last three: no word at all */
	KIND_POUND,
	KIND_STAR,
};

/* What the order looks at in a trigger's text. */
struct looks {
	size_t words;
	size_t len; /* characters */
	bool under;
	bool pound;
	bool star;
	bool option;
	bool literal; /* there is more than wildcards and brackets */
};

/* Where {weight=N} at i ends, or i. */
static size_t
skip_weight(struct str s, size_t i)
{
	size_t end;

	if (s.p[i] != '{' ||
	    str_casecmp(str_sub(s, i, i + 8), STR("{weight=")) != 0)
		return i;
	end = str_find_char(s, '}', i);
	return end == STR_NONE ? i : end + 1;
}

/* Is the _ at i part of a name, as in @two_words or <get my_name>? */
static bool
in_name(struct str s, size_t i)
{
	while (i > 0) {
		char c = s.p[--i];

		if (c == '@' || c == '<')
			return true;
		if (str_blank(c) && i >= 4 &&
		    strchr("tv", s.p[i - 1]) == NULL)
			return false;
		if (strchr("*#()[]|>", c) != NULL)
			return false;
	}
	return false;
}

static void
look_at(struct looks *l, struct str s, size_t i)
{
	switch (s.p[i]) {
	case '_':
		l->under = true;
		break;
	case '#':
		l->pound = true;
		break;
	case '*':
		l->star = true;
		break;
	case '[':
		l->option = true;
		break;
	case ']':
	case '|':
		break;
	default:
		l->literal = true;
	}
}

static struct looks
look(struct str s)
{
	struct looks l = { 0 };
	bool word = false, blank = true;
	size_t i = 0;

	while (i < s.len) {
		size_t end = skip_weight(s, i);
		char c = s.p[i];
		bool cut = strchr("*#_|", c) != NULL &&
		    !(c == '_' && in_name(s, i));

		if (end > i) {
			i = end;
			continue;
		}
		i++;
		if (str_blank(c)) {
			l.len += !blank;
			blank = true;
			word = false;
			continue;
		}
		blank = false;
		l.len += ((unsigned char)c & 0xC0) != 0x80;
		if (cut || c == '[' || c == ']')
			look_at(&l, s, i - 1);
		else
			l.literal = true;
		l.words += !cut && !word;
		word = !cut;
	}
	return l;
}

static enum kind
kind_of(const struct looks *l)
{
	/* Brackets count as words (`[*] hello [*]` has five), but with nothing
	 * else in it a trigger is a catch-all. */
	bool words = l->words > 0 && l->literal;

	if (l->under)
		return words ? KIND_ALPHA : KIND_UNDER;
	if (l->pound)
		return words ? KIND_NUMBER : KIND_POUND;
	if (l->star)
		return words ? KIND_WILD : KIND_STAR;
	return l->option ? KIND_OPTION : KIND_ATOMIC;
}

static uint64_t
at_most(uint64_t value, unsigned bits)
{
	uint64_t max = (UINT64_C(1) << bits) - 1;

	return value < max ? value : max;
}

/* The most first: the larger the value the smaller what is written. */
static uint64_t
most_first(uint64_t value, unsigned bits)
{
	return ((UINT64_C(1) << bits) - 1) - at_most(value, bits);
}

/* All of the order but the alphabet, as one number. */
static uint64_t
key_of(const struct order_item *item)
{
	struct looks l = look(item->trigger->text);
	enum kind kind = kind_of(&l);
	uint64_t key = most_first(item->trigger->weight, 20);

	key = key << 12 | at_most(item->level, 12);
	key = key << 3 | (uint64_t)kind;
	key = key << 12 | most_first(kind >= KIND_UNDER ? 0 : l.words, 12);
	return key << 16 | most_first(l.len, 16);
}

/* The bytes as a number that compares as they do. */
static uint64_t
alpha_of(struct str s)
{
	uint64_t n = 0;

	for (size_t i = 0; i < 8; i++)
		n = n << 8 | (i < s.len ? (unsigned char)s.p[i] : 0);
	return n;
}

static void
add_keys(struct order_item *item)
{
	struct str text = item->trigger->text;

	item->key = key_of(item);
	item->alpha[0] = alpha_of(text);
	item->alpha[1] = alpha_of(str_sub(text, 8, text.len));
}

static int
by_order(const void *x, const void *y)
{
	const struct order_item *a = x, *b = y;
	int c;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	for (int i = 0; i < 2; i++) {
		if (a->alpha[i] != b->alpha[i])
			return a->alpha[i] < b->alpha[i] ? -1 : 1;
	}
	c = str_cmp(a->trigger->text, b->trigger->text);
	if (c == 0 && a->trigger->previous.p != NULL &&
	    b->trigger->previous.p != NULL)
		c = str_cmp(a->trigger->previous, b->trigger->previous);
	if (c != 0)
		return c;
	return a->position < b->position ? -1 : 1;
}

void
order_sort(struct order_item *items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_keys(&items[i]);
	if (n > 0)
		qsort(items, n, sizeof *items, by_order);
}
