#include "rive/brain.h"

#include <string.h>

#include "brain_fixture.h"

/* --- mistakes and their places -------------------------------------------- */

static const struct {
	const char *what;
	const char *source;
	const char *first; /* the first mistake; NULL: there is none */
	bool doubt;
} mistakes[] = {
	{ "a clean file", "+ a\n- b\n", NULL, false },
	{ "a capital", "+ a\n- b\n  + Hello\n- x\n",
	    "t.rive:3:3: a trigger is small letters", false },
	{ "an open topic", "> topic x\n+ a\n- b\n",
	    "t.rive:1:1: the topic is never closed", false },
	{ "an open object", "+ a\n- b\n> object x c\nint\n",
	    "t.rive:3:1: the object 'x' is never closed", false },
	{ "an open comment", "+ a\n- b\n/* x\n",
	    "t.rive:3:1: the comment is never closed", false },
	{ "a control character", "+ a\n- b\x01\n",
	    "t.rive:2:4: a control character (0x01)", false },
	{ "an unknown command", "+ a\n- b\n$ x\n",
	    "t.rive:3:1: unknown command '$'", true },
	{ "a reply without a trigger", "- b\n",
	    "t.rive:1:1: a reply before any trigger", true },
	{ "a continuation of nothing", "+ a\n- b\n// x\n^ c\n",
	    "t.rive:4:1: this ^ line continues nothing", true },
	{ "an unknown topic", "> topic a includes b\n+ a\n- b\n< topic\n",
	    "t.rive:1:20: there is no topic 'b'", true },
	{ "a ring of topics", "> topic a inherits a\n+ a\n- b\n< topic\n",
	    "t.rive:1:20: the topic 'a' includes or inherits itself", false },
	{ "a ring of arrays", "! array a = @a\n+ (@a)\n- b\n",
	    "t.rive:2:1: it can never match: it has arrays that contain one "
	    "another",
	    false },
	{ "a version of the future", "! version = 3.0\n+ A\n",
	    "t.rive:1:1: RiveScript version 3.0 is not known", false },
	{ "a label that closes nothing", "> topic a\n< topic a\n< topic\n",
	    "t.rive:2:1: '< topic a' closes nothing", true },
};

START_TEST(a_mistake_is_told_with_its_place)
{
	struct fixture f =
	    fixture_load((struct brain_options) { 0 }, mistakes[_i].source);
	const char *first = mistakes[_i].first;
	char text[ERR_MSG_MAX + 64];

	if (first == NULL) {
		ck_assert_uint_eq(f.errs.n, 0);
		ck_assert(f.loaded);
	} else {
		ck_assert_msg(f.errs.n > 0, "%s", mistakes[_i].what);
		err_text(&f.errs.list[0], text, sizeof text);
		ck_assert_msg(strncmp(text, first, strlen(first)) == 0,
		    "%s: %s", mistakes[_i].what, text);
		ck_assert(f.errs.list[0].doubt == mistakes[_i].doubt);
		ck_assert(f.loaded == mistakes[_i].doubt);
	}
	fixture_clear(&f);
}
END_TEST

START_TEST(all_mistakes_are_told_and_the_rest_is_loaded)
{
	struct fixture f = fixture_load((struct brain_options) { 0 },
	    "+ A\n- a\n+ (b\n- b\n+ c\n- fine\n+ d.\n- d\n");

	ck_assert_uint_ge(f.errs.n_errors, 3);
	ck_assert(!f.loaded);
	ck_assert_str_eq(fixture_ask(&f, "c"), "fine");
	fixture_clear(&f);
}
END_TEST

START_TEST(not_strict_makes_doubts_of_syntax_errors)
{
	struct fixture f = fixture_load(
	    (struct brain_options) { .not_strict = true }, "+ Say *\n- <star>\n");

	ck_assert(f.loaded);
	ck_assert_uint_eq(f.errs.n_errors, 0);
	ck_assert_uint_eq(f.errs.n_doubts, 1);
	ck_assert_str_eq(fixture_ask(&f, "say x"), "x");
	fixture_clear(&f);
}
END_TEST

