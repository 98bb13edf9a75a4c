#include "guide/selfcheck.h"

#include <regex.h>

#include "base/rng.h"
#include "base/utf8.h"
#include "harness.h"
#include "guide/checklist_load.h"

#define CRISIS "US: call or text 000, any time."

static struct loaded *loaded;
static struct selfcheck sc;
static struct buf out;

static void
setup(void)
{
	loaded = calloc(1, sizeof *loaded);
	ck_assert_ptr_nonnull(loaded);
	load_shipped(loaded);
	ck_assert_ptr_nonnull(loaded->list);
	selfcheck_wipe(&sc);
	selfcheck_crisis_line(&sc, STR(CRISIS));
}

static void
teardown(void)
{
	buf_wipe(&out);
	load_clear(loaded);
}

static bool
said(const char *text)
{
	return strstr(buf_cstr(&out), text) != NULL;
}

#define ck_said(text) \
	ck_assert_msg(said(text), "no \"%s\" in:\n%s", text, buf_cstr(&out))
#define ck_not_said(text) \
	ck_assert_msg(!said(text), "\"%s\" in:\n%s", text, buf_cstr(&out))

static void
open_check(unsigned how)
{
	buf_reset(&out);
	selfcheck_open(&sc, loaded->list, how, &out);
}

static enum selfcheck_took
tell(const char *line)
{
	buf_reset(&out);
	return selfcheck_line(&sc, str_c(line), str_c(line), &out);
}

/* As talk does it where nobody knows the line. */
static enum selfcheck_took
tell_or_miss(const char *line)
{
	enum selfcheck_took took = tell(line);

	return took == SELFCHECK_NOT_MINE
	    ? selfcheck_missed(&sc, str_c(line), &out) : took;
}

static enum selfcheck_took
resume(void)
{
	buf_reset(&out);
	return selfcheck_resume(&sc, &out);
}

/* One letter an answer.  Follow-ups are passed over, the safety question is
 * answered with "safe". */
static enum selfcheck_took
walk(const char *answers)
{
	enum selfcheck_took took = SELFCHECK_TOOK;

	for (; *answers != '\0'; answers++) {
		took = tell(*answers == 'y' ? "yes" : *answers == 's' ? "some"
			: *answers == 'n' ? "no" : *answers == 'u' ? "not sure"
			: "skip");
		if (took == SELFCHECK_TOOK && said("Which: "))
			took = tell("rather not say");
		else if (took == SELFCHECK_TOOK && said("Is that about"))
			took = tell("worry");
		if (took == SELFCHECK_ASK_SAFE) {
			selfcheck_note(&sc, SELFCHECK_SAFE);
			took = resume();
		}
	}
	return took;
}

static bool
matches(const char *pattern, const char *text)
{
	regex_t re;
	bool hit;

	ck_assert_int_eq(regcomp(&re, pattern, REG_EXTENDED | REG_ICASE |
	    REG_NOSUB), 0);
	hit = regexec(&re, text, 0, NULL, 0) == 0;
	regfree(&re);
	return hit;
}

/* What holds for everything that is said. */
static void
check_lines(size_t most)
{
	struct str rest = buf_str(&out), line;
	size_t n = 0;

	ck_assert(!out.failed);
	ck_assert(out.len == 0 || out.p[out.len - 1] == '\n');
	while (str_split(&rest, '\n', &line) && rest.p != NULL) {
		n++;
		ck_assert_msg(line.len > 0, "an empty line");
		ck_assert_msg(line.len <= CHECKLIST_LINE_MAX, "%zu: %.*s",
		    line.len, STR_ARG(line));
		ck_assert_msg(memchr(line.p, '{', line.len) == NULL, "%.*s",
		    STR_ARG(line));
	}
	ck_assert_msg(n <= most, "%zu lines:\n%s", n, buf_cstr(&out));
}

/* What a result must never say. */
static const char *const never[] = {
	"\\b[0-9]{1,2} of [0-9]{1,2}\\b",
	"\\b[0-9]{1,2}/[0-9]{1,2}\\b",
	"percent|%",
	"\\b(score|points|severe|validated|evidence|accurate|disorder)\\b",
	"you need IOP|you don.t need|must\\b|should\\b",
	"\\b(depress|bipolar|addict\\b)",
};

static void
check_result(void)
{
	check_lines(13);
	ck_said(CRISIS);
	ck_said("not a diagnosis");
	for (int i = 0; i < N_ROWS(never); i++)
		ck_assert_msg(!matches(never[i], buf_cstr(&out)), "%s in:\n%s",
		    never[i], buf_cstr(&out));
}

/* --- opening ------------------------------------------------------------- */

START_TEST(opens_with_what_it_is_and_question_one)
{
	static const char *const parts[] = { "bot", "not a diagnosis",
		"5 minutes", "skip", "back", "why", "stop", "someone else",
		CRISIS, "1 of 11" };

	open_check(0);
	for (int i = 0; i < N_ROWS(parts); i++)
		ck_said(parts[i]);
	check_lines(4);
	ck_assert(selfcheck_is_open(&sc));
}
END_TEST

