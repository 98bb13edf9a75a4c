#include "guide/spoken.h"

#include <string.h>

#include "base/utf8.h"

/* Signs that join a word: ' and its looks in print. */
static bool
is_apostrophe(uint32_t c)
{
	return c == '\'' || c == '`' || c == 0xB4 || c == 0x2BC ||
	    c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2032;
}

/* Changes the look of what stands before it, and means nothing itself. */
static bool
is_modifier(uint32_t c)
{
	return c == 0xFE0F || c == 0xFE0E || c == 0x200D ||
	    (c >= 0x1F3FB && c <= 0x1F3FF);
}

static bool
is_punctuation(uint32_t c)
{
	return c < 0xC0 || c == UTF8_BAD || (c >= 0x2000 && c <= 0x206F) ||
	    (c >= 0x3000 && c <= 0x303F);
}

/* Adds bytes to the text; what does not fit is dropped whole. */
static struct str
put(struct spoken *w, struct str s)
{
	char *at = w->text + w->len;

	if (s.len == 0 || s.len > sizeof w->text - w->len)
		return str_of(at, 0);
	memcpy(at, s.p, s.len);
	w->len += s.len;
	return str_of(at, s.len);
}

/* Copies a word with each run of three or more of a letter cut to `keep`. */
static struct str
put_short(struct spoken *w, struct str s, size_t keep)
{
	struct str all = put(w, s);
	char *p = w->text + w->len - all.len;
	size_t n = 0;

	for (size_t i = 0, run; i < all.len; i += run) {
		for (run = 1; i + run < all.len && p[i + run] == p[i];)
			run++;
		if (run >= 3 && p[i] >= 'a' && p[i] <= 'z') {
			memset(p + n, p[i], keep);
			n += keep;
		} else {
			memmove(p + n, p + i, run);
			n += run;
		}
	}
	w->len -= all.len - n;
	return str_of(p, n);
}

static bool
is_stretched(struct str s)
{
	for (size_t i = 2; i < s.len; i++) {
		if (s.p[i] == s.p[i - 1] && s.p[i] == s.p[i - 2] &&
		    s.p[i] >= 'a' && s.p[i] <= 'z')
			return true;
	}
	return false;
}

static void
end_word(struct spoken *w, struct str raw, bool symbol)
{
	struct word *word;

	if (raw.len == 0 || w->n == SPOKEN_MAX)
		return;
	word = &w->at[w->n];
	word->symbol = symbol;
	if (is_stretched(raw)) {
		word->one = put_short(w, raw, 1);
		word->two = put_short(w, raw, 2);
	} else {
		word->one = word->two = put(w, raw);
	}
	if (word->one.len > 0)
		w->n++;
}

/* The word under way, in small letters. */
struct part {
	char p[64];
	size_t len;
};

/* utf8_put() would allocate; a word under way must not. */
static size_t
encode(uint32_t c, char *out)
{
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };

	for (size_t i = n; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3F));
	out[0] = (char)(lead[n] | c);
	return n;
}

static void
part_add(struct part *part, uint32_t c)
{
	char bytes[4];
	size_t n = encode(c, bytes);

	if (n > sizeof part->p - part->len)
		return;
	memcpy(part->p + part->len, bytes, n);
	part->len += n;
}

static void
part_end(struct spoken *w, struct part *part, bool symbol)
{
	end_word(w, str_of(part->p, part->len), symbol);
	part->len = 0;
}

void
spoken_read(struct spoken *w, struct str text)
{
	struct part part = { .len = 0 };

	w->n = 0;
	w->len = 0;
	w->question = false;
	while (text.len > 0) {
		uint32_t c = utf8_lower_char(utf8_next(&text));

		if (is_apostrophe(c) || is_modifier(c))
			continue;
		w->question = w->question || c == '?';
		if (c != '_' && utf8_is_word(c)) {
			part_add(&part, c);
			continue;
		}
		part_end(w, &part, false);
		if (!is_punctuation(c)) {
			part_add(&part, c);
			part_end(w, &part, true);
		}
	}
	part_end(w, &part, false);
	explicit_bzero(&part, sizeof part);
}

void
spoken_wipe(struct spoken *w)
{
	explicit_bzero(w, sizeof *w);
}

size_t
spoken_match(const struct spoken *w, size_t from, struct str phrase)
{
	struct str word;
	size_t n = 0;

	while (str_word(&phrase, &word)) {
		if (from + n >= w->n)
			return 0;
		if (!str_eq(w->at[from + n].one, word) &&
		    !str_eq(w->at[from + n].two, word))
			return 0;
		n++;
	}
	return n;
}

struct str
spoken_join(const struct spoken *w, char *out, size_t size)
{
	size_t len = 0;

	for (size_t i = 0; i < w->n; i++) {
		struct str s = w->at[i].one;

		if (s.len + 1 > size - len)
			break;
		if (len > 0)
			out[len++] = ' ';
		memcpy(out + len, s.p, s.len);
		len += s.len;
	}
	return str_of(out, len);
}
