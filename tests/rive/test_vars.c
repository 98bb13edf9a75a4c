#include "rive/vars.h"

#include <stdio.h>
#include <string.h>

#include "harness.h"
#include "rive/store.h"

START_TEST(a_new_user_is_in_the_topic_random)
{
	struct vars *v = vars_new();

	ck_assert(str_is(vars_get(v, STR("topic")), "random"));
	ck_assert_ptr_null(vars_get(v, STR("x")).p);
	ck_assert(str_is(vars_input(v, 1), "undefined"));
	vars_free(v);
}
END_TEST

START_TEST(variables_are_capped_in_number_and_length)
{
	char longest[VARS_VALUE_MAX + 100], name[VARS_NAME_MAX + 2];
	struct vars *v = vars_new();
	size_t n = 0, at = 0;
	struct str k, s;

	memset(longest, 'x', sizeof longest);
	memset(name, 'n', sizeof name);
	ck_assert(vars_set(v, STR("a"), str_of(longest, sizeof longest)));
	ck_assert_uint_eq(vars_get(v, STR("a")).len, VARS_VALUE_MAX);
	ck_assert(!vars_set(v, str_of(name, VARS_NAME_MAX + 1), STR("x")));
	for (int i = 0; i < 2 * VARS_MAX; i++) {
		snprintf(name, sizeof name, "v%d", i);
		(void)vars_set(v, str_c(name), STR("x"));
	}
	while (vars_next(v, &at, &k, &s))
		n++;
	ck_assert_uint_eq(n, VARS_MAX);
	/* What is there can still be changed, and removed. */
	ck_assert(vars_set(v, STR("a"), STR("b")));
	vars_unset(v, STR("a"));
	ck_assert_ptr_null(vars_get(v, STR("a")).p);
	ck_assert(vars_set(v, STR("new"), STR("c")));
	vars_free(v);
}
END_TEST

START_TEST(a_cut_value_ends_at_a_character)
{
	char text[VARS_VALUE_MAX + 1];
	struct vars *v = vars_new();

	memset(text, 'x', sizeof text);
	memcpy(text + VARS_VALUE_MAX - 1, "\xC3\xA9", 2);
	ck_assert(vars_set(v, STR("a"), str_of(text, sizeof text)));
	ck_assert_uint_eq(vars_get(v, STR("a")).len, VARS_VALUE_MAX - 1);
	vars_free(v);
}
END_TEST

START_TEST(the_last_nine_are_remembered)
{
	struct vars *v = vars_new();
	char text[16];

	for (int i = 1; i <= 12; i++) {
		snprintf(text, sizeof text, "%d", i);
		vars_push(v, str_c(text), STR("r"));
	}
	ck_assert(str_is(vars_input(v, 1), "12"));
	ck_assert(str_is(vars_input(v, 9), "4"));
	ck_assert(str_is(vars_input(v, 10), "undefined"));
	ck_assert(str_is(vars_reply(v, 9), "r"));
	vars_wipe(v);
	ck_assert(str_is(vars_input(v, 1), "undefined"));
	vars_free(v);
}
END_TEST

static const struct {
	enum vars_thaw how;
	const char *value;
	bool again; /* there is still something to thaw */
} thaws[] = {
	{ VARS_THAW, "old", false },
	{ VARS_KEEP, "old", true },
	{ VARS_DISCARD, "new", false },
};

START_TEST(what_was_frozen_comes_back)
{
	struct vars *v = vars_new();

	ck_assert(!vars_thaw(v, VARS_THAW));
	ck_assert(vars_set(v, STR("a"), STR("old")));
	ck_assert(vars_freeze(v));
	ck_assert(vars_set(v, STR("a"), STR("new")));
	ck_assert(vars_thaw(v, thaws[_i].how));
	ck_assert(str_is(vars_get(v, STR("a")), thaws[_i].value));
	ck_assert(vars_thaw(v, VARS_THAW) == thaws[_i].again);
	vars_free(v);
}
END_TEST

/* Names set, changed and removed in any order, beside a plain table. */
START_TEST(what_is_removed_takes_nothing_with_it)
{
	enum { NAMES = 60 };
	struct store store = { .max = NAMES, .name_max = 8, .value_max = 8 };
	int value[NAMES] = { 0 }; /* 0: not set */
	uint32_t dice = (uint32_t)_i;
	char name[16], text[16];

	for (int step = 1; step < 3000; step++) {
		int k;

		dice = dice * 1664525u + 1013904223u;
		k = (int)((dice >> 16) % NAMES);
		snprintf(name, sizeof name, "v%d", k);
		snprintf(text, sizeof text, "%d", step);
		value[k] = dice >> 31 == 0 ? step : 0;
		if (value[k] == 0)
			store_unset(&store, str_c(name));
		else
			ck_assert(store_set(&store, str_c(name), str_c(text)));
		for (k = 0; k < NAMES; k++) {
			struct str got;

			snprintf(name, sizeof name, "v%d", k);
			snprintf(text, sizeof text, "%d", value[k]);
			got = store_get(&store, str_c(name));
			ck_assert_msg(value[k] == 0 ? got.p == NULL
			    : str_eq(got, str_c(text)), "%s at %d", name, step);
		}
	}
	store_clear(&store);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("vars");
	TCase *tc = tcase_create("vars");

	tcase_add_test(tc, a_new_user_is_in_the_topic_random);
	tcase_add_test(tc, variables_are_capped_in_number_and_length);
	tcase_add_test(tc, a_cut_value_ends_at_a_character);
	tcase_add_test(tc, the_last_nine_are_remembered);
	tcase_add_loop_test(tc, what_was_frozen_comes_back, 0, N_ROWS(thaws));
	tcase_add_loop_test(tc, what_is_removed_takes_nothing_with_it, 0, 20);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
