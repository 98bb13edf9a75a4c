/*
 * spoken.h - a line as the words in it, for matching against short phrases.
 *
 * Small letters, no apostrophes (dont), no punctuation, stretched letters
 * taken back (noooo), each emoji a word of its own.  Phrases of a checklist
 * and lines of people go through the same mill, so an author writes "don't"
 * and "n/a" as they come.
 */
#ifndef IOPGUIDE_GUIDE_SPOKEN_H
#define IOPGUIDE_GUIDE_SPOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

#define SPOKEN_MAX 96       /* words of a line that are looked at */
#define SPOKEN_BYTES 1024   /* and bytes */

/* One word: as it is, and with stretched letters left double ("reallly" is
 * "realy" and "really"); both are the same view where nothing is stretched. */
struct word {
	struct str one;
	struct str two;
	bool symbol; /* an emoji or the like */
};

/* Fixed size; the views point into text, so it is not to be copied. */
struct spoken {
	struct word at[SPOKEN_MAX];
	size_t n;
	bool question; /* a question mark stood in it */
	char text[SPOKEN_BYTES];
	size_t len;
};

/* Reads any text; what is beyond the limits is left out. */
void spoken_read(struct spoken *w, struct str text);

/* Overwrites what it holds. */
void spoken_wipe(struct spoken *w);

/* How many words of `phrase` (as spoken_join() writes it) stand at `from`:
 * all of them, or 0. */
size_t spoken_match(const struct spoken *w, size_t from, struct str phrase);

/* The words with single blanks between them, written to out; what does not
 * fit is left out. */
struct str spoken_join(const struct spoken *w, char *out, size_t size);

#endif
