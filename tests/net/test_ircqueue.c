#include "net/ircqueue.h"

#include <stdio.h>

#include "harness.h"

static const struct ircqueue_pace usual = { .burst = 4, .line_ms = 2000 };

static struct ircqueue *queue;

static void
setup(void)
{
	queue = ircqueue_new(&usual);
	ck_assert_ptr_nonnull(queue);
}

static void
teardown(void)
{
	ircqueue_free(queue);
}

static bool
add(enum ircqueue_class class, const char *target, const char *text,
    uint64_t now_ms)
{
	const struct ircqueue_block b = { .class = class,
		.target = str_c(target), .text = str_c(text) };

	return ircqueue_add(queue, &b, now_ms);
}

/* What leaves at now_ms: "target:text", or "" where nothing does. */
static const char *
next(uint64_t now_ms)
{
	static char out[200];
	struct ircqueue_block l;

	if (!ircqueue_next(queue, now_ms, &l))
		return "";
	snprintf(out, sizeof(out), "%.*s:%.*s", STR_ARG(l.target),
	    STR_ARG(l.text));
	return out;
}

START_TEST(four_lines_at_once_then_one_in_two_seconds)
{
	ck_assert(add(IRCQUEUE_ANSWER, "a", "1\n2\n3\n4\n5\n6\n", 0));
	for (int i = 0; i < 4; i++)
		ck_assert_str_ne(next(0), "");
	ck_assert_str_eq(next(0), "");
	ck_assert_uint_eq(ircqueue_wait_ms(queue, 0), 2000);
	ck_assert_str_eq(next(1999), "");
	ck_assert_str_eq(next(2000), "a:5");
	ck_assert_str_eq(next(2000), "");
	ck_assert_str_eq(next(4000), "a:6");
	ck_assert_uint_eq(ircqueue_wait_ms(queue, 4000), UINT64_MAX);
}
END_TEST

START_TEST(targets_take_turns_and_each_keeps_its_order)
{
	ck_assert(add(IRCQUEUE_ANSWER, "a", "1\n2\n3\n", 0));
	ck_assert(add(IRCQUEUE_ANSWER, "b", "x\ny\n", 0));
	ck_assert(add(IRCQUEUE_ANSWER, "a", "4\n", 0));
	ck_assert_str_eq(next(0), "a:1");
	ck_assert_str_eq(next(0), "b:x");
	ck_assert_str_eq(next(0), "a:2");
	ck_assert_str_eq(next(0), "b:y");
	ck_assert_str_eq(next(2000), "a:3");
	ck_assert_str_eq(next(4000), "a:4");
}
END_TEST

/* An answer has the bucket empty: the next plain line is two seconds off. */
static void
empty_bucket(void)
{
	ck_assert(add(IRCQUEUE_ANSWER, "a", "1\n2\n3\n4\n5\n6\n7\n8\n", 0));
	for (int i = 0; i < 4; i++)
		ck_assert_str_ne(next(0), "");
	ck_assert_str_eq(next(0), "");
}

START_TEST(crisis_lines_go_first_and_overdraw)
{
	empty_bucket();
	ck_assert(add(IRCQUEUE_CRISIS, "b", "call\ntell\nstay\nask\nhere\n",
	    100));
	ck_assert_str_eq(next(100), "b:call");
	ck_assert_str_eq(next(100), "b:tell");
	ck_assert_str_eq(next(100), "");
	ck_assert_str_eq(next(1000), "b:stay");
	ck_assert_str_eq(next(2000), "b:ask");
	ck_assert_str_eq(next(3000), "b:here");
}
END_TEST

START_TEST(nobodys_second_line_keeps_another_from_a_number)
{
	empty_bucket();
	ck_assert(add(IRCQUEUE_CRISIS, "b", "call\ntell\nstay\n", 0));
	ck_assert_str_eq(next(0), "b:call");
	ck_assert_str_eq(next(0), "b:tell");
	ck_assert(add(IRCQUEUE_ABUSE, "c", "call\nsafe\n", 0));
	ck_assert(add(IRCQUEUE_CRISIS, "d", "call\ntell\n", 0));
	ck_assert_str_eq(next(0), "c:call");
	ck_assert_str_eq(next(0), "d:call");
	/* Who is being told has a number: more for them waits its turn. */
	ck_assert(add(IRCQUEUE_CRISIS, "b", "now\n", 0));
	ck_assert_str_eq(next(0), "");
	ck_assert_str_eq(next(3000), "c:safe");
	ck_assert_str_eq(next(4000), "b:stay");
	ck_assert_str_eq(next(5000), "d:tell");
	ck_assert_str_eq(next(6000), "b:now");
}
END_TEST

/* The promise, on the slowest pace and with all asking in one moment. */
START_TEST(nine_people_in_crisis_have_a_number_within_five_seconds)
{
	char name[16];
	size_t seen = 0;

	empty_bucket();
	ck_assert(add(IRCQUEUE_CRISIS, "b", "call\ntell\nstay\nask\n", 0));
	while (*next(0) != '\0')
		continue;
	for (int i = 0; i < 8; i++) {
		snprintf(name, sizeof(name), "p%d", i);
		ck_assert(add(IRCQUEUE_CRISIS, name, "first\nsecond\n", 0));
	}
	for (uint64_t now = 0; now < 5000; now += 100)
		for (const char *l; *(l = next(now)) != '\0';)
			seen += strstr(l, "first") != NULL;
	ck_assert_uint_eq(seen, 8);
}
END_TEST

