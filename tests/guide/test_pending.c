#include "guide/pending.h"

#include "harness.h"

#define S PENDING_SAFE
#define A PENDING_ACT
#define T PENDING_THEM
#define L PENDING_ALIVE

static const struct {
	enum pending question;
	const char *said;
	enum pending_answer answer;
} answers[] = {
	{ S, "yes", PENDING_CLEAR },
	{ S, "yeah im ok", PENDING_CLEAR },
	{ S, "yes i am safe thanks", PENDING_CLEAR },
	{ S, "im safe", PENDING_CLEAR },
	{ S, "no", PENDING_DANGER },
	{ S, "not really", PENDING_DANGER },
	{ S, "im not safe", PENDING_DANGER },
	{ S, "yes but i dont know for how long", PENDING_UNSURE },
	{ S, "for now", PENDING_UNSURE },
	{ S, "idk", PENDING_UNSURE },
	{ S, "i guess", PENDING_UNSURE },
	{ S, "yes and no", PENDING_UNSURE },
	{ S, "yes no idea", PENDING_UNSURE },
	{ S, "how long is iop", PENDING_OTHER },
	{ A, "no", PENDING_CLEAR },
	{ A, "nope im good", PENDING_CLEAR },
	{ A, "no i wont", PENDING_CLEAR },
	{ A, "im ok now keep going", PENDING_CLEAR },
	{ A, "yes", PENDING_DANGER },
	{ A, "i already did", PENDING_DANGER },
	{ A, "probably", PENDING_DANGER },
	{ A, "no idea", PENDING_UNSURE },
	{ A, "not sure", PENDING_UNSURE },
	{ A, "no but i want to", PENDING_UNSURE },
	{ A, "not yet", PENDING_UNSURE },
	{ A, "i dont know", PENDING_UNSURE },
	{ A, "what is iop", PENDING_OTHER },
	{ A, "maybe we should talk about cost", PENDING_OTHER },
	{ A, "ok so how long is it", PENDING_OTHER },
	{ A, "ok", PENDING_UNSURE },
	{ A, "maybe later today", PENDING_UNSURE },
	{ A, "i dont wanna talk about it", PENDING_UNSURE },
	{ A, "id rather not say", PENDING_UNSURE },
	{ A, "i dont want to do it", PENDING_CLEAR },
	{ T, "no he is asleep", PENDING_CLEAR },
	{ T, "yes i think so", PENDING_DANGER },
	{ T, "i dont know", PENDING_UNSURE },
	{ L, "no", PENDING_CLEAR },
	{ L, "sometimes", PENDING_DANGER },
	{ L, "maybe", PENDING_UNSURE },
	{ L, "true", PENDING_TRUE },
};

START_TEST(reads_an_answer)
{
	ck_assert_msg(pending_read(answers[_i].question,
	    str_c(answers[_i].said)) == answers[_i].answer, "%s",
	    answers[_i].said);
}
END_TEST

START_TEST(every_question_is_one_line)
{
	for (int p = PENDING_ACT; p < PENDING_N; p++) {
		const char *q = pending_question((enum pending)p);

		ck_assert(strlen(q) > 0 && strlen(q) <= 200);
		ck_assert_ptr_null(strchr(q, '\n'));
		/* No word of the answer leads towards a no. */
		ck_assert_ptr_nonnull(strstr(q, "Yes, no or not sure"));
	}
	ck_assert_str_eq(pending_question(PENDING_NONE), "");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pending");
	TCase *tc = tcase_create("pending");

	tcase_add_loop_test(tc, reads_an_answer, 0, N_ROWS(answers));
	tcase_add_test(tc, every_question_is_one_line);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
