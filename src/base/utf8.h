/*
 * utf8.h - reading and writing Unicode text as UTF-8.
 *
 * Bytes that are no valid UTF-8 read as U+FFFD, one for each byte that
 * starts nothing valid (as in the Unicode Standard, 3.9).  Everything has a
 * fast path for ASCII.
 */
#ifndef IOPGUIDE_BASE_UTF8_H
#define IOPGUIDE_BASE_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/str.h"

#define UTF8_BAD UINT32_C(0xFFFD)

/* Takes the next character off *rest, which must not be empty. */
uint32_t utf8_next(struct str *rest);

/* Writes c (at most 4 bytes) to out. */
void utf8_put(struct buf *out, uint32_t c);

/* True when every byte is ASCII. */
bool utf8_is_ascii(struct str s);
bool utf8_is_valid(struct str s);

/* A letter, a digit, a combining mark or `_`: what a word is made of. */
bool utf8_is_word(uint32_t c);

/* Does it stand upon the character before it?  Folding puts a run of these in
 * order, in time that grows with the square of its length. */
bool utf8_is_mark(uint32_t c);

/* Is it dropped by folding, such as a zero-width blank? */
bool utf8_is_ignored(uint32_t c);

/* A letter or a number (PCRE2's \w, but for `_`); white space (its \s). */
bool utf8_is_alnum(uint32_t c);
bool utf8_is_space(uint32_t c);

/* Small letters, one character for one (no folding of ss). */
uint32_t utf8_lower_char(uint32_t c);
void utf8_lower(struct str s, struct buf *out);
uint32_t utf8_upper_char(uint32_t c);
void utf8_upper(struct str s, struct buf *out);

/* The most bytes of s, at most max, that end at a character. */
size_t utf8_fit(struct str s, size_t max);

/* NFKC with compatibility characters folded, default ignorables dropped and
 * letters made small (utf8proc's NFKC_Casefold).  False without memory. */
MUST_USE bool utf8_fold(struct str s, struct buf *out);

#endif
