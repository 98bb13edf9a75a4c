#include "rive/brain.h"

#include <stdio.h>

#include "base/file.h"
#include "harness.h"

/* A finding that the manual does not explain helps nobody. */
START_TEST(manual_names_every_finding)
{
	const char *srcdir = getenv("srcdir"), *name, *help;
	char path[512], item[80];
	struct buf page = { 0 };
	struct err err;
	bool error;
	size_t i;

	snprintf(path, sizeof path, "%s/src/rive/iopguide-dialogs.5",
	    srcdir == NULL ? "." : srcdir);
	ck_assert(file_read(path, &page, &err));
	for (i = 0; brain_lint_row(i, &name, &error, &help); i++) {
		snprintf(item, sizeof item, ".It Li %s\n", name);
		ck_assert_msg(str_find(buf_str(&page), str_c(item), 0) !=
		        STR_NONE, "%s", name);
		ck_assert_uint_gt(strlen(help), 10);
	}
	ck_assert_uint_gt(i, 10);
	buf_clear(&page);
}
END_TEST

/* One line each: the trigger that is at fault, and the finding's name; NULL
 * where nothing is to be found. */
static const struct {
	const char *source;
	const char *finding;
} rows[] = {
	{ "+ hi\n- Hi.\n", NULL },
	{ "+ hi @there\n- Hi.\n", "unknown-array" },
	{ "+ hi\n- (@there)\n", "unknown-array" },
	{ "! array there = a b\n+ hi @there\n- (@there)\n", NULL },
	{ "+ hi *\n- <star2>\n", "unknown-star" },
	{ "+ hi * (a|b)\n- <star2>\n", NULL },
	{ "+ hi\n- <botstar>\n", "unknown-star" },
	{ "+ hi\n- {formal}x\n", "unpaired-tag" },
	{ "+ hi\n- I <3 you -> ok\n", NULL },
	{ "+ hi\n- <starr>\n", "unknown-tag" },
	{ "! sub hi = hello\n+ hi\n- x\n", "never-matches" },
	{ "! sub hi = hello\n+ hi\n- x\n+ a\n@ hi\n", NULL },
	{ "! sub hi = hello\n+ (hi|a)\n- x\n", NULL },
	{ "+ a *\n- x\n+ a * *\n- x\n", NULL },
	{ "+ (a|b) c\n- x\n+ a c\n- x\n", "unreachable" },
	{ "+ a c{weight=2}\n- x\n+ a [*]{weight=9}\n- x\n", "unreachable" },
	{ "+ a\n@ b\n+ b\n@ a\n", "redirect-circle" },
	{ "+ a\n@ a b\n+ a *\n- x\n", NULL },
	{ "+ a\n- {@nothing}\n", "redirect-nowhere" },
	{ "+ a\n- {topic=x}{@nothing}\n> topic x\n+ b\n- b\n< topic\n", NULL },
	{ "+ a\n* <get x> == 1 => x\n", "no-reply" },
	{ "+ a\n* <get x> == 1 => x => y\n- z\n", "condition" },
	{ "+ a\n- {@a} {@a}\n", "redirect-doubling" },
	{ "+ a\n- {@b} {@c}\n+ b\n@ c\n+ c\n- x\n- {@a}\n",
	    "redirect-doubling" },
	{ "+ a\n- {@b} {@b}\n+ b\n- {@c} {@c}\n+ c\n- x\n", NULL },
	{ "+ a\n- {@a}\n", NULL },
	{ "+ * and *\n- {@<star>} {@<star2>}\n+ *\n- <star>\n", NULL },
	{ "+ a\n- How are you?\n+ *\n% how are you\n- good\n+ *\n- x\n",
	    NULL },
	{ "+ a\n- how are you\n+ *\n% how are yu\n- good\n+ *\n- x\n",
	    "previous" },
	{ "! sub how are = how r\n+ a\n- How are you?\n+ *\n"
	    "% how are you\n- good\n+ *\n- x\n", "previous" },
	{ "+ a\n- {formal}how{/formal} are\\syou{topic=random}<set x=1>\n"
	    "+ *\n% how are you\n- good\n+ *\n- x\n", NULL },
	{ "+ a\n- How are you, <get name>?\n+ *\n% how are you *\n- good\n"
	    "+ *\n- x\n", NULL },
	{ "+ a\n- So are you, <get name>?\n+ *\n% how are you *\n- good\n"
	    "+ *\n- x\n", "previous" },
	{ "+ a\n- Hi, {random}x|y{/random}. What is up\n+ *\n% hi *\n- good\n"
	    "+ *\n% * up\n- good\n+ *\n% how *\n- a\n+ *\n- x\n", NULL },
	{ "+ a\n- {@b}\n+ b\n- it says\n+ *\n% it said\n- good\n+ *\n- x\n",
	    "previous" },
	{ "+ a\n- it says now {@b}\n+ b\n- so\n+ *\n% it says now so\n- good\n"
	    "+ *\n% it said now so\n- good\n+ *\n- x\n", "previous" },
	{ "+ a\n* 1 == 1 => it says\n- x\n+ *\n% it says\n- good\n+ *\n- x\n",
	    NULL },
	{ "> begin\n+ request\n- well {ok}\n< begin\n+ a\n- b\n"
	    "+ *\n% well b\n- good\n+ *\n- x\n", NULL },
	{ "> begin\n+ request\n- {topic=random}{ok}\n< begin\n+ a\n- b\n"
	    "+ *\n% well b\n- good\n+ *\n- x\n", "previous" },
	{ "+ a\n- b\n+ *\n% <get x> b\n- good\n+ *\n- x\n", NULL },
	{ "+ a\n- b\n> topic t\n+ *\n% b\n- good\n+ *\n- x\n< topic\n", NULL },
	{ "> begin\n+ hello\n- {ok}\n< begin\n", "begin" },
};

START_TEST(finds_what_is_doubtful)
{
	for (int i = 0; i < N_ROWS(rows); i++) {
		struct brain *b = brain_new(NULL);
		struct errs errs = { 0 };
		char name[64];

		ck_assert(brain_load_text(b, "t", str_c(rows[i].source),
		    &errs));
		ck_assert(brain_ready(b, &errs));
		brain_lint(b, &errs);
		ck_assert_msg(errs.n == (rows[i].finding != NULL),
		    "%zu findings: %s%s", errs.n, rows[i].source,
		    errs.n > 0 ? errs.list[0].msg : "");
		snprintf(name, sizeof name, "[%s]", rows[i].finding);
		if (rows[i].finding != NULL)
			ck_assert_msg(str_ends(str_c(errs.list[0].msg),
			    str_c(name)), "%s", errs.list[0].msg);
		errs_clear(&errs);
		brain_unref(b);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("lint");
	TCase *tc = tcase_create("lint");

	tcase_add_test(tc, manual_names_every_finding);
	tcase_add_test(tc, finds_what_is_doubtful);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
