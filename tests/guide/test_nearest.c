#include "guide/nearest.h"

#include <stdio.h>
#include <string.h>

#include "harness.h"

#define SOME 0.15F /* clearly nearer than what is none of ours */

enum { OTHER = NEAREST_OTHER, PRICE, LENGTH, PLACE };

static const struct {
	const char *text;
	unsigned label;
} wordings[] = {
	{ "how much does it cost", PRICE },
	{ "what is the price of a week", PRICE },
	{ "will my insurance pay for it", PRICE },
	{ "i can not afford much", PRICE },
	{ "how long does it last", LENGTH },
	{ "how many weeks is the program", LENGTH },
	{ "when would i be finished", LENGTH },
	{ "where is it held", PLACE },
	{ "is there a building near my town", PLACE },
	{ "do i have to come to an office", PLACE },
	{ "what is the weather in paris", OTHER },
	{ "how much does a puppy eat", OTHER },
	{ "sing me a song", OTHER },
	{ "how long is the river nile", OTHER },
};

static struct nearest nearest;
static struct arena arena;

static void
setup(void)
{
	struct nearest_wording list[N_ROWS(wordings)];

	for (int i = 0; i < N_ROWS(wordings); i++)
		list[i] = (struct nearest_wording) { str_c(wordings[i].text),
			wordings[i].label };
	ck_assert(nearest_build(&nearest, &arena, list, N_ROWS(wordings)));
}

static void
teardown(void)
{
	arena_clear(&arena);
}

static const struct {
	const char *text;
	unsigned label;
} asked[] = {
	{ "how much does it cost", PRICE },
	{ "what would a week cost me", PRICE },
	{ "does insurance pay", PRICE },
	{ "prices?", PRICE },
	{ "how many weeks would it last", LENGTH },
	{ "when am i finishing the programs", LENGTH },
	{ "where would the office be", PLACE },
	{ "towns near the building", PLACE },
	{ "sing a song about the weather", OTHER },
	{ "does a puppy eat much", OTHER },
	{ "the river nile in paris", OTHER },
	{ "zzyzx qwrtp", OTHER },
	{ "", OTHER },
};

START_TEST(words_nobody_foresaw_find_their_label)
{
	struct nearest_view view;

	nearest_look(&nearest, str_c(asked[_i].text), &view);
	ck_assert_uint_gt(view.n_best, 0);
	if (asked[_i].label == OTHER) {
		ck_assert_msg(view.score[view.best[0]] < SOME, "%s: %u by %f",
		    asked[_i].text, view.best[0], view.score[view.best[0]]);
		return;
	}
	ck_assert_msg(view.best[0] == asked[_i].label, "%s: %u",
	    asked[_i].text, view.best[0]);
	ck_assert_msg(view.score[view.best[0]] >= SOME, "%s: %f",
	    asked[_i].text, view.score[view.best[0]]);
}
END_TEST

START_TEST(the_best_come_first_and_each_once)
{
	struct nearest_view view;

	nearest_look(&nearest, STR("how much does a week cost"), &view);
	ck_assert_uint_eq(view.n_best, 3);
	for (unsigned i = 1; i < view.n_best; i++) {
		ck_assert_uint_ne(view.best[i], view.best[i - 1]);
		ck_assert(view.score[view.best[i]] <=
		    view.score[view.best[i - 1]]);
	}
}
END_TEST

START_TEST(what_stands_beyond_the_limit_changes_nothing)
{
	static char text[200000];
	struct nearest_view some, more;
	size_t n = 0;

	/* 60 words are read, of each 24 bytes. */
	while (n < sizeof text - 20)
		n += (size_t)sprintf(text + n, "price%zu ", n);
	nearest_look(&nearest, str_of(text, 1000), &some);
	nearest_look(&nearest, str_of(text, n), &more);
	for (unsigned k = 0; k < NEAREST_LABELS; k++)
		ck_assert(some.score[k] == more.score[k]);
	memset(text, 'x', sizeof text);
	nearest_look(&nearest, str_of(text, 24), &some);
	nearest_look(&nearest, str_of(text, sizeof text), &more);
	ck_assert(some.score[PRICE] == more.score[PRICE]);
}
END_TEST

START_TEST(nothing_learned_is_nothing_near)
{
	struct nearest empty = { 0 };
	struct nearest_view view;

	nearest_look(&empty, STR("how much does it cost"), &view);
	ck_assert_uint_eq(view.n_best, 0);
	ck_assert(nearest_build(&empty, &arena, NULL, 0));
	nearest_look(&empty, STR("how much does it cost"), &view);
	ck_assert_uint_eq(view.n_best, 0);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("nearest");
	TCase *t = tcase_create("nearest");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, words_nobody_foresaw_find_their_label, 0,
	    N_ROWS(asked));
	tcase_add_test(t, the_best_come_first_and_each_once);
	tcase_add_test(t, what_stands_beyond_the_limit_changes_nothing);
	tcase_add_test(t, nothing_learned_is_nothing_near);
	suite_add_tcase(s, t);
	return run_suite(s);
}
