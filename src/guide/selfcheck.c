/*
 * The order in which a line is read: words that steer (stop, back, why ...),
 * then an answer, then "not mine".  Each thing a line can be is a row of the
 * table `steps`; a follow-up and the offer to go on look at the line first.
 */
#include "guide/selfcheck.h"

#include <assert.h>
#include <stdio.h>

#include "base/utf8.h"
#include "guide/answers.h"
#include "guide/fill.h"

enum phase {
	PHASE_CLOSED,
	PHASE_ASK,    /* a question is open */
	PHASE_FOLLOW, /* its follow-up is */
	PHASE_WAIT,   /* talk's own question is; selfcheck_resume() ends it */
	PHASE_OFFER,  /* go on where it stopped, or start over? */
	PHASE_DONE,
};

static const struct question *
question(const struct selfcheck *sc)
{
	return &sc->list->questions[sc->at];
}

static enum says_who
who(const struct selfcheck *sc)
{
	return sc->other ? SAYS_THEY : SAYS_YOU;
}

/* --- saying --------------------------------------------------------------- */

/* The labels of the choices, for who did not find one. */
static size_t
choices_text(const struct question *q, char *text, size_t size)
{
	size_t len = 0;

	for (size_t i = 0; i < q->n_choices; i++) {
		int n = snprintf(text + len, size - len, "%s%.*s",
		    i == 0 ? "" : ", ", STR_ARG(q->choices[i].label));

		if (n < 0 || (size_t)n >= size - len)
			break;
		len += (size_t)n;
	}
	return len;
}

static void
say(const struct selfcheck *sc, enum checklist_text text, struct buf *out)
{
	const struct question *q = question(sc);
	bool follow = sc->phase == PHASE_FOLLOW;
	char n[8], of[8], choices[256];
	struct str asked = sc->other ? q->they : q->you;

	if (follow)
		asked = sc->other ? q->follow_they : q->follow;
	snprintf(n, sizeof n, "%u", sc->at + 1U);
	snprintf(of, sizeof of, "%zu", sc->list->n);
	const struct fill fills[] = {
		{ "n", str_c(n) },
		{ "of", str_c(of) },
		{ "group", q->group },
		{ "question", asked },
		{ "why", q->why },
		{ "choices", str_of(choices,
		    choices_text(q, choices, sizeof choices)) },
		{ "crisis", result_crisis(sc->list, str_c(sc->crisis)) },
		{ NULL, { 0 } },
	};
	fill_says(sc->list->texts[text], who(sc), fills, out);
}

static void
say_plain(struct str line, struct buf *out)
{
	if (line.len == 0)
		return;
	buf_add(out, line);
	buf_addc(out, '\n');
}

static void
ask(const struct selfcheck *sc, struct buf *out)
{
	say(sc, sc->phase == PHASE_FOLLOW ? TEXT_FOLLOW : TEXT_ASK, out);
}

/* --- moving --------------------------------------------------------------- */

static struct result_case
case_of(const struct selfcheck *sc)
{
	return (struct result_case) {
		.list = sc->list,
		.answers = sc->answers,
		.noted = sc->noted,
		.other = sc->other,
		/* danger ends it with a result, at whatever question */
		.whole = sc->phase == PHASE_DONE ||
		    (sc->noted & SELFCHECK_IMMINENT) != 0,
		.crisis = str_c(sc->crisis),
	};
}

static enum selfcheck_took
finish(struct selfcheck *sc, struct buf *out)
{
	struct result_case c;

	sc->phase = PHASE_DONE;
	c = case_of(sc);
	result_say(&c, out);
	return SELFCHECK_DONE;
}

/* What they told us already is not asked again. */
static bool
is_noted(const struct selfcheck *sc, size_t i)
{
	return (sc->list->questions[i].noted & sc->noted) != 0;
}

static void
keep_words(struct selfcheck_answer *a, struct str words)
{
	size_t n = utf8_fit(words, sizeof a->words - 1);

	memset(a->words, 0, sizeof a->words);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)words.p[i];

		a->words[i] = (char)(c < ' ' || c == 0x7F ? ' ' : c);
	}
}

static void
set_answer(struct selfcheck *sc, enum answer value, struct str words)
{
	struct selfcheck_answer *a = &sc->answers[sc->at];

	*a = (struct selfcheck_answer) { .value = (uint8_t)value };
	keep_words(a, words);
	sc->misses = 0;
}

