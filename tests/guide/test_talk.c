#include "guide/talk.h"

#include "guide/crisis.h"
#include "guide/embedded.h"
#include "guide/example.h"
#include "guide_fixture.h"

/* --- every state there is ---------------------------------------------------- */

static void
state_fresh(struct fixture *f)
{
	(void)f;
}

static void
state_greeted(struct fixture *f)
{
	talk_greet(f->g, f->s, &f->a);
	say(f, "hello");
}

static void
state_asked(struct fixture *f)
{
	say(f, "what is iop");
	say(f, "how long");
}

static void
state_not_understood(struct fixture *f)
{
	say(f, "zxcv qwer");
	say(f, "zxcv qwer");
	say(f, "");
}

static void
state_check_open(struct fixture *f)
{
	say(f, "check");
	ck_assert(selfcheck_is_open(&f->s->check));
}

static void
state_check_for_other(struct fixture *f)
{
	say(f, "check for someone else");
	ck_assert(selfcheck_is_open(&f->s->check));
	ck_assert(f->s->check.other);
}

static void
state_check_follow(struct fixture *f)
{
	state_check_open(f);
	for (int i = 0; i < 7; i++)
		say(f, "no");
	say(f, "yes"); /* which of these? */
	ck_assert(selfcheck_is_open(&f->s->check));
}

static void
state_check_safety(struct fixture *f)
{
	state_check_open(f);
	for (int i = 0; i < 9; i++)
		say(f, "no");
	say(f, "yes");
	ck_assert_int_eq(f->s->pending, PENDING_ACT);
}

static void
state_check_offer(struct fixture *f)
{
	state_check_open(f);
	say(f, "yes");
	say(f, "stop");
	say(f, "check"); /* go on, or start over? */
}

static void
state_check_half(struct fixture *f)
{
	state_check_open(f);
	for (int i = 0; i < 5; i++)
		say(f, "no");
}

static void
state_check_late(struct fixture *f)
{
	state_check_open(f);
	for (int i = 0; i < 9; i++)
		say(f, "no");
	ck_assert(selfcheck_is_open(&f->s->check));
}

static void
state_check_stopped(struct fixture *f)
{
	state_check_half(f);
	say(f, "stop");
}

static void
state_check_not_understood(struct fixture *f)
{
	state_check_open(f);
	say(f, "purple");
}

static void
state_check_done(struct fixture *f)
{
	state_check_open(f);
	for (int i = 0; i < 30 && selfcheck_is_open(&f->s->check); i++)
		say(f, "no");
}

static void
state_pending_act(struct fixture *f)
{
	say(f, "i want to kill myself");
	ck_assert_int_eq(f->s->pending, PENDING_ACT);
}

static void
state_pending_safe(struct fixture *f)
{
	say(f, "my husband hits me");
	ck_assert_int_eq(f->s->pending, PENDING_SAFE);
}

static void
state_pending_alive(struct fixture *f)
{
	say(f, "whats the point anymore");
	ck_assert_int_eq(f->s->pending, PENDING_ALIVE);
}

static void
state_silent(struct fixture *f)
{
	state_pending_act(f);
	f->now_ms += 200000;
	talk_tick(f->g, f->s, 900000, f->now_ms, &f->a);
}

static void
state_after_x(struct fixture *f)
{
	state_pending_act(f);
	say(f, "x");
	ck_assert_int_eq(f->s->pending, PENDING_NONE);
}

static void
state_said_often(struct fixture *f)
{
	for (int i = 0; i < 12; i++)
		say(f, "i want to die");
}

static void
state_quiet_after_risk(struct fixture *f)
{
	state_pending_act(f);
	say(f, "quiet");
}

static void
state_believed(struct fixture *f)
{
	state_pending_act(f);
	say(f, "no");
}

static void
state_unsafe(struct fixture *f)
{
	state_pending_safe(f);
	say(f, "no");
}

static void
state_taken_back(struct fixture *f)
{
	state_pending_act(f);
	say(f, "jk lol");
}

static void
state_quiet(struct fixture *f)
{
	say(f, "quiet");
}

static void
state_wrong(struct fixture *f)
{
	state_pending_act(f);
	say(f, "wrong");
}

static void
state_abroad(struct fixture *f)
{
	say(f, "i live in ireland");
}