START_TEST(a_binary_file_is_one_error)
{
	static const char bytes[] = "+ a\n- b\0\n\n+ c\n";
	struct fixture f =
	    fixture_load((struct brain_options) { 0 }, "+ x\n- y\n");

	ck_assert(!brain_load_text(f.brain, "bin",
	    str_of(bytes, sizeof bytes - 1), &f.errs));
	ck_assert_uint_eq(f.errs.n_errors, 1);
	ck_assert(brain_ready(f.brain, &f.errs));
	ck_assert_str_eq(fixture_ask(&f, "x"), "y");
	fixture_clear(&f);
}
END_TEST

START_TEST(a_line_of_ten_megabytes_is_one_error)
{
	size_t len = (size_t)10 << 20;
	struct fixture f =
	    fixture_load((struct brain_options) { 0 }, "+ x\n- y\n");
	char *text = malloc(len);

	ck_assert_ptr_nonnull(text);
	memset(text, 'a', len);
	memcpy(text, "+ ", 2);
	ck_assert(!brain_load_text(f.brain, "long", str_of(text, len),
	    &f.errs));
	ck_assert_uint_eq(f.errs.n_errors, 1);
	free(text);
	fixture_clear(&f);
}
END_TEST

/* --- limits ------------------------------------------------------------------ */

static const struct {
	const char *what;
	const char *source;
	const char *message;
	enum brain_status status;
} limits[] = {
	{ "a redirect to itself", "+ a\n@ a\n", "a", BRAIN_RECURSION },
	{ "redirects that double", "+ a\n- {@a}{@a}\n", "a", BRAIN_LIMIT },
	{ "a reply that doubles", "+ a\n- <set x=<get x><get x>y>{@b}\n"
	    "+ b\n- {@a}\n", "a", BRAIN_OK },
	{ "text that doubles", "+ a *\n- {@a <star> <star>}{@a x}\n", "a b",
	    BRAIN_LIMIT },
	{ "no match", "+ a\n- b\n", "x", BRAIN_NO_MATCH },
	{ "no reply", "+ a\n* 1 == 2 => b\n", "a", BRAIN_NO_REPLY },
	{ "a match that would explode",
	    "+ *a*a*a*a*a*a*a*a*a*a*a*a*b\n- never\n",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	    BRAIN_NO_MATCH },
};

START_TEST(a_costly_reply_ends)
{
	struct fixture f =
	    fixture_load((struct brain_options) { 0 }, limits[_i].source);

	fixture_ask(&f, limits[_i].message);
	ck_assert_msg(f.how.status == limits[_i].status, "%s: %d",
	    limits[_i].what, (int)f.how.status);
	ck_assert_uint_le(f.out.len, 128 * 1024);
	fixture_clear(&f);
}
END_TEST

/* Brains whose lines would go on for long, or for ever: `part`, with % for its
 * number, stands `n` times between the two others. */
