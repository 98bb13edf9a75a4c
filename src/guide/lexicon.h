/*
 * lexicon.h - the words the rules know, and the way back to them from a
 * stretched, glued or misspelt one.
 *
 * A word that is English is never touched: a speller says so.  Symmetric
 * deletes (Garbe 2012): a misspelling and its word share a form with one or
 * two letters taken out, so a look-up costs a few hash probes and not a
 * comparison with every word.
 */
#ifndef IOPGUIDE_GUIDE_LEXICON_H
#define IOPGUIDE_GUIDE_LEXICON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "guide/speller.h"

struct lexicon_form {
	uint64_t hash;
	uint32_t word;
};

struct lexicon {
	struct map words;      /* a set */
	struct str *list;
	size_t n, size;
	size_t longest;        /* letters */
	struct lexicon_form *forms; /* open addressing; word 0 is free */
	size_t n_forms, forms_size;
	/* A bit for each hash in forms: small enough to stay near, where the
	 * table is not.  Most look-ups end here. */
	uint64_t *near;
	size_t near_mask;
};

/* Adds a word; it must outlive the lexicon.  False without memory. */
MUST_USE bool lexicon_add(struct lexicon *lex, struct arena *arena,
    struct str word);

/* Builds the forms, once all words are in.  False without memory. */
MUST_USE bool lexicon_ready(struct lexicon *lex, struct arena *arena);

bool lexicon_has(const struct lexicon *lex, struct str word);

/* How odd words are led back. */
struct lexicon_mending {
	struct speller *speller; /* NULL: only stretched and glued words and long
	                          * misspellings are led back */
	bool late;      /* a token may be glued words or a misspelling, and glued
	                 * words be cut in two ways: take the other choice */
	unsigned words; /* so many odd words may still be worked on; counts down,
	                 * and what stands past them stays as it is */
};

/*
 * The text with its odd words led back to words of the lexicon, added to out.
 * False when there was nothing to mend (out is left as it was).
 */
bool lexicon_mend(const struct lexicon *lex, struct lexicon_mending *how,
    struct str text, struct buf *out);

#endif
