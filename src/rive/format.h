/*
 * format.h - a message as it is matched: small letters, substitutions, no
 * punctuation, single blanks.
 */
#ifndef IOPGUIDE_RIVE_FORMAT_H
#define IOPGUIDE_RIVE_FORMAT_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/regex.h"
#include "base/str.h"
#include "rive/subs.h"

#define FORMAT_MAX 16384 /* bytes of a message that are read */

struct format {
	bool utf8;
	bool keep_case;
	const struct subs *subs;
	/* What UTF-8 mode drops; NULL: . , ! ? ; : */
	struct regex *punctuation;
	struct regex_room *room;
	struct buf a, b; /* on the way */
	uint64_t cost;   /* of all that was formatted, in units of work.h */
};

MUST_USE bool format_punctuation(struct format *f, const char *pattern,
    bool no_jit, struct err *err);

/* Adds the formatted message to out. */
void format_message(struct format *f, struct str message, struct buf *out);

/* The same for what the bot said, of which more symbols are dropped. */
void format_reply(struct format *f, struct str reply, struct buf *out);

/* A variable's value where a trigger names it: small letters, stripped. */
void format_value(struct format *f, struct str value, struct buf *out);

/* Overwrites what was on the way; the memory stays. */
void format_forget(struct format *f);

void format_clear(struct format *f);

#endif
