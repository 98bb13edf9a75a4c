/*
 * regex.h - compile and match patterns under limits.
 *
 * The only file that includes PCRE2.  A pattern is compiled for the JIT
 * unless it is told not to, or not yet, or the machine refuses (no writable
 * and executable memory); then the interpreter takes its place.  A match that
 * would cost too much stops with REGEX_LIMIT.
 */
#ifndef IOPGUIDE_BASE_REGEX_H
#define IOPGUIDE_BASE_REGEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

struct regex;

enum regex_flag {
	REGEX_UTF = 1,      /* text is UTF-8, classes are Unicode's */
	REGEX_CASELESS = 2,
	REGEX_WHOLE = 4,    /* the whole text must fit */
	REGEX_NO_JIT = 8,
	REGEX_PRIVATE = 16, /* it is overwritten when it is freed */
};

/* The compiled pattern, or NULL with what is wrong in *err. */
struct regex *regex_new(struct str pattern, unsigned flags, struct err *err);
void regex_free(struct regex *re); /* NULL is fine */

/* Compiles it for the JIT after all, which takes ten times what regex_new()
 * without it does. */
void regex_speed_up(struct regex *re);

/* Room for the result of a match, reused from match to match. */
struct regex_room;
struct regex_room *regex_room_new(void); /* NULL without memory */
void regex_room_free(struct regex_room *room);

enum regex_result { REGEX_NO, REGEX_YES, REGEX_LIMIT, REGEX_NO_MEMORY };

/* Looks for the pattern in the text at or after `from`. */
enum regex_result regex_match(const struct regex *re, struct regex_room *room,
    struct str text, size_t from);

/* What all matches in this room have cost so far, in about nanoseconds. */
uint64_t regex_cost(const struct regex_room *room);

/* Groups of the last match: 0 is all of it.  One that took no part, or does
 * not exist, has p NULL.  `text` is the one that was matched. */
struct str regex_group(const struct regex_room *room, struct str text,
    size_t i);

/* How many groups the pattern has, apart from 0. */
size_t regex_n_groups(const struct regex *re);

/* Does this machine let the JIT compile? */
bool regex_jit_works(void);

#endif
