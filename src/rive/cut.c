#include "rive/cut.h"

#include <stdlib.h>

#include "base/utf8.h"

/* What a byte or a character is, as bits that are gathered over a word. */
enum {
	LETTER = 1, /* a word character that is no ASCII digit */
	DIGIT = 2,
	OTHER = 4,  /* neither a word character nor white space */
	BLANK = 8,  /* the plain blank */
	SPACE = 16, /* other white space, and what is no UTF-8 */
	SLOW = 32,  /* to be folded or decoded */
};

static unsigned char
byte_class(unsigned char b)
{
	if ((b >= 'a' && b <= 'z') || b == '_')
		return LETTER;
	if (b >= 'A' && b <= 'Z')
		return LETTER | SLOW;
	if (b >= '0' && b <= '9')
		return DIGIT;
	if (b == ' ')
		return BLANK;
	if (b >= 0x80)
		return OTHER | SLOW;
	return b >= '\t' && b <= '\r' ? SPACE : OTHER;
}

uint32_t
cut_fold_char(uint32_t c)
{
	/* The two i of Turkish are like nothing else to PCRE2. */
	if (c == 0x130 || c == 0x131)
		return c;
	return utf8_lower_char(utf8_upper_char(c));
}

/* Takes the next character, or byte, off *rest: folded, and its class. */
static uint32_t
take(struct str *rest, struct cut_options o, unsigned *class)
{
	size_t before = rest->len;
	unsigned char b = (unsigned char)rest->p[0];
	uint32_t c;

	*class = byte_class(b) & ~(unsigned)SLOW;
	if (b < 0x80 || !o.utf8) {
		rest->p++;
		rest->len--;
		return b >= 'A' && b <= 'Z' && !o.keep_case ? b + 32u : b;
	}
	c = utf8_next(rest);
	if (utf8_is_alnum(c))
		*class = LETTER;
	else if (utf8_is_space(c) || (c == UTF8_BAD && before - rest->len == 1))
		*class = SPACE;
	return o.keep_case ? c : cut_fold_char(c);
}

static void
put(struct buf *out, uint32_t c, struct cut_options o)
{
	if (c < 0x80 || !o.utf8)
		buf_addc(out, (char)c);
	else
		utf8_put(out, c);
}

void
cut_fold(struct str text, struct cut_options o, struct buf *out)
{
	unsigned class;

	while (text.len > 0)
		put(out, take(&text, o, &class), o);
}

/* Room for all the words that len bytes can hold. */
static bool
reserve(struct cut *c, size_t len)
{
	size_t size = len + 1;
	struct cut_word *list;

	if (size <= c->size)
		return true;
	if (size > UINT32_MAX / 2)
		return false;
	size = size < 128 ? 128 : size;
	list = realloc(c->list, size * sizeof *list);
	if (list == NULL)
		return false;
	c->list = list;
	c->size = (uint32_t)size;
	return true;
}

static uint32_t
kind_of(unsigned seen)
{
	if ((seen & DIGIT) == 0)
		return CUT_LETTERS;
	return (seen & ~(unsigned)DIGIT) == 0 ? CUT_DIGITS : CUT_MIXED;
}

static void
push(struct cut *c, const struct cut_word *w, unsigned seen)
{
	struct cut_word *to;

	if (seen == 0)
		return;
	to = &c->list[c->n++];
	*to = *w;
	to->kind = kind_of(seen);
	to->symbol = CUT_UNASKED;
}

/* Small ASCII words: nothing to fold.  False where that is not so. */
static bool
cut_fast(struct cut *c, struct str text, unsigned *all)
{
	unsigned seen = 0, gathered = 0;
	uint32_t from = 0, i;

	for (i = 0; i < text.len; i++) {
		unsigned class = byte_class((unsigned char)text.p[i]);

		gathered |= class;
		if (class != BLANK) {
			seen |= class;
			continue;
		}
		push(c, &(struct cut_word){ from, i, from, i - from, 0, 0 }, seen);
		/* An empty word: two blanks, or one at the start. */
		gathered |= seen == 0 ? SPACE : 0;
		seen = 0;
		from = i + 1;
	}
	if (i > 0) {
		push(c, &(struct cut_word){ from, i, from, i - from, 0, 0 }, seen);
		gathered |= seen == 0 ? SPACE : 0;
	}
	*all = gathered;
	return (gathered & SLOW) == 0;
}

/* The same for any text, in words or in pieces. */
static void
cut_slow(struct cut *c, struct str text, struct cut_options o, bool pieces,
    unsigned *all)
{
	struct cut_word w = { 0 };
	struct str rest = text;
	unsigned seen = 0, gathered = 0, last = BLANK, class;

	buf_reset(&c->folded);
	while (rest.len > 0) {
		uint32_t at = (uint32_t)(text.len - rest.len);
		uint32_t to = (uint32_t)c->folded.len;
		uint32_t ch = take(&rest, o, &class);
		bool word = (class & (LETTER | DIGIT)) != 0;
		bool gap = (class & (BLANK | SPACE)) != 0;

		if (gap ||
		    (pieces && seen != 0 && word == ((seen & OTHER) != 0))) {
			w.to = at;
			w.len = to - w.at;
			push(c, &w, seen);
			seen = 0;
		}
		if (!gap && seen == 0) {
			w.from = at;
			w.at = to;
		}
		gathered |= class;
		gathered |= gap && (last & (BLANK | SPACE)) != 0 ? SPACE : 0;
		seen |= gap ? 0 : class;
		last = class;
		put(&c->folded, ch, o);
	}
	w.to = (uint32_t)text.len;
	w.len = (uint32_t)c->folded.len - w.at;
	push(c, &w, seen);
	*all = gathered | (text.len > 0 && (last & BLANK) != 0 ? SPACE : 0);
	c->text = buf_str(&c->folded);
}

bool
cut_words(struct cut *c, struct str text, struct cut_options o)
{
	unsigned all;

	c->n = 0;
	c->options = o;
	c->text = text;
	if (!reserve(c, text.len))
		return false;
	if (!cut_fast(c, text, &all)) {
		c->n = 0;
		c->folded.max = 4 * text.len + 16;
		cut_slow(c, text, o, false, &all);
		if (c->folded.failed)
			return false;
	}
	if ((all & SPACE) != 0)
		c->shape = CUT_ODD;
	else
		c->shape =
		    c->n == 0 || (all & OTHER) != 0 ? CUT_MARKED : CUT_PLAIN;
	return true;
}

bool
cut_pieces(struct cut *c, struct str text, struct cut_options o)
{
	unsigned all;

	c->n = 0;
	c->options = o;
	c->shape = CUT_ODD;
	c->folded.max = 4 * text.len + 16;
	if (!reserve(c, text.len))
		return false;
	cut_slow(c, text, o, true, &all);
	return !c->folded.failed;
}

void
cut_forget(struct cut *c)
{
	if (c->n > 0)
		explicit_bzero(c->list, c->n * sizeof *c->list);
	buf_blank(&c->folded);
	c->text = (struct str) { 0 };
	c->n = 0;
}

void
cut_clear(struct cut *c)
{
	free(c->list);
	buf_wipe(&c->folded);
	*c = (struct cut){ 0 };
}
