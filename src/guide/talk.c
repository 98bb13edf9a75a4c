#include "guide/talk.h"

#include <math.h>
#include <stdio.h>

#include "base/utf8.h"
#include "guide/crisis.h"
#include "guide/pending.h"
#include "guide/resource.h"
#include "guide/screen.h"
#include "guide/session.h"

#define BRAIN_CHARS 1000              /* of a message that the brain reads */
#define MENDED_MAX 40                 /* odd words of it led back */
#define QUIET_MS UINT64_C(86400000)   /* a day */
#define SILENCE_MS UINT64_C(180000)   /* before the one line after silence */
#define RISK_IDLE_MS UINT64_C(3600000)
#define WARNING_MS UINT64_C(60000)

/* How near a message must be, see nearest.h. */
#define NEAR 0.5F        /* to be taken for a question nobody foresaw */
#define NEAR_IN_CHECK 1.0F /* the same while a self-check waits for answers */
#define MUCH_NEARER 0.5F /* than what a loose trigger made of it */
#define LOOSE_BELOW 60   /* weight of a trigger that may be overruled */

/* One message on its way: what every step needs. */
struct turn {
	struct guide *g;
	struct session *s;
	struct talk_answer *a;
	enum talk_place place;
	uint64_t now_ms;
	struct str text;  /* the clean forms of the message */
	struct str plain;
	bool named_country;
	bool was_asked; /* a safety question was open and is not answered */
	bool personal; /* nothing that a channel should read */
};

/* --- answers --------------------------------------------------------------- */

static void
reset(struct talk_answer *a)
{
	struct buf text = a->text, in_private = a->in_private,
	           in_public = a->in_public, corrected = a->trace.corrected;

	buf_reset(&text);
	buf_reset(&in_private);
	buf_reset(&in_public);
	buf_reset(&corrected);
	*a = (struct talk_answer) { .text = text, .in_private = in_private,
		.in_public = in_public, .trace.corrected = corrected };
}

void
talk_answer_clear(struct talk_answer *a)
{
	buf_wipe(&a->text);
	buf_wipe(&a->in_private);
	buf_wipe(&a->in_public);
	buf_wipe(&a->trace.corrected);
	explicit_bzero(a, sizeof *a);
}

/* Adds text as whole lines: no empty one, each ended by LF. */
static void
add_lines(struct buf *out, struct str text)
{
	struct str line;

	while (str_split(&text, '\n', &line)) {
		while (line.len > 0 && str_blank(line.p[line.len - 1]))
			line.len--;
		if (line.len == 0)
			continue;
		buf_add(out, line);
		buf_addc(out, '\n');
	}
}

static void
note_place(char *to, size_t size, struct loc at)
{
	if (at.file == NULL)
		to[0] = '\0';
	else
		snprintf(to, size, "%s:%u", at.file, (unsigned)at.line);
}

/* --- words of harm --------------------------------------------------------- */

static void
note_hit(struct talk_trace *trace, const struct risk_hit *hit)
{
	trace->risk = true;
	trace->category = risk_category_name(hit->category);
	trace->level = risk_level_name(hit->level);
	trace->who = risk_who_name(hit->who);
	note_place(trace->rule, sizeof trace->rule, hit->at);
	if (trace->rule[0] == '\0')
		snprintf(trace->rule, sizeof trace->rule, "%s", hit->by);
	snprintf(trace->why, sizeof trace->why, "%s", hit->why);
}

/* A plan, means, overdose, violence or abuse now ends the questions. */
static bool
stops_check(const struct risk_hit *hit)
{
	return hit->level == RISK_IMMINENT || hit->category == RISK_ABUSE ||
	    (hit->level == RISK_RISK && (hit->category == RISK_VIOLENCE ||
	    hit->category == RISK_OVERDOSE));
}

