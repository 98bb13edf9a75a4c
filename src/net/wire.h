/*
 * wire.h - bytes in and out of one stream socket, and nothing else.
 *
 * The fronts see this face only, so that how bytes move may change (many
 * descriptors a call, another kernel interface) without touching them.  What
 * is read passes through one scratch buffer that all wires share and that is
 * wiped after each use; a wire keeps only bytes its front was not ready for.
 */
#ifndef IOPGUIDE_NET_WIRE_H
#define IOPGUIDE_NET_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/str.h"
#include "net/loop.h"

struct wire;

/* All are called from the loop, never from inside a call of the front; none
 * after on_lost. */
struct wire_fns {
	/* Returns how many bytes it took; the rest comes again in the next
	 * round, or after wire_go_on() when wire_hold() was called. */
	size_t (*on_bytes)(void *arg, struct str bytes);
	/* The peer sends no more; it may still read. */
	void (*on_eof)(void *arg);
	/* The connection is lost. */
	void (*on_lost)(void *arg);
	/* All that was pending is with the system. */
	void (*on_sent)(void *arg);
};

/* Takes the descriptor over, which must not block; NULL without memory, and
 * the descriptor is the caller's still. */
struct wire *wire_new(struct loop *l, int fd, const struct wire_fns *fns,
    void *arg);

/* Closes; not from inside a callback of this wire. */
void wire_free(struct wire *w);

/* Adds to what goes out with the next wire_flush(); false without memory. */
MUST_USE bool wire_write(struct wire *w, struct str bytes);

/* Sends what the system takes at once, the rest when it can. */
void wire_flush(struct wire *w);

/* Bytes that the system did not take yet. */
size_t wire_pending(const struct wire *w);

/* When the system last took some of them, or when they began to wait. */
uint64_t wire_moved_ms(const struct wire *w);

/* Delivers what was left, then reads on. */
void wire_go_on(struct wire *w);

/* Nothing is read any more until wire_go_on(). */
void wire_hold(struct wire *w);

/* Tells the peer that nothing more will come. */
void wire_end(struct wire *w);

/* Instead of all that is pending: one text that needs no memory, as far as
 * the system takes it at once. */
void wire_last_words(struct wire *w, struct str text);

#endif
