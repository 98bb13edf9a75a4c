/*
 * subs.h - substitutions (! sub, ! person) in one pass over a text.
 *
 * A key stands where no word character touches it on either side.  The pass
 * goes from left to right, takes the key of most words (then the longest)
 * at each place and never looks at what it has put in.
 */
#ifndef IOPGUIDE_RIVE_SUBS_H
#define IOPGUIDE_RIVE_SUBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/map.h"

struct subs_key;

/* All zeroes replaces nothing. */
struct subs {
	bool utf8;
	const struct subs_key *keys; /* by first token, best first */
	size_t n;
	struct map first; /* first token -> its keys */
	/* For each byte that a token may begin with: a bit for each length. */
	uint32_t lengths[256];
};

/* Builds it from a map of name -> struct ast_define; false without memory. */
MUST_USE bool subs_build(struct subs *s, const struct map *defines, bool utf8,
    struct arena *arena);

/*
 * Adds the text with its substitutions to out and tells what that has cost, in
 * units of work.h.  Where thousands of keys begin alike it gives up at some
 * place and adds the rest as it is.
 */
uint64_t subs_run(const struct subs *s, struct str text, struct buf *out);

#endif