START_TEST(without_a_crisis_line_it_tells_how_to_get_one)
{
	selfcheck_crisis_line(&sc, (struct str) { 0 });
	open_check(0);
	ck_said("type: crisis");
	ck_assert_int_eq(walk("nnnnnnnnnnn"), SELFCHECK_DONE);
	ck_said("type: crisis");
}
END_TEST

/* --- results -------------------------------------------------------------- */

static const struct {
	const char *answers;
	const char *title;
	const char *also;
} results[] = {
	{ "nnnnnnnnnyn", "professional very soon", "not wanting to be alive" },
	{ "nnnnnnnnnsn", "professional very soon", "sometimes to: thoughts" },
	{ "nnnnnnnynny", "professional very soon", "ways to cope" },
	{ "yyyyyyyyyyy", "professional very soon", "pulling away" },
	{ "ynnnnnnnnny", "IOP is worth talking over", "more help than weekly" },
	{ "nnnnnnynnny", "IOP is worth talking over", "hospital" },
	{ "nyynnnnnnny", "IOP is worth talking over", "missing work" },
	{ "sssnsnnnnny", "IOP is worth talking over", "sometimes to: needing" },
	{ "nnyyynnnnny", "IOP is worth talking over", "pulling away" },
	{ "nnnnnnnsnny", "IOP is worth talking over", "ways to cope" },
	{ "nnnnnnnnyny", "IOP is worth talking over", "on edge" },
	{ "nnyyynnnnnn", "IOP is worth talking over", "okay not to want" },
	{ "kkkknnnnnny", "not enough yet", "Still open: needing more help" },
	{ "uuuunnnnnny", "not enough yet", "Still open: needing more help" },
	{ "nnnnnnnkkkk", "not enough yet", "Still open: ways to cope" },
	{ "kkkkkkkkkkk", "not enough yet", "Still open" },
	{ "nnnnnnnnnnn", "Weekly therapy may be enough", "would change" },
	{ "nnynnnnnnny", "Weekly therapy may be enough", "yes to: missing" },
	{ "nnnnnnnuuny", "Weekly therapy may be enough", "Still open" },
	{ "nnyyknnnnny", "Weekly therapy may be enough", "less sure" },
	{ "snnnnnnnnny", "in between", "worth talking over" },
	{ "nyynnnnnnns", "IOP is worth talking over", "Half wanting" },
};

START_TEST(comes_to_each_result_by_its_rule)
{
	open_check(0);
	ck_assert_int_eq(walk(results[_i].answers), SELFCHECK_DONE);
	ck_said(results[_i].title);
	ck_said(results[_i].also);
	check_result();
	ck_assert(!selfcheck_is_open(&sc));
}
END_TEST

/* Over all that can be answered: more need never gives a milder result. */
START_TEST(a_yes_in_place_of_a_no_never_lowers_the_result)
{
	static const char *const titles[] = { "Weekly therapy", "not enough",
		"in between", "IOP is worth", "very soon", "Safety comes" };
	static const char letters[] = "nsy";
	struct rng rng = { 3 };

	for (int round = 0; round < 150; round++) {
		char a[12] = { 0 };
		int rank[2] = { -1, -1 };
		uint32_t at = rng_below(&rng, 10);

		for (int i = 0; i < 11; i++)
			a[i] = letters[rng_below(&rng, 3)];
		for (int k = 0; k < 2; k++) {
			a[at] = k == 0 ? 'n' : 'y';
			open_check(0);
			ck_assert_int_eq(walk(a), SELFCHECK_DONE);
			for (int t = 0; t < N_ROWS(titles); t++) {
				if (said(titles[t]))
					rank[k] = t;
			}
		}
		ck_assert_msg(rank[0] >= 0 && rank[1] >= rank[0],
		    "%s at %u: %d, then %d", a, at + 1, rank[0], rank[1]);
	}
}
END_TEST

START_TEST(no_result_holds_a_score)
{
	static const char letters[] = "nsyuk";
	struct rng rng = { 11 };

	for (int round = 0; round < 300; round++) {
		char a[12] = { 0 };

		for (int i = 0; i < 11; i++)
			a[i] = letters[rng_below(&rng, 5)];
		open_check(round % 2 == 0 ? 0 : SELFCHECK_FOR_OTHER);
		ck_assert_int_eq(walk(a), SELFCHECK_DONE);
		check_result();
	}
}
END_TEST

/* --- words that steer, at each question ------------------------------------ */

static void
go_to(int question)
{
	char progress[32];

	open_check(0);
	for (int i = 1; i < question; i++)
		walk("n");
	snprintf(progress, sizeof progress, "%d of 11", question);
	ck_said(progress);
}

