/*
 * Runs the interpreter again and again, failing one allocation later each
 * time: whatever fails, it says so and nothing leaks or crashes.
 */
#include "rive/brain.h"

#include <stdlib.h>
#include <string.h>

#include "failing_alloc.h"
#include "harness.h"

/* Something went wrong that must not.  Told later: the tests' library needs
 * memory of its own. */
static bool broke;

static const char source[] =
    "! sub i'm = i am\n! person i = you\n! var name = Bo\n"
    "! array colors = red blue light\\sgreen\n! global g = 1\n"
    "> begin\n+ request\n- {ok}\n< begin\n"
    "> topic deep inherits random\n+ in here\n- deep {topic=random}\n< topic\n"
    "> object list data\nx\n< object\n"
    "+ hello [there] *\n- {formal}<star>{/formal} <person> (@colors)\n"
    "+ i am *\n- <set who=<star>><get who> <bot name> {@hello you}\n"
    "+ what is <get who>\n* <get who> == x => <call>m \"a b\" c</call>\n"
    "- {random}a|b{/random} <add n=1>\n"
    "+ x*y (@colors)\n- {topic=deep}go\n"
    "+ *\n% x bo\n- prev <botstar>\n+ go\n- x <bot name>\n"
    "? word\n- keyword\n+ *\n- <uppercase> <input1> <reply1>\n";

static const char *const messages[] = { "Hello there you", "I'm x",
	"what is x", "xAy light green", "in here", "go", "anything",
	"a word here", "in here" };

static void
macro(void *host, const struct str *args, size_t n, struct buf *out)
{
	(void)host;
	for (size_t i = 0; i < n; i++)
		buf_add(out, args[i]);
}

/* One life of a brain; true when nothing was missing. */
static bool
live(void)
{
	struct brain *b = brain_new(&(struct brain_options) {
	    .punctuation = "[.,!?;:]", .no_jit = true });
	struct vars *user = vars_new();
	struct errs errs = { 0 };
	struct buf out = { 0 };
	struct rng rng = { 1 };
	bool ok = b != NULL && user != NULL && brain_macro(b, "m", macro) &&
	    brain_load_text(b, "t", STR(source), &errs) &&
	    brain_ready(b, &errs);

	/* A load never passes over what it could not get. */
	broke |= ok && did_fail;
	for (size_t i = 0; ok && i < sizeof messages / sizeof messages[0];
	     i++) {
		struct brain_talk talk = { user, &rng, NULL, { 0 } };
		enum brain_status s;

		buf_reset(&out);
		s = brain_reply(b, &talk, str_c(messages[i]), &out, NULL);
		broke |= s == BRAIN_LIMIT;
		ok &= s != BRAIN_NO_MEMORY;
	}
	if (ok && vars_freeze(user))
		ok = vars_thaw(user, VARS_THAW);
	buf_clear(&out);
	errs_clear(&errs);
	vars_free(user);
	brain_unref(b);
	return ok;
}

START_TEST(any_allocation_may_fail)
{
	long n = 0;

	ck_assert(live());
	for_good = _i == 1;
	do {
		left = n++;
		did_fail = false;
		(void)live();
		left = -1;
		ck_assert_msg(!broke, "allocation %ld", n - 1);
	} while (did_fail);
	ck_assert_int_gt(n, 100);
	did_fail = false;
	ck_assert(live());
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("memory");
	TCase *tc = tcase_create("memory");

	tcase_add_loop_test(tc, any_allocation_may_fail, 0, 2);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
