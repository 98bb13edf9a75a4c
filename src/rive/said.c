#include "rive/said.h"

#define HOLE '\x01'
#define PASSED '\x02' /* a hole that is a reply of its own */

struct reading {
	struct str rest;
	struct buf *out;
};

/* What becomes of a tag that begins so: nothing, or a hole up to `until`. */
static const struct {
	const char *begin;
	const char *until;
	char puts; /* 0: nothing */
} tags[] = {
	{ "<set ", ">", 0 },
	{ "<add ", ">", 0 },
	{ "<sub ", ">", 0 },
	{ "<mult ", ">", 0 },
	{ "<div ", ">", 0 },
	{ "<call>", "</call>", HOLE },
	{ "<noreply>", "", HOLE },
	{ "<@>", "", PASSED },
	{ "<", ">", HOLE },
	{ "{topic=", "}", 0 },
	{ "{weight=", "}", 0 },
	{ "{formal}", "", 0 },
	{ "{/formal}", "", 0 },
	{ "{sentence}", "", 0 },
	{ "{/sentence}", "", 0 },
	{ "{uppercase}", "", 0 },
	{ "{/uppercase}", "", 0 },
	{ "{lowercase}", "", 0 },
	{ "{/lowercase}", "", 0 },
	{ "{random}", "{/random}", HOLE },
	{ "{person}", "{/person}", HOLE },
	{ "{@", "}", PASSED },
	{ "{ok}", "", PASSED },
	{ "{", "}", HOLE },
	{ "(@", ")", HOLE },
};

/* Where a tag ends, minding those inside; the whole rest where it does not. */
static size_t
tag_end(struct str s, const char *until)
{
	size_t end, depth = 0;

	if (until[1] != '\0') {
		end = str_find(s, str_c(until), 0);
		return end == STR_NONE ? s.len : end + strlen(until);
	}
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == s.p[0])
			depth++;
		else if (s.p[i] == until[0] && --depth == 0)
			return i + 1;
	}
	return s.len;
}

/* Takes a tag off the rest; false where none begins there. */
static bool
take_tag(struct reading *r)
{
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
		size_t n = strlen(tags[i].begin);

		if (!str_starts(r->rest, str_c(tags[i].begin)))
			continue;
		if (tags[i].until[0] != '\0')
			n = tag_end(r->rest, tags[i].until);
		/* One that is not closed may be no tag at all. */
		if (n == r->rest.len && r->rest.p[n - 1] != '>' &&
		    r->rest.p[n - 1] != '}' && r->rest.p[n - 1] != ')')
			buf_addc(r->out, HOLE);
		else if (tags[i].puts != 0)
			buf_addc(r->out, tags[i].puts);
		r->rest = str_sub(r->rest, n, r->rest.len);
		return true;
	}
	return false;
}

static void
take_char(struct reading *r)
{
	char c = r->rest.p[0];
	size_t n = 1;

	if (c == '\\' && r->rest.len > 1) {
		c = r->rest.p[1];
		n = 2;
		c = c == 's' || c == 'n' ? ' ' : c;
	}
	buf_addc(r->out, c);
	r->rest = str_sub(r->rest, n, r->rest.len);
}

static size_t
first_hole(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == HOLE || s.p[i] == PASSED)
			return i;
	}
	return STR_NONE;
}

/* Words are whole where a blank parts them from the hole. */
static void
put_sure(struct str s, struct buf *out)
{
	size_t head = first_hole(s), tail = s.len;

	while (s.p[tail - 1] != HOLE && s.p[tail - 1] != PASSED)
		tail--;
	while (head > 0 && !str_blank(s.p[head - 1]))
		head--;
	while (tail < s.len && !str_blank(s.p[tail]))
		tail++;
	buf_add(out, str_sub(s, 0, head));
	buf_addc(out, '\n');
	buf_add(out, str_sub(s, tail, s.len));
}

enum said
said_read(struct str reply, struct buf *out)
{
	struct buf text = { 0 };
	struct reading r = { reply, &text };
	enum said what = SAID_WHOLE;
	struct str s;

	while (r.rest.len > 0 && !text.failed) {
		if (!take_tag(&r))
			take_char(&r);
	}
	s = str_trim(buf_str(&text));
	if (first_hole(s) == STR_NONE) {
		buf_add(out, s);
	} else if (s.len == 1 && s.p[0] == PASSED) {
		what = SAID_REDIRECT;
	} else {
		what = SAID_HOLES;
		put_sure(s, out);
	}
	out->failed |= text.failed;
	buf_clear(&text);
	return what;
}

#define WORDS_MAX 16 /* that are compared from either end */

static bool
last_word(struct str *rest, struct str *word)
{
	struct str s = str_trim(*rest);
	size_t from = s.len;

	while (from > 0 && !str_blank(s.p[from - 1]))
		from--;
	*word = str_sub(s, from, s.len);
	*rest = str_sub(s, 0, from);
	return word->len > 0;
}

/* The words of a text from its start, or from its end. */
static size_t
text_words(struct str text, bool last, struct str *words)
{
	struct str word;
	size_t n = 0;

	while (n < WORDS_MAX &&
	    (last ? last_word(&text, &word) : str_word(&text, &word)))
		words[n++] = word;
	return n;
}

/* The literal words that the pattern begins or ends with, from there on. */
static size_t
words_of(const struct pattern *p, bool last, struct str *words)
{
	size_t n = 0;

	if (p->kind == PATTERN_ATOMIC)
		return text_words(p->text, last, words);
	for (; p->kind == PATTERN_WORDS && n < p->seq.n && n < WORDS_MAX; n++) {
		const struct pat_item *item =
		    &p->seq.items[last ? p->seq.n - 1 - n : n];

		if (item->type != PAT_WORD)
			break;
		words[n] = item->word;
	}
	return n;
}

/* Are they alike, as far as both go?  The word next to the hole may yet be
 * part of a substitution. */
static bool
may_meet(const struct pattern *p, bool last, struct str said)
{
	struct str mine[WORDS_MAX], theirs[WORDS_MAX];
	size_t n = words_of(p, last, mine);
	size_t sure = text_words(said, last, theirs);

	for (size_t i = 0; i < n && i + 1 < sure; i++) {
		if (str_casecmp(mine[i], theirs[i]) != 0)
			return false;
	}
	return true;
}

bool
said_may_fit(const struct pattern *p, struct str head, struct str tail)
{
	return may_meet(p, false, head) && may_meet(p, true, tail);
}
