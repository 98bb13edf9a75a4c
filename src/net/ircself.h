/*
 * ircself.h - what a server told us about itself and about us: our nick and
 * how others see our lines, and the limits and habits it announced (005).
 */
#ifndef IOPGUIDE_NET_IRCSELF_H
#define IOPGUIDE_NET_IRCSELF_H

#include <stdbool.h>
#include <stddef.h>

#include "net/ircline.h"

#define IRCSELF_NAME_MAX 64 /* bytes of a nick that we can have */

enum ircself_casemap { CASEMAP_RFC1459, CASEMAP_STRICT, CASEMAP_ASCII };

struct ircself {
	char nick[IRCSELF_NAME_MAX + 1];
	size_t user_len;   /* of our user@host as others see it; 0: unknown */
	size_t host_len;
	size_t nick_max;   /* NICKLEN, USERLEN, HOSTLEN */
	size_t user_max;
	size_t host_max;
	size_t targets;    /* of one PRIVMSG or NOTICE */
	char bot_mode;     /* the user mode of bots; 0: none */
	bool penalty;      /* PENALTY: lines cost by their length */
	char channel_types[16];
	char status[16];   /* STATUSMSG: @#channel is a channel too */
	enum ircself_casemap casemap;
};

void ircself_init(struct ircself *me);

/* Learns from a line that the server sent; most tell nothing. */
void ircself_take(struct ircself *me, const struct ircline *l);

bool ircself_same(const struct ircself *me, struct str a, struct str b);
bool ircself_is_me(const struct ircself *me, struct str nick);
bool ircself_is_channel(const struct ircself *me, struct str target);

/* The name in the small letters of this network; cut to size. */
void ircself_fold(const struct ircself *me, struct str name, char *out,
    size_t size);

/* Bytes of text that reach others in one PRIVMSG or NOTICE. */
size_t ircself_budget(const struct ircself *me, struct str target);

#endif
