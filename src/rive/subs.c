#include "rive/subs.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "rive/ast.h"

#define TRIES_MAX 200000 /* keys compared for one text */
#define TRY_COST 5       /* units of work.h */
#define BYTE_COST 8

struct subs_key {
	struct str key;
	struct str value;
	struct str first; /* token, a view into the key */
	size_t n_words;
	size_t n_same; /* in the first of a group: keys with this token */
};

static bool
is_word(const struct subs *s, struct str at)
{
	if ((unsigned char)at.p[0] < 0x80)
		return utf8_is_word((unsigned char)at.p[0]);
	return s->utf8 && utf8_is_word(utf8_next(&at));
}

/* The length of the character that the text begins with. */
static size_t
char_len(const struct subs *s, struct str at)
{
	size_t before = at.len;

	if ((unsigned char)at.p[0] < 0x80 || !s->utf8)
		return 1;
	(void)utf8_next(&at);
	return before - at.len;
}

/* The ASCII ones of them, and nothing else. */
static const bool word_byte[256] = {
	['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1,
	['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1, ['A'] = 1, ['B'] = 1,
	['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1,
	['I'] = 1, ['J'] = 1, ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1,
	['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1,
	['U'] = 1, ['V'] = 1, ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1,
	['_'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1,
	['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1,
	['l'] = 1, ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1,
	['r'] = 1, ['s'] = 1, ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1,
	['x'] = 1, ['y'] = 1, ['z'] = 1,
};

/* A run of word characters, or else one character. */
static struct str
token(const struct subs *s, struct str text)
{
	size_t n = 0;

	for (;;) {
		while (n < text.len && word_byte[(unsigned char)text.p[n]])
			n++;
		if (n == text.len || (unsigned char)text.p[n] < 0x80 ||
		    !is_word(s, str_sub(text, n, text.len)))
			break;
		n += char_len(s, str_sub(text, n, text.len));
	}
	return str_sub(text, 0, n > 0 ? n : char_len(s, text));
}

static uint32_t
length_bit(size_t len)
{
	return UINT32_C(1) << (len < 31 ? len : 31);
}

static size_t
count_words(struct str s)
{
	struct str word;
	size_t n = 0;

	while (str_word(&s, &word))
		n++;
	return n;
}

static int
by_token(const void *x, const void *y)
{
	const struct subs_key *a = x, *b = y;
	int c = str_cmp(a->first, b->first);

	if (c != 0)
		return c;
	if (a->n_words != b->n_words)
		return a->n_words > b->n_words ? -1 : 1;
	if (a->key.len != b->key.len)
		return a->key.len > b->key.len ? -1 : 1;
	return str_cmp(a->key, b->key);
}

/* Marks where the keys of each first token begin. */
static bool
group(struct subs *s, struct subs_key *keys, struct arena *arena)
{
	size_t i = 0;

	while (i < s->n) {
		struct subs_key *head = &keys[i];

		while (i < s->n && str_eq(keys[i].first, head->first)) {
			head->n_same++;
			i++;
		}
		if (!map_set(&s->first, arena, head->first, head))
			return false;
		s->lengths[(unsigned char)head->first.p[0]] |=
		    length_bit(head->first.len);
	}
	return true;
}

bool
subs_build(struct subs *s, const struct map *defines, bool utf8,
    struct arena *arena)
{
	const struct map_slot *slot;
	struct subs_key *keys;
	size_t at = 0;

	*s = (struct subs) { .utf8 = utf8 };
	keys = arena_array(arena, defines->used + 1, sizeof *keys);
	if (keys == NULL)
		return false;
	while ((slot = map_next(defines, &at)) != NULL) {
		const struct ast_define *d = slot->value;

		if (d->name.len == 0)
			continue;
		keys[s->n++] = (struct subs_key) {
			.key = d->name,
			.value = d->value,
			.first = token(s, d->name),
			.n_words = count_words(d->name),
		};
	}
	qsort(keys, s->n, sizeof *keys, by_token);
	s->keys = keys;
	return group(s, keys, arena);
}

/* The best key at the start of the text, or NULL. */
static const struct subs_key *
best_key(const struct subs *s, struct str text, struct str first, size_t *tries)
{
	const struct subs_key *head;

	if ((s->lengths[(unsigned char)first.p[0]] & length_bit(first.len)) ==
	    0)
		return NULL;
	head = map_get(&s->first, first);
	if (head == NULL)
		return NULL;
	for (size_t i = 0; i < head->n_same && *tries < TRIES_MAX; i++) {
		struct str rest = str_sub(text, head[i].key.len, text.len);

		++*tries;
		if (str_starts(text, head[i].key) &&
		    (rest.len == 0 || !is_word(s, rest)))
			return &head[i];
	}
	return NULL;
}

static struct str
last_char(struct str text)
{
	size_t at = text.len - 1;

	while (at > 0 && ((unsigned char)text.p[at] & 0xC0) == 0x80)
		at--;
	return str_sub(text, at, text.len);
}

uint64_t
subs_run(const struct subs *s, struct str text, struct buf *out)
{
	size_t from = 0, at = 0, tries = 0, before = out->len;
	bool after_word = false;

	while (s->n > 0 && at < text.len && tries < TRIES_MAX) {
		struct str rest = str_sub(text, at, text.len);
		struct str first = token(s, rest);
		const struct subs_key *k = NULL;

		if (!after_word)
			k = best_key(s, rest, first, &tries);
		if (k == NULL) {
			at += first.len;
			after_word = is_word(s, rest);
			continue;
		}
		/* What follows a key is a boundary, whatever the key is. */
		buf_add(out, str_sub(text, from, at));
		buf_add(out, k->value);
		after_word = is_word(s, last_char(k->key));
		from = at = at + k->key.len;
	}
	buf_add(out, str_sub(text, from, text.len));
	return TRY_COST * tries + BYTE_COST * text.len + (out->len - before);
}
