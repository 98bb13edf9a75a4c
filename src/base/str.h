/*
 * str.h - a view of some bytes, owned by somebody else.
 *
 * A struct str is passed by value and never freed.  It need not end in NUL
 * and may hold any byte.  Letters mean ASCII letters here; what knows
 * Unicode is in utf8.h.
 */
#ifndef IOPGUIDE_BASE_STR_H
#define IOPGUIDE_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* All zeroes is the empty view. */
struct str {
	const char *p;
	size_t len;
};

#define STR(literal) ((struct str) { (literal), sizeof(literal) - 1 })
#define STR_NONE ((size_t)-1)

/* For printf: "%.*s" takes STR_ARG(s). */
#define STR_ARG(s) (int)(s).len, ((s).len > 0 ? (s).p : "")

static inline struct str
str_of(const char *p, size_t len)
{
	return (struct str) { p, len };
}

/* Of a C string; NULL gives the empty view. */
static inline struct str
str_c(const char *s)
{
	return (struct str) { s, s == NULL ? 0 : strlen(s) };
}

static inline bool
str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

static inline bool
str_is(struct str a, const char *b)
{
	return str_eq(a, str_c(b));
}

static inline bool
str_starts(struct str s, struct str head)
{
	return s.len >= head.len && str_eq(str_of(s.p, head.len), head);
}

static inline bool
str_ends(struct str s, struct str tail)
{
	return s.len >= tail.len &&
	    str_eq(str_of(s.p + (s.len - tail.len), tail.len), tail);
}

/* From `from` up to but not including `to`; both are cut to the length. */
static inline struct str
str_sub(struct str s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from > to)
		from = to;
	return (struct str) { s.p == NULL ? NULL : s.p + from, to - from };
}

static inline bool
str_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* By bytes, as memcmp, the shorter first. */
int str_cmp(struct str a, struct str b);
int str_casecmp(struct str a, struct str b);

/* Without the blanks on both sides. */
struct str str_trim(struct str s);

/* Where needle stands in s at or after from, or STR_NONE. */
size_t str_find(struct str s, struct str needle, size_t from);
size_t str_find_char(struct str s, char c, size_t from);

/*
 * Cuts the part before the next sep off *rest and returns it; false when
 * nothing is left (rest->p is NULL then).  "a,,b" gives "a", "", "b".
 */
bool str_split(struct str *rest, char sep, struct str *part);

/* The next run of non-blanks; false when there is none. */
bool str_word(struct str *rest, struct str *word);

/* A hash of the bytes, the same in every run. */
uint64_t str_hash(struct str s);

#endif
