#include "guide/clean.h"

#include <stdlib.h>

#include <utf8proc.h>

#include "base/utf8.h"

#define MARKS_MAX 16 /* upon one letter; Unicode's UAX 15 has the idea */

enum kind {
	KIND_BLANK, /* parts words */
	KIND_WORD,
	KIND_DROP,  /* an apostrophe: the word goes on */
	KIND_BREAK, /* ends a clause */
	KIND_DASH,  /* ends a clause between blanks, else parts words */
};

/* [ascii] = kind; what is not named is KIND_BLANK. */
static const unsigned char ascii_kind[128] = {
	['0'] = KIND_WORD, ['1'] = KIND_WORD, ['2'] = KIND_WORD,
	['3'] = KIND_WORD, ['4'] = KIND_WORD, ['5'] = KIND_WORD,
	['6'] = KIND_WORD, ['7'] = KIND_WORD, ['8'] = KIND_WORD,
	['9'] = KIND_WORD, ['a'] = KIND_WORD, ['b'] = KIND_WORD,
	['c'] = KIND_WORD, ['d'] = KIND_WORD, ['e'] = KIND_WORD,
	['f'] = KIND_WORD, ['g'] = KIND_WORD, ['h'] = KIND_WORD,
	['i'] = KIND_WORD, ['j'] = KIND_WORD, ['k'] = KIND_WORD,
	['l'] = KIND_WORD, ['m'] = KIND_WORD, ['n'] = KIND_WORD,
	['o'] = KIND_WORD, ['p'] = KIND_WORD, ['q'] = KIND_WORD,
	['r'] = KIND_WORD, ['s'] = KIND_WORD, ['t'] = KIND_WORD,
	['u'] = KIND_WORD, ['v'] = KIND_WORD, ['w'] = KIND_WORD,
	['x'] = KIND_WORD, ['y'] = KIND_WORD, ['z'] = KIND_WORD,
	['\''] = KIND_DROP, ['`'] = KIND_DROP, ['.'] = KIND_BREAK,
	['!'] = KIND_BREAK, ['?'] = KIND_BREAK, [';'] = KIND_BREAK,
	[':'] = KIND_BREAK, [','] = KIND_BREAK, ['\n'] = KIND_BREAK,
	['\r'] = KIND_BREAK, ['('] = KIND_BREAK, [')'] = KIND_BREAK,
	['['] = KIND_BREAK, [']'] = KIND_BREAK, ['{'] = KIND_BREAK,
	['}'] = KIND_BREAK, ['"'] = KIND_BREAK, ['-'] = KIND_DASH,
};

static enum kind
kind_of(uint32_t c)
{
	if (c < 128)
		return (enum kind)ascii_kind[c];
	switch (c) {
	case 0x2018: case 0x2019: case 0x02BC: case 0x00B4: case 0x2032:
	case 0x0301: /* an acute accent in the place of an apostrophe */
		return KIND_DROP;
	case 0x2013: case 0x2014: case 0x2015: case 0x2212:
		return KIND_DASH;
	case 0x00BF: case 0x00A1: case 0x2026: case 0x3002: case 0x3001:
	case 0x201C: case 0x201D: case 0x201E: case 0x00AB: case 0x00BB:
	case 0x2028: case 0x2029:
		return KIND_BREAK;
	default:
		return utf8_is_word(c) ? KIND_WORD : KIND_BLANK;
	}
}

/* Writes words with single blanks and breaks between them, into room that was
 * made before. */
struct writer {
	char *start;
	char *to;
	bool in_word;
	bool broken; /* a break stands between the last word and the next */
};

static inline void
put_word_char(struct writer *w, const char *p, size_t n)
{
	if (!w->in_word && w->to > w->start) {
		*w->to++ = ' ';
		if (w->broken) {
			memcpy(w->to, CLEAN_BREAK " ", 3);
			w->to += 3;
		}
	}
	w->in_word = true;
	w->broken = false;
	for (size_t i = 0; i < n; i++)
		*w->to++ = p[i];
}

/* Is the character at p[0..n) a dash between blanks (or at an end)? */
static bool
lone_dash(struct str all, const char *p, size_t n)
{
	const char *end = all.p + all.len;

	return (p == all.p || str_blank(p[-1]) || p[-1] == '-') &&
	    (p + n == end || str_blank(p[n]) || p[n] == '-');
}

static inline enum kind
next_kind(struct str *rest)
{
	unsigned char c = (unsigned char)rest->p[0];

	if (c >= 0x80)
		return kind_of(utf8_next(rest));
	*rest = str_of(rest->p + 1, rest->len - 1);
	return (enum kind)ascii_kind[c];
}

void
clean_text(struct str folded, struct buf *out)
{
	struct str rest = folded;
	struct writer w;

	/* Never more than this: a break adds three bytes to one. */
	w = (struct writer) { .start = buf_room(out, 4 * folded.len + 4) };
	if (w.start == NULL)
		return;
	w.to = w.start;
	while (rest.len > 0) {
		const char *p = rest.p;
		enum kind kind = next_kind(&rest);
		size_t n = (size_t)(rest.p - p);

		if (kind == KIND_DASH)
			kind = lone_dash(folded, p, n) ? KIND_BREAK : KIND_BLANK;
		if (kind == KIND_WORD)
			put_word_char(&w, p, n);
		else if (kind != KIND_DROP)
			w.in_word = false;
		if (kind == KIND_BREAK)
			w.broken = true;
	}
	*w.to = '\0';
	out->len += (size_t)(w.to - w.start);
}

