#include "guide/resource.h"

#include <stdio.h>

#include "guide/embedded.h"
#include "harness.h"
#include "object_text.h"

#define ROW "country XA\n name Xa\n also xaland, xan\n emergency 1\n" \
	" suicide call 2\n abuse none checked\n child none checked\n seen here\n"

static const struct {
	const char *text;
	const char *error; /* NULL: it is right */
} tables[] = {
	{ ROW, NULL },
	{ ROW " checked\n", NULL },
	{ "name Xa\n", "x.rive:2:1: this line belongs to no country" },
	{ "country USA\n", "x.rive:2:1: a country has a code of two letters, as "
	    "in: country US" },
	{ ROW ROW, "x.rive:10:1: country XA is there already" },
	{ ROW " colour red\n", "x.rive:10:1: no such line in a country: colour" },
	{ ROW " name Xb\n", "x.rive:10:1: name stands twice" },
	{ "country XA\n name Xa\n emergency 1\n suicide 2\n child 3\n seen x\n",
	    "x.rive:2:1: country XA has no line for `abuse`: give a number or "
	    "`none checked`" },
};

START_TEST(reads_a_table_and_names_each_mistake)
{
	struct arena arena = { 0 };
	struct resources t = { 0 };
	struct errs errs = { 0 };
	struct object room;
	char text[400];
	bool ok;

	ok = resources_read(&t, object_of(&room, tables[_i].text), &arena, &errs);
	ck_assert_int_eq(ok, tables[_i].error == NULL);
	if (!ok)
		ck_assert_str_eq(err_text(&errs.list[0], text, sizeof text),
		    tables[_i].error);
	errs_clear(&errs);
	arena_clear(&arena);
}
END_TEST

static const struct {
	const char *plain;
	bool named;
} said[] = {
	{ "xa", true },
	{ "xaland", true },
	{ "xan please", true },
	{ "i live in xaland and i feel bad", true },
	{ "im in xa", true },
	{ "xan food is good", false },
	{ "the word xa in it", false },
	{ "", false },
};

START_TEST(hears_a_country)
{
	struct arena arena = { 0 };
	struct resources t = { 0 };
	struct errs errs = { 0 };
	struct object room;

	ck_assert(resources_read(&t, object_of(&room, ROW), &arena, &errs));
	ck_assert_msg((resource_said(&t, str_c(said[_i].plain)) != NULL) ==
	    said[_i].named, "%s", said[_i].plain);
	arena_clear(&arena);
}
END_TEST

static const struct {
	const char *checked, *today;
	const char *doubt; /* NULL: none */
} ages[] = {
	{ "", "2026-11-01", "the numbers of country XA were never checked by a "
	    "person" },
	{ "", NULL, "the numbers of country XA were never checked by a person" },
	{ " checked A. Person 2026-01-31\n", "2026-11-01", NULL },
	{ " checked A. Person 2025-01-31\n", "2026-11-01",
	    "the numbers of country XA were checked 22 months ago" },
	{ " checked A. Person\n", "2026-11-01", "`checked` of country XA does not "
	    "end in a date (YYYY-MM-DD)" },
};

START_TEST(lint_tells_what_is_old)
{
	struct arena arena = { 0 };
	struct resources t = { 0 };
	struct errs errs = { 0 };
	struct object room;
	char text[500];

	snprintf(text, sizeof text, "%s%s", ROW, ages[_i].checked);
	ck_assert(resources_read(&t, object_of(&room, text), &arena, &errs));
	resources_lint(&t, ages[_i].today, &errs);
	ck_assert_uint_eq(errs.n_doubts, ages[_i].doubt != NULL);
	if (ages[_i].doubt != NULL)
		ck_assert_str_eq(errs.list[0].msg, ages[_i].doubt);
	errs_clear(&errs);
	arena_clear(&arena);
}
END_TEST

/* Numbers that are closed or changed, without their separators. */
static const char *const closed[] = { "18009312237", "18334564566", "1393",
	"18005990019", "18002214444", "08001110333", "199284284", "18339435746",
	"18002738255" };

/* The digits of a text, each run of digits and separators as one. */
static bool
holds_number(struct str text, const char *number)
{
	size_t len = strlen(number);
	char run[64];
	size_t n = 0;

	for (size_t i = 0; i <= text.len; i++) {
		char c = i < text.len ? text.p[i] : 'x';

		if (c >= '0' && c <= '9') {
			if (n < sizeof run)
				run[n++] = c;
		} else if (c != '-' && c != ' ' && c != '.') {
			if (n == len && memcmp(run, number, len) == 0)
				return true;
			n = 0;
		}
	}
	return false;
}

START_TEST(no_text_holds_a_closed_number)
{
	const struct embedded *const tables_of[] = { embedded_shipped,
		embedded_dialogs };

	for (int t = 0; t < N_ROWS(tables_of); t++) {
		for (const struct embedded *e = tables_of[t]; e->name != NULL; e++)
			ck_assert_msg(!holds_number(str_of((const char *)e->text,
			    e->len), closed[_i]), "%s holds %s", e->name,
			    closed[_i]);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("resource");
	TCase *tc = tcase_create("resource");

	tcase_add_loop_test(tc, reads_a_table_and_names_each_mistake, 0,
	    N_ROWS(tables));
	tcase_add_loop_test(tc, hears_a_country, 0, N_ROWS(said));
	tcase_add_loop_test(tc, lint_tells_what_is_old, 0, N_ROWS(ages));
	tcase_add_loop_test(tc, no_text_holds_a_closed_number, 0,
	    N_ROWS(closed));
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
