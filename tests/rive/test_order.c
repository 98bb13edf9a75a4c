#include "rive/order.h"

#include "harness.h"

/* Each row is before the next one of its list; a list ends with NULL. */
static const struct {
	const char *what;
	const char *before;
	const char *after;
} pairs[] = {
	{ "kinds", "hi there", "hi [there]" },
	{ "kinds", "hi [there]", "hi _" },
	{ "kinds", "hi _", "hi #" },
	{ "kinds", "hi #", "hi *" },
	{ "words in a kind", "what is *", "what *" },
	{ "an optional's brackets are words", "[*] hi [*]", "oh hi *" },
	{ "length", "i * xxxxxx *", "i * x *" },
	{ "the alphabet", "* aa *", "* zz *" },
	{ "no words come last", "a *", "_" },
	{ "no words: _ # *", "_", "#" },
	{ "no words: _ # *", "#", "*" },
	{ "two stars before one", "* *", "*" },
	{ "an optional star is a catch-all", "hi *", "[*]" },
	{ "the text of a weight is no word", "going towards *", "* my town" },
	{ "a name's _ is no wildcard", "@two_words", "_ x" },
	{ "a name's _ is no wildcard", "<get my_name> *", "*" },
};

static struct order_item
item(struct brain_trigger *t, const char *text)
{
	*t = (struct brain_trigger) { .text = str_c(text) };
	return (struct order_item) { .trigger = t };
}

START_TEST(the_more_specific_trigger_comes_first)
{
	struct brain_trigger a, b;
	struct order_item items[2];

	for (int swap = 0; swap < 2; swap++) {
		items[swap] = item(&a, pairs[_i].before);
		items[1 - swap] = item(&b, pairs[_i].after);
		items[0].position = 0;
		items[1].position = 1;
		order_sort(items, 2);
		ck_assert_msg(items[0].trigger == &a, "%s: %s < %s",
		    pairs[_i].what, pairs[_i].before, pairs[_i].after);
	}
}
END_TEST

START_TEST(weight_beats_level_beats_kind)
{
	struct brain_trigger t[3];
	struct order_item items[3] = {
		item(&t[0], "plain"),
		item(&t[1], "star *"),
		item(&t[2], "heavy *"),
	};

	items[0].level = 2;
	items[1].level = 1;
	items[2].level = 3;
	t[2].weight = 5;
	order_sort(items, 3);
	ck_assert_ptr_eq(items[0].trigger, &t[2]);
	ck_assert_ptr_eq(items[1].trigger, &t[1]);
	ck_assert_ptr_eq(items[2].trigger, &t[0]);
}
END_TEST

START_TEST(the_first_of_two_equal_ones_wins)
{
	struct brain_trigger t[2];
	struct order_item items[2] = { item(&t[0], "a"), item(&t[1], "a") };

	items[1].position = 1;
	order_sort(items, 2);
	ck_assert_ptr_eq(items[0].trigger, &t[0]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("order");
	TCase *tc = tcase_create("order");

	tcase_add_loop_test(tc, the_more_specific_trigger_comes_first, 0,
	    N_ROWS(pairs));
	tcase_add_test(tc, weight_beats_level_beats_kind);
	tcase_add_test(tc, the_first_of_two_equal_ones_wins);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
