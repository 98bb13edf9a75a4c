#include "rive/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define SIZE_LEAST 8

/* One block holds the name and, behind it, the value. */
struct store_entry {
	char *block;
	uint32_t name_len;
	uint32_t value_len;
	uint32_t value_size;
	uint32_t hash;
};

static struct str
name_of(const struct store_entry *e)
{
	return str_of(e->block, e->name_len);
}

static struct str
value_of(const struct store_entry *e)
{
	return str_of(e->block + e->name_len, e->value_len);
}

/* The slot of the name, or the free one where it would go. */
static size_t
find(const struct store *s, struct str name, uint32_t hash)
{
	size_t i = hash & (s->n_slots - 1);

	while (s->slots[i] != 0) {
		const struct store_entry *e = &s->entries[s->slots[i] - 1];

		if (e->hash == hash && str_eq(name_of(e), name))
			break;
		i = (i + 1) & (s->n_slots - 1);
	}
	return i;
}

static uint32_t
hash_of(struct str name)
{
	return (uint32_t)str_hash(name);
}

/* Puts every entry into its slot anew. */
static void
rehash(struct store *s)
{
	memset(s->slots, 0, s->n_slots * sizeof *s->slots);
	for (size_t i = 0; i < s->n; i++) {
		const struct store_entry *e = &s->entries[i];

		s->slots[find(s, name_of(e), e->hash)] = (uint32_t)i + 1;
	}
}

static bool
grow(struct store *s)
{
	size_t size = s->size == 0 ? SIZE_LEAST : 2 * s->size;
	struct store_entry *entries;
	uint32_t *slots;

	entries = realloc(s->entries, size * sizeof *entries);
	if (entries == NULL)
		return false;
	s->entries = entries;
	slots = malloc(2 * size * sizeof *slots);
	if (slots == NULL)
		return false;
	free(s->slots);
	s->slots = slots;
	s->n_slots = 2 * size;
	s->size = size;
	rehash(s);
	return true;
}

static void
wipe_entry(struct store_entry *e)
{
	explicit_bzero(e->block, (size_t)e->name_len + e->value_size);
	free(e->block);
}

/* Overwrites the value in place, or in a larger block. */
static bool
put_value(struct store_entry *e, struct str value)
{
	struct store_entry bigger = *e;
	size_t old = e->value_len;

	if (value.len <= e->value_size) {
		/* The value may be a view into the old one. */
		if (value.len > 0)
			memmove(e->block + e->name_len, value.p, value.len);
		if (old > value.len)
			explicit_bzero(e->block + e->name_len + value.len,
			    old - value.len);
		e->value_len = (uint32_t)value.len;
		return true;
	}
	bigger.value_size = (uint32_t)value.len + 16;
	bigger.block = malloc((size_t)e->name_len + bigger.value_size);
	if (bigger.block == NULL)
		return false;
	memcpy(bigger.block, e->block, e->name_len);
	memcpy(bigger.block + e->name_len, value.p, value.len);
	bigger.value_len = (uint32_t)value.len;
	wipe_entry(e);
	*e = bigger;
	return true;
}

static bool
add(struct store *s, struct str name, struct str value)
{
	struct store_entry *e;
	size_t size = value.len + 16;

	if (s->n >= s->max || (s->n == s->size && !grow(s)))
		return false;
	e = &s->entries[s->n];
	e->block = malloc(name.len + size);
	if (e->block == NULL)
		return false;
	if (name.len > 0)
		memcpy(e->block, name.p, name.len);
	if (value.len > 0)
		memcpy(e->block + name.len, value.p, value.len);
	e->name_len = (uint32_t)name.len;
	e->value_len = (uint32_t)value.len;
	e->value_size = (uint32_t)size;
	e->hash = hash_of(name);
	s->slots[find(s, name, e->hash)] = (uint32_t)++s->n;
	return true;
}

struct str
store_get(const struct store *s, struct str name)
{
	uint32_t i;

	if (s->n == 0)
		return (struct str) { 0 };
	i = s->slots[find(s, name, hash_of(name))];
	return i == 0 ? (struct str) { 0 } : value_of(&s->entries[i - 1]);
}

bool
store_set(struct store *s, struct str name, struct str value)
{
	uint32_t i = 0;

	if (name.len > s->name_max)
		return false;
	value = str_sub(value, 0, utf8_fit(value, s->value_max));
	if (s->n > 0)
		i = s->slots[find(s, name, hash_of(name))];
	return i == 0 ? add(s, name, value)
		      : put_value(&s->entries[i - 1], value);
}

/* Frees the slot; those behind it that it kept from their place move up. */
static void
free_slot(struct store *s, size_t gap)
{
	size_t mask = s->n_slots - 1;

	for (size_t i = (gap + 1) & mask; s->slots[i] != 0; i = (i + 1) & mask) {
		size_t home = s->entries[s->slots[i] - 1].hash & mask;

		if (((i - home) & mask) >= ((i - gap) & mask)) {
			s->slots[gap] = s->slots[i];
			gap = i;
		}
	}
	s->slots[gap] = 0;
}

void
store_unset(struct store *s, struct str name)
{
	struct store_entry *gone, *last;
	size_t slot;

	if (s->n == 0)
		return;
	slot = find(s, name, hash_of(name));
	if (s->slots[slot] == 0)
		return;
	gone = &s->entries[s->slots[slot] - 1];
	free_slot(s, slot);
	wipe_entry(gone);
	last = &s->entries[--s->n];
	if (gone == last)
		return;
	slot = find(s, name_of(last), last->hash);
	*gone = *last;
	s->slots[slot] = (uint32_t)(gone - s->entries) + 1;
}

bool
store_next(const struct store *s, size_t *at, struct str *name,
    struct str *value)
{
	if (*at >= s->n)
		return false;
	*name = name_of(&s->entries[*at]);
	*value = value_of(&s->entries[*at]);
	(*at)++;
	return true;
}

bool
store_copy(struct store *to, const struct store *from)
{
	store_clear(to);
	for (size_t i = 0; i < from->n; i++) {
		const struct store_entry *e = &from->entries[i];

		if (!store_set(to, name_of(e), value_of(e))) {
			store_clear(to);
			return false;
		}
	}
	return true;
}

void
store_clear(struct store *s)
{
	for (size_t i = 0; i < s->n; i++)
		wipe_entry(&s->entries[i]);
	free(s->entries);
	free(s->slots);
	*s = (struct store) {
		.max = s->max,
		.name_max = s->name_max,
		.value_max = s->value_max,
	};
}
