/*
 * risk.h - does a message speak of harm?  The screen that stands before all.
 *
 * The rules are triggers of a brain, in topics risk_CATEGORY; what must stay
 * quiet is shielded first, span by span, by the topics shield_NAME and the
 * array risk_idioms.  A rule's reply says how grave it is and whose harm it
 * is: <set level=...><set who=...>, and which kind of answer fits:
 * <set kind=...>, <set lang=...>.  Topic kinds adds what a person said of
 * themselves to a hit, and a hit inside a span of topic soft (a laugh about a
 * trifle) is a concern.  Shipped rules and a folder's rules are two struct
 * risk_rules of two brains, each with its own shields: what a folder holds
 * reaches only its own rules.
 */
#ifndef IOPGUIDE_GUIDE_RISK_H
#define IOPGUIDE_GUIDE_RISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "guide/clean.h"
#include "guide/harm.h"
#include "guide/lexicon.h"
#include "guide/speller.h"
#include "rive/brain.h"

#define RISK_KIND_MAX 24

/* What a hit says.  level is RISK_NONE where nothing was found. */
struct risk_hit {
	enum risk_level level;
	enum risk_category category;
	enum risk_who who;
	bool of_speaker;          /* the rule itself names who speaks */
	char kind[RISK_KIND_MAX]; /* "" where the rule names none */
	char about[RISK_KIND_MAX]; /* what they said of themselves, or "" */
	char lang[3];             /* ISO 639: the rule's language; "" English */
	struct loc at;            /* of the rule; file is NULL for the model */
	const char *by;           /* "rule", "model" or "limit" */
	char why[128];            /* what the model saw: see model.h */
};

/* One rule of a brain, read once at load. */
struct risk_rule {
	bool is_rule;
	struct risk_hit hit;
	unsigned order; /* lower is the better match among equals */
};

/* The rules of one brain.  Lives in the arena of whoever loads it. */
struct risk_rules {
	struct brain *brain; /* borrowed */
	struct risk_rule *rules; /* by trigger id */
	size_t n;
	bool any, any_shields, any_soft, any_kinds;
};

/*
 * Reads the rules out of a loaded brain and makes it ready.  Adds topics of
 * its own to the brain ("screen_risk", "screen_shields"), so call it before
 * any reply.  Every rule without a level or with one we do not know is an
 * error with its place.
 */
MUST_USE bool risk_rules_read(struct risk_rules *r, struct brain *brain,
    struct arena *arena, struct errs *errs);

/* Does the rule that stands at this place fit the clean text, shields and all?
 * For lint and tests. */
bool risk_rule_fits(const struct risk_rules *r, const char *file,
    uint32_t line, struct str text);

/* What the screen needs besides a message. */
struct risk_screen {
	const struct risk_rules *shipped;
	const struct risk_rules *added; /* a folder's; NULL: none */
	const struct lexicon *lexicon;
	struct speller *speller; /* NULL: none installed */
	struct buf *room;        /* for the message under way; wiped after it */
	bool no_model;
};

/* What a screen says that could not finish: risk, by "limit". */
struct risk_hit risk_unfinished(void);

/*
 * What one reading of a message says: the gravest hit.  *shielded says that a
 * shield covered a part of it.  A limit or lack of memory counts as a hit.
 */
struct risk_hit risk_read(const struct risk_screen *s, struct str text,
    bool *shielded);

/*
 * All readings of one message, and of it joined to `before` (the same
 * person's last few messages as clean text, oldest first; may be empty).
 * *shielded as above, for the message as it stands.
 */
struct risk_hit risk_look(const struct risk_screen *s, const struct clean *c,
    struct str before, bool *shielded);

#endif
