#include "rive/casing.h"

#include "base/utf8.h"

void
casing_upper(struct str s, struct buf *out)
{
	static const char sharp_s[] = "\xC3\x9F";
	size_t at;

	/* The one letter whose capital is two. */
	while ((at = str_find(s, str_c(sharp_s), 0)) != STR_NONE) {
		utf8_upper(str_sub(s, 0, at), out);
		buf_add(out, STR("SS"));
		s = str_sub(s, at + 2, s.len);
	}
	utf8_upper(s, out);
}

void
casing_lower(struct str s, struct buf *out)
{
	utf8_lower(s, out);
}

void
casing_formal(struct str s, struct buf *out)
{
	bool start = true, blank = false;

	while (s.len > 0) {
		uint32_t c = utf8_next(&s);

		if (c < 0x80 && str_blank((char)c)) {
			if (!blank)
				buf_addc(out, ' ');
			blank = start = true;
			continue;
		}
		utf8_put(out, start ? utf8_upper_char(c) : c);
		blank = start = false;
	}
}

/* Does the word at the start of s have a capital? */
static bool
has_capital(struct str s)
{
	while (s.len > 0 && !str_blank(s.p[0])) {
		uint32_t c = utf8_next(&s);

		if (utf8_lower_char(c) != c)
			return true;
	}
	return false;
}

static bool
ends_sentence(uint32_t c)
{
	return c == '.' || c == '!' || c == '?';
}

void
casing_sentence(struct str s, struct buf *out)
{
	bool start = true, ended = false;

	while (s.len > 0) {
		uint32_t c;

		if (str_blank(s.p[0])) {
			start = start || ended;
			buf_addc(out, s.p[0]);
			s = str_sub(s, 1, s.len);
			continue;
		}
		start = start && !(ended && has_capital(s));
		c = utf8_next(&s);
		utf8_put(out, start ? utf8_upper_char(c) : c);
		start = false;
		ended = ends_sentence(c);
	}
}
