#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/rng.h"
#include "guide/model.h"
#include "harness.h"

static const struct expected {
	const char *text;
	int score;
} expected[] = {
#include "guide/model_scores.h"
};

START_TEST(scores_as_the_script_that_trained_it)
{
	const struct expected *e = &expected[_i];
	struct model_view view;

	model_score(str_c(e->text), &view);
	ck_assert_msg(view.score == e->score, "%s: %d, expected %d", e->text,
	    view.score, e->score);
}
END_TEST

static const struct view {
	const char *text;
	bool hit;
	enum risk_category category;
	enum risk_who who;
} views[] = {
	{ "", false, RISK_SUICIDE, RISK_OWN },
	{ "00", false, RISK_SUICIDE, RISK_OWN },
	{ "hello", false, RISK_SUICIDE, RISK_OWN },
	{ "how much does iop cost", false, RISK_SUICIDE, RISK_OWN },
	{ "my phone died on the bus", false, RISK_SUICIDE, RISK_OWN },
	{ "how do i kill a frozen process", false, RISK_SUICIDE, RISK_OWN },
	{ "i have been thinking about killing myself", true, RISK_SUICIDE,
	    RISK_OWN },
	{ "my friend told me she wants to kill herself", true, RISK_SUICIDE,
	    RISK_THIRD },
	{ "my husband hits me and i am scared of him", true, RISK_ABUSE,
	    RISK_OWN },
	{ "i cut myself again last night", true, RISK_SELF_HARM, RISK_OWN },
};

START_TEST(tells_harm_from_talk)
{
	const struct view *v = &views[_i];
	struct model_view view;

	model_score(str_c(v->text), &view);
	ck_assert_msg(view.hit == v->hit, "%s: %d", v->text, view.score);
	ck_assert_msg(view.category == v->category, "%s: %s", v->text,
	    risk_category_name(view.category));
	ck_assert_msg(view.who == v->who, "%s", v->text);
	ck_assert_int_eq(view.hit, view.level >= RISK_RISK);
}
END_TEST

START_TEST(reasons_are_words_of_the_message)
{
	struct str text = STR("hello there 00 i want to kill myself");
	struct model_view view;

	model_score(text, &view);
	ck_assert(view.hit);
	ck_assert_uint_gt(view.n_reasons, 0);
	for (size_t i = 0; i < view.n_reasons; i++) {
		size_t from = view.reasons[i].from, to = view.reasons[i].to;

		ck_assert_uint_lt(from, to);
		ck_assert_uint_le(to, text.len);
		ck_assert(from == 0 || text.p[from - 1] == ' ');
		ck_assert(to == text.len || text.p[to] == ' ');
	}
	ck_assert(str_eq(str_sub(text, view.reasons[0].from,
			     view.reasons[0].to),
		      STR("myself")) ||
		  str_eq(str_sub(text, view.reasons[0].from,
			     view.reasons[0].to),
		      STR("kill")));
}
END_TEST

/* One sentence of harm is seen in an hour of ordinary talk. */
START_TEST(finds_one_sentence_in_a_long_message)
{
	static char text[65536];
	static const char filler[] =
	    "we went to the shop and bought bread and milk for the week 00 ";
	static const char harm[] = "i want to kill myself 00 ";
	size_t len = 0;
	struct model_view view;

	while (len + sizeof filler + sizeof harm < sizeof text) {
		const char *piece = len / 1000 == 30 ? harm : filler;

		len += (size_t)snprintf(text + len, sizeof text - len, "%s",
		    piece);
	}
	model_score(str_of(text, len), &view);
	ck_assert(view.hit);
}
END_TEST

/* Any bytes, any length: reasons stay inside, and the answer is the same. */
START_TEST(takes_any_bytes)
{
	static char text[4096];
	struct rng rng = { .state = (uint64_t)_i };
	struct model_view once, twice;

	for (int round = 0; round < 200; round++) {
		size_t len = rng_below(&rng, sizeof text);

		for (size_t i = 0; i < len; i++)
			text[i] = (char)(rng_below(&rng, 4) == 0
					     ? ' '
					     : rng_below(&rng, 256));
		model_score(str_of(text, len), &once);
		model_score(str_of(text, len), &twice);
		ck_assert_int_eq(once.score, twice.score);
		ck_assert_uint_le(once.n_reasons, MODEL_REASONS);
		for (size_t i = 0; i < once.n_reasons; i++) {
			ck_assert_uint_lt(once.reasons[i].from,
			    once.reasons[i].to);
			ck_assert_uint_le(once.reasons[i].to, len);
		}
	}
}
END_TEST

START_TEST(takes_one_word_of_a_whole_line)
{
	static char text[65536];
	struct model_view view;

	memset(text, 'a', sizeof text);
	model_score(str_of(text, sizeof text), &view);
	ck_assert(!view.hit);
}
END_TEST

static void
print_speed(void)
{
	struct str text =
	    STR("i was wondering if the group meets on mondays or fridays now");
	struct timespec a, b;
	struct model_view view;
	int sum = 0, rounds = 200000;

	clock_gettime(CLOCK_MONOTONIC, &a);
	for (int i = 0; i < rounds; i++) {
		model_score(text, &view);
		sum += view.score;
	}
	clock_gettime(CLOCK_MONOTONIC, &b);
	printf("model: %.0f ns for %zu characters (%d)\n",
	    ((double)(b.tv_sec - a.tv_sec) * 1e9 +
		(double)(b.tv_nsec - a.tv_nsec)) /
		rounds,
	    text.len, sum & 1);
}

int
main(void)
{
	Suite *suite = suite_create("model");
	TCase *tc = tcase_create("model");

	tcase_add_loop_test(tc, scores_as_the_script_that_trained_it, 0,
	    N_ROWS(expected));
	tcase_add_loop_test(tc, tells_harm_from_talk, 0, N_ROWS(views));
	tcase_add_test(tc, reasons_are_words_of_the_message);
	tcase_add_test(tc, finds_one_sentence_in_a_long_message);
	tcase_add_loop_test(tc, takes_any_bytes, 0, 3);
	tcase_add_test(tc, takes_one_word_of_a_whole_line);
	suite_add_tcase(suite, tc);
	print_speed();
	return run_suite(suite);
}
