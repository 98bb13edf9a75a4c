/*
 * ircfront.h - the guide on IRC: people in private and in channels, on
 * several networks at once.
 *
 * Private messages and lines addressed to the guide go through the same talk
 * as everywhere; every other line that a person says in a channel is only
 * screened.  What is then said in public names nobody and fits everybody;
 * all else goes to the person alone.
 */
#ifndef IOPGUIDE_NET_IRCFRONT_H
#define IOPGUIDE_NET_IRCFRONT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "net/ircconf.h"
#include "net/loop.h"

struct guide;
struct ircfront;

struct ircfront_options {
	uint64_t idle_ms; /* 0: no limit */
};

/* One for all networks; confs are checked, borrowed, and outlive it.  Files
 * are read here; it connects once the loop runs.  NULL with a word in err. */
struct ircfront *ircfront_new(struct loop *l, struct guide *g,
    struct ircconf *confs, size_t n, struct err *err);
void ircfront_set_options(struct ircfront *f, const struct ircfront_options *o);

/* The operator asks it back into channels it was kicked from. */
void ircfront_return(struct ircfront *f);

/* Leaves all networks; done is called once they were told. */
void ircfront_stop(struct ircfront *f, loop_fn done, void *arg);

void ircfront_free(struct ircfront *f);

#endif