START_TEST(skips_and_goes_back_and_changes_the_answer)
{
	int q = _i + 1;
	char progress[32];

	go_to(q);
	tell("skip");
	ck_assert_uint_eq(sc.answers[_i].value, ANSWER_SKIP);
	if (q == 11) /* the result; nothing to go back from */
		return;
	ck_said("Skipped");
	ck_assert_int_eq(tell("back"), SELFCHECK_TOOK);
	snprintf(progress, sizeof progress, "%d of 11", q);
	ck_said(progress);
	tell("no");
	ck_assert_uint_eq(sc.answers[_i].value, ANSWER_NO);
	snprintf(progress, sizeof progress, "%d of 11", q + 1);
	ck_said(progress);
}
END_TEST

START_TEST(tells_why_and_asks_again)
{
	const struct question *q = &loaded->list->questions[_i];

	go_to(_i + 1);
	ck_assert_int_eq(tell("why do you ask"), SELFCHECK_TOOK);
	ck_assert(str_find(buf_str(&out), q->why, 0) == 0);
	ck_assert(str_find(buf_str(&out), q->you, 0) != STR_NONE);
	ck_assert_uint_eq(sc.answers[_i].value, ANSWER_NONE);
}
END_TEST

START_TEST(stops_and_is_taken_up_where_it_was)
{
	char progress[32];

	snprintf(progress, sizeof progress, "%d of 11", _i + 1);
	go_to(_i + 1);
	ck_assert_int_eq(tell("stop"), SELFCHECK_STOPPED);
	ck_said("resume");
	ck_assert(!selfcheck_is_open(&sc));
	open_check(0);
	ck_said("start over");
	ck_said(progress);
	ck_assert_int_eq(tell("go on"), SELFCHECK_TOOK);
	ck_said(progress);
	tell("stop");
	buf_reset(&out);
	selfcheck_continue(&sc, loaded->list, 0, &out);
	ck_said(progress);
	ck_assert(selfcheck_is_open(&sc));
	for (int i = 0; i < _i; i++)
		ck_assert_uint_eq(sc.answers[i].value, ANSWER_NO);
}
END_TEST

START_TEST(misses_once_and_then_moves_on_as_not_sure)
{
	char progress[32];

	snprintf(progress, sizeof progress, "%d of 11", _i + 1);
	go_to(_i + 1);
	ck_assert_int_eq(tell("purple"), SELFCHECK_NOT_MINE);
	ck_assert_uint_eq(out.len, 0);
	ck_assert_int_eq(tell_or_miss("purple"), SELFCHECK_TOOK);
	ck_said("yes");
	ck_said("skip");
	ck_said(progress);
	ck_assert(!matches("please answer yes or no", buf_cstr(&out)));
	tell_or_miss("purple rain");
	ck_not_said("Sorry");
	ck_assert_uint_eq(sc.answers[_i].value, ANSWER_UNSURE);
	ck_assert_str_eq(sc.answers[_i].words, "purple rain");
}
END_TEST

START_TEST(another_topic_between_two_misses_forgives_the_first)
{
	go_to(3);
	tell_or_miss("purple");
	buf_reset(&out);
	selfcheck_again(&sc, &out); /* after the brain's answer */
	ck_said("3 of 11");
	tell_or_miss("purple");
	ck_said("Sorry");
	ck_said("3 of 11");
}
END_TEST

START_TEST(nothing_stands_before_the_first_question)
{
	go_to(1);
	ck_assert_int_eq(tell("back"), SELFCHECK_TOOK);
	ck_said("first question");
	ck_said("1 of 11");
}
END_TEST

START_TEST(starts_over_with_no_answers)
{
	go_to(6);
	ck_assert_int_eq(tell("start over"), SELFCHECK_TOOK);
	ck_said("1 of 11");
	ck_assert_uint_eq(sc.answers[0].value, ANSWER_NONE);
	walk("yy");
	tell("stop");
	open_check(0);
	ck_assert_int_eq(tell("start over"), SELFCHECK_TOOK);
	ck_said("1 of 11");
	ck_assert_uint_eq(sc.answers[0].value, ANSWER_NONE);
}
END_TEST

START_TEST(the_offer_may_be_turned_down_or_missed)
{
	go_to(4);
	tell("stop");
	open_check(0);
	ck_assert_int_eq(tell("purple"), SELFCHECK_NOT_MINE);
	ck_assert_int_eq(tell_or_miss("purple"), SELFCHECK_TOOK);
	ck_said("start over");
	ck_assert_int_eq(tell("no"), SELFCHECK_STOPPED);
	ck_assert(!selfcheck_is_open(&sc));
}
END_TEST

static enum selfcheck_took
word(const char *line)
{
	buf_reset(&out);
	return selfcheck_word(&sc, str_c(line), &out);
}

