/*
 * pattern.h - one trigger, read: as a tree of words for the index, and as a
 * PCRE2 pattern for everything else.
 *
 * Reading puts in arrays and cuts {weight=N}.  A trigger is of whole words
 * (word_level) when each of its wildcards and groups stands between blanks.
 * The rules of a match (rivescript.md's names in brackets):
 *
 *  - items of a sequence are parted by exactly one blank [ ];
 *  - STAR is one word or more, as few as possible; UNDER is one word without
 *    0-9; NUM is one word of 0-9 only; a WORD is compared without case;
 *  - a lone `*` trigger is one ANY with capture: any text, the empty one too;
 *  - ALT and OPT try their sequences in order, OPT tries none of them last;
 *    the item ANY without capture is `[*]`, that is OPT of one STAR;
 *  - OPT (and `[*]`) eats the blanks around it: on both of its sides stands a
 *    gap, which is blanks or else a word boundary (\b: a word character on
 *    exactly one side); an absent OPT is one gap.  So `a [b] c` fits "a c",
 *    "a b c" and "a-c", and `[a]` does not fit the empty text.  For a text
 *    of word characters and single blanks a gap is a blank or an end.
 *
 * Stars are numbered by their opening in the trigger; one that took no part
 * is "undefined".  Nothing inside OPT captures but ( ).
 */
#ifndef IOPGUIDE_RIVE_PATTERN_H
#define IOPGUIDE_RIVE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"

struct ast_array;

enum pat_type {
	PAT_WORD,  /* a literal word, in small letters */
	PAT_STAR,  /* one word or more */
	PAT_UNDER, /* one word without digits */
	PAT_NUM,   /* one word of digits */
	PAT_ANY,   /* no word or more: a lone `*` trigger, or [*] */
	PAT_ALT,   /* one of `n` sequences */
	PAT_OPT,   /* one of `n` sequences, or nothing */
};

struct pat_seq;

struct pat_item {
	uint8_t type;  /* enum pat_type */
	bool capture;  /* makes a star */
	uint16_t star; /* its number from 0, if capture */
	uint32_t n;    /* sequences in alt */
	union {
		struct str word;           /* PAT_WORD */
		const struct pat_seq *alt; /* PAT_ALT, PAT_OPT */
	};
};

struct pat_seq {
	const struct pat_item *items;
	uint32_t n; /* 0: the empty sequence */
};

enum pat_kind {
	PATTERN_ATOMIC,  /* no wildcard: plain equality with `text`, exact case */
	PATTERN_WORDS,   /* whole words: seq is valid, the regex is equal to it */
	PATTERN_KEYWORD, /* ? word: `text` stands anywhere; one star: all of it */
	PATTERN_REGEX,   /* only the regex can tell */
	PATTERN_DYNAMIC, /* <get>, <input>, <reply>, <bot>: the regex must be
	                  * made for each message */
	PATTERN_NEVER,   /* broken: matches nothing */
};

struct pattern {
	uint8_t kind;      /* enum pat_kind */
	bool has_optional; /* there are gaps */
	uint16_t n_stars;  /* captures */
	struct str text;   /* without weight and needless blanks */
	struct pat_seq seq;
};

/* What a trigger may refer to. */
struct pat_env {
	bool utf8;
	const struct map *arrays; /* name -> struct ast_array */
	struct map alts; /* of pattern_read: arrays that were put in already;
	                  * it lives in the same arena as the patterns */
};

/* Adds a part of a dynamic pattern to out, such as the value of <get name>:
 * kind is "get", name is "name".  It is literal text, never a pattern. */
typedef void (*pat_value_fn)(void *ctx, struct str kind, struct str name,
    struct buf *out);

/*
 * Reads a trigger into *p; what it needs to keep goes to the arena, what it
 * only needs on the way to scratch (which the caller resets).  False without
 * memory.  A broken trigger gives PATTERN_NEVER and *why.
 */
MUST_USE bool pattern_read(struct pattern *p, struct str trigger,
    struct pat_env *env, struct arena *arena, struct arena *scratch,
    const char **why);

/*
 * Writes the PCRE2 pattern of a trigger, without anchors.  values may be NULL
 * where the pattern is not dynamic.
 */
struct pat_values {
	pat_value_fn value;
	void *ctx;
};
MUST_USE bool pattern_regex(struct str trigger, const struct pat_env *env,
    struct arena *scratch, const struct pat_values *values, struct buf *out);

#endif