/* Marks a question as answered by what was said outside it. */
static void
set_noted(struct selfcheck *sc, size_t i)
{
	struct selfcheck_answer *a = &sc->answers[i];

	if (a->value != ANSWER_NONE)
		return;
	a->value = ANSWER_YES;
	a->told = true;
}

static enum selfcheck_took
advance(struct selfcheck *sc, struct buf *out)
{
	sc->misses = 0;
	sc->heard = false;
	sc->phase = PHASE_ASK;
	do
		sc->at++;
	while (sc->at < sc->list->n && sc->answers[sc->at].told);
	if (sc->at >= sc->list->n) {
		sc->at = (uint8_t)(sc->list->n - 1);
		return finish(sc, out);
	}
	say_plain(question(sc)->before, out);
	ask(sc, out);
	return SELFCHECK_TOOK;
}

/* Talk takes over with a question of its own. */
static enum selfcheck_took
wait_for_talk(struct selfcheck *sc, enum selfcheck_took took, struct buf *out)
{
	sc->phase = PHASE_WAIT;
	sc->misses = 0;
	if (took == SELFCHECK_ASK_SAFE)
		say(sc, TEXT_SAFE, out);
	return took;
}

static bool
must_ask_safe(const struct selfcheck *sc)
{
	unsigned value = sc->answers[sc->at].value;

	return (question(sc)->ask_safe >> value & 1) != 0;
}

/* The answer is kept; what comes of it? */
static enum selfcheck_took
after_answer(struct selfcheck *sc, struct buf *out)
{
	if (must_ask_safe(sc))
		return wait_for_talk(sc, SELFCHECK_ASK_SAFE, out);
	return advance(sc, out);
}

/* --- follow-ups ----------------------------------------------------------- */

static bool
has_effect(const struct question *q, unsigned bits, enum choice_effect effect)
{
	for (size_t i = 0; i < q->n_choices; i++) {
		if ((bits >> i & 1) != 0 && q->choices[i].effect == effect)
			return true;
	}
	return false;
}

static enum selfcheck_took
take_choices(struct selfcheck *sc, unsigned bits, struct buf *out)
{
	const struct question *q = question(sc);

	sc->answers[sc->at].detail = (uint8_t)bits;
	if (has_effect(q, bits, CHOICE_ABUSE))
		return wait_for_talk(sc, SELFCHECK_ABUSE, out);
	if (has_effect(q, bits, CHOICE_ASK_SAFE))
		return wait_for_talk(sc, SELFCHECK_ASK_SAFE, out);
	return after_answer(sc, out);
}

/* Adds what was said to the follow-up behind the words of the answer. */
static void
add_words(struct selfcheck_answer *a, struct str words)
{
	char both[2 * SELFCHECK_WORDS_MAX];
	size_t n = utf8_fit(words, SELFCHECK_WORDS_MAX - 1);
	int len = snprintf(both, sizeof both, "%s; %.*s", a->words, (int)n,
	    n > 0 ? words.p : "");

	if (len > 0)
		keep_words(a, str_of(both, strlen(both)));
	explicit_bzero(both, sizeof both);
}

/* After a yes: "yes drinking" needs no "which of these".  But a husband who
 * is named need not be one who hurts: that is asked. */
static enum selfcheck_took
follow(struct selfcheck *sc, struct str line, struct buf *out)
{
	const struct question *q = question(sc);
	unsigned bits;

	if (q->follow.len == 0 || sc->answers[sc->at].value != ANSWER_YES)
		return after_answer(sc, out);
	bits = answers_choices(q, line);
	if (bits != 0 && !has_effect(q, bits, CHOICE_ABUSE))
		return take_choices(sc, bits, out);
	sc->phase = PHASE_FOLLOW;
	ask(sc, out);
	return SELFCHECK_TOOK;
}

/* --- what a line can be --------------------------------------------------- */

/* One line, read. */
struct heard {
	enum answer value;
	bool plain;
	struct str line, words;
};

typedef enum selfcheck_took (*step_fn)(struct selfcheck *sc,
    const struct heard *h, struct buf *out);

static enum selfcheck_took
step_none(struct selfcheck *sc, const struct heard *h, struct buf *out)
{
	(void)sc;
	(void)h;
	(void)out;
	return SELFCHECK_NOT_MINE;
}

