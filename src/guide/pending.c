#include "guide/pending.h"

static const struct {
	const char *question;
	bool yes_is_safe;
} questions[PENDING_N] = {
	[PENDING_NONE] = { "", false },
	[PENDING_ACT] = { "Are you likely to act on this today, or have you "
	    "already done something? Yes, no or not sure: any answer is okay.",
	    false },
	[PENDING_THEM] = { "Are they likely to act on this today, or have they "
	    "already done something? Yes, no or not sure: any answer is okay.",
	    false },
	[PENDING_SAFE] = { "Are you safe right now? Yes, no or not sure: any "
	    "answer is okay.", true },
	[PENDING_ALIVE] = { "Are you having thoughts of not wanting to be "
	    "alive? Yes, no or not sure: any answer is okay.", false },
};

const char *
pending_question(enum pending p)
{
	return questions[p].question;
}

/* Answers by their first words; the longest that fits wins. */
enum word {
	WORD_NONE,
	WORD_YES,
	WORD_NO,
	WORD_UNSURE,
	WORD_SAFE,
	WORD_NOT_SAFE,
};

static const struct {
	const char *text;
	enum word word;
} words[] = {
	{ "y", WORD_YES }, { "ye", WORD_YES }, { "yes", WORD_YES },
	{ "yea", WORD_YES }, { "yeah", WORD_YES }, { "yep", WORD_YES },
	{ "yup", WORD_YES }, { "ya", WORD_YES }, { "mhm", WORD_YES },
	{ "sure", WORD_YES }, { "i do", WORD_YES }, { "i am", WORD_YES },
	{ "i have", WORD_YES }, { "i did", WORD_YES },
	{ "definitely", WORD_YES }, { "def", WORD_YES },
	{ "totally", WORD_YES }, { "absolutely", WORD_YES },
	{ "i think so", WORD_YES }, { "probably", WORD_YES },
	{ "sadly", WORD_YES }, { "unfortunately", WORD_YES },
	{ "sometimes", WORD_YES }, { "often", WORD_YES },
	{ "always", WORD_YES }, { "a lot", WORD_YES }, { "si", WORD_YES },
	{ "i already did", WORD_YES }, { "already did", WORD_YES },
	{ "i already have", WORD_YES }, { "correct", WORD_YES },
	{ "right", WORD_YES }, { "affirmative", WORD_YES },
	{ "n", WORD_NO }, { "no", WORD_NO }, { "nope", WORD_NO },
	{ "nah", WORD_NO }, { "naw", WORD_NO }, { "never", WORD_NO },
	{ "not really", WORD_NO }, { "not at all", WORD_NO },
	{ "i dont", WORD_NO }, { "i do not", WORD_NO },
	{ "i havent", WORD_NO }, { "i have not", WORD_NO },
	{ "i wont", WORD_NO }, { "i will not", WORD_NO },
	{ "i didnt", WORD_NO }, { "i did not", WORD_NO },
	{ "im not", WORD_NO }, { "i am not", WORD_NO },
	{ "not today", WORD_NO }, { "not now", WORD_NO },
	{ "not likely", WORD_NO }, { "no way", WORD_NO },
	{ "of course not", WORD_NO }, { "im not going to", WORD_NO },
	{ "negative", WORD_NO }, { "not yet", WORD_UNSURE },
	{ "no idea", WORD_UNSURE }, { "idk", WORD_UNSURE },
	{ "dunno", WORD_UNSURE }, { "i dunno", WORD_UNSURE },
	{ "not sure", WORD_UNSURE }, { "unsure", WORD_UNSURE },
	{ "im not sure", WORD_UNSURE }, { "i am not sure", WORD_UNSURE },
	{ "i dont know", WORD_UNSURE }, { "dont know", WORD_UNSURE },
	{ "i do not know", WORD_UNSURE }, { "maybe", WORD_UNSURE },
	{ "perhaps", WORD_UNSURE }, { "possibly", WORD_UNSURE },
	{ "kinda", WORD_UNSURE }, { "kind of", WORD_UNSURE },
	{ "sorta", WORD_UNSURE }, { "sort of", WORD_UNSURE },
	{ "hard to say", WORD_UNSURE }, { "a little", WORD_UNSURE },
	{ "a bit", WORD_UNSURE }, { "depends", WORD_UNSURE },
	{ "it depends", WORD_UNSURE }, { "yes and no", WORD_UNSURE },
	{ "yes no", WORD_UNSURE }, { "who knows", WORD_UNSURE },
	{ "i guess", WORD_UNSURE }, { "cant say", WORD_UNSURE },
	{ "rather not say", WORD_UNSURE }, { "skip", WORD_UNSURE },
	{ "rather not", WORD_UNSURE }, { "id rather not", WORD_UNSURE },
	{ "no comment", WORD_UNSURE }, { "i dont want to say", WORD_UNSURE },
	{ "i dont wanna say", WORD_UNSURE },
	{ "i dont want to talk", WORD_UNSURE },
	{ "i dont wanna talk", WORD_UNSURE },
	{ "i dont want to answer", WORD_UNSURE },
	{ "i dont wanna answer", WORD_UNSURE },
	{ "i cant promise", WORD_UNSURE }, { "for now", WORD_UNSURE },
	{ "im safe", WORD_SAFE }, { "i am safe", WORD_SAFE },
	{ "safe", WORD_SAFE }, { "im ok", WORD_SAFE },
	{ "im okay", WORD_SAFE }, { "i am ok", WORD_SAFE },
	{ "i am okay", WORD_SAFE }, { "im fine", WORD_SAFE },
	{ "i am fine", WORD_SAFE }, { "im good", WORD_SAFE },
	{ "im alright", WORD_SAFE }, { "ok", WORD_UNSURE },
	{ "okay", WORD_UNSURE }, { "fine", WORD_UNSURE },
	{ "i feel safe", WORD_SAFE }, { "im not in danger", WORD_SAFE },
	{ "i am not in danger", WORD_SAFE },
	{ "i wont do anything", WORD_SAFE },
	{ "i wont do it", WORD_SAFE },
	{ "im not safe", WORD_NOT_SAFE }, { "i am not safe", WORD_NOT_SAFE },
	{ "not safe", WORD_NOT_SAFE }, { "unsafe", WORD_NOT_SAFE },
	{ "i dont feel safe", WORD_NOT_SAFE },
	{ "im in danger", WORD_NOT_SAFE }, { "im not ok", WORD_NOT_SAFE },
	{ "im not okay", WORD_NOT_SAFE }, { "not ok", WORD_NOT_SAFE },
	{ "not okay", WORD_NOT_SAFE },
	{ "i dont think so", WORD_NOT_SAFE },
};

