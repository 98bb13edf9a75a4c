/*
 * ircchannels.h - the channels of one network: where we want to be, where we
 * are, and how much may be said there.
 *
 * Pure but for the commands it adds to the gate's queue.
 */
#ifndef IOPGUIDE_NET_IRCCHANNELS_H
#define IOPGUIDE_NET_IRCCHANNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rate.h"
#include "net/ircgate.h"

struct ircchannel {
	struct str name; /* borrowed from the configuration */
	struct str key;
	bool joined;
	bool kicked;     /* stays out until asked back */
	bool staff;      /* where staff are told, and nobody is answered */
	bool hidden;     /* +s or +i: staff may be told there */
	bool refused;    /* since the last try, and logged */
	uint64_t try_ms; /* the next try to join */
	uint64_t public_ms; /* when the line for everybody was last said */
	bool public_said;
	struct rate lines;
};

struct ircchannels {
	const char *network;     /* its name, for the log */
	struct ircchannel *list; /* owned */
	size_t n;
};

/* From the configuration; false without memory. */
MUST_USE bool ircchannels_init(struct ircchannels *c,
    const struct ircconf *conf);
void ircchannels_clear(struct ircchannels *c);

struct ircchannel *ircchannels_find(const struct ircchannels *c,
    const struct ircself *me, struct str name);

/* Joins what is due; nothing that we were kicked from. */
void ircchannels_join(struct ircchannels *c, struct ircgate *g,
    uint64_t now_ms);

/* After a connection ended, and when the operator asks us back. */
void ircchannels_lost(struct ircchannels *c);
void ircchannels_return(struct ircchannels *c);

/* Learns from what happened to us or to a channel. */
void ircchannels_take(struct ircchannels *c, struct ircgate *g,
    const struct ircgate_event *e, uint64_t now_ms);

/* True, once in ten minutes: a line for everybody may be said. */
MUST_USE bool ircchannel_may_go_public(struct ircchannel *ch, uint64_t now_ms);

/* True while n lines fit ten a minute. */
MUST_USE bool ircchannel_may_say(struct ircchannel *ch, size_t n,
    uint64_t now_ms);

#endif
