/*
 * ircnet.h - one network of the front: its gate, channels and people, and
 * the path of a message through them.
 */
#ifndef IOPGUIDE_NET_IRCNET_H
#define IOPGUIDE_NET_IRCNET_H

#include "base/rate.h"
#include "guide/talk.h"
#include "net/ircchannels.h"
#include "net/ircgate.h"
#include "net/ircpeople.h"
#include "net/ircstaff.h"

struct ircnet {
	const struct ircconf *conf; /* borrowed */
	struct guide *guide;        /* borrowed */
	struct ircgate *gate;
	struct ircchannels channels;
	struct ircpeople people;
	struct ircstaff staff;
	struct rate ctcp;
	struct talk_answer answer;  /* of the message under way */
	struct buf cut;             /* room for lines to send */
	struct buf plain;           /* the message without formatting */
};

/* A person said something, to us or where we are. */
void ircnet_hear(struct ircnet *net, const struct ircgate_event *e,
    uint64_t now_ms);

/* What is due without a line, for everybody; ends sessions long silent. */
void ircnet_tick(struct ircnet *net, uint64_t idle_ms, uint64_t now_ms);

#endif
