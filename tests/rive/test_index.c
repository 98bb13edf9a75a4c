#include "rive/index.h"

#include "harness.h"
#include "rive/pairs.h"

#define BRAINS 3000
#define MESSAGES 100

/* The promise of index.h.  200,000 pairs of a brain and a message and more,
 * the same in every run. */
START_TEST(index_and_plain_loop_agree)
{
	uint64_t found = 0, stars = 0;

	for (uint32_t i = 0; i < BRAINS; i++) {
		struct pairs p = { .rng = { i } };
		struct buf text = { 0 };

		pairs_brain(&p);
		for (uint32_t j = 0; j < MESSAGES; j++) {
			buf_reset(&text);
			pairs_message(&p, &text);
			ck_assert_msg(pairs_agree(&p, buf_str(&text)),
			    "brain %u, message %u: %s", i, j, p.what);
		}
		found += p.found;
		stars += p.stars;
		buf_clear(&text);
		pairs_clear(&p);
	}
	/* The pairs are worth something only if many of them fit. */
	ck_assert_uint_ge(found, (uint64_t)BRAINS * MESSAGES / 4);
	ck_assert_uint_ge(stars, (uint64_t)BRAINS * MESSAGES / 20);
}
END_TEST

/* Triggers by hand, in rank order, and what a text must find. */
static const char *const greetings[] = {
	"hello",
	"hello *",
	"[*] help [me] (please|now)",
	"think* is",
	"* @one *",
	"*",
};

static const struct {
	const char *text;
	uint32_t rank;
} finds[] = {
	{ "hello", 0 },
	{ "hello you", 1 },
	{ "do help me now", 2 },
	{ "help please", 2 },
	{ "self-help please", 2 },
	{ "selfhelp please", 5 },
	{ "thinking of you is", 3 },
	{ "so a it is", 4 },
	{ "a", 5 },
	{ "", 5 },
};

START_TEST(finds_the_best_trigger)
{
	struct pairs p = { .n = N_ROWS(greetings) };
	struct index_ask ask = { pairs_fits, &p, 0 };

	pairs_given(&p, greetings, false);
	for (int i = 0; i < N_ROWS(finds); i++) {
		uint32_t rank;

		ck_assert_int_eq(index_best(p.index, str_c(finds[i].text), ask,
				     &rank),
		    INDEX_YES);
		ck_assert_msg(rank == finds[i].rank, "%s: %u", finds[i].text,
		    rank);
	}
	pairs_clear(&p);
}
END_TEST

START_TEST(finds_the_longest_stretch)
{
	static const char *const idioms[] = {
		"killing me",
		"dying to (see|meet) you",
		"dying to see",
	};
	struct pairs p = { .n = N_ROWS(idioms) };
	struct index_stretch s;

	pairs_given(&p, idioms, false);
	ck_assert_int_eq(index_find(p.index,
			     STR("i am dying to see you killing me"), 0, &s),
	    INDEX_YES);
	ck_assert_uint_eq(s.start, 5);
	ck_assert_uint_eq(s.end, 21);
	ck_assert_uint_eq(s.rank, 1);
	ck_assert_int_eq(index_find(p.index,
			     STR("i am dying to see you killing me"), s.end,
			     &s),
	    INDEX_YES);
	ck_assert_uint_eq(s.rank, 0);
	ck_assert_int_eq(index_find(p.index, STR("killing them"), 0, &s),
	    INDEX_NO);
	pairs_clear(&p);
}
END_TEST

/* No trigger makes a long message explode, whatever the message. */
START_TEST(hard_triggers_stay_cheap)
{
	static const char *const hard[] = {
		"[*] a [*] b [*] c [*] d [*] e",
		"* a * b * c * d * e * f",
		"[*] (a|b|a b) [*] (b|c|b c) [*] x",
	};
	struct pairs p = { .n = N_ROWS(hard) };
	struct index_ask ask = { pairs_fits, &p, 0 };
	struct buf text = { 0 };
	uint32_t rank;

	pairs_given(&p, hard, false);
	for (int i = 0; i < 300; i++)
		buf_add(&text, STR("a b c d "));
	buf_add(&text, STR("z"));
	for (int i = 0; i < 200; i++)
		ck_assert_int_eq(index_best(p.index, buf_str(&text), ask,
				     &rank),
		    INDEX_NO);
	buf_clear(&text);
	pairs_clear(&p);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("index");
	TCase *tc = tcase_create("index");

	tcase_add_test(tc, finds_the_best_trigger);
	tcase_add_test(tc, finds_the_longest_stretch);
	tcase_add_test(tc, hard_triggers_stay_cheap);
	tcase_add_test(tc, index_and_plain_loop_agree);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
