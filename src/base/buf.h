/*
 * buf.h - text that grows, up to a hard cap.
 *
 * A failure (no memory, or the cap) sticks: what is added later is dropped
 * and `failed` stays set, so a writer checks once at the end.  The text
 * always ends in a NUL that does not count.
 */
#ifndef IOPGUIDE_BASE_BUF_H
#define IOPGUIDE_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/str.h"

/* All zeroes is an empty buffer with the default cap. */
struct buf {
	char *p; /* owned; NULL while nothing was added */
	size_t len;
	size_t size;
	size_t max; /* most bytes of text; 0: BUF_MAX */
	bool failed;
	bool capped; /* it failed because of the cap */
};

#define BUF_MAX ((size_t)1 << 20)

void buf_add(struct buf *b, struct str s);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Makes room for n more bytes and returns where they go, or NULL; the caller
 * writes them and then adds to len. */
char *buf_room(struct buf *b, size_t n);

/* Cuts the text to len bytes (no more than it has). */
void buf_cut(struct buf *b, size_t len);

/* Empties it and forgets a failure; the memory stays for the next use. */
void buf_reset(struct buf *b);

/* The same after overwriting the text: for what a person wrote. */
void buf_blank(struct buf *b);

/* Gives the memory back. */
void buf_clear(struct buf *b);

/* The same after overwriting all of it: for what a person wrote. */
void buf_wipe(struct buf *b);

static inline struct str
buf_str(const struct buf *b)
{
	return str_of(b->p, b->len);
}

/* As a C string, good until the next change. */
static inline const char *
buf_cstr(const struct buf *b)
{
	return b->p == NULL ? "" : b->p;
}

#endif
