/*
 * arena.h - memory that is given back all at once.
 *
 * A loaded brain is one arena: parse, compile, freeze, one free.  A failed
 * allocation is a NULL, never an exit; it also sticks in `failed`, so a
 * loader may check once at the end of a step.
 */
#ifndef IOPGUIDE_BASE_ARENA_H
#define IOPGUIDE_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena_block;

/* All zeroes is an empty arena without a cap. */
struct arena {
	struct arena_block *blocks;
	size_t total; /* bytes taken from the system */
	size_t max;   /* refuse beyond this; 0: no cap */
	bool failed;
};

/* Zeroed memory for any type, or NULL. */
void *arena_alloc(struct arena *a, size_t size);

/* An array of n zeroed items of `size`, or NULL (also when n * size wraps). */
void *arena_array(struct arena *a, size_t n, size_t size);

/* A copy that ends in NUL; a view with p NULL when there is no memory. */
struct str arena_str(struct arena *a, struct str s);

void arena_clear(struct arena *a);

/* Gives everything back but keeps one block for the next use. */
void arena_reset(struct arena *a);

#endif
