/*
 * irclogin.h - from an open connection to 001: capabilities, SASL, a nick.
 *
 * libircclient knows neither CAP nor SASL and takes nick and real name as
 * printf formats, so registration is ours.  Pure: lines come in, lines go out
 * into a buffer, and a word why it failed.
 */
#ifndef IOPGUIDE_NET_IRCLOGIN_H
#define IOPGUIDE_NET_IRCLOGIN_H

#include <stdbool.h>

#include "base/buf.h"
#include "net/ircconf.h"
#include "net/ircline.h"

enum irclogin_result {
	IRCLOGIN_GOING,
	IRCLOGIN_DONE,    /* the line was 001 */
	IRCLOGIN_FAILED,  /* try again soon */
	IRCLOGIN_REFUSED, /* by decision: try again after a long time */
};

/* All zeroes is a valid start. */
struct irclogin {
	const struct ircconf *conf; /* borrowed */
	unsigned caps;      /* bits of the table in irclogin.c: offered */
	bool sasl_offered;
	bool sasl_named;    /* the offer lists mechanisms ... */
	bool sasl_fits;     /* ... and ours is one of them */
	bool ended;         /* CAP END is out */
	bool asked;         /* AUTHENTICATE MECHANISM is out */
	bool answered;      /* what it asked for, too */
	bool logged_in;
	unsigned nicks;     /* tried so far */
	char why[160];      /* after FAILED or REFUSED, without secrets */
};

/* The first lines.  What is added to out ends in CRLF. */
void irclogin_start(struct irclogin *g, const struct ircconf *conf,
    struct buf *out);

enum irclogin_result irclogin_take(struct irclogin *g,
    const struct ircline *l, struct buf *out);

/* True for words of a server that bans us, in ERROR or 465. */
bool irclogin_is_ban(struct str words);

#endif