static enum selfcheck_took
step_answer(struct selfcheck *sc, const struct heard *h, struct buf *out)
{
	const struct question *q = question(sc);
	bool heavy = h->value == ANSWER_YES || h->value == ANSWER_SOME;

	if (sc->phase == PHASE_FOLLOW) { /* "no" or "pass" to "which of these" */
		add_words(&sc->answers[sc->at], h->words);
		return after_answer(sc, out);
	}
	set_answer(sc, h->value, h->words);
	if (heavy && q->after.len > 0)
		say_plain(q->after, out);
	else if (!h->plain || h->value == ANSWER_UNSURE ||
	    h->value == ANSWER_SKIP)
		say_plain(sc->list->manners[h->value].took, out);
	return follow(sc, h->line, out);
}

static enum selfcheck_took
repeat(struct selfcheck *sc, enum checklist_text text, struct buf *out)
{
	sc->misses = 0;
	say(sc, text, out);
	ask(sc, out);
	return SELFCHECK_TOOK;
}

static enum selfcheck_took
step_back(struct selfcheck *sc, const struct heard *h, struct buf *out)
{
	(void)h;
	if (sc->phase == PHASE_FOLLOW)
		sc->phase = PHASE_ASK;
	else if (sc->at == 0)
		return repeat(sc, TEXT_FIRST, out);
	else
		sc->at--;
	sc->misses = 0;
	ask(sc, out);
	return SELFCHECK_TOOK;
}

static enum selfcheck_took
step_why(struct selfcheck *sc, const struct heard *h, struct buf *out)
{
	(void)h;
	say_plain(question(sc)->why, out);
	sc->misses = 0;
	ask(sc, out);
	return SELFCHECK_TOOK;
}

/* Where talk's question was open, the answer before it is kept. */
static void
pause_check(struct selfcheck *sc)
{
	sc->heard = sc->heard || sc->phase == PHASE_WAIT;
	if (sc->phase == PHASE_WAIT || sc->phase == PHASE_OFFER)
		sc->phase = PHASE_ASK;
	sc->paused = true;
	sc->misses = 0;
}

static enum selfcheck_took
step_stop(struct selfcheck *sc, const struct heard *h, struct buf *out)
{
	(void)h;
	pause_check(sc);
	say(sc, TEXT_STOPPED, out);
	return SELFCHECK_STOPPED;
}

static enum selfcheck_took
step_help(struct selfcheck *sc, const struct heard *h, struct buf *out)
{
	(void)h;
	return repeat(sc, TEXT_HELP, out);
}

static enum selfcheck_took
step_go_on(struct selfcheck *sc, const struct heard *h, struct buf *out)
{
	(void)h;
	sc->misses = 0;
	ask(sc, out);
	return SELFCHECK_TOOK;
}

static void
start(struct selfcheck *sc)
{
	explicit_bzero(sc->answers, sizeof sc->answers);
	sc->at = 0;
	sc->misses = 0;
	sc->paused = false;
	sc->heard = false;
	sc->phase = PHASE_ASK;
}

static enum selfcheck_took
step_over(struct selfcheck *sc, const struct heard *h, struct buf *out)
{
	(void)h;
	start(sc);
	return repeat(sc, TEXT_OVER, out);
}

static enum selfcheck_took
step_other(struct selfcheck *sc, const struct heard *h, struct buf *out)
{
	(void)h;
	sc->other = true;
	return repeat(sc, TEXT_OTHER, out);
}

static enum selfcheck_took
step_self(struct selfcheck *sc, const struct heard *h, struct buf *out)
{
	(void)h;
	sc->other = false;
	return repeat(sc, TEXT_SELF, out);
}

static enum selfcheck_took
step_summary(struct selfcheck *sc, const struct heard *h, struct buf *out)
{
	(void)h;
	selfcheck_summary(sc, out);
	sc->misses = 0;
	ask(sc, out);
	return SELFCHECK_TOOK;
}

static const step_fn steps[ANSWER_N] = {
	[ANSWER_NONE] = step_none,
	[ANSWER_YES] = step_answer,
	[ANSWER_SOME] = step_answer,
	[ANSWER_NO] = step_answer,
	[ANSWER_UNSURE] = step_answer,
	[ANSWER_SKIP] = step_answer,
	[ANSWER_BACK] = step_back,
	[ANSWER_WHY] = step_why,
	[ANSWER_STOP] = step_stop,
	[ANSWER_HELP] = step_help,
	[ANSWER_GO_ON] = step_go_on,
	[ANSWER_OVER] = step_over,
	[ANSWER_OTHER] = step_other,
	[ANSWER_SELF] = step_self,
	[ANSWER_RESUME] = step_go_on,
	[ANSWER_SUMMARY] = step_summary,
};

/* --- lines by phase ------------------------------------------------------- */

/* "Someone else" names a choice here before it is a word that steers; a bare
 * yes or "sometimes" does not say which. */
