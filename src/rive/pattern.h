/*
 * pattern.h - one trigger, read: as a tree of words for the index, and as a
 * PCRE2 pattern for everything else.
 *
 * Reading resolves arrays and what is fixed at load.  A trigger is of whole
 * words when each of its wildcards, alternatives and optionals stands between
 * blanks; then, for a text of single blanks and word characters, matching the
 * tree word by word is the same as matching the pattern (rivescript.md's
 * 1.5: wildcards in optionals do not capture, ( ) do, * is one word or more,
 * _ a word without digits, # a word of digits, [..] may be absent).
 */
#ifndef IOPGUIDE_RIVE_PATTERN_H
#define IOPGUIDE_RIVE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum pat_type {
	PAT_WORD,  /* a literal word */
	PAT_STAR,  /* one word or more */
	PAT_UNDER, /* one word without digits */
	PAT_NUM,   /* one word of digits */
	PAT_ANY,   /* no word or more: a lone `*` trigger, or [*] */
	PAT_ALT,   /* one of `n` sequences */
	PAT_OPT,   /* one of `n` sequences, or nothing */
};

struct pat_seq;

struct pat_item {
	enum pat_type type;
	bool capture;              /* makes a star */
	struct str word;           /* PAT_WORD */
	const struct pat_seq *alt; /* PAT_ALT, PAT_OPT */
	uint32_t n;                /* sequences in alt */
};

struct pat_seq {
	const struct pat_item *items;
	uint32_t n; /* 0: the empty sequence */
};

struct pattern {
	struct str text;     /* as written, arrays and all */
	bool atomic;         /* no wildcard: plain equality with `text` */
	bool word_level;     /* seq is valid */
	bool has_optional;   /* equal to the regex only for word-character texts */
	bool dynamic;        /* <get>, <input>, <reply>, <bot>, <env>: the regex
	                      * must be made for each message */
	struct pat_seq seq;
	uint32_t n_stars;    /* captures */
};

#endif