static void
state_rate_used_up(struct fixture *f)
{
	f->g->options.rate = (struct rate_policy) { 1, 600000 };
	say(f, "hello");
	say(f, "hello");
	ck_assert_uint_gt(f->g->counts.refused_rate, 0);
}

static void
state_forgotten(struct fixture *f)
{
	say(f, "forget me");
}

static const struct state {
	const char *what;
	void (*enter)(struct fixture *f);
} states[] = {
	{ "fresh", state_fresh },
	{ "greeted", state_greeted },
	{ "asked", state_asked },
	{ "not understood", state_not_understood },
	{ "check open", state_check_open },
	{ "check for someone else", state_check_for_other },
	{ "check half-way", state_check_half },
	{ "check, which of these?", state_check_follow },
	{ "check, safe?", state_check_safety },
	{ "check, go on or start over?", state_check_offer },
	{ "check at its end", state_check_late },
	{ "check stopped", state_check_stopped },
	{ "check, not understood", state_check_not_understood },
	{ "check done", state_check_done },
	{ "likely to act?", state_pending_act },
	{ "safe right now?", state_pending_safe },
	{ "not wanting to be alive?", state_pending_alive },
	{ "silent", state_silent },
	{ "after x", state_after_x },
	{ "said often", state_said_often },
	{ "quiet after risk", state_quiet_after_risk },
	{ "believed", state_believed },
	{ "unsafe", state_unsafe },
	{ "taken back", state_taken_back },
	{ "quiet", state_quiet },
	{ "wrong", state_wrong },
	{ "abroad", state_abroad },
	{ "rate used up", state_rate_used_up },
	{ "forgotten", state_forgotten },
};

/* One phrase a kind of harm, in words of our own. */
static const char *const phrases[] = {
	"i want to kill myself",
	"I WANT TO DIE!!!",
	"i have been cutting myself again",
	"i took a whole bottle of pills an hour ago",
	"my husband hits me when he drinks",
	"i feel like i am going to hurt my brother with a knife",
	"my best friend told me she wants to end her life",
	"i havent eaten in six days and i keep fainting",
	"give me the number of a suicide hotline",
	"i don't want to wake up tomorrow",
	"k1ll mys3lf",
	"i wnat to dei",
	"imgoingtokillmyself",
	"kms tonight",
	"quiero matarme",
};

START_TEST(resources_come_first_in_every_state)
{
	struct fixture f;

	fixture_open(&f, NULL);
	for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
		const char *reply;

		f.g->options.rate = (struct rate_policy) { 5, 0 };
		fixture_again(&f);
		states[_i].enter(&f);
		reply = say(&f, phrases[i]);
		ck_assert_msg(f.a.trace.risk, "%s: %s", states[_i].what,
		    phrases[i]);
		ck_assert_msg(f.a.crisis && opens_with_help(reply), "%s: %s:\n%s",
		    states[_i].what, phrases[i], reply);
	}
	fixture_close(&f);
}
END_TEST

/* At each question, for oneself and for someone else. */
START_TEST(no_question_of_the_check_silences_it)
{
	struct fixture f;

	fixture_open(&f, NULL);
	for (int q = 0; q < 11; q++) {
		for (size_t i = 0; i < N_ROWS(phrases); i++) {
			fixture_again(&f);
			say(&f, _i == 0 ? "check" : "check for someone else");
			for (int k = 0; k < q; k++)
				say(&f, "no");
			ck_assert_int_eq(f.s->check.at, q);
			ck_assert_msg(opens_with_help(say(&f, phrases[i])) &&
			    f.a.trace.risk, "question %d: %s", q + 1, phrases[i]);
		}
	}
	fixture_close(&f);
}
END_TEST

static int
times_in(const char *text, const char *what)
{
	int n = 0;

	while ((text = strstr(text, what)) != NULL) {
		text += strlen(what);
		n++;
	}
	return n;
}

/* Words of harm at each question in turn; then the check goes on to its end,
 * and the summary holds every answer as it was typed. */