static enum selfcheck_took
line_follow(struct selfcheck *sc, const struct heard *h, struct buf *out)
{
	unsigned bits = answers_choices(question(sc), h->line);

	if (bits != 0 && h->value != ANSWER_STOP && h->value != ANSWER_BACK) {
		add_words(&sc->answers[sc->at], h->words);
		return take_choices(sc, bits, out);
	}
	if (h->value == ANSWER_YES || h->value == ANSWER_SOME)
		return SELFCHECK_NOT_MINE;
	return steps[h->value](sc, h, out);
}

/* Goes on where it was stopped. */
static enum selfcheck_took
take_up(struct selfcheck *sc, struct buf *out)
{
	sc->paused = false;
	sc->misses = 0;
	if (sc->phase == PHASE_OFFER)
		sc->phase = PHASE_ASK;
	say(sc, TEXT_RESUMED, out);
	if (sc->heard)
		return advance(sc, out);
	ask(sc, out);
	return SELFCHECK_TOOK;
}

/* Go on where it stopped, or start over?  A yes is "go on". */
static enum selfcheck_took
line_offer(struct selfcheck *sc, const struct heard *h, struct buf *out)
{
	switch (h->value) {
	case ANSWER_YES:
	case ANSWER_GO_ON:
	case ANSWER_RESUME:
	case ANSWER_SKIP: /* "next" */
		return take_up(sc, out);
	case ANSWER_OVER:
		return step_over(sc, h, out);
	case ANSWER_NO:
	case ANSWER_STOP:
		return step_stop(sc, h, out);
	default:
		return SELFCHECK_NOT_MINE;
	}
}

/* Talk's question was left open.  It is asked once more, and silence on it is
 * never taken for safety. */
static enum selfcheck_took
line_wait(struct selfcheck *sc, const struct heard *h, struct buf *out)
{
	if (h->value == ANSWER_STOP)
		return step_stop(sc, h, out);
	if (sc->misses > 0)
		return SELFCHECK_UNSAFE;
	(void)wait_for_talk(sc, SELFCHECK_ASK_SAFE, out);
	sc->misses = 1;
	return SELFCHECK_ASK_SAFE;
}

static struct heard
hear(const struct selfcheck *sc, struct str line, struct str words)
{
	struct answers_read read =
	    answers_read(sc->list, question(sc), line, words);

	return (struct heard) { read.value, read.plain, line, words };
}

enum selfcheck_took
selfcheck_line(struct selfcheck *sc, struct str line, struct str words,
    struct buf *out)
{
	struct heard h;

	assert(selfcheck_is_open(sc));
	h = hear(sc, line, words);
	switch (sc->phase) {
	case PHASE_FOLLOW:
		return line_follow(sc, &h, out);
	case PHASE_OFFER:
		return line_offer(sc, &h, out);
	case PHASE_WAIT:
		return line_wait(sc, &h, out);
	default:
		return steps[h.value](sc, &h, out);
	}
}

/* --- the rest of the face -------------------------------------------------- */

void
selfcheck_crisis_line(struct selfcheck *sc, struct str line)
{
	size_t n = utf8_fit(line, sizeof sc->crisis - 1);

	memset(sc->crisis, 0, sizeof sc->crisis);
	if (n > 0)
		memcpy(sc->crisis, line.p, n);
}

bool
selfcheck_is_open(const struct selfcheck *sc)
{
	return sc->list != NULL && !sc->paused && sc->phase != PHASE_CLOSED &&
	    sc->phase != PHASE_DONE;
}

/* Is there an open or a stopped one of these questions?  By name: after a
 * reload the list of the same name is another. */
static bool
under_way(const struct selfcheck *sc, const struct checklist *list)
{
	return (sc->paused || selfcheck_is_open(sc)) &&
	    str_eq(sc->list->name, list->name);
}

void
selfcheck_open(struct selfcheck *sc, const struct checklist *list,
    unsigned how, struct buf *out)
{
	if (under_way(sc, list) && !sc->paused) {
		selfcheck_again(sc, out);
		return;
	}
	if (under_way(sc, list)) {
		sc->paused = false;
		sc->phase = PHASE_OFFER; /* a follow-up is asked anew */
		say(sc, TEXT_PAUSED, out);
		return;
	}
	sc->list = list;
	sc->other = (how & SELFCHECK_FOR_OTHER) != 0;
	start(sc);
	say(sc, TEXT_OPENING, out);
	ask(sc, out);
}