START_TEST(resume_and_summary_are_understood_when_none_is_open)
{
	ck_assert_int_eq(word("resume"), SELFCHECK_NOT_MINE);
	ck_assert_int_eq(word("summary"), SELFCHECK_NOT_MINE);
	go_to(6);
	ck_assert_int_eq(word("resume"), SELFCHECK_NOT_MINE);
	ck_assert_int_eq(tell("summary"), SELFCHECK_TOOK);
	ck_said("not finished");
	ck_said("\n6 of 11");
	tell("stop");
	ck_assert_int_eq(word("yes"), SELFCHECK_NOT_MINE);
	ck_assert_int_eq(word("what is iop"), SELFCHECK_NOT_MINE);
	ck_assert_uint_eq(out.len, 0);
	ck_assert_int_eq(word("show me my summary please"), SELFCHECK_TOOK);
	ck_said("not finished");
	ck_assert_int_eq(word("continue"), SELFCHECK_TOOK);
	ck_said("6 of 11");
	walk("nnnnnn");
	ck_assert_int_eq(word("resume"), SELFCHECK_NOT_MINE);
	ck_assert_int_eq(word("summary"), SELFCHECK_TOOK);
	ck_said("Result: ");
}
END_TEST

/* A reload makes another list of the same name; the old one is pinned. */
START_TEST(a_stopped_one_keeps_its_questions_over_a_reload)
{
	struct loaded *next = calloc(1, sizeof *next);

	ck_assert_ptr_nonnull(next);
	load_shipped(next);
	go_to(6);
	buf_reset(&out);
	selfcheck_open(&sc, next->list, 0, &out);
	ck_said("6 of 11");
	tell("stop");
	buf_reset(&out);
	selfcheck_open(&sc, next->list, 0, &out);
	ck_said("start over");
	ck_assert_ptr_eq(sc.list, loaded->list);
	tell("go on");
	ck_said("6 of 11");
	load_clear(next);
	ck_assert_int_eq(walk("nnnnnn"), SELFCHECK_DONE);
}
END_TEST

START_TEST(opening_it_again_while_open_loses_nothing)
{
	go_to(5);
	open_check(0);
	ck_said("5 of 11");
	ck_assert_uint_eq(sc.answers[3].value, ANSWER_NO);
}
END_TEST

START_TEST(announces_the_part_about_safety_once)
{
	go_to(7);
	tell("no");
	ck_said("about safety");
	ck_said("8 of 11");
	tell("why");
	ck_not_said("about safety");
}
END_TEST

/* --- for someone else ------------------------------------------------------- */

START_TEST(asks_about_someone_else_from_any_question_on)
{
	const struct question *q = &loaded->list->questions[_i];

	go_to(_i + 1);
	ck_assert_int_eq(tell("its for my daughter"), SELFCHECK_TOOK);
	ck_assert(str_find(buf_str(&out), q->they, 0) != STR_NONE);
	ck_assert(sc.other);
	ck_assert_int_eq(tell("actually its for me"), SELFCHECK_TOOK);
	ck_assert(str_find(buf_str(&out), q->you, 0) != STR_NONE);
	ck_assert(!sc.other);
}
END_TEST

START_TEST(speaks_of_them_in_the_result)
{
	open_check(SELFCHECK_FOR_OTHER);
	ck_said("Do they need more help");
	ck_assert_int_eq(walk("nnnnnnnynny"), SELFCHECK_DONE);
	ck_said("see them soon");
	ck_not_said("see you soon");
	buf_reset(&out);
	selfcheck_summary(&sc, &out);
	ck_said("For: someone else");
}
END_TEST

/* --- safety ------------------------------------------------------------------- */

static const struct {
	int question;
	const char *first, *then;
	enum selfcheck_took took;
	unsigned detail;
} safety[] = {
	{ 8, "yes", "drinking", SELFCHECK_TOOK, 2 },
	{ 8, "yes", "rather not say", SELFCHECK_TOOK, 8 },
	{ 8, "yes", "skip", SELFCHECK_TOOK, 8 },
	{ 8, "yes", "idk", SELFCHECK_TOOK, 0 },
	{ 8, "yes drinking", NULL, SELFCHECK_TOOK, 2 },
	{ 8, "sometimes", NULL, SELFCHECK_TOOK, 0 },
	{ 9, "yes", "my own thoughts", SELFCHECK_ASK_SAFE, 1 },
	{ 9, "yes", "someone else", SELFCHECK_ABUSE, 2 },
	{ 9, "yes", "my dad", SELFCHECK_ABUSE, 2 },
	{ 9, "yes", "more like worry", SELFCHECK_TOOK, 4 },
	{ 9, "yes, its my own thoughts", NULL, SELFCHECK_ASK_SAFE, 1 },
	{ 9, "yes my wife left", "worry", SELFCHECK_TOOK, 4 },
	{ 9, "no", NULL, SELFCHECK_TOOK, 0 },
	{ 10, "yes", NULL, SELFCHECK_ASK_SAFE, 0 },
	{ 10, "sometimes", NULL, SELFCHECK_ASK_SAFE, 0 },
	{ 10, "maybe", NULL, SELFCHECK_ASK_SAFE, 0 },
	{ 10, "not sure", NULL, SELFCHECK_ASK_SAFE, 0 },
	{ 10, "yes but not now", NULL, SELFCHECK_ASK_SAFE, 0 },
	{ 10, "no", NULL, SELFCHECK_TOOK, 0 },
	{ 10, "skip", NULL, SELFCHECK_TOOK, 0 },
};

