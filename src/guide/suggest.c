#include "guide/suggest.h"

#define MOST 3
#define WORDS_MOST 40 /* of a message; a question is shorter */
#define LINE_MAX_BYTES 190

/* Words that say nothing about the subject. */
static bool
is_common(struct str word)
{
	static const char *const common[] = { "the", "and", "are", "you", "what",
		"how", "can", "for", "does", "with", "that", "this", "have",
		"there", "they", "will", "would", "about", "from", "who", "why",
		"when", "where", "your", "not", "but", "was", "get", "one",
		"any", "its", "just", "like", "need", "know", "want", "should",
		"between", "much", "long", "many", "during" };

	if (word.len < 3)
		return true;
	for (size_t i = 0; i < sizeof common / sizeof common[0]; i++) {
		if (str_is(word, common[i]))
			return true;
	}
	return false;
}

static char
small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool
is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Does a word of the text begin with this one? */
static bool
holds_word(struct str text, struct str word)
{
	for (size_t at = 0; at + word.len <= text.len; at++) {
		if (small(text.p[at]) == word.p[0] &&
		    (at == 0 || !is_small(small(text.p[at - 1]))) &&
		    str_casecmp(str_sub(text, at, at + word.len), word) == 0)
			return true;
	}
	return false;
}

/* The words that may say something, up to `most` of them. */
static size_t
telling_words(struct str plain, struct str *words, size_t most)
{
	size_t n = 0;

	while (n < most && str_word(&plain, &words[n]))
		n += !is_common(words[n]);
	return n;
}

/* The question that shares most words; the first among equals. */
static size_t
best_of(const unsigned *shared, size_t n)
{
	size_t best = 0;

	for (size_t i = 1; i < n; i++) {
		if (shared[i] > shared[best])
			best = i;
	}
	return best;
}

void
suggest_questions(const struct script *s, struct str plain, struct buf *out)
{
	unsigned shared[SCRIPT_QUESTIONS_MAX] = { 0 };
	struct str words[WORDS_MOST];
	size_t n_words = telling_words(plain, words, WORDS_MOST);
	size_t n = 0, start = out->len, best;
	struct script_question q;

	for (; n < SCRIPT_QUESTIONS_MAX && script_question(s, n, &q); n++) {
		for (size_t w = 0; w < n_words; w++)
			shared[n] += holds_word(q.text, words[w]);
	}
	for (int i = 0; i < MOST; i++) {
		best = best_of(shared, n);
		if (n == 0 || shared[best] == 0 ||
		    !script_question(s, best, &q) ||
		    out->len - start + q.text.len + 20 > LINE_MAX_BYTES)
			break;
		shared[best] = 0;
		buf_add(out, i == 0 ? STR("I can answer: ") : STR(" "));
		buf_add(out, q.text);
	}
	if (out->len > start)
		buf_addc(out, '\n');
}
