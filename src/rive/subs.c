#include "rive/subs.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "rive/ast.h"

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

/* A run of word characters, or else one character. */
static struct str
token(const struct subs *s, struct str text)
{
	struct str rest = text;

	if (!is_word(s, text))
		return str_sub(text, 0, char_len(s, text));
	while (rest.len > 0 && is_word(s, rest))
		rest = str_sub(rest, char_len(s, rest), rest.len);
	return str_sub(text, 0, text.len - rest.len);
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
best_key(const struct subs *s, struct str text, struct str first)
{
	const struct subs_key *head = map_get(&s->first, first);

	if (head == NULL)
		return NULL;
	for (size_t i = 0; i < head->n_same; i++) {
		struct str rest = str_sub(text, head[i].key.len, text.len);

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

void
subs_run(const struct subs *s, struct str text, struct buf *out)
{
	bool after_word = false;

	if (s->n == 0) {
		buf_add(out, text);
		return;
	}
	while (text.len > 0) {
		struct str first = token(s, text);
		const struct subs_key *k = NULL;

		if (!after_word && first.p[0] != ' ')
			k = best_key(s, text, first);
		if (k == NULL) {
			buf_add(out, first);
			after_word = is_word(s, text);
			text = str_sub(text, first.len, text.len);
			continue;
		}
		/* What follows a key is a boundary, whatever the key is. */
		buf_add(out, k->value);
		after_word = is_word(s, last_char(k->key));
		text = str_sub(text, k->key.len, text.len);
	}
}