START_TEST(follows_up_on_the_questions_about_safety)
{
	int i = safety[_i].question - 1;
	char next[32];
	enum selfcheck_took took;

	go_to(safety[_i].question);
	took = tell(safety[_i].first);
	if (safety[_i].then != NULL) {
		ck_assert_int_eq(took, SELFCHECK_TOOK);
		took = tell(safety[_i].then);
	}
	ck_assert_msg(took == safety[_i].took, "%s / %s: took %d",
	    safety[_i].first, safety[_i].then == NULL ? "" : safety[_i].then,
	    took);
	ck_assert_uint_eq(sc.answers[i].detail, safety[_i].detail);
	if (took != SELFCHECK_TOOK) {
		check_lines(2);
		selfcheck_note(&sc, SELFCHECK_SAFE);
		ck_assert_int_eq(resume(), SELFCHECK_TOOK);
	}
	snprintf(next, sizeof next, "%d of 11", safety[_i].question + 1);
	ck_said(next);
}
END_TEST

START_TEST(a_missed_follow_up_lists_its_choices_and_then_goes_on)
{
	go_to(9);
	tell("yes");
	tell_or_miss("purple");
	ck_said("own thoughts, someone else, worry");
	ck_said("9 of 11");
	tell_or_miss("purple");
	ck_said("10 of 11");
	ck_assert_uint_eq(sc.answers[8].value, ANSWER_YES);
	tell("back");
	ck_said("Do you feel on edge");
	tell("yes");
	tell("back");
	ck_said("Do you feel on edge");
}
END_TEST

START_TEST(not_understood_at_the_question_of_thoughts_asks_for_safety)
{
	go_to(10);
	tell_or_miss("purple");
	ck_assert_int_eq(tell_or_miss("purple"), SELFCHECK_ASK_SAFE);
	ck_assert_int_eq(resume(), SELFCHECK_TOOK);
	ck_said("11 of 11");
}
END_TEST

START_TEST(the_safety_question_is_asked_once_more_and_then_not_sure)
{
	go_to(10);
	ck_assert_int_eq(tell("yes"), SELFCHECK_ASK_SAFE);
	ck_assert_int_eq(tell("purple"), SELFCHECK_ASK_SAFE);
	ck_said("10 of 11");
	ck_assert_int_eq(tell("purple"), SELFCHECK_UNSAFE);
	ck_assert_uint_eq(sc.answers[9].value, ANSWER_YES);
}
END_TEST

START_TEST(abuse_leaves_it_without_a_word_of_hospitals)
{
	go_to(9);
	buf_reset(&out);
	selfcheck_leave(&sc, &out);
	ck_said("forget me");
	ck_not_said("npatient");
	ck_assert(!selfcheck_is_open(&sc));
	buf_reset(&out);
	selfcheck_summary(&sc, &out);
	ck_said("Result: Safety comes first");
}
END_TEST

START_TEST(stopping_at_the_safety_question_keeps_the_answer)
{
	go_to(10);
	tell("yes");
	ck_assert_int_eq(tell("stop"), SELFCHECK_STOPPED);
	buf_reset(&out);
	selfcheck_continue(&sc, loaded->list, 0, &out);
	ck_said("11 of 11");
	ck_assert_int_eq(tell("yes"), SELFCHECK_DONE);
	ck_said("very soon");
}
END_TEST

static const struct {
	enum selfcheck_note note;
	const char *title;
} notes[] = {
	{ SELFCHECK_RISK, "very soon" },
	{ SELFCHECK_SELF_HARM, "very soon" },
	{ SELFCHECK_SUICIDAL, "very soon" },
	{ SELFCHECK_IMMINENT, "Safety comes first" },
};

/* Risk said at any question counts, however mild the answers are after it. */
START_TEST(what_was_said_meanwhile_counts)
{
	for (int q = 1; q <= 11; q++) {
		enum selfcheck_took took;

		selfcheck_wipe(&sc);
		selfcheck_crisis_line(&sc, STR(CRISIS));
		go_to(q);
		selfcheck_note(&sc, notes[_i].note);
		selfcheck_note(&sc, SELFCHECK_SAFE);
		took = resume();
		while (took == SELFCHECK_TOOK)
			took = tell("no");
		ck_assert_int_eq(took, SELFCHECK_DONE);
		ck_said(notes[_i].title);
		check_result();
		for (int i = 0; i < q - 1; i++)
			ck_assert_uint_ne(sc.answers[i].value, ANSWER_NONE);
	}
}
END_TEST