/* Is an open check about the one who is in danger? */
static bool
is_checked(const struct turn *t, const struct risk_hit *hit)
{
	const struct selfcheck *check = &t->s->check;

	return selfcheck_is_open(check) &&
	    (hit->who == RISK_OWN || check->other);
}

/* What the self-check must know of it; the check itself knows no risk. */
static void
tell_check(struct turn *t, const struct risk_hit *hit)
{
	struct selfcheck *check = &t->s->check;

	/* An answer in the same line is not lost. */
	selfcheck_hear(check, t->plain, t->plain);
	if (!is_checked(t, hit))
		return;
	if (hit->category == RISK_SELF_HARM)
		selfcheck_note(check, SELFCHECK_SELF_HARM);
	if (hit->category == RISK_SUICIDE && hit->level >= RISK_RISK)
		selfcheck_note(check, SELFCHECK_SUICIDAL);
	if (stops_check(hit))
		selfcheck_note(check, SELFCHECK_IMMINENT);
	else if (hit->level == RISK_RISK)
		selfcheck_note(check, SELFCHECK_RISK);
}

static void say_asked(struct turn *t);

static void
say_crisis(struct turn *t, const struct risk_hit *hit)
{
	t->a->crisis = true;
	t->a->abuse = hit->category == RISK_ABUSE;
	t->a->alert = hit->level == RISK_IMMINENT && hit->who == RISK_OWN &&
	    !t->a->abuse && t->place != TALK_PRIVATE;
	note_hit(&t->a->trace, hit);
	if (hit->level == RISK_CONCERN)
		t->g->counts.concerns++;
	else
		t->g->counts.risks++;
	tell_check(t, hit);
	crisis_block(t->g, t->s, hit, t->now_ms, &t->a->text);
	/* A soft line, then what was asked, then the question. */
	if (hit->level == RISK_CONCERN)
		say_asked(t);
	if (stops_check(hit) && is_checked(t, hit)) {
		if (t->a->abuse)
			selfcheck_leave(&t->s->check, &t->a->text);
		else
			selfcheck_danger(&t->s->check, &t->a->text);
	}
	crisis_question(t->s, hit, t->now_ms, &t->a->text);
}

/* Only these may be met by a line in public, worded for everybody. */
static bool
may_be_public(const struct risk_hit *hit)
{
	return hit->who == RISK_OWN && hit->level >= RISK_RISK &&
	    (hit->category == RISK_SUICIDE || hit->category == RISK_SELF_HARM ||
	    hit->category == RISK_OVERDOSE);
}

/* In a channel all detail goes to the person alone.  A crisis line is moved
 * without memory. */
static void
move_to_private(struct turn *t)
{
	struct buf before = t->a->in_private;

	if (before.len > 0) {
		buf_add(&t->a->in_private, buf_str(&t->a->text));
		buf_reset(&t->a->text);
		return;
	}
	t->a->in_private = t->a->text;
	t->a->text = before;
}

/* Where to say what shows that somebody is in danger, or was. */
static struct buf *
in_confidence(struct turn *t)
{
	return t->place == TALK_PRIVATE ? &t->a->text : &t->a->in_private;
}

static void
settle_place(struct turn *t, const struct risk_hit *hit)
{
	if (t->place == TALK_PRIVATE || t->a->text.len == 0)
		return;
	if (hit->level != RISK_NONE && may_be_public(hit))
		crisis_line(t->g, t->s, "public", NULL, &t->a->in_public);
	if (t->a->crisis || t->personal)
		move_to_private(t);
}

/* --- words that always work ------------------------------------------------- */

static void
say_x(struct turn *t)
{
	t->a->silent = true;
	t->a->end = true;
	session_forget(t->s, t->now_ms);
}

static void
say_lines(struct turn *t)
{
	t->a->crisis = true;
	crisis_lines(t->g, t->s, &t->a->text);
	snprintf(t->a->trace.intent, sizeof t->a->trace.intent, "crisis");
}