static const struct {
	const char *what;
	const char *before, *part, *after;
	unsigned n;
	const char *message;
	enum brain_status status;
} endless[] = {
	{ "redirects side by side, and again", "+ r\n- ", "{@s}",
	    "\n+ s\n- {@t}{@t}{@t}{@t}\n+ t\n- x\n", 400, "r", BRAIN_LIMIT },
	{ "arrays in arrays that say nothing", "",
	    "! array b% = (@b$)(@b$)\n",
	    "! array b48 = {weight=1}\n+ r\n- (@b0)\n", 48, "r", BRAIN_LIMIT },
	{ "a variable that doubles in conditions", "+ r\n"
	    "- <bot a=0123456789abcdef><bot a=<bot a><bot a><bot a><bot a>>"
	    "<bot a=<bot a><bot a><bot a><bot a>><bot a=<bot a><bot a>>{@s}\n"
	    "+ s\n", "* <bot a> == x => y\n", "- z\n", 20000, "r",
	    BRAIN_LIMIT },
	{ "many conditions", "+ r\n", "* a == b => y\n", "- z\n", 100000, "r",
	    BRAIN_LIMIT },
	{ "not so many conditions", "+ r\n", "* a == b => y\n", "- z\n", 10000,
	    "r", BRAIN_OK },
	{ "formats in formats", "+ r\n- ", "{formal}{sentence}x",
	    "{/sentence}{/formal}y{/sentence}{/formal}\n", 3000, "r",
	    BRAIN_OK },
	{ "formats side by side, and again", "+ r\n- ", "{@s}{formal}",
	    "x\n+ s\n- {random}a|b{/random}{person}i{/person}{formal}x{/formal}"
	    "{sentence}x{/sentence}{uppercase}x{/uppercase}\n", 5000, "r",
	    BRAIN_LIMIT },
	{ "a begin block that sets and sets", "> begin\n+ request\n- ",
	    "<set ", "{ok}\n< begin\n+ r\n- x\n", 12000, "r", BRAIN_LIMIT },
	{ "a long choice, and again", "+ r\n- {@s}{@s}{@s}{@s}{@s}{@s}{@s}{@s}"
	    "{@s}{@s}{@s}{@s}{@s}{@s}{@s}{@s}{@s}{@s}{@s}{@s}{@s}{@s}{@s}{@s}\n"
	    "+ s\n", "- x{weight=%}\n", "", 100000, "r", BRAIN_LIMIT },
	{ "a pattern for each of many names", "", "+ <get x%> *a*\n- x\n", "",
	    20000, "a b c", BRAIN_LIMIT },
	{ "patterns that go back and back", "",
	    "+ *a*b*c*(d|e)*(f|%)*\n- x\n", "", 3000,
	    "a b c d a b c d a b c d a b c d a b c d a b c d a b c d a b c d "
	    "a b c d a b c d a b c d a b c d a b c d a b c d a b c d a b c d",
	    BRAIN_LIMIT },
	{ "substitutions that all begin alike", "", "! sub a b% = x\n",
	    "+ r\n- x\n+ *\n- y\n", 100000,
	    "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a",
	    BRAIN_OK },
	{ "walks in many places at once", "+ r\n- "
	    "{@a a a a a a a a a a}{@b c1 b c2 b c3 b}{@c c c c c c c c c c}\n",
	    "+ [*] a [*] b [*] c% [*] b% [*]\n- x\n", "+ *\n- y\n", 20000,
	    "r", BRAIN_OK },
};

/* % is the part's number, $ the next one. */
static void
write_part(const char *part, unsigned i, struct buf *out)
{
	for (; *part != '\0'; part++) {
		if (*part == '%' || *part == '$')
			buf_addf(out, "%u", *part == '%' ? i : i + 1);
		else
			buf_addc(out, *part);
	}
}

static void
write_endless(int row, struct buf *out)
{
	buf_add(out, str_c(endless[row].before));
	for (unsigned i = 0; i < endless[row].n; i++)
		write_part(endless[row].part, i, out);
	buf_add(out, str_c(endless[row].after));
}

/* Time is what the tests' library watches over. */
START_TEST(a_reply_has_an_end)
{
	struct buf source = { .max = 16 << 20 };
	struct fixture f;

	write_endless(_i, &source);
	f = fixture_load((struct brain_options) { 0 }, buf_cstr(&source));
	fixture_ask(&f, endless[_i].message);
	ck_assert_msg(f.how.status == endless[_i].status, "%s: %d, %s",
	    endless[_i].what, (int)f.how.status, buf_cstr(&f.out));
	fixture_clear(&f);
	buf_clear(&source);
}
END_TEST

START_TEST(a_screen_learns_of_a_match_that_was_cut_short)
{
	struct fixture f = fixture_load((struct brain_options) { 0 },
	    "+ *a*a*a*a*a*a*a*a*a*a*a*a*b\n- never\n");
	const struct brain_trigger *t;

	ck_assert(brain_match(f.brain, STR("random"), STR("aab"), &t));
	ck_assert(!brain_match(f.brain, STR("random"),
	    STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabc"),
	    &t));
	fixture_clear(&f);
}
END_TEST