START_TEST(what_was_told_is_not_asked_again)
{
	go_to(2);
	selfcheck_note(&sc, SELFCHECK_SELF_HARM);
	ck_assert_int_eq(resume(), SELFCHECK_TOOK);
	ck_said("2 of 11");
	walk("nnnnn");
	ck_said("7 of 11");
	tell("no");
	ck_said("9 of 11");
	walk("nn");
	buf_reset(&out);
	selfcheck_summary(&sc, &out);
	ck_said("Told during the check");
}
END_TEST

START_TEST(a_later_no_does_not_undo_what_was_told)
{
	go_to(9);
	selfcheck_note(&sc, SELFCHECK_SELF_HARM);
	tell("back");
	ck_said("8 of 11");
	walk("nnnn");
	ck_said("You said yes to: ways to cope that can hurt.");
	ck_said("very soon");
}
END_TEST

START_TEST(said_at_its_own_question_it_is_the_answer)
{
	go_to(8);
	selfcheck_note(&sc, SELFCHECK_SELF_HARM);
	ck_assert_int_eq(resume(), SELFCHECK_TOOK);
	ck_said("9 of 11");
}
END_TEST

START_TEST(an_answer_in_a_line_of_risk_is_kept)
{
	go_to(3);
	selfcheck_note(&sc, SELFCHECK_RISK);
	selfcheck_hear(&sc, STR("yes i cant face work"), STR("Yes I can't"));
	ck_assert_uint_eq(sc.answers[2].value, ANSWER_YES);
	ck_assert_int_eq(resume(), SELFCHECK_TOOK);
	ck_said("4 of 11");
	selfcheck_note(&sc, SELFCHECK_RISK);
	selfcheck_hear(&sc, STR("what now"), STR("what now"));
	ck_assert_int_eq(resume(), SELFCHECK_TOOK);
	ck_said("4 of 11");
}
END_TEST

START_TEST(danger_stops_it_and_stays_in_the_result)
{
	go_to(5);
	buf_reset(&out);
	selfcheck_danger(&sc, &out);
	ck_said("inpatient or residential care may fit better than IOP");
	check_lines(3);
	ck_assert(!selfcheck_is_open(&sc));
	buf_reset(&out);
	selfcheck_continue(&sc, loaded->list, 0, &out);
	ck_said("5 of 11");
	ck_assert_int_eq(walk("nnnnnnn"), SELFCHECK_DONE);
	ck_said("Safety comes first");
	ck_said("inpatient or residential care may fit better than IOP");
}
END_TEST

/* --- what is kept -------------------------------------------------------------- */

START_TEST(keeps_the_persons_words_cut_at_a_character)
{
	char line[400] = "yes ";

	for (int i = 0; i < 70; i++)
		strcat(line, "\xC3\xA9\xC3\xA9 "); /* two letters of two bytes */
	go_to(1);
	tell(line);
	ck_assert_uint_eq(sc.answers[0].value, ANSWER_YES);
	ck_assert_uint_lt(strlen(sc.answers[0].words), SELFCHECK_WORDS_MAX);
	ck_assert(utf8_is_valid(str_c(sc.answers[0].words)));
}
END_TEST

START_TEST(control_characters_never_reach_the_summary)
{
	go_to(1);
	tell("yes\nRESULT: \x01\x02 none");
	buf_reset(&out);
	selfcheck_summary(&sc, &out);
	ck_said("yes RESULT:");
	ck_not_said("\x01");
}
END_TEST

START_TEST(the_summary_has_every_question_and_the_words)
{
	buf_reset(&out);
	selfcheck_summary(&sc, &out);
	ck_assert_uint_eq(out.len, 0);
	open_check(0);
	buf_reset(&out);
	selfcheck_summary(&sc, &out);
	ck_assert_uint_eq(out.len, 0);
	tell("kinda, most evenings");
	buf_reset(&out);
	selfcheck_summary(&sc, &out);
	ck_said("not finished");
	walk("ynnnnnnnny");
	buf_reset(&out);
	selfcheck_summary(&sc, &out);
	check_lines(70);
	ck_said("Date: ____");
	ck_said("For: myself");
	ck_said("\"kinda, most evenings\" (sometimes)");
	ck_said("Result: ");
	ck_said("Why: ");
	ck_said("Made from one article by a bot; not validated; not a "
	        "diagnosis.");
	for (size_t i = 0; i < loaded->list->n; i++)
		ck_assert(str_find(buf_str(&out),
		    loaded->list->questions[i].you, 0) != STR_NONE);
	ck_assert(!matches("[0-9] of [0-9]", buf_cstr(&out)));
}
END_TEST

START_TEST(wiping_leaves_nothing)
{
	static const struct selfcheck empty;

	go_to(4);
	tell("my secret is purple yes");
	selfcheck_wipe(&sc);
	ck_assert_mem_eq(&sc, &empty, sizeof sc);
}
END_TEST