static void
say_quiet(struct turn *t)
{
	t->s->quiet_until_ms = t->now_ms + QUIET_MS;
	t->s->pending = PENDING_NONE;
	crisis_line(t->g, t->s, "quiet", NULL, &t->a->text);
}

static void
say_wrong(struct turn *t)
{
	t->g->counts.wrongs++;
	t->s->pending = PENDING_NONE;
	crisis_line(t->g, t->s, "wrong", NULL, &t->a->text);
	if (selfcheck_is_open(&t->s->check))
		selfcheck_again(&t->s->check, &t->a->text);
}

static const struct {
	const char *word;
	void (*say)(struct turn *t);
} always[] = {
	{ "x", say_x },
	{ "crisis", say_lines },
	{ "lines", say_lines },
	{ "quiet", say_quiet },
	{ "wrong", say_wrong },
};

static bool
say_always(struct turn *t)
{
	for (size_t i = 0; i < sizeof always / sizeof always[0]; i++) {
		if (str_is(t->plain, always[i].word)) {
			always[i].say(t);
			return true;
		}
	}
	return false;
}

bool
talk_always_works(struct str line)
{
	for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
		if (str_casecmp(str_trim(line), str_c(always[i].word)) == 0)
			return true;
	return false;
}

/* --- safety questions -------------------------------------------------------- */

/* What the answer means for an open self-check. */
static void
settle_check(struct turn *t, enum pending was, bool clear)
{
	struct selfcheck *check = &t->s->check;

	if (!selfcheck_is_open(check))
		return;
	if (clear) {
		selfcheck_note(check, SELFCHECK_SAFE);
		(void)selfcheck_resume(check, &t->a->text);
	} else if (was == PENDING_ALIVE) {
		selfcheck_note(check, SELFCHECK_RISK);
	} else {
		selfcheck_note(check, SELFCHECK_IMMINENT);
		selfcheck_danger(check, &t->a->text);
	}
}

/* The question that follows comes last, where it is not overlooked. */
static void
say_answered(struct turn *t, enum pending_answer answer)
{
	struct session *s = t->s;
	enum pending was = s->pending, next;

	t->a->crisis = true;
	next = crisis_answer(t->g, s, answer, t->now_ms, &t->a->text);
	if (was != PENDING_NONE)
		settle_check(t, was, answer == PENDING_CLEAR);
	crisis_ask(s, next, t->now_ms, &t->a->text);
}

static void
say_taken_back(struct turn *t)
{
	t->a->crisis = true;
	t->s->pending = PENDING_NONE;
	crisis_line(t->g, t->s, "taken", "back", &t->a->text);
	add_lines(&t->a->text, STR("If some of it was true, type: true. "
	    "I'll answer just as calmly."));
}

/* An answer to an open question about safety, or to what was taken back. */
static bool
say_safety(struct turn *t)
{
	struct session *s = t->s;
	enum pending was = s->pending;
	enum pending_answer answer = pending_read(was, t->plain);

	if (was == PENDING_NONE || answer == PENDING_OTHER) {
		if (s->care.blocks == 0)
			return false;
		if (answer == PENDING_TRUE)
			say_answered(t, answer);
		else if (pending_takes_back(t->plain))
			say_taken_back(t);
		return t->a->crisis;
	}
	say_answered(t, answer);
	return true;
}

/*
 * The question was left open and something else was said.  Silence and other
 * words are never taken for safety; what was asked is still answered.
 */
static void
note_unanswered(struct turn *t)
{
	struct session *s = t->s;

	if (s->pending != PENDING_NONE && s->pending != PENDING_ALIVE)
		s->care.turns = SESSION_FOREVER;
	s->pending = PENDING_NONE;
}

/* --- the dialogs --------------------------------------------------------------- */

struct brain_said {
	struct brain_how how;
	struct script_calls calls;
	bool only_catch_all;
};