START_TEST(words_of_harm_lose_no_answer)
{
	static const char *const said[] = { "i want to die",
		"i cut myself last night", "he beat me up again" };
	struct fixture f;
	const char *end;

	fixture_open(&f, NULL);
	for (int q = 0; q < 11; q++) {
		for (size_t i = 0; i < N_ROWS(said); i++) {
			fixture_again(&f);
			say(&f, "check");
			for (int k = 0; k < q; k++)
				say(&f, "not lately");
			ck_assert(opens_with_help(say(&f, said[i])));
			ck_assert_int_eq(f.s->check.at, q);
			say(&f, i == 2 ? "yes i am safe" : "no");
			ck_assert_msg(!f.a.trace.risk, "%d: %s", q + 1, said[i]);
			if (!selfcheck_is_open(&f.s->check)) /* set aside */
				say(&f, "resume");
			for (int k = 0; k < 11 && selfcheck_is_open(&f.s->check); k++)
				say(&f, "not lately");
			end = say(&f, "summary");
			/* What was told is an answer, too. */
			ck_assert_int_eq(times_in(end, "\nAnswer: "), 11);
			ck_assert_msg(times_in(end, "Answer: \"not lately\"") +
			    times_in(end, "Told during the check.") >= 11,
			    "at %d: %s:\n%s", q + 1, said[i], end);
			ck_assert_int_le(times_in(end, "Told during"), 1);
		}
	}
	fixture_close(&f);
}
END_TEST

/* In a channel, spoken to the guide or not, it reaches the person alone. */
START_TEST(no_place_silences_it)
{
	static const enum talk_place places[] = { TALK_CHANNEL, TALK_OVERHEARD };
	struct fixture f;

	fixture_open(&f, NULL);
	for (size_t i = 0; i < N_ROWS(phrases); i++) {
		f.g->options.rate = (struct rate_policy) { 5, 0 };
		fixture_again(&f);
		states[_i].enter(&f);
		for (size_t p = 0; p < 2; p++) {
			f.now_ms += 1000;
			talk_line(f.g, f.s, str_c(phrases[i]), places[p],
			    f.now_ms, &f.a);
			ck_assert_msg(f.a.crisis && f.a.trace.risk &&
			    opens_with_help(buf_cstr(&f.a.in_private)),
			    "%s: %s:\n%s", states[_i].what, phrases[i],
			    buf_cstr(&f.a.in_private));
			ck_assert(f.a.in_public.len == 0 ||
			    opens_with_help(f.a.in_public.p));
			ck_assert_uint_eq(f.a.text.len, 0);
		}
	}
	fixture_close(&f);
}
END_TEST

/* The same with every rule's own example, as it stands and shouted. */
START_TEST(no_state_silences_a_rule)
{
	const struct embedded *file;
	struct example e;
	struct fixture f;
	char line[300];

	fixture_open(&f, NULL);
	for (file = embedded_shipped; file->name != NULL; file++) {
		struct examples at = { .source =
		    str_of((const char *)file->text, file->len) };

		while (examples_next(&at, &e)) {
			if (str_starts(e.topic, STR("shield_")))
				continue;
			f.g->options.rate = (struct rate_policy) { 5, 0 };
			fixture_again(&f);
			states[_i].enter(&f);
			for (int shout = 0; shout < 2; shout++) {
				snprintf(line, sizeof line, shout ? "%.*s!!!"
				    : "%.*s", STR_ARG(e.text));
				for (char *c = line; shout && *c != '\0'; c++) {
					if (*c >= 'a' && *c <= 'z')
						*c = (char)(*c - 32);
				}
				ck_assert_msg(opens_with_help(say(&f, line)),
				    "%s: %s", states[_i].what, line);
				ck_assert_msg(f.a.trace.risk, "%s: %s",
				    states[_i].what, line);
			}
		}
	}
	fixture_close(&f);
}
END_TEST

/* --- what a reply looks like ---------------------------------------------------- */

/* Whole lines, none empty, none over the length. */
static void
check_shape(const char *reply, const char *what, size_t most)
{
	struct str rest = str_c(reply), line;
	size_t n = 0;

	ck_assert_msg(rest.len > 0 && rest.p[rest.len - 1] == '\n', "%s", what);
	rest.len--;
	while (str_split(&rest, '\n', &line)) {
		ck_assert_msg(line.len > 0, "%s: empty line", what);
		ck_assert_msg(line.len <= 200, "%s: %zu bytes: %.*s", what,
		    line.len, STR_ARG(line));
		ck_assert_msg(str_find_char(line, '{', 0) == STR_NONE, "%.*s",
		    STR_ARG(line));
		n++;
	}
	ck_assert_msg(n <= most, "%s: %zu lines:\n%s", what, n, reply);
}

