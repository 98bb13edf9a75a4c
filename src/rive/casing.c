#include "rive/casing.h"

#include "base/utf8.h"

void
casing_upper(struct str s, struct buf *out)
{
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
		uint32_t c = utf8_next(&s);

		if (c < 0x80 && str_blank((char)c)) {
			start = start || ended;
			utf8_put(out, c);
			continue;
		}
		utf8_put(out, start ? utf8_upper_char(c) : c);
		start = false;
		ended = ends_sentence(c);
	}
}
