/*
 * map.h - from a string to a pointer.
 *
 * Open addressing; keys are borrowed views that must outlive the map, and
 * so is the arena it grows in.  A map is never shrunk: a key whose value was
 * set to NULL reads as absent.
 */
#ifndef IOPGUIDE_BASE_MAP_H
#define IOPGUIDE_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"

struct map_slot {
	struct str key; /* p is NULL in a free slot */
	uint64_t hash;
	void *value;
};

/* All zeroes is an empty map. */
struct map {
	struct map_slot *slots;
	size_t size; /* a power of two, or 0 */
	size_t used;
};

/* The value, or NULL where there is none. */
void *map_get(const struct map *m, struct str key);

/* Sets or replaces; false without memory.  The empty key is a key too. */
MUST_USE bool map_set(struct map *m, struct arena *a, struct str key,
    void *value);

/* Steps through all slots with a value: start with *at = 0; NULL at the end. */
const struct map_slot *map_next(const struct map *m, size_t *at);

#endif
