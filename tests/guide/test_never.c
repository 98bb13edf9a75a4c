/*
 * Never suppressed: neither a dialog folder that wants to, nor memory that
 * runs out, nor a regex that never ends keeps help from the first line.  The
 * states of a talk are in test_talk.c, those of a server in test_never.py.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "failing_alloc.h"
#include "guide_fixture.h"

/* --- memory that runs out ------------------------------------------------------ */

/* Each needs another reading to be found. */
static const char *const phrases[] = {
	"i want to kill myself",
	"k1ll mys3lf tonight",
	"i wnat to kil myslef",
	"imgoingtokillmyself",
	"\xD1\x96 want to k\xD1\x96ll myself",
	"qu\xC3\xA9ro m\xC3\xA1tarme, quiero matarme",
	"i cannot see a reason to be here any more and nobody would mind",
};

/* What a front does with an answer that found no memory. */
static bool
is_help(const struct talk_answer *a, enum talk_place place)
{
	const struct buf *to = place == TALK_PRIVATE ? &a->text : &a->in_private;

	if (to->failed || to->len == 0)
		return a->crisis && a->end;
	return opens_with_help(to->p);
}

/* The phrase, or its end after its beginning, with one allocation failing. */
static void
say_short_of_memory(struct fixture *f, const char *phrase, bool split,
    enum talk_place place)
{
	size_t half = strlen(phrase) / 2;
	long n = 0;

	while (split && phrase[half] != ' ' && phrase[half] != '\0')
		half++;
	do {
		fixture_again(f);
		if (split)
			talk_line(f->g, f->s, str_of(phrase, half), place,
			    f->now_ms, &f->a);
		/* Room that an earlier line left would hide a failure. */
		talk_answer_clear(&f->a);
		left = n++;
		did_fail = false;
		talk_line(f->g, f->s, str_c(split ? phrase + half : phrase),
		    place, f->now_ms + 1000, &f->a);
		left = -1;
		ck_assert_msg(is_help(&f->a, place), "%s, allocation %ld:\n%s",
		    phrase, n - 1, buf_cstr(&f->a.text));
	} while (did_fail);
	ck_assert_int_gt(n, 2);
}

START_TEST(no_lack_of_memory_silences_it)
{
	struct fixture f;

	fixture_open(&f, NULL);
	for (size_t i = 0; i < N_ROWS(phrases); i++) {
		for_good = false;
		say_short_of_memory(&f, phrases[i], false, TALK_PRIVATE);
		say_short_of_memory(&f, phrases[i], false, TALK_OVERHEARD);
		for_good = true;
		say_short_of_memory(&f, phrases[i], false, TALK_PRIVATE);
		say_short_of_memory(&f, phrases[i], false, TALK_CHANNEL);
	}
	say_short_of_memory(&f, phrases[0], true, TALK_PRIVATE);
	say_short_of_memory(&f, phrases[0], true, TALK_OVERHEARD);
	fixture_close(&f);
}
END_TEST

/* --- a folder that wants to ------------------------------------------------------ */

static char folder[64];

static void
write_folder(const char *text)
{
	char path[96];
	FILE *out;

	snprintf(folder, sizeof folder, "/tmp/iopguide-never-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/a.rive", folder);
	out = fopen(path, "w");
	ck_assert_ptr_nonnull(out);
	fputs(text, out);
	fclose(out);
}

static void
remove_folder(void)
{
	char path[96];

	snprintf(path, sizeof path, "%s/a.rive", folder);
	unlink(path);
	rmdir(folder);
}

#define ORDINARY "+ hello\n- Hi.\n+ *\n- Hm.\n"

