/*
 * wording.h - the lines that crisis replies are made of, as data.
 *
 * `> object NAME wording` holds sections: a head of words in brackets, then
 * one line a variant.
 *
 *	[hear * suicide own risk]
 *	I'm glad you said it. In {place} you can {suicide}, any time, free.
 *
 * `*` in a head fits any word there.  A dialog folder may add variants and
 * sections; what is shipped always stays.
 */
#ifndef IOPGUIDE_GUIDE_WORDING_H
#define IOPGUIDE_GUIDE_WORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "rive/brain.h"

#define WORDING_KEYS 5 /* words in a head: slot, kind, category, who, level */

struct wording_line {
	struct str text;
	struct wording_line *next;
};

struct wording_section {
	struct str key[WORDING_KEYS]; /* missing ones are "*" */
	unsigned exact;               /* how many are no "*" */
	struct wording_line *first, *last;
	unsigned n;
	struct wording_section *next;
};

/* Zeroed is empty. */
struct wording {
	struct wording_section *first, *last;
	const struct wording_section *sealed; /* the last that is shipped */
};

#define WORDING_LINE_MAX 350 /* bytes of a line that a folder adds */

/* Adds one object's sections; texts live in the arena.  False when a line
 * was wrong; errs names each. */
MUST_USE bool wording_read(struct wording *w, const struct brain_object *o,
    struct arena *arena, struct errs *errs);

/* From here on lines are a folder's: where the shipped ones hold a number,
 * such as {suicide}, theirs must too. */
void wording_seal(struct wording *w);

/*
 * Variant number n (counted round) of the section that fits key best: the one
 * with the most words named, earlier words weighing more.  p is NULL where
 * none fits.  *variants says how many there are.
 */
struct str wording_get(const struct wording *w,
    const struct str key[WORDING_KEYS], unsigned n, unsigned *variants);

/* Does the section that fits best name the kind, the second word of key? */
bool wording_names_kind(const struct wording *w,
    const struct str key[WORDING_KEYS]);

#endif
