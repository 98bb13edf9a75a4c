#include "guide/checklist_file.h"

#include "base/rng.h"
#include "guide/rules.h"
#include "harness.h"
#include "guide/checklist_load.h"

static struct loaded *
load_text(struct str text)
{
	struct loaded *l = calloc(1, sizeof *l);

	ck_assert_ptr_nonnull(l);
	load_lines(l, text, "x.rive", 0);
	return l;
}

START_TEST(the_shipped_one_has_eleven_questions_and_no_mistake)
{
	struct loaded *l = calloc(1, sizeof *l);

	ck_assert_ptr_nonnull(l);
	load_shipped(l);
	load_print(&l->errs);
	ck_assert_ptr_nonnull(l->list);
	ck_assert_uint_eq(checklist_n(l->list), 11);
	ck_assert(str_is(checklist_name(l->list), "selfcheck"));
	ck_assert_uint_eq(l->errs.n_doubts, 0);
	load_clear(l);
}
END_TEST

/* Each mistake is named at its place; what else is missing does not matter. */
static const struct {
	const char *text;
	uint32_t line, col;
	const char *says;
} mistakes[] = {
	{ "hello", 1, 1, "no \":\"" },
	{ "\n  hello", 2, 3, "no \":\"" },
	{ "you: Who?", 1, 1, "does not belong in no block" },
	{ "group:", 1, 7, "no name" },
	{ "question: Two Words", 1, 11, "name is small letters" },
	{ "question: a\nquestion: a", 2, 11, "stands twice" },
	{ "question: a\nyou: Hm?\nyou: Hm?", 3, 6, "stands twice" },
	{ "question: a\nyou:", 2, 5, "has no text" },
	{ "question: a", 1, 11, "has no \"you:\"" },
	{ "question: a", 1, 11, "has no \"they:\"" },
	{ "question: a", 1, 11, "has no \"why:\"" },
	{ "question: a", 1, 11, "has no \"sign:\"" },
	{ "question: a", 1, 11, "has no \"from:\"" },
	{ "question: a\ncolour: red", 2, 1, "\"colour:\" does not belong" },
	{ "question: a\nchoice: b", 2, 9, "LABEL = PHRASE" },
	{ "question: a\nchoice: = b", 2, 9, "no label" },
	{ "question: a\nchoice: b =", 2, 12, "no phrase" },
	{ "question: a\nchoice: b = c", 1, 11, "choices without" },
	{ "question: a\nfollow: Which?", 1, 11, "without choices" },
	{ "question: a\nask safe: yes, purple", 2, 16, "is no answer" },
	{ "question: a\nnoted: weather", 2, 8, "nothing that is noted" },
	{ "question: a\nmeans yes: b, , c", 2, 15, "no words" },
	{ "answer: perhaps", 1, 9, "no answer \"perhaps\"" },
	{ "answer: yes\nalone: y, y", 2, 11, "stands twice" },
	{ "answer: yes\nalone: don't, dont", 2, 15, "stands twice" },
	{ "answer: yes\nsay: yes", 2, 1, "does not belong in an answer" },
	{ "text: farewell", 1, 7, "no text \"farewell\"" },
	{ "text: opening\nsay: Hi {name}", 2, 10, "{name} cannot stand" },
	{ "text: opening\nsay: Hi {n", 2, 9, "never closed" },
	{ "result: Good", 1, 9, "name is small letters" },
	{ "result: a", 1, 9, "no \"when:\"" },
	{ "result: a", 1, 9, "needs a \"title:\"" },
	{ "result: a", 1, 9, "needs \"when: always\"" },
	{ "result: a\nbecause: b", 2, 10, "before any \"when:\"" },
	{ "result: a\nsay: {n} of {of}", 2, 7, "{n} cannot stand" },
	{ "result: a\nsay: {n} of {of}", 2, 14, "{of} cannot stand" },
	{ "result: a\nwhen:", 2, 6, "is missing here" },
	{ "result: a\nwhen: b is yes", 2, 7, "name of a question" },
	{ "question: b\nresult: a\nwhen: b was yes", 3, 9, "\"is\"" },
	{ "question: b\nresult: a\nwhen: b is blue", 3, 12, "an answer" },
	{ "question: b\nresult: a\nwhen: b is yes,", 3, 15, "\"and\"" },
	{ "question: b\nresult: a\nwhen: b is yes or", 3, 18, "missing" },
	{ "question: b\nresult: a\nwhen: sum b is 2", 3, 11, "\"of\"" },
	{ "question: b\nresult: a\nwhen: sum of b is 2", 3, 19, "\"at\"" },
	{ "question: b\nresult: a\nwhen: sum of b is at least x", 3, 28,
	    "a number" },
	{ "question: b\nresult: a\nwhen: sum of b is at least 1.7", 3, 28,
	    "such as 3 or 1.5" },
	{ "question: b\nresult: a\nwhen: sum of b, c is at least 1", 3, 17,
	    "name of a question" },
	{ "result: a\nwhen: open is at least 123", 2, 24, "such as" },
	{ "result: a\nwhen: noted rain", 2, 13, "that is noted" },
	{ "result: a\nwhen: always and always and always and always and "
	  "always and always and always", 2, 73, "so long" },
	{ "# nothing", 0, 1, "no question" },
	{ "# nothing", 0, 1, "the text \"opening\" is missing" },
	{ "# nothing", 0, 1, "nobody could leave" },
};

