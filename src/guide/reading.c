#include "guide/reading.h"

#include "base/utf8.h"

/* Confusables after NFKC and case folding; Unicode TR 39 has the idea. */
static const struct lookalike {
	uint32_t from;
	char to;
} lookalikes[] = {
	{ 0x00A1, 'i' }, { 0x0131, 'i' }, { 0x0142, 'l' }, { 0x00F8, 'o' }, { 0x0111, 'd' },
	{ 0x0127, 'h' }, { 0x0167, 't' }, { 0x0180, 'b' }, { 0x0251, 'a' },
	{ 0x0261, 'g' }, { 0x0262, 'g' }, { 0x0268, 'i' }, { 0x026A, 'i' },
	{ 0x0274, 'n' }, { 0x0280, 'r' }, { 0x028F, 'y' }, { 0x0299, 'b' },
	{ 0x029C, 'h' }, { 0x029F, 'l' }, { 0x03B1, 'a' }, { 0x03B2, 'b' },
	{ 0x03B5, 'e' }, { 0x03B7, 'n' }, { 0x03B9, 'i' }, { 0x03BA, 'k' },
	{ 0x03BD, 'v' }, { 0x03BF, 'o' }, { 0x03C1, 'p' }, { 0x03C3, 'o' },
	{ 0x03C4, 't' }, { 0x03C5, 'u' }, { 0x03C7, 'x' }, { 0x03C9, 'w' },
	{ 0x0430, 'a' }, { 0x0432, 'b' }, { 0x0433, 'r' }, { 0x0434, 'd' },
	{ 0x0435, 'e' }, { 0x0438, 'u' }, { 0x043A, 'k' }, { 0x043C, 'm' },
	{ 0x043D, 'h' }, { 0x043E, 'o' }, { 0x043F, 'n' }, { 0x0440, 'p' },
	{ 0x0441, 'c' }, { 0x0442, 't' }, { 0x0443, 'y' }, { 0x0445, 'x' },
	{ 0x0448, 'w' }, { 0x0451, 'e' }, { 0x0455, 's' }, { 0x0456, 'i' },
	{ 0x0457, 'i' }, { 0x0458, 'j' }, { 0x04BB, 'h' }, { 0x0501, 'd' },
	{ 0x051B, 'q' }, { 0x051D, 'w' }, { 0x1D00, 'a' }, { 0x1D04, 'c' },
	{ 0x1D05, 'd' }, { 0x1D07, 'e' }, { 0x1D0A, 'j' }, { 0x1D0B, 'k' },
	{ 0x1D0D, 'm' }, { 0x1D0F, 'o' }, { 0x1D18, 'p' }, { 0x1D1B, 't' },
	{ 0x1D1C, 'u' }, { 0x1D20, 'v' }, { 0x1D21, 'w' }, { 0x1D22, 'z' },
	{ 0xA730, 'f' }, { 0xA731, 's' },
};

static uint32_t
lookalike(uint32_t c)
{
	size_t lo = 0, hi = sizeof lookalikes / sizeof lookalikes[0];

	/* Letters in boxes, and the letters that flags are made of. */
	if (c >= 0x1F150 && c <= 0x1F169)
		return 'a' + (c - 0x1F150);
	if (c >= 0x1F170 && c <= 0x1F189)
		return 'a' + (c - 0x1F170);
	if (c >= 0x1F1E6 && c <= 0x1F1FF)
		return 'a' + (c - 0x1F1E6);
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (lookalikes[mid].from == c)
			return (uint32_t)lookalikes[mid].to;
		if (lookalikes[mid].from < c)
			lo = mid + 1;
		else
			hi = mid;
	}
	return c;
}