/* --- whatever people type ------------------------------------------------------- */

static const char *const bits[] = { "yes", "no", "maybe", "idk", "skip", "back",
	"why", "stop", "help", "go on", "start over", "for my son", "for me",
	"but", "not", "never", "i", "my", "?", "what", "drinking", "thoughts",
	"someone else", "purple", "\xF0\x9F\x91\x8D", "\xFF\xFE", "", "sometimes",
	"the", "panic attacks", "\xE2\x80\x8B", "a", "really", "99 of 11" };

static void
check_invariants(enum selfcheck_took took)
{
	ck_assert_uint_lt(sc.at, loaded->list->n);
	ck_assert_uint_lt(sc.misses, 2);
	for (size_t i = 0; i < SELFCHECK_MAX; i++) {
		ck_assert_uint_lt(sc.answers[i].value, ANSWER_N_KEPT);
		ck_assert(memchr(sc.answers[i].words, '\0',
		    SELFCHECK_WORDS_MAX) != NULL);
	}
	if (took == SELFCHECK_DONE)
		check_result();
	else if (!said("Self-check about"))
		check_lines(5);
	if (took == SELFCHECK_TOOK && selfcheck_is_open(&sc))
		ck_assert_msg(matches("[0-9]+ of 11", buf_cstr(&out)),
		    "no progress in:\n%s", buf_cstr(&out));
	if (took == SELFCHECK_TOOK || took == SELFCHECK_DONE ||
	    took == SELFCHECK_STOPPED)
		ck_assert_uint_gt(out.len, 0);
}

static enum selfcheck_took
random_step(struct rng *rng)
{
	char line[256] = "";

	for (uint32_t n = rng_below(rng, 6); n > 0; n--) {
		strcat(line, bits[rng_below(rng, N_ROWS(bits))]);
		strcat(line, " ");
	}
	buf_reset(&out);
	if (!selfcheck_is_open(&sc)) {
		selfcheck_open(&sc, loaded->list, rng_below(rng, 2), &out);
		return SELFCHECK_TOOK;
	}
	switch (rng_below(rng, 12)) {
	case 0:
		selfcheck_note(&sc, 1U << rng_below(rng, 5));
		return selfcheck_resume(&sc, &out);
	case 1:
		selfcheck_hear(&sc, str_c(line), str_c(line));
		selfcheck_again(&sc, &out);
		return SELFCHECK_STOPPED; /* says no more than a question */
	case 2:
		if (rng_below(rng, 8) == 0) {
			selfcheck_danger(&sc, &out);
			return SELFCHECK_STOPPED;
		}
		return tell_or_miss(line);
	default:
		return tell_or_miss(line);
	}
}

START_TEST(nothing_that_is_typed_breaks_it)
{
	struct rng rng = { (uint64_t)_i };
	enum selfcheck_took took;

	open_check(0);
	for (int step = 0; step < 1000; step++) {
		took = random_step(&rng);
		if (took == SELFCHECK_NOT_MINE)
			continue;
		check_invariants(took);
	}
}
END_TEST

/* Somebody who says the same over and over comes to an end. */
START_TEST(a_persistent_answer_ends_in_a_result)
{
	static const char *const answers[] = { "yes", "no", "idk", "skip",
		"kinda", "purple", "rather not say", "my own thoughts" };
	int n = 0;

	open_check(0);
	while (selfcheck_is_open(&sc)) {
		enum selfcheck_took took = tell_or_miss(answers[_i]);

		if (took == SELFCHECK_ASK_SAFE || took == SELFCHECK_ABUSE)
			took = resume();
		check_invariants(took);
		ck_assert_int_lt(++n, 30);
	}
	check_result();
}
END_TEST

/* --- how it reads ---------------------------------------------------------------- */

static int
syllables(struct str word)
{
	int n = 0;
	bool vowel = false;

	for (size_t i = 0; i < word.len; i++) {
		bool now = strchr("aeiouyAEIOUY", word.p[i]) != NULL;

		n += now && !vowel;
		vowel = now;
	}
	if (n > 1 && word.p[word.len - 1] == 'e' &&
	    !str_ends(word, STR("le")))
		n--;
	return n > 0 ? n : 1;
}

/* Flesch-Kincaid grade; a line end or a stop ends a sentence. */
static double
grade(struct str text)
{
	int words = 0, sentences = 0, sounds = 0;
	size_t from = 0;
	bool open = false;

	for (size_t i = 0; i <= text.len; i++) {
		char c = i < text.len ? text.p[i] : '\n';

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    c == '\'')
			continue;
		if (i > from) {
			words++;
			sounds += syllables(str_sub(text, from, i));
			open = true;
		}
		from = i + 1;
		if (open && strchr(".?!\n", c) != NULL) {
			sentences++;
			open = false;
		}
	}
	return words == 0 ? 0 : 0.39 * words / sentences +
	        11.8 * sounds / words - 15.59;
}