START_TEST(fifty_people_in_crisis_have_their_first_line_in_turn)
{
	char name[16];
	size_t seen = 0;

	for (int i = 0; i < 50; i++) {
		snprintf(name, sizeof(name), "p%d", i);
		ck_assert(add(IRCQUEUE_CRISIS, name, "first\nsecond\n", 0));
	}
	for (uint64_t now = 0; now < 60000 && seen < 50; now += 100)
		for (const char *l; *(l = next(now)) != '\0'; seen++)
			ck_assert(seen >= 50 || strstr(l, "first") != NULL);
	ck_assert_uint_ge(seen, 50);
}
END_TEST

START_TEST(a_newer_crisis_block_replaces_one_that_waits)
{
	ck_assert(add(IRCQUEUE_CRISIS, "a", "old\n", 0));
	ck_assert(add(IRCQUEUE_CRISIS, "a", "new\n", 0));
	ck_assert_str_eq(next(0), "a:new");
	ck_assert_str_eq(next(0), "");
}
END_TEST

START_TEST(abuse_is_one_block_but_for_first_lines_and_grows_old)
{
	ck_assert(add(IRCQUEUE_ABUSE, "a", "1\n2\n3\n", 0));
	ck_assert(add(IRCQUEUE_CRISIS, "b", "x\ny\n", 0));
	ck_assert_str_eq(next(0), "a:1");
	ck_assert_str_eq(next(0), "b:x");
	ck_assert_str_eq(next(0), "a:2");
	ck_assert_str_eq(next(0), "a:3");
	ck_assert_str_eq(next(0), "b:y");
	ck_assert(add(IRCQUEUE_ABUSE, "a", "3\n", 1000));
	ck_assert_str_eq(next(61001), "");
	ck_assert(add(IRCQUEUE_CRISIS, "b", "y\n", 1000));
	ck_assert_str_eq(next(UINT64_C(9000000)), "b:y");
}
END_TEST

START_TEST(a_new_nick_takes_its_lines_along_but_not_abuse)
{
	ck_assert(add(IRCQUEUE_ABUSE, "kim", "1\n", 0));
	ck_assert(add(IRCQUEUE_CRISIS, "Kim", "2\n", 0));
	ircqueue_rename(queue, STR("kim"), STR("kimberley"));
	ck_assert_str_eq(next(0), "kimberley:2");
	ck_assert_str_eq(next(0), "");
}
END_TEST

START_TEST(an_answer_too_old_is_dropped_but_not_half_way)
{
	ck_assert(add(IRCQUEUE_ANSWER, "a", "1\n2\n", 0));
	ck_assert(add(IRCQUEUE_ANSWER, "b", "x\ny\n", 0));
	ck_assert_str_eq(next(0), "a:1");
	ck_assert_str_eq(next(40000), "a:2");
	ck_assert_str_eq(next(40000), "");
}
END_TEST

START_TEST(whose_answer_grew_too_old_is_told_so)
{
	const struct ircqueue_block late = { .class = IRCQUEUE_ANSWER,
		.target = STR("#x"), .text = STR("1\n"),
		.asker = STR("kim"), .instead = STR("later\n") };
	const struct ircqueue_block gone = { .class = IRCQUEUE_ANSWER,
		.target = STR("#x"), .text = STR("2\n"),
		.asker = STR("bob"), .instead = STR("later\n") };

	ck_assert(ircqueue_add(queue, &late, 0));
	ck_assert(ircqueue_add(queue, &gone, 0));
	ircqueue_rename(queue, STR("Kim"), STR("kimmy"));
	ircqueue_drop(queue, STR("bob"));
	ck_assert_str_eq(next(40000), "kimmy:later");
	ck_assert_str_eq(next(40000), "");
}
END_TEST

/* The promise: what was taken leaves whole and in time, the rest is told. */
START_TEST(what_is_taken_is_out_within_its_age)
{
	char name[16];
	size_t taken = 0, out = 0;

	for (int i = 0; i < 50; i++) {
		snprintf(name, sizeof(name), "p%d", i);
		if (ircqueue_has_room(queue, 3, (uint64_t)i * 200)) {
			ck_assert(add(IRCQUEUE_ANSWER, name, "1\n2\n3\n",
			    (uint64_t)i * 200));
			taken++;
		} else {
			ck_assert(add(IRCQUEUE_NOTE, name, "busy\n",
			    (uint64_t)i * 200));
		}
		while (*next((uint64_t)i * 200) != '\0')
			out++;
	}
	ck_assert_uint_ge(taken, 5);
	ck_assert_uint_lt(taken, 20);
	for (uint64_t now = 10000; now <= 160000; now += 100)
		while (*next(now) != '\0')
			out++;
	ck_assert_uint_eq(out, taken * 3 + (50 - taken));
}
END_TEST