static struct str
cut_for_brain(struct str plain)
{
	size_t chars = 0, i = 0;

	for (; i < plain.len && chars < BRAIN_CHARS; i++)
		chars += ((unsigned char)plain.p[i] & 0xC0) != 0x80;
	while (i < plain.len && ((unsigned char)plain.p[i] & 0xC0) == 0x80)
		i++;
	return str_sub(plain, 0, i);
}

static void
ask_brain(struct turn *t, struct str plain, struct brain_said *said)
{
	struct guide *g = t->g;
	struct brain_talk talk = { .user = t->s->user, .rng = &t->s->rng,
		.host = &said->calls };

	*said = (struct brain_said) { 0 };
	buf_reset(&g->room);
	vars_set(t->s->user, STR("terminal"),
	    t->s->terminal ? STR("yes") : STR("no"));
	(void)brain_reply(script_dialogs(g->script), &talk, plain, &g->room,
	    &said->how);
	said->only_catch_all = said->how.status != BRAIN_OK ||
	    str_is(said->how.trigger, "*");
}

/* The weight of a trigger as written; 0 where it has none. */
static unsigned
trigger_weight(struct str trigger)
{
	size_t at = str_find(trigger, STR("{weight="), 0);
	unsigned weight = 0;

	if (at == STR_NONE)
		return 0;
	for (at += 8; at < trigger.len && trigger.p[at] >= '0' &&
	     trigger.p[at] <= '9' && weight < 100000; at++)
		weight = 10 * weight + (unsigned)(trigger.p[at] - '0');
	return weight;
}

/* Did it match by some words among others, which may mean anything? */
static bool
is_loose(struct str trigger)
{
	return str_find(trigger, STR("[*]"), 0) != STR_NONE &&
	    trigger_weight(trigger) < LOOSE_BELOW;
}

/* While a self-check is open only what looks like a question is one. */
static float
near_enough(const struct turn *t)
{
	if (!selfcheck_is_open(&t->s->check))
		return NEAR;
	return str_find_char(buf_str(&t->s->clean.folded), '?', 0) != STR_NONE
	    ? NEAR_IN_CHECK : INFINITY;
}

/*
 * The question to be answered in place of what the brain made of the message,
 * or NULL to leave it at that.  The row of other_topic stands for none of ours.
 */
static const struct questions_row *
second_opinion(const struct turn *t, const struct brain_said *said,
    const struct nearest_view *view)
{
	const struct questions *q = script_questions(t->g->script);
	const struct questions_row *own;
	const struct questions_row *best = &q->list[view->best[0]];
	float top = view->score[view->best[0]];
	float least = near_enough(t);

	if (view->n_best == 0 || t->was_asked)
		return NULL;
	if (said->only_catch_all)
		return top >= least ? best : NULL;
	own = questions_find(q, vars_get(t->s->user, STR("intent")));
	if (own == NULL || selfcheck_is_open(&t->s->check) ||
	    !is_loose(said->how.trigger))
		return NULL;
	if (top < least)
		best = &q->list[NEAREST_OTHER];
	return view->score[best - q->list] - view->score[own - q->list] >=
	    MUCH_NEARER ? best : NULL;
}

/* How the message was understood, where that is a question. */
static void
say_read_as(struct turn *t, const struct questions_row *as)
{
	struct buf *out = &t->a->text;
	size_t before = out->len;

	if (!questions_is_offered(as))
		return;
	crisis_line(t->g, t->s, "read", "as", out);
	if (out->len == before)
		return;
	buf_cut(out, out->len - 1);
	buf_addf(out, " %.*s\n", STR_ARG(as->text));
}

/*
 * Asks the brain the question that the message is near to, from the variables
 * as they were before the message.
 */
static void
ask_nearest(struct turn *t, const struct nearest_view *view,
    struct brain_said *said)
{
	const struct questions *q = script_questions(t->g->script);
	const struct questions_row *as = second_opinion(t, said, view);
	bool other = as == &q->list[NEAREST_OTHER];
	struct clean clean = { 0 };