static const char *const kinds[] = { "", "goodbye", "means", "method",
	"attempt", "bleeding", "voices", "withdrawal", "baby", "partner",
	"perinatal", "sexual_assault", "weapon", "trafficking", "minor", "kys",
	"threatened", "stalking", "child_abuse", "fainting", "human", "plan",
	"unsafe", "notsafe", "choked", "spiked", "opioid", "veteran" };

/* Every kind of hit, in every country, said four times. */
START_TEST(every_block_is_short_and_never_the_same)
{
	struct fixture f;
	const struct resources *t;

	fixture_open(&f, NULL);
	t = script_resources(f.g->script);
	for (size_t r = 0; r < t->n; r++)
		for (int c = 0; c < RISK_N_CATEGORIES; c++)
			for (int l = RISK_CONCERN; l <= RISK_IMMINENT; l++)
				for (int k = 0; k < N_ROWS(kinds) * 2; k++) {
		struct risk_hit hit = { .level = (enum risk_level)l,
			.category = (enum risk_category)c,
			.who = k % 2 == 0 ? RISK_OWN : RISK_THIRD };
		char said[12][1200];
		char what[80];

		snprintf(hit.kind, sizeof hit.kind, "%s", kinds[k / 2]);
		snprintf(what, sizeof what, "%s %s %s %s %s", t->rows[r].code,
		    risk_category_name(hit.category),
		    risk_level_name(hit.level), risk_who_name(hit.who),
		    hit.kind);
		session_forget(f.s, f.now_ms);
		memcpy(f.s->country, t->rows[r].code, 3);
		for (int n = 0; n < 12; n++) {
			struct buf out = { 0 };

			crisis_block(f.g, f.s, &hit, f.now_ms, &out);
			crisis_question(f.s, &hit, f.now_ms, &out);
			check_shape(buf_cstr(&out), what, 6);
			ck_assert_msg(str_find(buf_str(&out),
			    t->rows[r].field[RESOURCE_EMERGENCY], 0) !=
			    STR_NONE || opens_with_help(out.p) ||
			    t->rows[r].field[RESOURCE_SUICIDE].p != NULL, "%s",
			    what);
			snprintf(said[n], sizeof said[n], "%s", out.p);
			for (int m = 0; m < n; m++)
				ck_assert_msg(strcmp(said[m], said[n]) != 0,
				    "%s: said twice (%d, %d):\n%s", what, m, n,
				    said[n]);
			buf_clear(&out);
		}
		/* One country through all kinds is enough for the rest. */
		if (r > 0 && k >= 1)
			break;
	}
	fixture_close(&f);
}
END_TEST

static const char *const everyday[] = { "hello", "what is iop",
	"do i need iop", "therapy vs iop vs inpatient", "how long is it", "cost",
	"help", "asdf", "", "thanks", "check", "why", "stop", "forget me",
	"crisis", "lines", "canada", "quiet", "wrong", "are you human" };

START_TEST(every_reply_is_whole_lines)
{
	struct fixture f;

	fixture_open(&f, NULL);
	talk_greet(f.g, f.s, &f.a);
	check_shape(buf_cstr(&f.a.text), "greeting", 4);
	for (size_t i = 0; i < sizeof everyday / sizeof everyday[0]; i++)
		check_shape(say(&f, everyday[i]), everyday[i], 9);
	fixture_close(&f);
}
END_TEST

/* --- care in view ---------------------------------------------------------------- */

START_TEST(care_stays_in_view_as_long_as_it_should)
{
	struct fixture f;

	fixture_open(&f, NULL);
	say(&f, "i want to kill myself");
	say(&f, "no");
	for (int i = 0; i < 3; i++)
		ck_assert_msg(opens_with_help(say(&f, "how long is iop")), "%d",
		    i);
	ck_assert(!opens_with_help(say(&f, "how long is iop")));

	/* After something imminent it stays for the whole session. */
	fixture_again(&f);
	say(&f, "i have the pills in my hand and i am going to take them");
	say(&f, "yes");
	for (int i = 0; i < 20; i++)
		ck_assert(opens_with_help(say(&f, "how long is iop")));
	fixture_close(&f);
}
END_TEST

