/*
 * irclink.h - bytes to and from one server: names looked up, every address
 * tried, TLS that verifies, lines taken apart.
 *
 * Everything waits on the loop, nothing blocks: libircclient's own connect
 * stands still for ten seconds and more on a silent name server, has no
 * time-out, tells no cause when it fails, and as Debian builds it no TLS (what
 * there is of it checks nobody).  Certificates are read once, by irclink_new().
 */
#ifndef IOPGUIDE_NET_IRCLINK_H
#define IOPGUIDE_NET_IRCLINK_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "net/ircconf.h"

struct loop;
struct irclink;

struct irclink_on {
	void (*open)(void *arg);
	/* One line without its end.  It may close the link. */
	void (*line)(void *arg, struct str line);
	/* After a connection or an attempt failed; why is for the log. */
	void (*closed)(void *arg, const char *why);
};

/* NULL with a word in err. */
struct irclink *irclink_new(struct loop *loop, const struct ircconf *conf,
    const struct irclink_on *on, void *arg, struct err *err);
void irclink_free(struct irclink *l);

/* Connects; open or closed is called later, never inside. */
void irclink_open(struct irclink *l, const struct ircconf_server *to);

/* Ends what is under way, without a word to anybody. */
void irclink_close(struct irclink *l);

/* Ends it when what was written is out, at most a moment later. */
void irclink_finish(struct irclink *l);

bool irclink_is_closed(const struct irclink *l);

/* Takes no lines for a while. */
void irclink_pause(struct irclink *l, bool pause);

/* False when the server does not read what we send (the link is to be
 * closed), or without memory. */
bool irclink_write(struct irclink *l, struct str bytes);

#endif