	if (as == NULL || as->text.len == 0 ||
	    !vars_thaw(t->s->user, VARS_KEEP))
		return;
	if (clean_line(&clean, as->text))
		ask_brain(t, buf_str(&clean.plain), said);
	clean_wipe(&clean);
	/* A guess ends no talk. */
	said->calls.quit = false;
	if (!other && !said->only_catch_all)
		say_read_as(t, as);
}

/* How near the message is to the questions the dialogs list. */
static void
look_nearest(struct turn *t, struct nearest_view *view)
{
	struct guide *g = t->g;

	buf_reset(&g->screen_room);
	brain_format(script_dialogs(g->script), cut_for_brain(t->plain),
	    &g->screen_room);
	nearest_look(&script_questions(g->script)->nearest,
	    buf_str(&g->screen_room), view);
}

/* Once more with odd words led back to words the dialogs know. */
static void
ask_mended(struct turn *t, struct str plain, struct brain_said *said)
{
	struct guide *g = t->g;
	struct buf *mended = &t->a->trace.corrected;
	struct vars *user = t->s->user;
	struct lexicon_mending how = { .speller = g->speller,
		.words = MENDED_MAX };

	if (!lexicon_mend(script_dialog_words(g->script), &how, plain, mended))
		return;
	if (vars_thaw(user, VARS_KEEP))
		ask_brain(t, buf_str(mended), said);
	if (!said->only_catch_all)
		return;
	buf_reset(mended);
	if (vars_thaw(user, VARS_KEEP))
		ask_brain(t, plain, said);
}

/*
 * The brain's answer to the message; where it has none, to the message with
 * its spelling mended, then to the question that is nearest.  An answer that
 * is not given must not be kept in the variables either, so each attempt
 * starts from the same ones.
 */
static void
ask_dialogs(struct turn *t, const struct nearest_view *view,
    struct brain_said *said)
{
	struct str plain = cut_for_brain(t->plain);
	bool kept = vars_freeze(t->s->user);

	ask_brain(t, plain, said);
	if (!kept)
		return;
	if (said->only_catch_all)
		ask_mended(t, plain, said);
	ask_nearest(t, view, said);
	(void)vars_thaw(t->s->user, VARS_DISCARD);
}

static void
note_brain(struct turn *t, const struct brain_said *said)
{
	struct talk_trace *trace = &t->a->trace;
	struct str intent = vars_get(t->s->user, STR("intent"));

	snprintf(trace->intent, sizeof trace->intent, "%.*s", STR_ARG(intent));
	snprintf(trace->trigger, sizeof trace->trigger, "%.*s",
	    STR_ARG(said->how.trigger));
	note_place(trace->source, sizeof trace->source, said->how.at);
}

static void
open_check(struct turn *t, bool for_other)
{
	struct session *s = t->s;
	const struct checklist *list =
	    script_checklist(t->g->script, STR("selfcheck"));
	struct buf line = { 0 };

	if (list == NULL)
		return;
	/* One that is open or was stopped keeps the questions it began with. */
	if (!selfcheck_is_open(&s->check) && !s->check.paused) {
		script_unref(s->pinned);
		s->pinned = script_ref(t->g->script);
	}
	crisis_line(t->g, s, "lines", NULL, &line);
	selfcheck_crisis_line(&s->check, str_trim(buf_str(&line)));
	buf_clear(&line);
	selfcheck_open(&s->check, list, for_other ? SELFCHECK_FOR_OTHER : 0U,
	    &t->a->text);
	if (t->place != TALK_PRIVATE) {
		move_to_private(t);
		crisis_line(t->g, s, "to", "private", &t->a->text);
	}
}