START_TEST(silence_gets_one_line_but_never_after_abuse)
{
	struct fixture f;

	fixture_open(&f, NULL);
	say(&f, "i want to kill myself");
	talk_tick(f.g, f.s, 0, f.now_ms + 179000, &f.a);
	ck_assert_uint_eq(f.a.text.len, 0);
	talk_tick(f.g, f.s, 0, f.now_ms + 181000, &f.a);
	ck_assert(opens_with_help(buf_cstr(&f.a.text)));
	talk_tick(f.g, f.s, 0, f.now_ms + 999000, &f.a);
	ck_assert_uint_eq(f.a.text.len, 0);

	fixture_again(&f);
	say(&f, "my husband hits me");
	talk_tick(f.g, f.s, 0, f.now_ms + 181000, &f.a);
	ck_assert_uint_eq(f.a.text.len, 0);
	fixture_close(&f);
}
END_TEST

START_TEST(idle_ends_later_after_risk)
{
	const uint64_t idle = 900000;
	struct fixture f;
	uint64_t start;

	fixture_open(&f, NULL);
	say(&f, "hello");
	start = f.now_ms;
	ck_assert_uint_eq(talk_tick(f.g, f.s, idle, start + 1, &f.a),
	    start + idle - 60000);
	talk_tick(f.g, f.s, idle, start + idle - 60000, &f.a);
	ck_assert(f.a.text.len > 0 && !f.a.end);
	talk_tick(f.g, f.s, idle, start + idle, &f.a);
	ck_assert(f.a.text.len > 0 && f.a.end);

	fixture_again(&f);
	say(&f, "i want to kill myself");
	say(&f, "no");
	talk_tick(f.g, f.s, idle, f.now_ms + idle, &f.a);
	ck_assert(!f.a.end);
	talk_tick(f.g, f.s, idle, f.now_ms + 3600000, &f.a);
	ck_assert(f.a.end && opens_with_help(buf_cstr(&f.a.text)) == false
	    ? strstr(buf_cstr(&f.a.text), "988") != NULL : true);
	fixture_close(&f);
}
END_TEST

/* --- channels -------------------------------------------------------------------- */

static const struct {
	const char *line;
	enum talk_place place;
	bool text, in_private, in_public;
} heard[] = {
	{ "what is iop", TALK_CHANNEL, true, false, false },
	{ "what is iop", TALK_OVERHEARD, false, false, false },
	{ "i want to kill myself", TALK_OVERHEARD, false, true, true },
	{ "i want to kill myself", TALK_CHANNEL, false, true, true },
	{ "i want to kill myself", TALK_PRIVATE, true, false, false },
	{ "my husband hits me", TALK_OVERHEARD, false, true, false },
	{ "my sister wants to kill herself", TALK_OVERHEARD, false, true, false },
	{ "check", TALK_CHANNEL, true, true, false },
	{ "lines", TALK_CHANNEL, false, true, false },
};

START_TEST(says_in_public_only_what_may_be_public)
{
	struct fixture f;

	fixture_open(&f, NULL);
	talk_line(f.g, f.s, str_c(heard[_i].line), heard[_i].place, f.now_ms,
	    &f.a);
	ck_assert_int_eq(f.a.text.len > 0, heard[_i].text);
	ck_assert_int_eq(f.a.in_private.len > 0, heard[_i].in_private);
	ck_assert_int_eq(f.a.in_public.len > 0, heard[_i].in_public);
	fixture_close(&f);
}
END_TEST

#define CHECK "check", "yes", "no", "yes", "no", "no", "no", "no", "no", \
	"no", "no"

/* Said in a channel after something else; whether a part of the answer is
 * for all, and whether one is for the person alone. */
static const struct {
	const char *before[12];
	const char *line;
	bool text, in_private;
} later[] = {
	{ { "thanks" }, "what is iop", true, false },
	{ { "my husband hits me" }, "what is iop", true, true },
	{ { "my husband hits me", "what is iop" }, "thanks", true, true },
	{ { "my husband hits me" }, "canada", false, true },
	{ { "my husband hits me" }, "", false, true },
	{ { "my husband hits me" }, "wrong", false, true },
	{ { "my husband hits me" }, "quiet", false, true },
	{ { "my husband hits me" }, "no", false, true },
	{ { "i want to kill myself" }, "what is iop", true, true },
	{ { "i want to kill myself" }, "i was joking", false, true },
	{ { "i want to kill myself" }, "check", true, true },
	{ { "whats the point anymore" }, "what is iop", true, false },
	{ { "check" }, "often", false, true },
	{ { "check" }, "what is iop", false, true },
	{ { CHECK }, "no", false, true },
	{ { CHECK, "no" }, "summary", false, true },
};

