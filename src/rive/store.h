/*
 * store.h - names and values that change: variables of a user or of the bot.
 *
 * A small hash table on the heap with caps on the number of entries, the
 * length of a name and of a value.  What it frees or overwrites is wiped
 * first: values may be what a person wrote.
 */
#ifndef IOPGUIDE_RIVE_STORE_H
#define IOPGUIDE_RIVE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct store_entry; /* in the .c */

/* The caps are set by the owner before first use; the rest is zero. */
struct store {
	size_t max;       /* entries */
	size_t name_max;  /* bytes */
	size_t value_max; /* bytes; a longer value is cut at a character */
	struct store_entry *entries;
	size_t n;
	size_t size;
	uint32_t *slots; /* hash -> index of the entry + 1 */
	size_t n_slots;  /* a power of two, or 0 */
};

/* p is NULL where the name is not set; good until the next change. */
struct str store_get(const struct store *s, struct str name);

/* False where a cap or memory forbids it; the old value stays then. */
bool store_set(struct store *s, struct str name, struct str value);
void store_unset(struct store *s, struct str name);

/* Steps through the entries in no certain order: start with *at = 0. */
bool store_next(const struct store *s, size_t *at, struct str *name,
    struct str *value);

/* A copy of all entries; false without memory (then `to` is empty). */
bool store_copy(struct store *to, const struct store *from);

/* Wipes and frees; the caps stay. */
void store_clear(struct store *s);

#endif