START_TEST(any_bytes_may_be_a_message)
{
	struct fixture f = fixture_load(
	    (struct brain_options) { .utf8 = true },
	    "+ say *\n- <star>\n+ *\n- star <star>\n");
	struct rng rng = { 7 };

	for (int i = 0; i < 2000; i++) {
		char bytes[64];
		size_t n = rng_below(&rng, sizeof bytes);
		struct brain_talk talk = { f.user, &f.rng, NULL, { 0 } };

		for (size_t k = 0; k < n; k++)
			bytes[k] = (char)rng_next(&rng);
		if (n > 4 && i % 2 == 0)
			memcpy(bytes, "say ", 4);
		buf_reset(&f.out);
		brain_reply(f.brain, &talk, str_of(bytes, n), &f.out, NULL);
	}
	fixture_clear(&f);
}
END_TEST

/* --- the rest of the face ----------------------------------------------------- */

static const char screen[] = "! array bad = awful|very bad\n"
			     "> topic risk includes more\n"
			     "+ [*] i feel (@bad) [*]\n- one\n"
			     "+ [*] feel * [*]\n- two\n"
			     "< topic\n"
			     "> topic more\n"
			     "+ very bad\n- three\n"
			     "+ bad\n- four\n"
			     "< topic\n";

START_TEST(a_screen_gets_the_best_and_all_matches)
{
	struct fixture f =
	    fixture_load((struct brain_options) { .utf8 = true }, screen);
	const struct brain_trigger *t, *all[8];
	size_t n;

	ck_assert(brain_match(f.brain, STR("risk"),
	    STR("today i feel very bad again"), &t));
	ck_assert_ptr_nonnull(t);
	ck_assert_uint_eq(brain_trigger_loc(t).line, 3);
	ck_assert(str_is(brain_trigger_topic(t), "risk"));
	ck_assert(brain_match_all(f.brain, STR("risk"),
	    STR("today i feel very bad again"), all, 8, &n));
	ck_assert_uint_eq(n, 2);
	ck_assert_ptr_eq(all[0], t);
	ck_assert(brain_match(f.brain, STR("nowhere"), STR("x"), &t));
	ck_assert_ptr_null(t);
	fixture_clear(&f);
}
END_TEST

START_TEST(a_stretch_is_found_the_longest_first)
{
	struct fixture f =
	    fixture_load((struct brain_options) { .utf8 = true }, screen);
	const char *text = "not bad but very bad";
	const struct brain_trigger *t;
	size_t start, end;

	ck_assert(brain_find(f.brain, STR("more"), str_c(text), 0, &start,
	    &end, &t));
	ck_assert_uint_eq(start, 4);
	ck_assert_uint_eq(end, 7);
	ck_assert(brain_find(f.brain, STR("more"), str_c(text), end, &start,
	    &end, &t));
	ck_assert_uint_eq(start, 12);
	ck_assert_uint_eq(end, 20);
	ck_assert(!brain_find(f.brain, STR("more"), str_c(text), end, &start,
	    &end, &t));
	fixture_clear(&f);
}
END_TEST

START_TEST(a_trigger_replies_on_its_own)
{
	struct fixture f = fixture_load((struct brain_options) { 0 },
	    "> topic t\n+ i am *\n- you are <star>\n< topic\n");
	struct brain_talk talk = { f.user, &f.rng, NULL, { 0 } };
	const struct brain_trigger *t = brain_trigger_at(f.brain, 0);

	ck_assert_uint_eq(brain_n_triggers(f.brain), 1);
	ck_assert_uint_eq(brain_trigger_id(t), 0);
	ck_assert_int_eq(brain_trigger_reply(f.brain, &talk, t,
	    STR("I am here!"), &f.out), BRAIN_OK);
	ck_assert_str_eq(buf_cstr(&f.out), "you are here");
	fixture_clear(&f);
}
END_TEST

