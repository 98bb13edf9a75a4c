/*
 * cut.h - a text cut into words for the index, and what kind of text it is.
 *
 * A trigger of whole words can be matched word by word where that is the
 * same as matching its regex.  How far it is the same depends on the text:
 *
 *	PLAIN	words of letters, digits and `_` with one blank between: always
 *	MARKED	one blank between, but other characters too (don't, 50%): only
 *		for triggers without optionals, since an optional's edge in the
 *		regex may also fall inside such a word.  The empty text too
 *	ODD	other white space, or no valid UTF-8: never
 *
 * Where it is not the same, the text is cut again into pieces, runs of word
 * characters and runs of others.  Every edge of a regex's part lies at the
 * edge of a piece, so a walk over pieces finds all triggers that may fit.
 *
 * Letters are folded as the regexes (PCRE2, caseless) compare them.
 */
#ifndef IOPGUIDE_RIVE_CUT_H
#define IOPGUIDE_RIVE_CUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/str.h"

enum cut_shape { CUT_PLAIN, CUT_MARKED, CUT_ODD };

enum cut_kind {
	CUT_LETTERS, /* no ASCII digit: `_` */
	CUT_DIGITS,  /* nothing but ASCII digits: `#` */
	CUT_MIXED,
};

struct cut_word {
	uint32_t from, to; /* in the text */
	uint32_t at, len;  /* in the folded text */
	uint32_t kind;
	uint32_t symbol; /* the walk's number for it, once asked */
};

#define CUT_UNASKED UINT32_MAX

struct cut_options {
	bool utf8;
	bool keep_case; /* no folding: the regexes are not caseless */
};

/* All zeroes is ready.  Reused from text to text; cut_clear() gives the
 * memory back. */
struct cut {
	struct cut_word *list;
	uint32_t n;
	uint32_t size;
	enum cut_shape shape;
	struct cut_options options; /* as last cut */
	struct str text;            /* folded: the text itself or `folded` */
	struct buf folded;
};

/* Cuts at blanks and tells the shape.  The text must stay while the cut is
 * used.  False without memory. */
MUST_USE bool cut_words(struct cut *c, struct str text, struct cut_options o);

/* Cuts into pieces, whatever the shape. */
MUST_USE bool cut_pieces(struct cut *c, struct str text, struct cut_options o);

/* The word i as folded text. */
static inline struct str
cut_word(const struct cut *c, uint32_t i)
{
	return str_of(c->text.p + c->list[i].at, c->list[i].len);
}

/* Folds a trigger's word as texts are folded. */
void cut_fold(struct str text, struct cut_options o, struct buf *out);

/* A character as caseless regexes compare it. */
uint32_t cut_fold_char(uint32_t c);

/* Overwrites what it has of the text; the memory stays. */
void cut_forget(struct cut *c);

void cut_clear(struct cut *c);

#endif