/* Does what the reply's macros asked for. */
static void
follow_calls(struct turn *t, const struct script_calls *calls)
{
	if (calls->selfcheck)
		open_check(t, calls->for_other);
	if (calls->summary) {
		selfcheck_summary(&t->s->check, &t->a->text);
		t->personal = true;
	}
	if (calls->quit)
		t->a->end = true;
	if (calls->forget)
		session_forget(t->s, t->now_ms);
}

/* The dialogs' answer; false when only the catch-all had one. */
static bool
say_brain(struct turn *t)
{
	struct brain_said said;
	struct nearest_view view;

	look_nearest(t, &view);
	ask_dialogs(t, &view, &said);
	note_brain(t, &said);
	/* Small talk is no other topic: a "fine" there is an unclear answer. */
	if (selfcheck_is_open(&t->s->check) && (said.only_catch_all ||
	    strcmp(t->a->trace.intent, "other_topic") == 0))
		return false;
	if (said.how.status == BRAIN_OK)
		add_lines(&t->a->text, buf_str(&t->g->room));
	if (said.only_catch_all) {
		t->g->counts.fallbacks++;
		if (said.how.status != BRAIN_OK) {
			crisis_line(t->g, t->s, "fallback", NULL, &t->a->text);
			snprintf(t->a->trace.intent, sizeof t->a->trace.intent,
			    "other_topic");
		}
		questions_offer(script_questions(t->g->script), &view,
		    &t->a->text);
	}
	follow_calls(t, &said.calls);
	return true;
}

/* What was asked beside a soft line; nothing where the dialogs know nothing. */
static void
say_asked(struct turn *t)
{
	struct brain_said said;

	if (selfcheck_is_open(&t->s->check))
		return;
	ask_brain(t, cut_for_brain(t->plain), &said);
	if (said.only_catch_all || said.calls.selfcheck || said.calls.quit ||
	    said.calls.forget)
		return;
	note_brain(t, &said);
	add_lines(&t->a->text, buf_str(&t->g->room));
}

/* --- the self-check --------------------------------------------------------------- */

static enum pending
safety_of(const struct session *s)
{
	return s->check.other ? PENDING_THEM : PENDING_ACT;
}

static bool
say_check(struct turn *t)
{
	struct session *s = t->s;

	if (!selfcheck_is_open(&s->check))
		return selfcheck_word(&s->check, t->plain, &t->a->text) !=
		    SELFCHECK_NOT_MINE;
	switch (selfcheck_line(&s->check, t->plain, t->plain, &t->a->text)) {
	case SELFCHECK_NOT_MINE:
		if (!say_brain(t))
			(void)selfcheck_missed(&s->check, t->plain, &t->a->text);
		else if (selfcheck_is_open(&s->check))
			selfcheck_again(&s->check, &t->a->text);
		break;
	case SELFCHECK_ASK_SAFE:
		crisis_ask(s, safety_of(s), t->now_ms, &t->a->text);
		t->a->crisis = true;
		break;
	case SELFCHECK_UNSAFE:
		s->pending = safety_of(s);
		say_answered(t, PENDING_UNSURE);
		break;
	case SELFCHECK_ABUSE:
		say_crisis(t, &(struct risk_hit) { .level = RISK_RISK,
		    .category = RISK_ABUSE, .by = "self-check",
		    .who = s->check.other ? RISK_THIRD : RISK_OWN });
		break;
	default:
		break;
	}
	return true;
}

/* A sign that answers as a word does. */
static struct str
word_of_sign(struct str folded)
{
	static const struct { const char *sign, *word; } signs[] = {
		{ "\U0001F44D", "yes" }, { "\u2705", "yes" },
		{ "\U0001F44E", "no" }, { "\u274C", "no" },
	};

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		if (str_starts(folded, str_c(signs[i].sign)))
			return str_c(signs[i].word);
	}
	return (struct str) { 0 };
}

/* --- the path ------------------------------------------------------------------------ */