static void
check_grade(void)
{
	double g = grade(buf_str(&out));

	ck_assert_msg(g <= 8.0, "grade %.1f:\n%s", g, buf_cstr(&out));
}

START_TEST(reads_at_grade_eight_or_less)
{
	static const char *const asks[] = { "why", "help", "purple", "skip" };

	for (unsigned other = 0; other < 2; other++) {
		selfcheck_wipe(&sc);
		open_check(other ? SELFCHECK_FOR_OTHER : 0);
		check_grade();
		for (int q = 1; q <= 10; q++) {
			for (int i = 0; i < N_ROWS(asks); i++) {
				tell_or_miss(asks[i]);
				check_grade();
			}
		}
		tell("stop");
		check_grade();
		open_check(0);
		check_grade();
		tell("start over");
		walk("nnnnnnn");
		tell("yes");
		check_grade();
		tell("drinking");
		tell("yes");
		check_grade();
		buf_reset(&out);
		selfcheck_danger(&sc, &out);
		check_grade();
	}
}
END_TEST

START_TEST(results_read_at_grade_eight_or_less)
{
	open_check(0);
	walk(results[_i].answers);
	check_grade();
}
END_TEST

static void
add_steering(TCase *tc)
{
	tcase_add_loop_test(tc, skips_and_goes_back_and_changes_the_answer, 0,
	    11);
	tcase_add_loop_test(tc, tells_why_and_asks_again, 0, 11);
	tcase_add_loop_test(tc, stops_and_is_taken_up_where_it_was, 0, 11);
	tcase_add_loop_test(tc, misses_once_and_then_moves_on_as_not_sure, 0,
	    11);
	tcase_add_test(tc, another_topic_between_two_misses_forgives_the_first);
	tcase_add_test(tc, nothing_stands_before_the_first_question);
	tcase_add_test(tc, starts_over_with_no_answers);
	tcase_add_test(tc, the_offer_may_be_turned_down_or_missed);
	tcase_add_test(tc,
	    resume_and_summary_are_understood_when_none_is_open);
	tcase_add_test(tc, a_stopped_one_keeps_its_questions_over_a_reload);
	tcase_add_test(tc, opening_it_again_while_open_loses_nothing);
	tcase_add_test(tc, announces_the_part_about_safety_once);
	tcase_add_loop_test(tc, asks_about_someone_else_from_any_question_on, 0,
	    11);
	tcase_add_test(tc, speaks_of_them_in_the_result);
}

static void
add_safety(TCase *tc)
{
	tcase_add_loop_test(tc, follows_up_on_the_questions_about_safety, 0,
	    N_ROWS(safety));
	tcase_add_test(tc,
	    a_missed_follow_up_lists_its_choices_and_then_goes_on);
	tcase_add_test(tc,
	    not_understood_at_the_question_of_thoughts_asks_for_safety);
	tcase_add_test(tc,
	    the_safety_question_is_asked_once_more_and_then_not_sure);
	tcase_add_test(tc, abuse_leaves_it_without_a_word_of_hospitals);
	tcase_add_test(tc, stopping_at_the_safety_question_keeps_the_answer);
	tcase_add_loop_test(tc, what_was_said_meanwhile_counts, 0,
	    N_ROWS(notes));
	tcase_add_test(tc, what_was_told_is_not_asked_again);
	tcase_add_test(tc, a_later_no_does_not_undo_what_was_told);
	tcase_add_test(tc, said_at_its_own_question_it_is_the_answer);
	tcase_add_test(tc, an_answer_in_a_line_of_risk_is_kept);
	tcase_add_test(tc, danger_stops_it_and_stays_in_the_result);
}

int
main(void)
{
	Suite *suite = suite_create("selfcheck");
	TCase *tc = tcase_create("selfcheck");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, opens_with_what_it_is_and_question_one);
	tcase_add_test(tc, without_a_crisis_line_it_tells_how_to_get_one);
	tcase_add_loop_test(tc, comes_to_each_result_by_its_rule, 0,
	    N_ROWS(results));
	tcase_add_test(tc, a_yes_in_place_of_a_no_never_lowers_the_result);
	tcase_add_test(tc, no_result_holds_a_score);
	add_steering(tc);
	add_safety(tc);
	tcase_add_test(tc, keeps_the_persons_words_cut_at_a_character);
	tcase_add_test(tc, control_characters_never_reach_the_summary);
	tcase_add_test(tc, the_summary_has_every_question_and_the_words);
	tcase_add_test(tc, wiping_leaves_nothing);
	tcase_add_loop_test(tc, nothing_that_is_typed_breaks_it, 0, 4);
	tcase_add_loop_test(tc, a_persistent_answer_ends_in_a_result, 0, 8);
	tcase_add_test(tc, reads_at_grade_eight_or_less);
	tcase_add_loop_test(tc, results_read_at_grade_eight_or_less, 0,
	    N_ROWS(results));
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
