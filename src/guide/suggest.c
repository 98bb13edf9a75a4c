#include "guide/suggest.h"

#define MOST 3
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

static bool
holds_word(struct str text, struct str word)
{
	size_t at = 0;

	while (at + word.len <= text.len) {
		struct str piece = str_sub(text, at, at + word.len);

		if (str_casecmp(piece, word) == 0 &&
		    (at == 0 || !((text.p[at - 1] | 32) >= 'a' &&
		    (text.p[at - 1] | 32) <= 'z')))
			return true;
		at++;
	}
	return false;
}

static unsigned
shared_words(struct str question, struct str plain)
{
	struct str word;
	unsigned n = 0;

	while (str_word(&plain, &word)) {
		if (!is_common(word) && holds_word(question, word))
			n++;
	}
	return n;
}

/* The best not yet taken; its score, 0 when there is none. */
static unsigned
best_question(const struct script *s, struct str plain,
    const size_t *taken, size_t n_taken, size_t *best)
{
	struct script_question q;
	unsigned top = 0;

	for (size_t i = 0; script_question(s, i, &q); i++) {
		unsigned score = shared_words(q.text, plain);

		for (size_t k = 0; k < n_taken; k++) {
			if (taken[k] == i)
				score = 0;
		}
		if (score > top) {
			top = score;
			*best = i;
		}
	}
	return top;
}

void
suggest_questions(const struct script *s, struct str plain, struct buf *out)
{
	size_t taken[MOST], n = 0, best = 0, start = out->len;
	struct script_question q;

	while (n < MOST && best_question(s, plain, taken, n, &best) > 0) {
		taken[n] = best;
		if (!script_question(s, best, &q) ||
		    out->len - start + q.text.len + 20 > LINE_MAX_BYTES)
			break;
		buf_add(out, n == 0 ? STR("I can answer: ") : STR(" "));
		buf_add(out, q.text);
		n++;
	}
	if (n > 0)
		buf_addc(out, '\n');
}
