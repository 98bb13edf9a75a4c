/*
 * typed.h - from the bytes of a socket to the lines a person typed.
 *
 * LF ends a line, one CR before it is dropped.  Backspace (0x08, 0x7f) takes
 * the character before it away.  Telnet's commands are taken out, and its
 * offers and requests declined.  Every other byte is kept as it came: what is
 * text is for the guide to say.  No I/O, no clock.
 */
#ifndef IOPGUIDE_NET_TYPED_H
#define IOPGUIDE_NET_TYPED_H

#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* All zeroes is the start of a connection. */
struct typed {
	struct buf line;
	size_t same;      /* bytes of line that no key took back since this was
	                   * last set */
	size_t sub_at;    /* where a telnet subnegotiation began in line */
	uint8_t state;    /* enum in typed.c */
	uint8_t verb;     /* WILL, WONT, DO or DONT that waits for its option */
	uint8_t declined; /* telnet offers that were answered */
};

enum typed_got {
	TYPED_MORE,      /* *in is empty, the line goes on */
	TYPED_LINE,      /* t->line is whole; typed_next() before more */
	TYPED_TOO_LONG,  /* more than TALK_LINE_MAX bytes: close */
	TYPED_NO_MEMORY, /* close */
};

/* Takes bytes off *in up to the end of a line.  What telnet must be told is
 * added to *answer. */
enum typed_got typed_take(struct typed *t, struct str *in, struct buf *answer);

/* Nothing more will come: TYPED_LINE for a last line without LF, else
 * TYPED_MORE. */
enum typed_got typed_end(struct typed *t);

/* Wipes the line and begins the next one. */
void typed_next(struct typed *t);

/* Wipes and gives the memory back. */
void typed_clear(struct typed *t);

/* True for the request line of HTTP, which no person types first. */
bool typed_is_http(struct str line);

#endif
