/*
 * speller.h - is this an English word?  hunspell behind one question.
 *
 * It never suggests (that is slow); the lexicon does the leading back.
 * Remembers the hashes of words that are English; of others only until
 * speller_forget().
 */
#ifndef IOPGUIDE_GUIDE_SPELLER_H
#define IOPGUIDE_GUIDE_SPELLER_H

#include <stdbool.h>

#include "base/str.h"

struct speller;

/* NULL without memory or where no English dictionary is installed. */
struct speller *speller_new(void);
void speller_free(struct speller *sp);

/* word is in small letters, without apostrophes ("dont" is a word too).
 * NULL knows no words. */
bool speller_knows(struct speller *sp, struct str word);

/* After a message: forgets its words that are not English.  NULL is fine. */
void speller_forget(struct speller *sp);

#endif