void
reading_lookalikes(struct str folded, struct buf *out)
{
	while (folded.len > 0) {
		uint32_t c = utf8_next(&folded);

		utf8_put(out, c < 0x80 ? c : lookalike(c));
	}
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool
is_vowel(char c)
{
	return memchr("aeiou", c, 5) != NULL;
}

/* Is the upright sign at word.p[i] an l rather than an i?  After a vowel it is
 * ("ki1l"), and after such an l ("ki11", "kil1"), but not in "l1fe". */
static bool
ends_in_l(struct str word, size_t i)
{
	char before = i > 0 ? word.p[i - 1] : ' ';

	if (before == 'l' || before == '1')
		return i > 1 && is_vowel(word.p[i - 2]);
	return is_vowel(before);
}

/* What the sign at word.p[i] stands for; 0 drops it, itself keeps it. */
static char
leet(struct str word, size_t i)
{
	switch (word.p[i]) {
	case '0':
		return 'o';
	case '1':
	case '|':
	case '!':
		return ends_in_l(word, i) ? 'l' : 'i';
	case '3':
		return 'e';
	case '4':
	case '@':
		return 'a';
	case '5':
	case '$':
		return 's';
	case '7':
	case '+':
		return 't';
	case '8':
		return 'b';
	case '9':
	case '6':
		return 'g';
	case '*': case '#': case '.': case '-': case '_': case '~': case '^':
	case '/': case '%': case '&': case '=':
		return 0;
	default:
		return word.p[i];
	}
}

/* Where the word proper begins and ends: quotes and stops around it stay. */
static struct str
core_of(struct str word)
{
	while (word.len > 0 && memchr("\"'(.,;:!?-*_~", word.p[0], 13) != NULL)
		word = str_sub(word, 1, word.len);
	while (word.len > 0 &&
	    memchr("\"').,;:!?-*_~", word.p[word.len - 1], 13) != NULL)
		word.len--;
	return word;
}

/* "10pm", "64bit", "2nd": a number and its unit. */
static bool
is_amount(struct str core)
{
	size_t digits = 0, i;

	while (digits < core.len && core.p[digits] >= '0' &&
	    core.p[digits] <= '9')
		digits++;
	for (i = digits; i < core.len && is_letter(core.p[i]); i++)
		;
	return i == core.len && (digits >= 2 || core.len - digits <= 2);
}

/* Is it a word with signs for letters in it?  Once one is, `more` of what
 * looks like a number is taken for one too: "1 w1sh". */
static bool
is_leet(struct str core, bool more)
{
	size_t letters = 0, signs = 0;

	for (size_t i = 0; i < core.len; i++) {
		letters += is_letter(core.p[i]);
		signs += !is_letter(core.p[i]) && core.p[i] != '\'';
	}
	if (more && str_eq(core, STR("1")))
		return true;
	return signs > 0 && letters > 0 && signs <= letters + 1 &&
	    (!is_amount(core) || (more && signs == 1));
}

static void
leet_word(struct str word, bool more, struct buf *out)
{
	struct str core = core_of(word);

	if (!is_leet(core, more)) {
		buf_add(out, word);
		return;
	}
	buf_add(out, str_of(word.p, (size_t)(core.p - word.p)));
	for (size_t i = 0; i < core.len; i++) {
		char c = is_letter(core.p[i]) ? core.p[i] : leet(core, i);

		if (c != 0)
			buf_addc(out, c);
	}
	buf_add(out, str_of(core.p + core.len,
	    (size_t)(word.p + word.len - (core.p + core.len))));
}

void
reading_leet(struct str folded, struct buf *out)
{
	struct str rest = folded, word;
	size_t start = out->len;
	bool any = false;

	while (str_word(&rest, &word))
		any |= is_leet(core_of(word), false);
	while (str_word(&folded, &word)) {
		if (out->len > start)
			buf_addc(out, ' ');
		leet_word(word, any, out);
	}
}

static bool
is_single(struct str word)
{
	return word.len == 1 && is_letter(word.p[0]);
}

/* How many single letters follow each other from here (breaks between them
 * do not count: "s.u.i.c" has been cut at its stops). */
static size_t
singles_ahead(struct str rest)
{
	struct str word;
	size_t n = 0;

	while (str_word(&rest, &word)) {
		if (is_single(word))
			n++;
		else if (!str_eq(word, STR(CLEAN_BREAK)) || n == 0)
			break;
	}
	return n;
}

void
reading_spaced(struct str text, struct buf *out)
{
	const size_t least = 3;
	struct str rest = text, word;
	size_t start = out->len, run = 0;

	while (rest.len > 0) {
		bool joined = run > 0;

		if (run == 0)
			run = singles_ahead(rest) >= least
			    ? singles_ahead(rest) : 0;
		if (!str_word(&rest, &word))
			break;
		if (run > 0 && joined && str_eq(word, STR(CLEAN_BREAK)))
			continue;
		if (run > 0)
			run--;
		if (out->len > start && !joined)
			buf_addc(out, ' ');
		buf_add(out, word);
	}
}

bool
reading_undisguised(const struct clean *c, struct buf *out, bool *other)
{
	struct buf alike = { 0 }, leeted = { 0 }, text = { 0 };
	const struct clean_signs *s = &c->signs;
	bool ok;

	*other = false;
	if (!s->not_ascii && !s->symbols && !s->spaced)
		return true;
	reading_lookalikes(buf_str(&c->folded), &alike);
	reading_leet(buf_str(&alike), &leeted);
	clean_text(buf_str(&leeted), &text);
	reading_spaced(buf_str(&text), out);
	ok = !alike.failed && !leeted.failed && !text.failed && !out->failed;
	*other = !str_eq(buf_str(&c->text), buf_str(out));
	buf_wipe(&alike);
	buf_wipe(&leeted);
	buf_wipe(&text);
	return ok;
}
