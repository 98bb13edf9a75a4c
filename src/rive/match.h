/*
 * match.h - does this trigger fit this text, and what are its stars?
 *
 * The reference: every pattern as a PCRE2 regex (or plain equality), one
 * trigger at a time.  The index gives the same answers for a whole list.
 */
#ifndef IOPGUIDE_RIVE_MATCH_H
#define IOPGUIDE_RIVE_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rive/ast.h"
#include "rive/pattern.h"

#define STARS_MAX 64

/* Views into the text; p is NULL where a group took no part. */
struct stars {
	size_t n;
	struct str at[STARS_MAX];
};

enum match { MATCH_NO, MATCH_YES, MATCH_LIMIT, MATCH_NO_MEMORY };

struct match_entry;
struct regex_room;

/* Compiled patterns: at most MATCH_CACHE_MAX, the least used goes first. */
#define MATCH_CACHE_MAX 5000

/* All zeroes but env, no_jit and n_triggers is ready for use. */
struct matcher {
	struct pat_env env;
	bool no_jit;
	size_t n_triggers;
	struct regex_room *room;
	struct match_entry *entries;
	uint32_t *where; /* 2 * id (+ 1: the % side) -> entry + 1 */
	uint32_t n_entries;
	uint32_t newest; /* a ring through the entries, by use */
	struct arena scratch;
	struct buf text; /* of the pattern at hand */
	uint64_t cost;   /* of what was compiled, in units of work.h */
	uint32_t asked;  /* how often a kept pattern was */
};

/* What all questions have cost so far. */
uint64_t matcher_cost(const struct matcher *m);

/* Does the trigger fit the formatted text?  `values` may be NULL: dynamic
 * triggers do not match then. */
enum match match_trigger(struct matcher *m, const struct brain_trigger *t,
    struct str text, const struct pat_values *values, struct stars *stars);

/* Does its `%` side fit the bot's formatted reply?  Case counts here. */
enum match match_previous(struct matcher *m, const struct brain_trigger *t,
    struct str reply, const struct pat_values *values, struct stars *stars);

/* Compiles the trigger's regex now, to find its mistakes early; the error
 * goes to *err. */
MUST_USE bool match_prepare(struct matcher *m, const struct brain_trigger *t,
    struct err *err);

/* Frees all it holds and forgets the triggers. */
void matcher_clear(struct matcher *m);

#endif
