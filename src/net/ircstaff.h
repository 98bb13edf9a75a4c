/*
 * ircstaff.h - the staff of a network's channels, asked to look in on somebody
 * who may be in danger.
 *
 * Told are hidden channels (+s or +i) at once, and nicks once the server says
 * that they are logged in to the account of the same name: whoever else took
 * the nick learns nothing.  Off unless the configuration names them.
 */
#ifndef IOPGUIDE_NET_IRCSTAFF_H
#define IOPGUIDE_NET_IRCSTAFF_H

#include <stdbool.h>
#include <stdint.h>

#include "net/ircchannels.h"
#include "net/ircgate.h"

#define IRCSTAFF_CALLS 64 /* people remembered */
#define IRCSTAFF_NAME 80

/* One person that staff were asked to look in on. */
struct ircstaff_call {
	char nick[IRCSTAFF_NAME + 1]; /* "": free */
	char channel[IRCSTAFF_NAME + 1];
	uint64_t since_ms;
	unsigned told;  /* a bit for each of conf->alert */
	bool knows;     /* the person was told so */
};

struct ircstaff {
	const struct ircconf *conf; /* these are borrowed */
	const struct ircchannels *channels;
	struct ircgate *gate;
	struct ircstaff_call calls[IRCSTAFF_CALLS];
};

/* Asks staff about a nick in a channel; once in half an hour for each.  True
 * when some were asked at once, and the person is to be told so; of those
 * that are asked later the person hears from here. */
bool ircstaff_ask(struct ircstaff *s, struct str nick, struct str channel,
    uint64_t now_ms);

/* Learns who is logged in. */
void ircstaff_take(struct ircstaff *s, const struct ircgate_event *e,
    uint64_t now_ms);

void ircstaff_rename(struct ircstaff *s, struct str from, struct str to);
void ircstaff_forget(struct ircstaff *s, struct str nick);

/* Wipes all: who has which nick is not known any more. */
void ircstaff_clear(struct ircstaff *s);

/* What the person is told, one line. */
extern const char ircstaff_words[];

#endif
