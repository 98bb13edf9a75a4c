/*
 * words.h - the words of triggers as numbers, so that a step of the index
 * compares two integers.
 */
#ifndef IOPGUIDE_RIVE_WORDS_H
#define IOPGUIDE_RIVE_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct words_entry {
	uint64_t hash;
	uint32_t at; /* in text */
	uint32_t len;
};

/* All zeroes is an empty table. */
struct words {
	struct words_entry *list; /* the word n is list[n - 1] */
	uint32_t n;
	uint32_t list_size;
	uint32_t *slots; /* numbers, 0 in a free slot */
	uint32_t size;   /* a power of two, or 0 */
	char *text;
	size_t text_len;
	size_t text_size;
};

/* The word's number, from 1, or 0 where it is not known. */
uint32_t words_find(const struct words *w, struct str word);

/* The same, adding it (its bytes are copied); 0: no memory. */
uint32_t words_add(struct words *w, struct str word);

struct str words_text(const struct words *w, uint32_t number);

void words_clear(struct words *w);

#endif