/* Does plain begin with these words? */
static bool
begins(struct str plain, struct str head)
{
	return str_starts(plain, head) &&
	    (plain.len == head.len || plain.p[head.len] == ' ');
}

static enum word
first_word(struct str plain, struct str *rest)
{
	enum word found = WORD_NONE;
	size_t len = 0;

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		struct str head = str_c(words[i].text);

		if (head.len > len && begins(plain, head)) {
			found = words[i].word;
			len = head.len;
		}
	}
	*rest = str_trim(str_sub(plain, len, plain.len));
	return found;
}

/* Something that takes the edge off a clear answer. */
static bool
hedged(struct str rest)
{
	static const char *const hedges[] = { "but", "though", "tho", "for now",
		"i guess", "i think", "maybe", "kinda", "sort of", "not sure",
		"idk", "probably", "mostly", "i suppose", "yet", "unless",
		"until", "not really", "no" };

	for (size_t i = 0; i < sizeof hedges / sizeof hedges[0]; i++) {
		size_t at = str_find(rest, str_c(hedges[i]), 0);
		size_t end = at + strlen(hedges[i]);

		if (at != STR_NONE && (at == 0 || rest.p[at - 1] == ' ') &&
		    (end == rest.len || rest.p[end] == ' '))
			return true;
	}
	return false;
}

/* "yes i am safe", "no im ok", "yes im not going to": the tail decides. */
static enum word
settle(enum word head, struct str rest)
{
	struct str more;
	enum word tail;

	if ((head != WORD_YES && head != WORD_NO) || rest.len == 0)
		return head;
	tail = first_word(rest, &more);
	if (tail == WORD_SAFE || tail == WORD_NOT_SAFE || tail == WORD_UNSURE)
		return tail;
	if (head == WORD_YES && tail == WORD_NO)
		return WORD_UNSURE;
	return head;
}

/* "maybe i need rehab instead": the first word is no answer, a sentence is
 * under way. */
static bool
goes_on(struct str plain, struct str rest)
{
	static const char *const openers[] = { "maybe", "perhaps", "sure", "ok",
		"okay", "right", "fine", "sometimes", "often", "i have", "i do",
		"i am", "i guess", "probably" };
	struct str word;
	unsigned n = 0;

	for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) {
		if (!begins(plain, str_c(openers[i])))
			continue;
		while (str_word(&rest, &word))
			n++;
		return n >= 3;
	}
	return false;
}

enum pending_answer
pending_read(enum pending p, struct str plain)
{
	const size_t most = 80; /* a longer line says more than an answer */
	struct str rest;
	enum word word;

	if (str_is(plain, "true") || str_is(plain, "its true"))
		return PENDING_TRUE;
	word = settle(first_word(plain, &rest), rest);
	if (word == WORD_NONE || plain.len > most || goes_on(plain, rest))
		return PENDING_OTHER;
	if (word == WORD_UNSURE)
		return PENDING_UNSURE;
	/* "im not safe" says nothing about being alive. */
	if (word == WORD_NOT_SAFE)
		return p == PENDING_ACT || p == PENDING_THEM ? PENDING_UNSURE
		                                             : PENDING_DANGER;
	if (word == WORD_SAFE)
		return hedged(rest) ? PENDING_UNSURE : PENDING_CLEAR;
	if ((word == WORD_YES) != questions[p].yes_is_safe)
		return PENDING_DANGER;
	return hedged(rest) ? PENDING_UNSURE : PENDING_CLEAR;
}

bool
pending_takes_back(struct str plain)
{
	static const char *const heads[] = { "jk", "just kidding", "jkjk",
		"just joking", "im joking", "i was joking", "im kidding",
		"i was kidding", "it was a joke", "its a joke", "joke",
		"only joking", "lol jk", "lol just kidding", "haha jk", "jk lol",
		"never mind", "nevermind", "nvm", "lol nvm", "forget it",
		"i didnt mean it", "i didnt mean that", "didnt mean it",
		"ignore that", "ignore me", "forget i said", "i take it back",
		"kidding", "not serious", "im not serious", "i wasnt serious", "its nothing",
		"i dont mean it" };

	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
		if (begins(plain, str_c(heads[i])))
			return true;
	}
	return false;
}