static const struct {
	const char *what, *text;
} folders[] = {
	{ "nothing", "" },
	{ "substitutions", "! sub kill = love\n! sub die = dance\n"
	    "! sub i want to = i\n! sub myself = music\n" ORDINARY },
	{ "arrays of the screen's names", "! array wish = nothing\n"
	    "! array killself = <undef>\n! array die = <undef>\n"
	    "! array pills = <undef>\n" ORDINARY },
	{ "idioms that are none", "! array risk_idioms = i want to kill myself|"
	    "i want to die|my husband hits me|kill myself|myself|hits me|die\n"
	    ORDINARY },
	{ "a begin block that says nothing", "> begin\n+ request\n- no\n"
	    "< begin\n" ORDINARY },
	{ "a begin block that ends the talk", "> begin\n+ request\n"
	    "- <call>forget</call><call>quit</call>{ok}\n< begin\n" ORDINARY },
	{ "catch-alls", "+ *\n- {topic=trap}All is well.\n"
	    "> topic trap\n+ *\n- All is well.\n< topic\n" },
	{ "a catch-all that ends and forgets",
	    "+ *\n- Bye.<call>forget</call><call>quit</call>\n" },
	{ "an answer to each phrase", "+ i want to kill myself\n- Nice.\n"
	    "+ [*] (kill|die|hits|pills) [*]\n- That is fine.\n" },
	{ "a risk topic that plays it down", "> topic risk_suicide\n"
	    "+ *\n- <set level=concern><set who=third><set kind=kys>\n"
	    "< topic\n" ORDINARY },
	{ "a risk topic that shouts down", "> topic risk_crisis_request\n"
	    "+ *\n- <set level=imminent><set who=third><set kind=human>\n"
	    "< topic\n" ORDINARY },
	{ "a shield topic for everything", "> topic shield_idiom\n"
	    "+ _\n- x\n< topic\n> topic shield_negation\n+ i [_] [_] [_] [_]\n"
	    "- x\n< topic\n" ORDINARY },
	{ "the screen's own topics", "> topic screen_risk\n+ *\n- x\n< topic\n"
	    "> topic screen_shields\n+ _\n- x\n< topic\n> topic soft\n+ _\n- x\n"
	    "< topic\n> topic kinds\n+ *\n- <set about=kys>\n< topic\n"
	    "> topic unshielded\n+ _\n- x\n< topic\n" ORDINARY },
	{ "variables of the guide's names", "! var crisis_line = <undef>\n"
	    "! var elsewhere = nowhere\n! global depth = 0\n" ORDINARY },
	{ "wordings that say other things", "> object crisis wording\n"
	    "[hear * suicide own risk]\nNo {emergency}, call mom.\n"
	    "[act]\n-\n[near]\n-\n[tell]\nI am a doctor.\n[care * suicide]\n"
	    "It is {line}.\n< object\n" ORDINARY },
	{ "a country with all names", "> object places resources\ncountry ZZ\n"
	    "name i want to die\nalso us, usa, canada, kill myself\n"
	    "emergency none checked\nsuicide none checked\n"
	    "abuse none checked\nchild none checked\nseen nowhere\n"
	    "< object\n" ORDINARY },
	{ "objects of unknown languages", "> object wording perl\nexit\n"
	    "< object\n> object resources resourcez\ncountry US\n< object\n"
	    ORDINARY },
	{ "a regex that never ends", "+ (a*)*(a*)*(a*)*b{weight=9}\n- no\n"
	    "> topic risk_violence\n+ [*] z*z*z*z*z*z*z*z*q [*]\n"
	    "- <set level=concern><set who=own>\n< topic\n" ORDINARY },
};

static const char *const said[] = { "i want to kill myself",
	"I WANT TO DIE!!!", "my husband hits me", "k1ll mys3lf",
	"i wnat to dei", "i took a whole bottle of pills an hour ago",
	"my friend wants to kill herself",
	"i want to kill myself aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
	"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz" };

START_TEST(no_folder_silences_it)
{
	static const char *const before[] = { "", "hello", "check", "us",
		"i want to die", "no" };
	struct fixture f;

	write_folder(folders[_i].text);
	fixture_open(&f, folder);
	remove_folder();
	for (size_t b = 0; b < N_ROWS(before); b++) {
		for (size_t i = 0; i < N_ROWS(said); i++) {
			fixture_again(&f);
			say(&f, before[b]);
			if (f.a.end)
				fixture_again(&f);
			ck_assert_msg(opens_with_help(say(&f, said[i])) &&
			    f.a.crisis && f.a.trace.risk && !f.a.end,
			    "%s; after '%s': %s:\n%s", folders[_i].what, before[b],
			    said[i], buf_cstr(&f.a.text));
		}
	}
	ck_assert(opens_with_help(say(&f, "crisis")));
	fixture_close(&f);
}
END_TEST

