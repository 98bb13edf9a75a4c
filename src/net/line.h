/*
 * line.h - the line front: people on TCP and Unix sockets, a line at a time.
 *
 * Nobody is turned away without a word.  Past the caps a bounded number of
 * connections more are taken in, told that the guide is full and where help
 * is in a crisis, and closed.
 */
#ifndef IOPGUIDE_NET_LINE_H
#define IOPGUIDE_NET_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "guide/talk.h"
#include "net/loop.h"

struct line_front;

/* All of them may change while it runs. */
struct line_options {
	unsigned max_connections; /* 0: no limit */
	unsigned max_per_address; /* 0: no limit */
	uint64_t idle_ms;         /* 0: no limit */
	uint64_t first_line_ms;   /* 0: a minute */
	uint64_t stuck_ms;        /* 0: half a minute */
};

/* NULL without memory.  The guide is borrowed. */
struct line_front *line_new(struct loop *l, struct guide *g,
    const struct line_options *o);
void line_set_options(struct line_front *f, const struct line_options *o);

/* False after *err said why; *no_family: this machine has no such address. */
bool line_listen(struct line_front *f, const char *address, bool *no_family,
    struct err *err);

/* Where it listens, one after the other; NULL at the end. */
const char *line_address(const struct line_front *f, size_t i);

/* Says goodbye to everybody; done is called once all have taken it, or after
 * five seconds. */
void line_stop(struct line_front *f, loop_fn done, void *arg);

void line_free(struct line_front *f);

#endif