/* A place the person names, in whatever they write, is where they are. */
static bool
note_country(struct turn *t)
{
	const struct resource *row = resource_said(
	    script_resources(t->g->script), t->plain);

	if (row != NULL)
		memcpy(t->s->country, row->code, sizeof t->s->country);
	return row != NULL;
}

/* The numbers of the place, where naming it was all that was said. */
static bool
say_country(struct turn *t)
{
	struct session *s = t->s;

	if (!t->named_country || (t->plain.len > 40 && s->care.turns == 0))
		return false;
	crisis_country(t->g, s, &t->a->text);
	if (selfcheck_is_open(&s->check))
		selfcheck_again(&s->check, &t->a->text);
	return true;
}

/* Nothing but blanks or signs: what is open is asked again. */
static void
say_blank(struct turn *t)
{
	struct session *s = t->s;

	if (s->pending != PENDING_NONE) {
		crisis_line(t->g, s, "care", s->care.abuse ? "abuse" : NULL,
		    &t->a->text);
		crisis_ask(s, s->pending, t->now_ms, &t->a->text);
	} else if (selfcheck_is_open(&s->check)) {
		selfcheck_again(&s->check, &t->a->text);
	} else {
		crisis_line(t->g, s, "blank", NULL, &t->a->text);
	}
	if (t->s->clean.folded.len > 0) /* signs alone: nothing asked */
		snprintf(t->a->trace.intent, sizeof t->a->trace.intent,
		    "other_topic");
}

/* Everything but words of harm; false when the rate refused it. */
static bool
say_ordinary(struct turn *t)
{
	struct session *s = t->s;

	t->personal = s->care.blocks > 0 || s->pending != PENDING_NONE;
	if (t->plain.len == 0) {
		say_blank(t);
		return true;
	}
	if (say_always(t))
		return true;
	if (!rate_take(&s->rate, &t->g->options.rate, t->now_ms)) {
		t->g->counts.refused_rate++;
		crisis_line(t->g, s, "fast", NULL, &t->a->text);
		return false;
	}
	if (say_safety(t))
		return true;
	t->was_asked = s->pending != PENDING_NONE;
	note_unanswered(t);
	if (say_country(t))
		return true;
	crisis_care(t->g, s, in_confidence(t));
	t->personal = say_check(t);
	if (!t->personal)
		(void)say_brain(t);
	return true;
}

/* What could not be read counts as a hit: in a channel the line goes to the
 * person alone, as all detail does. */
static void
no_memory(struct talk_answer *a, enum talk_place place)
{
	reset(a);
	buf_add(place == TALK_PRIVATE ? &a->text : &a->in_private,
	    str_c(talk_no_memory_text()));
	a->crisis = true;
	a->end = true;
}

void
talk_part(struct guide *g, struct session *s, struct str raw, size_t same,
    uint64_t now_ms)
{
	screen_part(g, s, raw, same, now_ms);
	buf_wipe(&g->screen_room);
	speller_forget(g->speller);
}

void
talk_line(struct guide *g, struct session *s, struct str raw,
    enum talk_place place, uint64_t now_ms, struct talk_answer *a)
{
	struct turn t = { .g = g, .s = s, .a = a, .place = place,
		.now_ms = now_ms };
	struct risk_hit hit;

	reset(a);
	g->counts.messages++;
	if (raw.len > TALK_LINE_MAX) {
		talk_too_long(g, s, a);
		return;
	}
	s->last_ms = now_ms;
	s->idle_warned = false;
	if (!screen_line(g, s, raw, now_ms, &hit)) {
		no_memory(a, place);
		return;
	}
	/* A soft line is only for those who speak to the guide. */
	if (hit.level == RISK_CONCERN && place == TALK_OVERHEARD)
		hit = (struct risk_hit) { 0 };
	t.text = buf_str(&s->clean.text);
	t.plain = buf_str(&s->clean.plain);
	if (t.plain.len == 0)
		t.plain = word_of_sign(buf_str(&s->clean.folded));
	t.named_country = note_country(&t);
	if (hit.level != RISK_NONE) {
		say_crisis(&t, &hit);
	} else if (place != TALK_OVERHEARD) {
		(void)say_ordinary(&t);
	}
	settle_place(&t, &hit);
	s->said_ms = now_ms;
	clean_wipe(&s->clean);
	buf_wipe(&g->room);
	buf_wipe(&g->screen_room);
	speller_forget(g->speller);
	if (a->text.failed || a->in_private.failed || a->in_public.failed)
		no_memory(a, place);
}

