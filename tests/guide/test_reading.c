#include "guide/reading.h"

#include "guide/lexicon.h"
#include "harness.h"

static const struct {
	const char *raw, *reading; /* NULL: nothing to undo */
} disguises[] = {
	{ "i want to k1ll mys3lf", "i want to kill myself" },
	{ "ki11 me", "kill me" },
	{ "1 w1sh t0 3nd 1t", "i wish to end it" },
	{ "$o @lone", "so alone" },
	{ "the 2nd of 3 at 5pm", NULL },
	{ "h@rm", "harm" },
	{ "$uic1de", "suicide" },
	{ "su*cide", "sucide" },
	{ "s.u.i.c.i.d.e", "suicide" },
	{ "s u i c i d e", "suicide" },
	{ "i want to d i e", "i want to die" },
	{ "k m s", "kms" },
	{ "d_i_e", "die" },
	{ "\xD1\x95uicid\xD0\xB5", "suicide" },         /* Cyrillic s and e */
	{ "\xF0\x9F\x87\xB0\xF0\x9F\x87\xB2\xF0\x9F\x87\xB8", "kms" }, /* flags */
	{ "see you at 10pm", NULL },
	{ "version 2.4.1", NULL },
	{ "what is iop", NULL },
	{ "it's fine", NULL },
};

START_TEST(takes_a_disguise_off)
{
	struct clean c = { 0 };
	struct buf out = { 0 };
	bool undone;

	ck_assert(clean_line(&c, str_c(disguises[_i].raw)));
	ck_assert(reading_undisguised(&c, &out, &undone));
	if (disguises[_i].reading == NULL)
		ck_assert_msg(!undone, "%s -> %s", disguises[_i].raw, out.p);
	else
		ck_assert_str_eq(buf_cstr(&out), disguises[_i].reading);
	buf_clear(&out);
	clean_wipe(&c);
}
END_TEST

static const char *const known[] = { "i", "im", "want", "wanna", "to", "die",
	"kill", "killing", "myself", "going", "suicide", "suicidal", "end",
	"it", "all", "life", "my", "overdose", "unalive", "pills", "cutting",
	/* as misspelt in a rule */ "myslef", "wnat" };

static const struct {
	const char *text, *mended; /* NULL: left alone */
} odd[] = {
	{ "i wnat to die", "i want to die" },
	{ "i want to diiiieeee", "i want to die" },
	{ "kil myslef", "kill myself" },
	{ "i wnat to kil myslef", "i want to kill myself" },
	{ "sucide", "suicide" },
	{ "suisidal", "suicidal" },
	{ "iwanttodie", "i want to die" },
	{ "imgoingtokillmyself", "im going to kill myself" },
	{ "ovredose", "overdose" },
	/* English words are left alone, however near they are. */
	{ "i will dye my hair", NULL },
	{ "the mill and the pill", NULL },
	{ "therapist", NULL },
	{ "i want to live", NULL },
	{ "ubuntu", NULL },
};

START_TEST(leads_odd_words_back)
{
	struct arena arena = { 0 };
	struct lexicon lex = { 0 };
	struct speller *sp = speller_new();
	struct buf out = { 0 };
	bool mended;

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		ck_assert(lexicon_add(&lex, &arena, str_c(known[i])));
	ck_assert(lexicon_ready(&lex, &arena));
	mended = lexicon_mend(&lex, &(struct lexicon_mending) { .speller = sp,
	    .words = 10 }, str_c(odd[_i].text), &out);
	if (odd[_i].mended == NULL && sp != NULL)
		ck_assert_msg(!mended, "%s -> %s", odd[_i].text, out.p);
	else if (sp != NULL)
		ck_assert_str_eq(buf_cstr(&out), odd[_i].mended);
	buf_clear(&out);
	speller_free(sp);
	arena_clear(&arena);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("reading");
	TCase *tc = tcase_create("reading");

	tcase_add_loop_test(tc, takes_a_disguise_off, 0, N_ROWS(disguises));
	tcase_add_loop_test(tc, leads_odd_words_back, 0, N_ROWS(odd));
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
