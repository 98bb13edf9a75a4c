#include "base/str.h"

#include <strings.h>

int
str_cmp(struct str a, struct str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n == 0 ? 0 : memcmp(a.p, b.p, n);

	if (c != 0)
		return c;
	return (a.len > b.len) - (a.len < b.len);
}

int
str_casecmp(struct str a, struct str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n == 0 ? 0 : strncasecmp(a.p, b.p, n);

	if (c != 0)
		return c;
	return (a.len > b.len) - (a.len < b.len);
}

struct str
str_trim(struct str s)
{
	while (s.len > 0 && str_blank(s.p[0])) {
		s.p++;
		s.len--;
	}
	while (s.len > 0 && str_blank(s.p[s.len - 1]))
		s.len--;
	return s;
}

size_t
str_find(struct str s, struct str needle, size_t from)
{
	const char *at;

	if (from > s.len || needle.len > s.len - from)
		return STR_NONE;
	if (needle.len == 0)
		return from;
	at = memmem(s.p + from, s.len - from, needle.p, needle.len);
	return at == NULL ? STR_NONE : (size_t)(at - s.p);
}

size_t
str_find_char(struct str s, char c, size_t from)
{
	const char *at;

	if (from >= s.len)
		return STR_NONE;
	at = memchr(s.p + from, c, s.len - from);
	return at == NULL ? STR_NONE : (size_t)(at - s.p);
}

bool
str_split(struct str *rest, char sep, struct str *part)
{
	size_t at;

	if (rest->p == NULL)
		return false;
	at = str_find_char(*rest, sep, 0);
	if (at == STR_NONE) {
		*part = *rest;
		*rest = (struct str) { 0 };
		return true;
	}
	*part = str_sub(*rest, 0, at);
	*rest = str_sub(*rest, at + 1, rest->len);
	return true;
}

bool
str_word(struct str *rest, struct str *word)
{
	size_t from = 0, to;

	while (from < rest->len && str_blank(rest->p[from]))
		from++;
	to = from;
	while (to < rest->len && !str_blank(rest->p[to]))
		to++;
	*word = str_sub(*rest, from, to);
	*rest = str_sub(*rest, to, rest->len);
	return word->len > 0;
}

/* The last 1 to 7 bytes as a number, without a loop. */
static inline uint64_t
tail_of(const char *p, size_t n)
{
	uint32_t head, end;

	if (n >= 4) {
		memcpy(&head, p, 4);
		memcpy(&end, p + n - 4, 4);
		return head | (uint64_t)end << 32;
	}
	return (uint64_t)(unsigned char)p[0] |
	    (uint64_t)(unsigned char)p[n / 2] << 8 |
	    (uint64_t)(unsigned char)p[n - 1] << 16;
}

/* Eight bytes at a time, with a final mix for the low bits. */
uint64_t
str_hash(struct str s)
{
	const uint64_t prime = UINT64_C(0x9fb21c651e98df25);
	uint64_t h = UINT64_C(0xcbf29ce484222325) ^ s.len, w;
	size_t i = 0;

	for (; i + 8 <= s.len; i += 8) {
		memcpy(&w, s.p + i, 8);
		h = (h ^ w) * prime;
		h ^= h >> 29;
	}
	if (i < s.len)
		h = (h ^ tail_of(s.p + i, s.len - i)) * prime;
	h ^= h >> 32;
	h *= prime;
	return h ^ (h >> 29);
}