void
talk_too_long(struct guide *g, struct session *s, struct talk_answer *a)
{
	(void)s;
	reset(a);
	g->counts.messages++;
	buf_add(&a->text, STR("That line is longer than I can read. "
	    RESOURCE_STATIC_LINE "\n"));
	a->crisis = true;
	a->end = true;
}

void
talk_greet(struct guide *g, struct session *s, struct talk_answer *a)
{
	reset(a);
	crisis_line(g, s, "greeting", NULL, &a->text);
	crisis_line(g, s, "greeting", "ask", &a->text);
	crisis_line(g, s, "greeting", "crisis", &a->text);
	if (a->text.failed || a->text.len == 0)
		no_memory(a, TALK_PRIVATE);
}

/* --- what is due without a line ---------------------------------------------------------- */

static uint64_t
tick_silence(struct guide *g, struct session *s, uint64_t now_ms,
    struct talk_answer *a)
{
	uint64_t due = s->pending_at_ms + SILENCE_MS;

	if (s->pending == PENDING_NONE || s->pending == PENDING_ALIVE ||
	    s->silence_said || s->care.abuse)
		return 0;
	if (now_ms < due)
		return due;
	s->silence_said = true;
	crisis_line(g, s, "silence", NULL, &a->text);
	a->crisis = true;
	return 0;
}

static uint64_t
tick_idle(struct guide *g, struct session *s, uint64_t idle_ms,
    uint64_t now_ms, struct talk_answer *a)
{
	bool risk = s->care.blocks > 0;
	const char *kind = risk ? NULL : "plain";
	uint64_t end, warn;

	if (idle_ms == 0)
		return 0;
	if (risk && idle_ms < RISK_IDLE_MS)
		idle_ms = RISK_IDLE_MS;
	end = s->last_ms + idle_ms;
	warn = idle_ms > WARNING_MS ? end - WARNING_MS : end;
	if (now_ms >= end) {
		crisis_line(g, s, "idle-end", kind, &a->text);
		a->end = true;
		return 0;
	}
	if (now_ms < warn)
		return warn;
	if (!s->idle_warned) {
		s->idle_warned = true;
		crisis_line(g, s, "idle-warning", kind, &a->text);
	}
	return end;
}

uint64_t
talk_tick(struct guide *g, struct session *s, uint64_t idle_ms,
    uint64_t now_ms, struct talk_answer *a)
{
	uint64_t silence, idle;

	reset(a);
	silence = tick_silence(g, s, now_ms, a);
	idle = a->text.len > 0 ? now_ms + 1000
	                       : tick_idle(g, s, idle_ms, now_ms, a);
	if (silence == 0 || (idle != 0 && idle < silence))
		return idle;
	return silence;
}

/* --- texts that need no session ------------------------------------------------------------ */

const char *
talk_full_text(void)
{
	return RESOURCE_STATIC_LINE "\n"
	    "I'm full right now; please try again in a few minutes.\n";
}

const char *
talk_no_memory_text(void)
{
	return RESOURCE_STATIC_LINE "\n"
	    "I can't answer right now.\n";
}

const char *
talk_goodbye_text(void)
{
	return "I have to stop now. Nothing of this talk is kept.\n"
	    RESOURCE_STATIC_LINE "\n";
}