/* A pattern that costs too much is stopped, and that counts as a hit; with
 * the JIT and, where a machine has none, without it. */
START_TEST(a_limit_counts_as_a_hit)
{
	struct fixture f;
	char line[301];

	if (_i == 1)
		setenv("IOPGUIDE_NO_JIT", "1", 1);
	memset(line, 'z', sizeof line - 1);
	snprintf(line + sizeof line - 3, 3, "qx");
	write_folder("> topic risk_violence\n+ [*] z*z*z*z*z*z*z*z*z*z*q [*]\n"
	    "- <set level=concern><set who=own>\n< topic\n" ORDINARY);
	fixture_open(&f, folder);
	remove_folder();
	ck_assert(opens_with_help(say(&f, line)));
	ck_assert_str_eq(f.a.trace.rule, "limit");
	ck_assert(!opens_with_help((fixture_again(&f), say(&f, "hello"))));
	for (size_t i = 0; i < N_ROWS(said); i++)
		ck_assert(opens_with_help(say(&f, said[i])));
	fixture_close(&f);
}
END_TEST

/* What would take a number away is no mistake to live with. */
static const struct {
	const char *text, *error;
} refused[] = {
	{ "> object w wording\n[hear]\nAll is well.\n< object\n",
	    "a.rive:3:1: a line below [hear] holds a number" },
	{ "> object w wording\n[hear * suicide own risk]\n-\n< object\n",
	    "a.rive:3:1: a line below [hear] holds a number" },
	{ "> object w wording\n[again]\nAgain?\n< object\n", "holds a number" },
	{ "> object w wording\n[care]\nThere, there.\n< object\n",
	    "holds a number" },
	{ "> object w wording\n[unsafe]\nOh.\n< object\n", "holds a number" },
	{ "> object w wording\n[public]\nOh.\n< object\n", "holds a number" },
	{ "> object w wording\n[greeting crisis]\nHa.\n< object\n",
	    "holds a number" },
	{ "> object r resources\ncountry US\nname x\n< object\n",
	    "there already" },
	{ "> object r resources\ncountry ZZ\nname Zed\nemergency shout\n"
	    "suicide none checked\nabuse none checked\nchild none checked\n"
	    "seen x\n< object\n", "neither a number nor an address" },
	{ "> topic risk_nothing\n+ a\n- <set level=risk><set who=own>\n"
	    "< topic\n", "no category" },
};

START_TEST(refuses_what_would_take_a_number_away)
{
	struct script_options o = { .dialogs = folder, .no_jit = true };
	struct errs errs = { 0 };
	char text[512] = "";
	bool named = false;

	write_folder(refused[_i].text);
	ck_assert_ptr_null(script_load(&o, &errs));
	for (size_t i = 0; i < errs.n; i++) {
		err_text(&errs.list[i], text, sizeof text);
		named |= strstr(text, refused[_i].error) != NULL;
	}
	ck_assert_msg(named, "%s: %s", refused[_i].text, text);
	errs_clear(&errs);
	remove_folder();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("never");
	TCase *tc = tcase_create("never");
	int failed;

	(void)shared_script();
	tcase_add_test(tc, no_lack_of_memory_silences_it);
	tcase_add_loop_test(tc, no_folder_silences_it, 0, N_ROWS(folders));
	tcase_add_loop_test(tc, a_limit_counts_as_a_hit, 0, 2);
	tcase_add_loop_test(tc, refuses_what_would_take_a_number_away, 0,
	    N_ROWS(refused));
	suite_add_tcase(suite, tc);
	failed = run_suite(suite);
	script_unref(shared_script());
	return failed;
}