START_TEST(what_was_loaded_can_be_asked_for)
{
	struct fixture f = fixture_load((struct brain_options) { 0 },
	    "! array a = x y\\sz\n! var name = Bo\n"
	    "> object list data\n  one\n two // three\n< object\n"
	    "+ hello [big] world\n- x\n");
	const struct brain_object *o = brain_object(f.brain, 0);
	struct str item, word;
	size_t n = 0;

	ck_assert(brain_array(f.brain, STR("a"), 1, &item));
	ck_assert(str_is(item, "y z"));
	ck_assert(!brain_array(f.brain, STR("a"), 2, &item));
	ck_assert(str_is(brain_var(f.brain, STR("name")), "Bo"));
	ck_assert(brain_has_topic(f.brain, STR("random")));
	ck_assert_ptr_nonnull(o);
	ck_assert_uint_eq(o->n_lines, 2);
	ck_assert(str_is(o->lines[0].text, "  one"));
	ck_assert_uint_eq(o->lines[1].at.line, 5);
	ck_assert(str_is(o->language, "data"));
	ck_assert_ptr_null(brain_object(f.brain, 1));
	while (brain_word(f.brain, n, &word))
		n++;
	ck_assert_uint_eq(n, 3);
	fixture_clear(&f);
}
END_TEST

START_TEST(the_first_and_the_last_match_are_told)
{
	struct fixture f = fixture_load((struct brain_options) { 0 },
	    "+ a\n@ b\n+ b\n- x {@c}\n+ c\n- y\n");

	ck_assert_str_eq(fixture_ask(&f, "a"), "x y");
	ck_assert(str_is(f.how.trigger, "a"));
	ck_assert(str_is(f.how.last_trigger, "c"));
	ck_assert_uint_eq(f.how.at.line, 1);
	ck_assert_uint_eq(f.how.last_at.line, 5);
	ck_assert_uint_eq(f.how.n_matches, 3);
	fixture_clear(&f);
}
END_TEST

START_TEST(a_seed_repeats_every_choice)
{
	struct fixture f = fixture_load((struct brain_options) { 0 },
	    "+ a\n- 1{weight=3}\n- 2\n- {random}3|4|5{/random}\n");
	char first[200] = "", second[200] = "";

	for (int i = 0; i < 50; i++)
		strcat(first, fixture_ask(&f, "a"));
	f.rng = (struct rng) { 0 };
	for (int i = 0; i < 50; i++)
		strcat(second, fixture_ask(&f, "a"));
	ck_assert_str_eq(first, second);
	ck_assert_ptr_nonnull(strpbrk(first, "345"));
	fixture_clear(&f);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("brain");
	TCase *tc = tcase_create("brain");

	tcase_add_loop_test(tc, a_mistake_is_told_with_its_place, 0,
	    N_ROWS(mistakes));
	tcase_add_test(tc, all_mistakes_are_told_and_the_rest_is_loaded);
	tcase_add_test(tc, not_strict_makes_doubts_of_syntax_errors);
	tcase_add_test(tc, a_binary_file_is_one_error);
	tcase_add_test(tc, a_line_of_ten_megabytes_is_one_error);
	tcase_add_loop_test(tc, a_costly_reply_ends, 0, N_ROWS(limits));
	tcase_add_loop_test(tc, a_reply_has_an_end, 0, N_ROWS(endless));
	tcase_add_test(tc, a_screen_learns_of_a_match_that_was_cut_short);
	tcase_add_test(tc, any_bytes_may_be_a_message);
	tcase_add_test(tc, a_screen_gets_the_best_and_all_matches);
	tcase_add_test(tc, a_stretch_is_found_the_longest_first);
	tcase_add_test(tc, a_trigger_replies_on_its_own);
	tcase_add_test(tc, what_was_loaded_can_be_asked_for);
	tcase_add_test(tc, the_first_and_the_last_match_are_told);
	tcase_add_test(tc, a_seed_repeats_every_choice);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
