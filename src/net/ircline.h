/*
 * ircline.h - one line of IRC: read, checked, cut to size.
 *
 * Pure: views go in, views come out, nothing is allocated or kept.  A server
 * may be hostile, so a line is either well formed or refused, and only what
 * libircclient survives (see ircline_is_safe()) may reach it.
 */
#ifndef IOPGUIDE_NET_IRCLINE_H
#define IOPGUIDE_NET_IRCLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/str.h"

#define IRCLINE_MAX 510   /* bytes of a line without tags and line end */
#define IRCLINE_TAGS 8191 /* bytes of tags, `@` and space included */
#define IRCLINE_PARAMS 15

/* All views borrow the raw line. */
struct ircline {
	struct str time;    /* tag `time`; empty: none */
	struct str account; /* tag `account`: who the sender is logged in as */
	struct str batch;   /* tag `batch`: the batch this line is part of */
	bool bot;           /* the sender says that it is a bot */
	struct str prefix;  /* "nick!user@host" or a server; empty: none */
	struct str command;
	unsigned numeric;   /* 1 to 999; 0: the command is a word */
	struct str params[IRCLINE_PARAMS];
	size_t n;
};

/* False when the line is empty, holds NUL or CR, or is no IRC; a line beyond
 * IRCLINE_MAX is cut at a character, as servers do. */
MUST_USE bool ircline_parse(struct str raw, struct ircline *l);

/* The parameter, or an empty view where the line has no such one. */
struct str ircline_param(const struct ircline *l, size_t i);

/* Commands are the same in any case. */
bool ircline_is(const struct ircline *l, const char *command);

/* True when libircclient can be shown this line. */
bool ircline_is_safe(const struct ircline *l);

/* Writes the line anew, without tags, with CRLF; `out` has room for any.
 * Returns the length. */
#define IRCLINE_OUT (IRCLINE_MAX + 4) /* one `:` more, CRLF, NUL */
size_t ircline_write(const struct ircline *l, char out[IRCLINE_OUT]);

/* The part of a prefix before `!` (or all of it). */
struct str ircline_nick(struct str prefix);

/* A `time` tag as milliseconds since 1970; false when it is none. */
bool ircline_time(struct str tag, int64_t *ms);

/* True for \001VERB args\001 (the last \001 may be missing). */
bool ircline_ctcp(struct str text, struct str *verb, struct str *args);

/* Adds the text without colours and other formatting. */
void ircline_plain(struct str text, struct buf *out);

/*
 * Cuts the next piece of at most `budget` bytes off *rest: at a space where
 * there is one, else between characters, never inside a colour code.  False
 * when nothing is left.  Blanks around a piece are dropped.
 */
bool ircline_piece(struct str *rest, size_t budget, struct str *piece);

/* A word without anything that ends a parameter or a line: fit to be sent
 * as a nick, a channel, a key or an account. */
bool ircline_is_word(struct str s);

#endif