START_TEST(keeps_from_a_channel_what_came_before)
{
	struct fixture f;

	fixture_open(&f, NULL);
	for (int i = 0; i < 12 && later[_i].before[i] != NULL; i++)
		talk_line(f.g, f.s, str_c(later[_i].before[i]), TALK_CHANNEL,
		    f.now_ms += 2000, &f.a);
	talk_line(f.g, f.s, str_c(later[_i].line), TALK_CHANNEL,
	    f.now_ms += 2000, &f.a);
	ck_assert_msg((f.a.text.len > 0) == later[_i].text &&
	    (f.a.in_private.len > 0) == later[_i].in_private,
	    "%s: %s:\nto all: %s\nin private: %s", later[_i].before[0],
	    later[_i].line, buf_cstr(&f.a.text), buf_cstr(&f.a.in_private));
	/* No number, and nothing of their answers. */
	ck_assert(strpbrk(buf_cstr(&f.a.text), "9") == NULL ||
	    strcmp(later[_i].line, "what is iop") == 0);
	ck_assert_ptr_null(strstr(buf_cstr(&f.a.text), "Still"));
	ck_assert_ptr_null(strstr(buf_cstr(&f.a.text), "You said"));
	fixture_close(&f);
}
END_TEST

/* --- words that always work ------------------------------------------------------- */

static const char *const always[] = { "x", "X", " crisis ", "Lines", "quiet",
	"wrong" };
static const char *const not_always[] = { "", "xx", "crisis now", "help" };

START_TEST(knows_the_words_that_always_work)
{
	for (int i = 0; i < N_ROWS(always); i++)
		ck_assert_msg(talk_always_works(str_c(always[i])), "%s",
		    always[i]);
	for (int i = 0; i < N_ROWS(not_always); i++)
		ck_assert_msg(!talk_always_works(str_c(not_always[i])), "%s",
		    not_always[i]);
}
END_TEST

START_TEST(x_ends_without_a_word_and_forgets)
{
	struct fixture f;

	fixture_open(&f, NULL);
	say(&f, "my husband hits me");
	say(&f, "X");
	ck_assert(f.a.silent && f.a.end);
	ck_assert_uint_eq(f.a.text.len, 0);
	ck_assert_uint_eq(f.s->care.blocks, 0);
	ck_assert_uint_eq(f.s->n_recent, 0);
	fixture_close(&f);
}
END_TEST

START_TEST(lines_work_in_every_state)
{
	static const char *const words[] = { "crisis", "lines", "Crisis!" };
	struct fixture f;

	fixture_open(&f, NULL);
	for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
		f.g->options.rate = (struct rate_policy) { 5, 0 };
		fixture_again(&f);
		states[_i].enter(&f);
		ck_assert_msg(opens_with_help(say(&f, words[w])), "%s: %s",
		    states[_i].what, words[w]);
	}
	fixture_close(&f);
}
END_TEST

START_TEST(names_the_numbers_of_a_country)
{
	struct fixture f;

	fixture_open(&f, NULL);
	ck_assert_ptr_nonnull(strstr(say(&f, "New Zealand"), "1737"));
	ck_assert_ptr_nonnull(strstr(say(&f, "i want to kill myself"), "1737"));
	ck_assert_ptr_nonnull(strstr(say(&f, "actually im in the uk"), "116 123"));
	fixture_close(&f);
}
END_TEST

/* --- several lines ------------------------------------------------------------------ */

static const struct {
	const char *what;
	const char *lines[4];
	unsigned gap_ms;
	bool found;
} split[] = {
	{ "two halves", { "i want to", "kill myself" }, 2000, true },
	{ "three parts", { "im going to", "end", "my life" }, 2000, true },
	{ "too far apart", { "i want to", "kill the process" }, 2000, false },
	{ "more than a minute", { "i want to", "die hard is a film" }, 90000,
	    false },
	{ "nothing in it", { "i want to", "go home" }, 2000, false },
};

