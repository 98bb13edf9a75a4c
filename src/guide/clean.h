/*
 * clean.h - the bytes of a line as the text that everything else reads.
 *
 * Three forms of one message:
 *	folded  NFKC, small letters, no control or formatting characters
 *	text    words between single blanks; the end of a clause is the word
 *	        CLEAN_BREAK.  What the risk rules see.
 *	plain   the same without breaks.  What the dialogs see.
 * Apostrophes are dropped (dont, im); what joins words inside (- / _) is a
 * blank.  A break holds digits, so the wildcard _ never steps over one.
 */
#ifndef IOPGUIDE_GUIDE_CLEAN_H
#define IOPGUIDE_GUIDE_CLEAN_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/str.h"

#define CLEAN_BREAK "00"

/* What the folded text holds that only a further reading can undo. */
struct clean_signs {
	bool not_ascii;
	bool symbols;   /* a symbol or a digit beside a letter */
	bool stretched; /* a letter three times in a row */
	bool spaced;    /* three single letters in a row */
};

/* Zeroed is a valid start; clean_line() empties it first. */
struct clean {
	struct buf folded;
	struct buf text;
	struct buf plain;
	struct clean_signs signs;
};

/* False without memory. */
MUST_USE bool clean_line(struct clean *c, struct str raw);

/* folded -> text, adding to out.  For further readings of a message. */
void clean_text(struct str folded, struct buf *out);

/* text -> plain: drops the breaks. */
void clean_plain(struct str text, struct buf *out);

/* Without marks on letters (é -> e).  False without memory. */
MUST_USE bool clean_unmark(struct str text, struct buf *out);

/* Overwrites and frees. */
void clean_wipe(struct clean *c);

#endif
