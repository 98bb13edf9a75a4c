#include "rive/words.h"

#include <stdbool.h>
#include <stdlib.h>

/* The slot that holds the word, or the free one where it would go. */
static uint32_t *
find(const struct words *w, struct str word, uint64_t hash)
{
	uint32_t i = (uint32_t)hash & (w->size - 1);

	for (; w->slots[i] != 0; i = (i + 1) & (w->size - 1)) {
		const struct words_entry *e = &w->list[w->slots[i] - 1];

		if (e->hash == hash && e->len == word.len &&
		    memcmp(w->text + e->at, word.p, word.len) == 0)
			break;
	}
	return &w->slots[i];
}

uint32_t
words_find(const struct words *w, struct str word)
{
	return w->size == 0 || word.len == 0 ? 0
					     : *find(w, word, str_hash(word));
}

struct str
words_text(const struct words *w, uint32_t number)
{
	const struct words_entry *e = &w->list[number - 1];

	return str_of(w->text + e->at, e->len);
}

static bool
grow_slots(struct words *w)
{
	uint32_t size = w->size == 0 ? 64 : 2 * w->size, i;
	uint32_t *slots = calloc(size, sizeof *slots);

	if (slots == NULL)
		return false;
	for (uint32_t n = 1; n <= w->n; n++) {
		i = (uint32_t)w->list[n - 1].hash & (size - 1);
		while (slots[i] != 0)
			i = (i + 1) & (size - 1);
		slots[i] = n;
	}
	free(w->slots);
	w->slots = slots;
	w->size = size;
	return true;
}

static bool
grow_list(struct words *w)
{
	uint32_t size = w->list_size == 0 ? 64 : 2 * w->list_size;
	struct words_entry *list = realloc(w->list, size * sizeof *list);

	if (list == NULL)
		return false;
	w->list = list;
	w->list_size = size;
	return true;
}

static bool
grow_text(struct words *w, size_t len)
{
	size_t size = w->text_size == 0 ? 512 : w->text_size;
	char *text;

	while (size < w->text_len + len)
		size *= 2;
	if (size > UINT32_MAX || (text = realloc(w->text, size)) == NULL)
		return false;
	w->text = text;
	w->text_size = size;
	return true;
}

uint32_t
words_add(struct words *w, struct str word)
{
	uint64_t hash = str_hash(word);
	uint32_t *slot;

	/* At most half full: a message's unknown words are looked up too. */
	if (2 * (w->n + 1) > w->size && !grow_slots(w))
		return 0;
	slot = find(w, word, hash);
	if (*slot != 0)
		return *slot;
	if (w->n == w->list_size && !grow_list(w))
		return 0;
	if (word.len > w->text_size - w->text_len && !grow_text(w, word.len))
		return 0;
	memcpy(w->text + w->text_len, word.p, word.len);
	w->list[w->n] = (struct words_entry){
		.hash = hash,
		.at = (uint32_t)w->text_len,
		.len = (uint32_t)word.len,
	};
	w->text_len += word.len;
	*slot = ++w->n;
	return w->n;
}

void
words_clear(struct words *w)
{
	free(w->list);
	free(w->slots);
	free(w->text);
	*w = (struct words){ 0 };
}