START_TEST(one_note_a_target_and_many_in_one_line)
{
	struct buf targets = { 0 };
	struct ircqueue_block l;

	ck_assert(add(IRCQUEUE_NOTE, "a", "busy\n", 0));
	ck_assert(add(IRCQUEUE_NOTE, "a", "busy\n", 0));
	ck_assert(add(IRCQUEUE_NOTE, "b", "busy\n", 0));
	ck_assert(add(IRCQUEUE_NOTE, "c", "other\n", 0));
	ck_assert(add(IRCQUEUE_NOTE, "d", "busy\n", 0));
	ck_assert(ircqueue_next(queue, 0, &l));
	ircqueue_join_notes(queue, &l, 3, &targets);
	ck_assert_str_eq(buf_cstr(&targets), ",b,d");
	ck_assert_str_eq(next(0), "c:other");
	ck_assert_str_eq(next(0), "");
	buf_clear(&targets);
}
END_TEST

START_TEST(two_notes_that_differ_are_both_said)
{
	ck_assert(add(IRCQUEUE_NOTE, "a", "version\n", 0));
	ck_assert(add(IRCQUEUE_NOTE, "a", "ping\n", 0));
	ck_assert(add(IRCQUEUE_NOTE, "a", "ping\n", 0));
	ck_assert_str_eq(next(0), "a:version");
	ck_assert_str_eq(next(0), "a:ping");
	ck_assert_str_eq(next(0), "");
}
END_TEST

START_TEST(what_stands_apart_takes_no_place_and_loses_none)
{
	const struct ircqueue_block apart[] = {
		{ .class = IRCQUEUE_CRISIS, .apart = true, .target = STR("a"),
		    .text = STR("staff know\n") },
		{ .class = IRCQUEUE_CRISIS, .apart = true, .target = STR("a"),
		    .text = STR("look in\n") },
	};

	ck_assert(add(IRCQUEUE_CRISIS, "a", "call\n", 0));
	ck_assert(ircqueue_add(queue, &apart[0], 0));
	ck_assert(ircqueue_add(queue, &apart[1], 0));
	ck_assert(add(IRCQUEUE_CRISIS, "a", "call now\n", 0));
	ck_assert_str_eq(next(0), "a:staff know");
	ck_assert_str_eq(next(0), "a:look in");
	ck_assert_str_eq(next(0), "a:call now");
	ck_assert_str_eq(next(0), "");
}
END_TEST

START_TEST(crisis_lines_pass_where_answers_are_refused)
{
	int n = 0;

	while (n < 1000 && add(IRCQUEUE_ANSWER, "a", "1\n", 0))
		n++;
	ck_assert_int_lt(n, 51);
	ck_assert(add(IRCQUEUE_CRISIS, "b", "call\n", 0));
	ck_assert_str_eq(next(0), "b:call");
}
END_TEST

START_TEST(the_penalty_model_never_runs_ten_seconds_ahead)
{
	const struct ircqueue_pace irc2 = { 4, 2000, true };
	char text[480];
	uint64_t spent = 0;

	memset(text, 'x', 450);
	memcpy(text + 450, "\n", 2);
	ircqueue_set_pace(queue, &irc2);
	for (uint64_t now = 0; now < 300000; now += 50) {
		(void)add(IRCQUEUE_ANSWER, "a", text, now);
		while (*next(now) != '\0')
			spent += 2000 + (450 + 12) * 1000 / 120;
		ck_assert_uint_le(spent, now + 10000 + 6000);
	}
	ck_assert_uint_ge(spent, 250000);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ircqueue");
	TCase *tc = tcase_create("ircqueue");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, four_lines_at_once_then_one_in_two_seconds);
	tcase_add_test(tc, targets_take_turns_and_each_keeps_its_order);
	tcase_add_test(tc, crisis_lines_go_first_and_overdraw);
	tcase_add_test(tc, nobodys_second_line_keeps_another_from_a_number);
	tcase_add_test(tc,
	    nine_people_in_crisis_have_a_number_within_five_seconds);
	tcase_add_test(tc,
	    fifty_people_in_crisis_have_their_first_line_in_turn);
	tcase_add_test(tc, a_newer_crisis_block_replaces_one_that_waits);
	tcase_add_test(tc,
	    abuse_is_one_block_but_for_first_lines_and_grows_old);
	tcase_add_test(tc, a_new_nick_takes_its_lines_along_but_not_abuse);
	tcase_add_test(tc, an_answer_too_old_is_dropped_but_not_half_way);
	tcase_add_test(tc, whose_answer_grew_too_old_is_told_so);
	tcase_add_test(tc, what_is_taken_is_out_within_its_age);
	tcase_add_test(tc, one_note_a_target_and_many_in_one_line);
	tcase_add_test(tc, two_notes_that_differ_are_both_said);
	tcase_add_test(tc, what_stands_apart_takes_no_place_and_loses_none);
	tcase_add_test(tc, crisis_lines_pass_where_answers_are_refused);
	tcase_add_test(tc, the_penalty_model_never_runs_ten_seconds_ahead);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