void
clean_plain(struct str text, struct buf *out)
{
	char *to = buf_room(out, text.len), *start = to;

	if (to == NULL)
		return;
	for (size_t i = 0; i < text.len; i++) {
		/* A break stands between blanks and never at an end. */
		if (text.p[i] == ' ' && i + 3 < text.len &&
		    memcmp(text.p + i, " " CLEAN_BREAK " ", 4) == 0)
			i += 3;
		*to++ = text.p[i];
	}
	*to = '\0';
	out->len += (size_t)(to - start);
}

bool
clean_unmark(struct str text, struct buf *out)
{
	utf8proc_uint8_t *plain;
	utf8proc_ssize_t n;

	n = utf8proc_map((const utf8proc_uint8_t *)text.p,
	    (utf8proc_ssize_t)text.len, &plain, UTF8PROC_STABLE |
	    UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);
	if (n < 0)
		return false;
	buf_add(out, str_of((const char *)plain, (size_t)n));
	free(plain);
	return !out->failed;
}

/* The length of an IRC colour code's arguments: "12,4" or "ff0000". */
static size_t
colour_len(struct str s, bool hex)
{
	size_t i = 0, most = hex ? 6 : 2;

	while (i < s.len && i < most &&
	    ((s.p[i] >= '0' && s.p[i] <= '9') ||
	    (hex && ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'f'))))
		i++;
	if (i > 0 && !hex && i + 1 < s.len && s.p[i] == ',' &&
	    s.p[i + 1] >= '0' && s.p[i + 1] <= '9') {
		i += 2;
		if (i < s.len && s.p[i] >= '0' && s.p[i] <= '9')
			i++;
	}
	return i;
}

/* Is it one mark too many?  A heap of them upon one letter would take longer
 * to put in order than all the rest of a line. */
static bool
is_heaped(uint32_t c, unsigned *marks)
{
	if (utf8_is_mark(c))
		return ++*marks > MARKS_MAX;
	/* What is dropped anyway does not part a heap. */
	if (c >= 0x20 && !utf8_is_ignored(c))
		*marks = 0;
	return false;
}

/* Signs of Arabic that unfold to a whole phrase each. */
static bool
is_phrase(uint32_t c)
{
	return c == 0xFDFA || c == 0xFDFB;
}

/* Copies valid UTF-8 without control and formatting characters. */
static void
strip_controls(struct str raw, struct buf *out)
{
	unsigned marks = 0;

	while (raw.len > 0) {
		uint32_t c = utf8_next(&raw);

		if (is_heaped(c, &marks) || is_phrase(c))
			continue;
		if (c == '\t' || c == '\n' || c == '\r') {
			buf_addc(out, c == '\t' ? ' ' : '\n');
		} else if (c == 0x03 || c == 0x04) {
			raw = str_sub(raw, colour_len(raw, c == 0x04), raw.len);
		} else if (c >= 0x20 && c != 0x7F && !(c >= 0x80 && c < 0xA0)) {
			utf8_put(out, c);
		}
	}
}

static bool
is_clean_ascii(struct str raw)
{
	for (size_t i = 0; i < raw.len; i++) {
		unsigned char c = (unsigned char)raw.p[i];

		if (c < 0x20 || c >= 0x7F)
			return false;
	}
	return true;
}

static bool
is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || c >= 0x80;
}

/* One pass over the folded bytes for what further readings would undo. */
static struct clean_signs
look(struct str folded)
{
	struct clean_signs s = { 0 };
	unsigned char before = ' ', run = 0;
	unsigned word = 0, singles = 0;

	for (size_t i = 0; i <= folded.len; i++) {
		unsigned char c = i < folded.len ? (unsigned char)folded.p[i] : ' ';
		bool letter = is_letter(c);

		s.not_ascii |= c >= 0x80;
		run = letter && c == before ? (unsigned char)(run + 1) : 0;
		if (run >= 2)
			s.stretched = true;
		/* "k1ll", "d!e", "$ad": a sign with a letter on its right. */
		if (letter && !is_letter(before) &&
		    memchr(" '\"(-./,:;", before, 10) == NULL)
			s.symbols = true;
		if (!letter && c != ' ' && c != '\'' && is_letter(before) &&
		    i + 1 < folded.len && folded.p[i + 1] != ' ')
			s.symbols = true;
		if (letter || (c >= '0' && c <= '9')) {
			word++;
		} else {
			singles = word == 1 ? singles + 1 : word == 0 ? singles : 0;
			if (singles >= 3)
				s.spaced = true;
			word = 0;
		}
		before = c;
	}
	return s;
}

bool
clean_line(struct clean *c, struct str raw)
{
	struct buf bare = { 0 };
	bool ok;

	buf_reset(&c->folded);
	buf_reset(&c->text);
	buf_reset(&c->plain);
	if (is_clean_ascii(raw)) {
		ok = utf8_fold(raw, &c->folded);
	} else {
		strip_controls(raw, &bare);
		ok = !bare.failed && utf8_fold(buf_str(&bare), &c->folded);
		buf_wipe(&bare);
	}
	c->signs = look(buf_str(&c->folded));
	clean_text(buf_str(&c->folded), &c->text);
	clean_plain(buf_str(&c->text), &c->plain);
	return ok && !c->text.failed && !c->plain.failed;
}

void
clean_wipe(struct clean *c)
{
	buf_wipe(&c->folded);
	buf_wipe(&c->text);
	buf_wipe(&c->plain);
	c->signs = (struct clean_signs) { 0 };
}
