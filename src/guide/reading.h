/*
 * reading.h - what a message says once its disguise is taken off.
 *
 * Each function takes one disguise off and is tested by itself.  None of
 * them ever replaces the message: the screen reads the message as it stands
 * first, and a reading beside it.
 */
#ifndef IOPGUIDE_GUIDE_READING_H
#define IOPGUIDE_GUIDE_READING_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "guide/clean.h"

/* Letters of other scripts and styles that look like a to z (folded text). */
void reading_lookalikes(struct str folded, struct buf *out);

/* Signs and digits that stand for letters inside a word: k1ll, d!e, h@rm. */
void reading_leet(struct str folded, struct buf *out);

/* Single letters in a row, joined: "k m s", "s u i c i d e" (clean text). */
void reading_spaced(struct str text, struct buf *out);

/*
 * All of them that the signs call for, as clean text in out, which is empty.
 * *other says that something was undone.  False without memory.
 */
MUST_USE bool reading_undisguised(const struct clean *c, struct buf *out,
    bool *other);

#endif
