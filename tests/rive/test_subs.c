#include "rive/subs.h"

#include "harness.h"
#include "rive/ast.h"

static struct ast_define defines[] = {
	{ { "u", 1 }, { "you", 3 }, { 0 } },
	{ { "you", 3 }, { "me", 2 }, { 0 } },
	{ { "h", 1 }, { "hello", 5 }, { 0 } },
	{ { "i'm", 3 }, { "i am", 4 }, { 0 } },
	{ { "i'm not", 7 }, { "i am never", 10 }, { 0 } },
	{ { "+", 1 }, { "plus", 4 }, { 0 } },
	{ { ":)", 2 }, { "smile", 5 }, { 0 } },
	{ { "a/s/l", 5 }, { "who are you", 11 }, { 0 } },
	{ { "\xC3\xA9", 2 }, { "e", 1 }, { 0 } },
};

static const struct {
	const char *text;
	const char *after;
} rows[] = {
	{ "", "" },
	{ "but u run", "but you run" },
	{ "u and you", "you and me" },
	{ "h h h", "hello hello hello" },
	{ "i'm not i'm", "i am never i am" },
	{ "(i'm)", "(i am)" },
	{ "2 + 2", "2 plus 2" },
	{ "2+2", "2+2" },
	{ "hi :)", "hi smile" },
	{ "a/s/l?", "who are you?" },
	{ "caf\xC3\xA9 \xC3\xA9", "caf\xC3\xA9 e" },
	{ "u", "you" },
	{ "uu u_u u-u", "uu u_u you-you" },
};

START_TEST(keys_are_replaced_once_and_only_whole)
{
	struct arena arena = { 0 };
	struct map map = { 0 };
	struct buf out = { 0 };
	struct subs subs;

	for (int i = 0; i < N_ROWS(defines); i++)
		ck_assert(map_set(&map, &arena, defines[i].name, &defines[i]));
	ck_assert(subs_build(&subs, &map, true, &arena));
	subs_run(&subs, str_c(rows[_i].text), &out);
	ck_assert_str_eq(buf_cstr(&out), rows[_i].after);
	buf_clear(&out);
	arena_clear(&arena);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("subs");
	TCase *tc = tcase_create("subs");

	tcase_add_loop_test(tc, keys_are_replaced_once_and_only_whole, 0,
	    N_ROWS(rows));
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
