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

#include "rive/ast.h"

#define STARS_MAX 64

/* Views into the text; p is NULL where a group took no part. */
struct stars {
	size_t n;
	struct str at[STARS_MAX];
};

enum match { MATCH_NO, MATCH_YES, MATCH_LIMIT, MATCH_NO_MEMORY };

struct match_cache; /* compiled patterns, at most 5,000 */

struct matcher {
	struct pat_env env;
	bool no_jit;
	bool case_sensitive;
	struct match_cache *cache;
	struct arena scratch;
	struct buf pattern; /* of the dynamic trigger at hand */
};

/* Where dynamic triggers get their parts from, for one message. */
struct match_values {
	pat_value_fn value;
	void *ctx;
};

/* Does the trigger fit the formatted text?  `values` may be NULL: dynamic
 * triggers do not match then. */
enum match match_trigger(struct matcher *m, const struct brain_trigger *t,
    struct str text, const struct match_values *values, struct stars *stars);

/* Does its `%` side fit the bot's formatted reply?  Case counts here. */
enum match match_previous(struct matcher *m, const struct brain_trigger *t,
    struct str reply, const struct match_values *values, struct stars *stars);

void matcher_clear(struct matcher *m);

#endif
