#include "base/utf8.h"

#include <stdlib.h>

#include <utf8proc.h>

uint32_t
utf8_next(struct str *rest)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	if ((unsigned char)rest->p[0] < 0x80) {
		c = (unsigned char)rest->p[0];
		n = 1;
	} else {
		n = utf8proc_iterate((const utf8proc_uint8_t *)rest->p,
		    (utf8proc_ssize_t)rest->len, &c);
	}
	if (n <= 0) {
		c = (utf8proc_int32_t)UTF8_BAD;
		n = 1;
	}
	rest->p += n;
	rest->len -= (size_t)n;
	return (uint32_t)c;
}

void
utf8_put(struct buf *out, uint32_t c)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n;

	n = utf8proc_encode_char((utf8proc_int32_t)c, bytes);
	buf_add(out, str_of((const char *)bytes, n > 0 ? (size_t)n : 0));
}

bool
utf8_is_ascii(struct str s)
{
	unsigned char seen = 0;

	for (size_t i = 0; i < s.len; i++)
		seen |= (unsigned char)s.p[i];
	return seen < 0x80;
}

bool
utf8_is_valid(struct str s)
{
	if (utf8_is_ascii(s))
		return true;
	while (s.len > 0) {
		size_t before = s.len;

		if (utf8_next(&s) == UTF8_BAD && before - s.len == 1)
			return false;
	}
	return true;
}

bool
utf8_is_word(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || c == '_';
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return true;
	default:
		return false;
	}
}

bool
utf8_is_mark(uint32_t c)
{
	switch (c) {
	case 0x0F73: case 0x0F75: case 0x0F81: /* become marks when folded */
	case 0xFF9E: case 0xFF9F:
		return true;
	default:
		return c >= 0x300 && utf8proc_get_property(
		    (utf8proc_int32_t)c)->combining_class != 0;
	}
}

bool
utf8_is_ignored(uint32_t c)
{
	return c >= 0x80 &&
	    utf8proc_get_property((utf8proc_int32_t)c)->ignorable;
}

bool
utf8_is_alnum(uint32_t c)
{
	utf8proc_category_t cat;

	if (c < 0x80)
		return utf8_is_word(c) && c != '_';
	cat = utf8proc_category((utf8proc_int32_t)c);
	return (cat >= UTF8PROC_CATEGORY_LU && cat <= UTF8PROC_CATEGORY_LO) ||
	    (cat >= UTF8PROC_CATEGORY_ND && cat <= UTF8PROC_CATEGORY_NO);
}

bool
utf8_is_space(uint32_t c)
{
	utf8proc_category_t cat;

	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	cat = utf8proc_category((utf8proc_int32_t)c);
	return c == 0x85 || c == 0x180e ||
	    (cat >= UTF8PROC_CATEGORY_ZS && cat <= UTF8PROC_CATEGORY_ZP);
}

uint32_t
utf8_lower_char(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

uint32_t
utf8_upper_char(uint32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z' ? c - 32 : c;
	return (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
}

static void
map_chars(struct str s, uint32_t (*map)(uint32_t), struct buf *out)
{
	while (s.len > 0)
		utf8_put(out, map(utf8_next(&s)));
}

void
utf8_lower(struct str s, struct buf *out)
{
	char *to;

	if (!utf8_is_ascii(s)) {
		map_chars(s, utf8_lower_char, out);
		return;
	}
	to = buf_room(out, s.len);
	if (to == NULL)
		return;
	for (size_t i = 0; i < s.len; i++)
		to[i] = (char)utf8_lower_char((unsigned char)s.p[i]);
	out->len += s.len;
}

void
utf8_upper(struct str s, struct buf *out)
{
	map_chars(s, utf8_upper_char, out);
}

size_t
utf8_fit(struct str s, size_t max)
{
	size_t n = s.len < max ? s.len : max;

	if (n == s.len)
		return n;
	/* Back to the start of the character that would be cut. */
	while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	return n;
}

bool
utf8_fold(struct str s, struct buf *out)
{
	utf8proc_uint8_t *folded;
	utf8proc_ssize_t n;

	if (utf8_is_ascii(s)) {
		utf8_lower(s, out);
		return !out->failed;
	}
	n = utf8proc_map((const utf8proc_uint8_t *)s.p,
	    (utf8proc_ssize_t)s.len, &folded, UTF8PROC_STABLE |
	    UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
	    UTF8PROC_IGNORE);
	if (n < 0)
		return false;
	buf_add(out, str_of((const char *)folded, (size_t)n));
	free(folded);
	return !out->failed;
}
