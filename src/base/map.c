#include "base/map.h"

static struct map_slot *
find(const struct map *m, struct str key, uint64_t hash)
{
	size_t i = hash & (m->size - 1);

	/* There is always a free slot, see map_set(). */
	while (m->slots[i].key.p != NULL) {
		if (m->slots[i].hash == hash && str_eq(m->slots[i].key, key))
			break;
		i = (i + 1) & (m->size - 1);
	}
	return &m->slots[i];
}

void *
map_get(const struct map *m, struct str key)
{
	return m->size == 0 ? NULL : find(m, key, str_hash(key))->value;
}

static bool
grow(struct map *m, struct arena *a)
{
	struct map bigger = { .size = m->size == 0 ? 16 : m->size * 2 };

	bigger.slots = arena_array(a, bigger.size, sizeof *bigger.slots);
	if (bigger.slots == NULL)
		return false;
	for (size_t i = 0; i < m->size; i++) {
		if (m->slots[i].key.p == NULL)
			continue;
		*find(&bigger, m->slots[i].key, m->slots[i].hash) = m->slots[i];
		bigger.used++;
	}
	*m = bigger;
	return true;
}

bool
map_set(struct map *m, struct arena *a, struct str key, void *value)
{
	struct map_slot *slot;
	uint64_t hash;

	if (key.p == NULL)
		key.p = "";
	if (4 * (m->used + 1) > 3 * m->size && !grow(m, a))
		return false;
	hash = str_hash(key);
	slot = find(m, key, hash);
	if (slot->key.p == NULL) {
		slot->key = key;
		slot->hash = hash;
		m->used++;
	}
	slot->value = value;
	return true;
}

const struct map_slot *
map_next(const struct map *m, size_t *at)
{
	while (*at < m->size) {
		const struct map_slot *slot = &m->slots[(*at)++];

		if (slot->value != NULL)
			return slot;
	}
	return NULL;
}