START_TEST(joins_what_one_person_split)
{
	struct fixture f;
	bool found = false;

	fixture_open(&f, NULL);
	for (int i = 0; i < 4 && split[_i].lines[i] != NULL; i++) {
		f.now_ms += split[_i].gap_ms;
		talk_line(f.g, f.s, str_c(split[_i].lines[i]), TALK_OVERHEARD,
		    f.now_ms, &f.a);
		found |= f.a.trace.risk;
	}
	ck_assert_msg(found == split[_i].found, "%s", split[_i].what);
	fixture_close(&f);
}
END_TEST

START_TEST(reads_to_the_end_of_a_long_line)
{
	struct fixture f;
	struct buf line = { 0 };

	fixture_open(&f, NULL);
	while (line.len < 60000)
		buf_add(&line, STR("and then we went to the lake for a while "));
	buf_add(&line, STR("i want to kill myself"));
	f.now_ms += 1000;
	talk_line(f.g, f.s, buf_str(&line), TALK_PRIVATE, f.now_ms, &f.a);
	ck_assert(f.a.trace.risk);
	while (line.len <= TALK_LINE_MAX)
		buf_add(&line, STR(" more "));
	talk_line(f.g, f.s, buf_str(&line), TALK_PRIVATE, f.now_ms, &f.a);
	ck_assert(f.a.end && f.a.crisis && opens_with_help(buf_cstr(&f.a.text)));
	buf_clear(&line);
	fixture_close(&f);
}
END_TEST

START_TEST(static_texts_hold_the_first_row_of_the_table)
{
	struct script *s = load_script(NULL);
	const struct resource *us;

	ck_assert_ptr_nonnull(s);
	us = &script_resources(s)->rows[0];
	ck_assert_str_eq(us->code, "US");
	ck_assert(str_find(str_c(RESOURCE_STATIC_LINE),
	    us->field[RESOURCE_SUICIDE], 0) != STR_NONE);
	ck_assert(str_find(str_c(RESOURCE_STATIC_LINE),
	    us->field[RESOURCE_EMERGENCY], 0) != STR_NONE);
	ck_assert_ptr_nonnull(strstr(talk_full_text(), RESOURCE_STATIC_LINE));
	ck_assert_ptr_nonnull(strstr(talk_no_memory_text(),
	    RESOURCE_STATIC_LINE));
	script_unref(s);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("talk");
	TCase *tc = tcase_create("talk");
	int failed;

	(void)shared_script();
	tcase_add_loop_test(tc, resources_come_first_in_every_state, 0,
	    N_ROWS(states));
	tcase_add_loop_test(tc, no_question_of_the_check_silences_it, 0, 2);
	tcase_add_test(tc, words_of_harm_lose_no_answer);
	tcase_add_loop_test(tc, no_place_silences_it, 0, N_ROWS(states));
	tcase_add_loop_test(tc, no_state_silences_a_rule, 0, N_ROWS(states));
	tcase_add_test(tc, every_block_is_short_and_never_the_same);
	tcase_add_test(tc, every_reply_is_whole_lines);
	tcase_add_test(tc, care_stays_in_view_as_long_as_it_should);
	tcase_add_test(tc, silence_gets_one_line_but_never_after_abuse);
	tcase_add_test(tc, idle_ends_later_after_risk);
	tcase_add_test(tc, knows_the_words_that_always_work);
	tcase_add_loop_test(tc, keeps_from_a_channel_what_came_before, 0,
	    N_ROWS(later));
	tcase_add_loop_test(tc, says_in_public_only_what_may_be_public, 0,
	    N_ROWS(heard));
	tcase_add_test(tc, x_ends_without_a_word_and_forgets);
	tcase_add_loop_test(tc, lines_work_in_every_state, 0, N_ROWS(states));
	tcase_add_test(tc, names_the_numbers_of_a_country);
	tcase_add_loop_test(tc, joins_what_one_person_split, 0, N_ROWS(split));
	tcase_add_test(tc, reads_to_the_end_of_a_long_line);
	tcase_add_test(tc, static_texts_hold_the_first_row_of_the_table);
	suite_add_tcase(suite, tc);
	failed = run_suite(suite);
	script_unref(shared_script());
	return failed;
}
