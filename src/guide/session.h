/*
 * session.h - what we keep of one talker, in memory only.
 *
 * One allocation with fixed fields and capped variables; session_free() and
 * session_forget() overwrite it.  Fronts hold it as an opaque thing: only
 * talk and its helpers look inside.
 */
#ifndef IOPGUIDE_GUIDE_SESSION_H
#define IOPGUIDE_GUIDE_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rate.h"
#include "base/rng.h"
#include "guide/clean.h"
#include "guide/pending.h"
#include "guide/risk.h"
#include "guide/selfcheck.h"
#include "rive/vars.h"

struct guide;
struct script;

#define SESSION_RECENT 4        /* lines kept for the joined reading ... */
#define SESSION_RECENT_LEN 240  /* ... and how much of each */
#define SESSION_FOREVER UINT32_MAX

/* A line a person said lately, cleaned, for the joined reading. */
struct session_recent {
	uint64_t at_ms;
	uint16_t len;
	char text[SESSION_RECENT_LEN];
};

/* What was said of harm in this session. */
struct session_care {
	uint32_t turns;       /* care stays in view for so many more answers */
	uint32_t blocks;      /* crisis blocks said so far, for their wording */
	uint32_t lines;       /* care lines said so far */
	bool said[RISK_N_CATEGORIES][RISK_IMMINENT + 1]; /* first blocks said */
	struct risk_hit last; /* the last hit, without its words */
	bool abuse;           /* a word of abuse fell: no follow-ups */
	enum risk_level most; /* the gravest so far */
};

/* A line that is still arriving: how much of it was read, and what was found. */
struct session_part {
	size_t done;
	struct risk_hit best;
};

struct session {
	struct vars *user; /* of the dialog brain */
	struct rng rng;
	struct rate rate;
	struct clean clean; /* room for the message under way */
	struct session_recent recent[SESSION_RECENT];
	unsigned n_recent;
	struct session_part part;
	struct session_care care;
	enum pending pending;
	uint64_t pending_at_ms;
	bool silence_said;  /* the one line after silence was said */
	char country[3];    /* "" until a person names one */
	uint64_t quiet_until_ms;
	struct selfcheck check;
	struct script *pinned; /* the generation of an open self-check; owned */
	uint64_t last_ms;   /* of the last line */
	uint64_t said_ms;   /* of the last answer */
	bool idle_warned;
	unsigned n_fallbacks;
	bool terminal;
};

/* NULL without memory.  now_ms is monotonic. */
struct session *session_new(struct guide *g, uint64_t now_ms);

/* Wipes; NULL is fine. */
void session_free(struct session *s);

/* Forgets all that was said; the session goes on as a new one.  The country
 * and the rate stay: neither tells what was said. */
void session_forget(struct session *s, uint64_t now_ms);

/* For fronts: a self-check is under way; words of harm were said. */
bool session_in_check(const struct session *s);
bool session_in_care(const struct session *s);

/* Keeps a line for the joined reading; forgets all of them. */
void session_remember(struct session *s, struct str text, uint64_t now_ms);
void session_drop_recent(struct session *s);

/* What was said in the last minute, oldest first, to out. */
void session_recent_text(const struct session *s, uint64_t now_ms,
    struct buf *out);

#endif