void
selfcheck_continue(struct selfcheck *sc, const struct checklist *list,
    unsigned how, struct buf *out)
{
	if (under_way(sc, list) && sc->paused)
		take_up(sc, out);
	else
		selfcheck_open(sc, list, how, out);
}

enum selfcheck_took
selfcheck_word(struct selfcheck *sc, struct str line, struct buf *out)
{
	enum answer v;

	if (sc->list == NULL || selfcheck_is_open(sc))
		return SELFCHECK_NOT_MINE;
	v = answers_read(sc->list, question(sc), line, line).value;
	if (v == ANSWER_RESUME && sc->paused)
		return take_up(sc, out);
	if (v == ANSWER_OVER && sc->paused)
		return step_over(sc, NULL, out);
	if (v == ANSWER_SUMMARY) {
		size_t before = out->len;

		selfcheck_summary(sc, out);
		return out->len > before ? SELFCHECK_TOOK : SELFCHECK_NOT_MINE;
	}
	return SELFCHECK_NOT_MINE;
}

void
selfcheck_hear(struct selfcheck *sc, struct str line, struct str words)
{
	struct heard h;

	if (!selfcheck_is_open(sc) || sc->phase != PHASE_ASK)
		return;
	h = hear(sc, line, words);
	if (h.value != ANSWER_YES && h.value != ANSWER_SOME &&
	    h.value != ANSWER_NO)
		return;
	set_answer(sc, h.value, words);
	sc->answers[sc->at].detail =
	    (uint8_t)answers_choices(question(sc), line);
	sc->heard = true;
}

void
selfcheck_again(struct selfcheck *sc, struct buf *out)
{
	if (!selfcheck_is_open(sc))
		return;
	sc->misses = 0;
	if (sc->phase == PHASE_OFFER)
		say(sc, TEXT_PAUSED, out);
	else
		ask(sc, out);
}

enum selfcheck_took
selfcheck_missed(struct selfcheck *sc, struct str words, struct buf *out)
{
	assert(selfcheck_is_open(sc));
	if (sc->phase == PHASE_OFFER) {
		say(sc, TEXT_PAUSED, out);
		return SELFCHECK_TOOK;
	}
	if (sc->misses == 0) {
		sc->misses = 1;
		say(sc, sc->phase == PHASE_FOLLOW ? TEXT_MISSED_CHOICE
		                                  : TEXT_MISSED, out);
		ask(sc, out);
		return SELFCHECK_TOOK;
	}
	say(sc, TEXT_MOVED_ON, out);
	if (sc->phase == PHASE_FOLLOW) {
		add_words(&sc->answers[sc->at], words);
		return after_answer(sc, out);
	}
	set_answer(sc, ANSWER_UNSURE, words);
	return after_answer(sc, out);
}

void
selfcheck_note(struct selfcheck *sc, enum selfcheck_note note)
{
	sc->noted |= (uint8_t)note;
	if (sc->list == NULL || sc->phase == PHASE_DONE)
		return;
	for (size_t i = 0; i < sc->list->n; i++) {
		if (!is_noted(sc, i))
			continue;
		set_noted(sc, i);
		if (i == sc->at)
			sc->heard = true;
	}
}

enum selfcheck_took
selfcheck_resume(struct selfcheck *sc, struct buf *out)
{
	assert(sc->list != NULL);
	if (sc->phase == PHASE_DONE || sc->phase == PHASE_CLOSED)
		return SELFCHECK_NOT_MINE;
	sc->paused = false;
	if (sc->phase == PHASE_WAIT || sc->heard)
		return advance(sc, out);
	selfcheck_again(sc, out);
	return SELFCHECK_TOOK;
}

void
selfcheck_danger(struct selfcheck *sc, struct buf *out)
{
	selfcheck_note(sc, SELFCHECK_IMMINENT);
	if (sc->list == NULL)
		return;
	if (selfcheck_is_open(sc))
		pause_check(sc);
	say(sc, TEXT_DANGER, out);
}

void
selfcheck_leave(struct selfcheck *sc, struct buf *out)
{
	selfcheck_note(sc, SELFCHECK_IMMINENT);
	if (!selfcheck_is_open(sc))
		return;
	pause_check(sc);
	say(sc, TEXT_STOPPED, out);
}

void
selfcheck_summary(const struct selfcheck *sc, struct buf *out)
{
	struct result_case c;

	if (sc->list == NULL)
		return;
	c = case_of(sc);
	result_summary(&c, out);
}

void
selfcheck_wipe(struct selfcheck *sc)
{
	explicit_bzero(sc, sizeof *sc);
}