static bool
has_error(const struct errs *errs, uint32_t line, uint32_t col,
    const char *says)
{
	for (size_t i = 0; i < errs->n; i++) {
		const struct err *e = &errs->list[i];

		if (e->at.line == line && e->at.col == col &&
		    strstr(e->msg, says) != NULL)
			return true;
	}
	return false;
}

START_TEST(each_mistake_is_named_at_its_place)
{
	struct loaded *l = load_text(str_c(mistakes[_i].text));
	bool found = has_error(&l->errs, mistakes[_i].line, mistakes[_i].col,
	    mistakes[_i].says);

	if (!found)
		load_print(&l->errs);
	ck_assert_msg(found, "\"%s\": no \"%s\"", mistakes[_i].text,
	    mistakes[_i].says);
	ck_assert_ptr_null(l->list);
	load_clear(l);
}
END_TEST

START_TEST(reading_goes_on_after_a_mistake)
{
	struct loaded *l = load_text(STR("hello\nquestion: Q Q\nyou: Hm?\n"
	                                 "answer: nay\nalone: x\nbye"));

	ck_assert(has_error(&l->errs, 1, 1, "no \":\""));
	ck_assert(has_error(&l->errs, 2, 11, "small letters"));
	ck_assert(has_error(&l->errs, 4, 9, "no answer"));
	ck_assert(has_error(&l->errs, 6, 1, "no \":\""));
	/* the lines below a wrong head are not blamed */
	ck_assert(!has_error(&l->errs, 3, 1, "belong"));
	ck_assert(!has_error(&l->errs, 5, 1, "belong"));
	load_clear(l);
}
END_TEST

START_TEST(refuses_more_questions_than_it_can_hold)
{
	struct buf text = { 0 };
	struct loaded *l;

	for (int i = 0; i <= SELFCHECK_MAX; i++)
		buf_addf(&text, "question: q%d\n", i);
	l = load_text(buf_str(&text));
	ck_assert(has_error(&l->errs, SELFCHECK_MAX + 1, 11, "more than 40"));
	load_clear(l);
	buf_clear(&text);
}
END_TEST

START_TEST(a_long_line_is_a_doubt)
{
	struct buf text = { 0 };
	struct loaded *l;

	buf_addf(&text, "text: opening\nsay: ");
	for (int i = 0; i < 41; i++)
		buf_addf(&text, "word ");
	buf_addf(&text, "end");
	l = load_text(buf_str(&text));
	ck_assert_uint_eq(l->errs.n_doubts, 1);
	load_clear(l);
	buf_clear(&text);
}
END_TEST

/* Whatever is done to the shipped text: a list, or errors, never neither. */
START_TEST(a_damaged_text_gives_a_list_or_errors)
{
	struct loaded *whole = calloc(1, sizeof *whole);
	struct rng rng = { 7 };
	char *copy;

	ck_assert_ptr_nonnull(whole);
	load_shipped(whole);
	copy = malloc(whole->text.len);
	ck_assert_ptr_nonnull(copy);
	for (int round = 0; round < 60; round++) {
		struct loaded *l;

		memcpy(copy, whole->text.p, whole->text.len);
		for (int i = 0; i < 1 + round; i++) {
			size_t at = rng_below(&rng, (uint32_t)whole->text.len);

			copy[at] = (char)rng_below(&rng, 256);
		}
		l = load_text(str_of(copy, whole->text.len));
		ck_assert((l->list == NULL) == (l->errs.n_errors > 0));
		load_clear(l);
	}
	free(copy);
	load_clear(whole);
}
END_TEST

/* Without memory there is no list, at whatever point it runs out. */
START_TEST(fails_cleanly_without_memory)
{
	for (size_t max = 1000; max < 200000; max += 9973) {
		struct loaded *l = calloc(1, sizeof *l);

		ck_assert_ptr_nonnull(l);
		l->arena.max = max;
		load_shipped(l);
		ck_assert((l->list == NULL) == (l->errs.n_errors > 0));
		load_clear(l);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("checklist");
	TCase *tc = tcase_create("checklist");

	tcase_add_test(tc, the_shipped_one_has_eleven_questions_and_no_mistake);
	tcase_add_loop_test(tc, each_mistake_is_named_at_its_place, 0,
	    N_ROWS(mistakes));
	tcase_add_test(tc, reading_goes_on_after_a_mistake);
	tcase_add_test(tc, refuses_more_questions_than_it_can_hold);
	tcase_add_test(tc, a_long_line_is_a_doubt);
	tcase_add_test(tc, a_damaged_text_gives_a_list_or_errors);
	tcase_add_test(tc, fails_cleanly_without_memory);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
