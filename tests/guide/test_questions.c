#include "guide/questions.h"

#include "guide_fixture.h"
#include "object_text.h"

static const struct {
	const char *text;
	const char *error; /* NULL: it is right */
	unsigned rows, offered;
} objects[] = {
	{ "", NULL, 1, 0 },
	{ "// a remark\n\nprice: What does it cost?\nprice: how much\n", NULL,
	    2, 1 },
	{ "  price  :  what: is the price  \nother_topic: hello world\n", NULL,
	    2, 0 },
	{ "what does it cost\n",
	    "x.rive:2:1: a line of questions reads `label: wording`", 0, 0 },
	{ "price: how much\nprice:\n",
	    "x.rive:3:1: a line of questions reads `label: wording`", 0, 0 },
	{ ": how much\n",
	    "x.rive:2:1: a line of questions reads `label: wording`", 0, 0 },
	{ "my note: how much\n",
	    "x.rive:2:1: a line of questions reads `label: wording`", 0, 0 },
};

START_TEST(reads_wordings_and_names_each_mistake)
{
	struct arena arena = { 0 };
	struct questions q = { 0 };
	struct errs errs = { 0 };
	struct object room;
	char text[400];
	unsigned offered = 0;
	bool ok;

	ok = questions_read(&q, object_of(&room, objects[_i].text), &arena,
	    &errs);
	ck_assert_int_eq(ok, objects[_i].error == NULL);
	if (ok) {
		ck_assert_uint_eq(q.n, objects[_i].rows);
		for (unsigned i = 0; i < q.n; i++)
			offered += questions_is_offered(&q.list[i]);
		ck_assert_uint_eq(offered, objects[_i].offered);
	} else {
		ck_assert_str_eq(err_text(&errs.list[0], text, sizeof text),
		    objects[_i].error);
	}
	errs_clear(&errs);
	arena_clear(&arena);
}
END_TEST

START_TEST(more_labels_than_there_is_room_for_are_an_error)
{
	struct arena arena = { 0 };
	struct questions q = { 0 };
	struct errs errs = { 0 };
	struct object room;
	char text[40];
	bool ok = true;

	for (int i = 0; ok; i++) {
		ck_assert_int_le(i, NEAREST_LABELS);
		snprintf(text, sizeof text, "label%d: a wording", i);
		ok = questions_read(&q, object_of(&room, text), &arena, &errs);
	}
	ck_assert_uint_eq(q.n, NEAREST_LABELS);
	ck_assert_uint_eq(errs.n, 1);
	errs_clear(&errs);
	arena_clear(&arena);
}
END_TEST

/* What the dialogs make of lines for which there is no trigger. */
static const struct {
	const char *said;
	const char *intent;
} unforeseen[] = {
	{ "ballpark what am i going to be paying for this", "cost_insurance" },
	{ "so roughly what is the number of weeks then", "duration" },
	{ "what if my neighbor learns that i go",
	    "confidentiality_privacy" },
	{ "which film won best picture that year", "other_topic" },
	{ "my printer says the tray is empty but it is not", "other_topic" },
};

START_TEST(unforeseen_words_are_understood)
{
	struct fixture f;

	fixture_open(&f, NULL);
	say(&f, unforeseen[_i].said);
	ck_assert_msg(strcmp(f.a.trace.intent, unforeseen[_i].intent) == 0,
	    "%s: %s", unforeseen[_i].said, f.a.trace.intent);
	fixture_close(&f);
}
END_TEST

/* Whatever looks like a question, an open safety question comes first. */
START_TEST(nothing_near_is_read_into_an_answer_that_is_owed)
{
	struct fixture f;
	const char *reply;

	fixture_open(&f, NULL);
	say(&f, "i want to die");
	reply = say(&f, "ballpark what am i going to be paying for this");
	ck_assert_ptr_null(strstr(reply, "I take it you ask"));
	fixture_close(&f);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("questions");
	TCase *t = tcase_create("questions");

	(void)shared_script();
	tcase_add_loop_test(t, reads_wordings_and_names_each_mistake, 0,
	    N_ROWS(objects));
	tcase_add_test(t, more_labels_than_there_is_room_for_are_an_error);
	tcase_add_loop_test(t, unforeseen_words_are_understood, 0,
	    N_ROWS(unforeseen));
	tcase_add_test(t, nothing_near_is_read_into_an_answer_that_is_owed);
	suite_add_tcase(s, t);
	return run_suite(s);
}
