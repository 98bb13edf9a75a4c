#include "guide/answers.h"

#include "harness.h"
#include "guide/checklist_load.h"

static struct loaded *loaded;

static void
setup(void)
{
	loaded = calloc(1, sizeof *loaded);
	ck_assert_ptr_nonnull(loaded);
	load_shipped(loaded);
	load_print(&loaded->errs);
	ck_assert_ptr_nonnull(loaded->list);
}

static void
teardown(void)
{
	load_clear(loaded);
}

static enum answer
read_at(int question, const char *line)
{
	return answers_read(loaded->list, &loaded->list->questions[question - 1],
	    str_c(line), str_c(line)).value;
}

/* What any question may be answered with. */
static const struct {
	const char *line;
	enum answer value;
} anywhere[] = {
	{ "y", ANSWER_YES },
	{ "yes", ANSWER_YES },
	{ "Yes.", ANSWER_YES },
	{ "yesss", ANSWER_YES },
	{ "yeeees", ANSWER_YES },
	{ "yeah", ANSWER_YES },
	{ "yea", ANSWER_YES },
	{ "ya", ANSWER_YES },
	{ "yep", ANSWER_YES },
	{ "yup", ANSWER_YES },
	{ "mhm", ANSWER_YES },
	{ "def", ANSWER_YES },
	{ "totally", ANSWER_YES },
	{ "a lot", ANSWER_YES },
	{ "always", ANSWER_YES },
	{ "often", ANSWER_YES },
	{ "most days", ANSWER_YES },
	{ "for sure", ANSWER_YES },
	{ "sadly", ANSWER_YES },
	{ "unfortunately", ANSWER_YES },
	{ "unfortunately yes", ANSWER_YES },
	{ "👍", ANSWER_YES },
	{ "👍🏽", ANSWER_YES },
	{ "👍👍", ANSWER_YES },
	{ "yes 😭", ANSWER_YES },
	{ "i do", ANSWER_YES },
	{ "i am", ANSWER_YES },
	{ "i have", ANSWER_YES },
	{ "yeah every day honestly", ANSWER_YES },
	{ "i think so", ANSWER_YES },
	{ "i guess so", ANSWER_YES },
	{ "um yeah i guess", ANSWER_YES },
	{ "honestly? yes", ANSWER_YES },
	{ "all the time", ANSWER_YES },
	{ "pretty much all the time", ANSWER_YES },
	{ "id say yes", ANSWER_YES },
	{ "i would say yes", ANSWER_YES },
	{ "that would be a yes", ANSWER_YES },
	{ "its a yes from me", ANSWER_YES },
	{ "yes but its hard to talk about", ANSWER_YES },
	{ "you have no idea", ANSWER_YES },
	{ "of course", ANSWER_YES },
	{ "hell yeah", ANSWER_YES },
	{ "no yeah", ANSWER_YES },
	{ "i feel that way every day", ANSWER_YES },
	{ "yes because of my job", ANSWER_YES },
	{ "Yes, definitely!", ANSWER_YES },
	{ "more than ever", ANSWER_YES },

	{ "some", ANSWER_SOME },
	{ "kinda", ANSWER_SOME },
	{ "sorta", ANSWER_SOME },
	{ "sort of", ANSWER_SOME },
	{ "sometimes", ANSWER_SOME },
	{ "sometimes i guess", ANSWER_SOME },
	{ "a bit", ANSWER_SOME },
	{ "a little", ANSWER_SOME },
	{ "maybe", ANSWER_SOME },
	{ "maybe?", ANSWER_SOME },
	{ "idk maybe", ANSWER_SOME },
	{ "on and off", ANSWER_SOME },
	{ "depends", ANSWER_SOME },
	{ "it depends on the day", ANSWER_SOME },
	{ "some days", ANSWER_SOME },
	{ "not as much", ANSWER_SOME },
	{ "not as much lately", ANSWER_SOME },
	{ "yes but not now", ANSWER_SOME },
	{ "yes, but not right now", ANSWER_SOME },
	{ "yeah but not anymore", ANSWER_SOME },
	{ "yes and no", ANSWER_SOME },
	{ "yes sometimes", ANSWER_SOME },
	{ "yes a little", ANSWER_SOME },
	{ "yeah a bit", ANSWER_SOME },
	{ "kind of yes", ANSWER_SOME },
	{ "used to", ANSWER_SOME },
	{ "i used to", ANSWER_SOME },
	{ "no but sometimes", ANSWER_SOME },
	{ "no but i get like that sometimes", ANSWER_SOME },
	{ "not always", ANSWER_SOME },
	{ "not all the time", ANSWER_SOME },
	{ "its not all the time", ANSWER_SOME },
	{ "once in a while", ANSWER_SOME },
	{ "i sometimes do", ANSWER_SOME },
	{ "it comes and goes", ANSWER_SOME },
	{ "hardly ever", ANSWER_SOME },
	{ "50/50", ANSWER_SOME },
	{ "meh", ANSWER_SOME },
	{ "only when im tired", ANSWER_SOME },
	{ "a few times", ANSWER_SOME },

	{ "n", ANSWER_NO },
	{ "no", ANSWER_NO },
	{ "No!", ANSWER_NO },
	{ "nooooo", ANSWER_NO },
	{ "nope", ANSWER_NO },
	{ "nah", ANSWER_NO },
	{ "nah im good", ANSWER_NO },
	{ "never", ANSWER_NO },
	{ "never really", ANSWER_NO },
	{ "not really", ANSWER_NO },
	{ "not rly", ANSWER_NO },
	{ "no not really", ANSWER_NO },
	{ "not at all", ANSWER_NO },
	{ "i dont", ANSWER_NO },
	{ "I don't", ANSWER_NO },
	{ "I don’t think so", ANSWER_NO },
	{ "i dont think so", ANSWER_NO },
	{ "idk i dont think so", ANSWER_NO },
	{ "im good", ANSWER_NO },
	{ "im fine", ANSWER_NO },
	{ "👎", ANSWER_NO },
	{ "no but my sister did", ANSWER_NO },
	{ "no my sister does", ANSWER_NO },
	{ "yeah no", ANSWER_NO },
	{ "no thanks", ANSWER_NO },
	{ "not lately", ANSWER_NO },
	{ "not that i know of", ANSWER_NO },
	{ "probably not", ANSWER_NO },
	{ "sadly no", ANSWER_NO },
	{ "i would have to say no", ANSWER_NO },
	{ "no i havent", ANSWER_NO },
	{ "absolutely not", ANSWER_NO },
	{ "no way", ANSWER_NO },
	{ "no, never", ANSWER_NO },
	{ "nope nope nope", ANSWER_NO },
	{ "no 🙂", ANSWER_NO },

	{ "idk", ANSWER_UNSURE },
	{ "idkkkk", ANSWER_UNSURE },
	{ "dunno", ANSWER_UNSURE },
	{ "unsure", ANSWER_UNSURE },
	{ "not sure", ANSWER_UNSURE },
	{ "im not sure", ANSWER_UNSURE },
	{ "im not really sure", ANSWER_UNSURE },
	{ "hard to say", ANSWER_UNSURE },
	{ "no idea", ANSWER_UNSURE },
	{ "no clue", ANSWER_UNSURE },
	{ "i have no idea", ANSWER_UNSURE },
	{ "i don't know", ANSWER_UNSURE },
	{ "i dont know tbh", ANSWER_UNSURE },
	{ "well idk", ANSWER_UNSURE },
	{ "honestly no idea", ANSWER_UNSURE },
	{ "🤷", ANSWER_UNSURE },
	{ "i dont remember", ANSWER_UNSURE },

	{ "skip", ANSWER_SKIP },
	{ "skip this one please", ANSWER_SKIP },
	{ "pass", ANSWER_SKIP },
	{ "next", ANSWER_SKIP },
	{ "rather not", ANSWER_SKIP },
	{ "id rather not say", ANSWER_SKIP },
	{ "n/a", ANSWER_SKIP },
	{ "N/A", ANSWER_SKIP },
	{ "none of your business", ANSWER_SKIP },
	{ "i dont want to answer that", ANSWER_SKIP },
	{ "can we skip this one?", ANSWER_SKIP },
	{ "i dont want to talk about it", ANSWER_SKIP },

	{ "back", ANSWER_BACK },
	{ "go back", ANSWER_BACK },
	{ "previous", ANSWER_BACK },
	{ "undo", ANSWER_BACK },
	{ "change that", ANSWER_BACK },
	{ "can we go back please", ANSWER_BACK },
	{ "oops go back", ANSWER_BACK },
	{ "wait go back", ANSWER_BACK },

	{ "why", ANSWER_WHY },
	{ "why?", ANSWER_WHY },
	{ "why do you ask", ANSWER_WHY },
	{ "what for", ANSWER_WHY },
	{ "what do you mean", ANSWER_WHY },
	{ "why do you want to know that", ANSWER_WHY },
	{ "huh?", ANSWER_WHY },

	{ "stop", ANSWER_STOP },
	{ "quit", ANSWER_STOP },
	{ "exit", ANSWER_STOP },
	{ "cancel", ANSWER_STOP },
	{ "end", ANSWER_STOP },
	{ "enough", ANSWER_STOP },
	{ "please stop", ANSWER_STOP },
	{ "im done", ANSWER_STOP },
	{ "no more", ANSWER_STOP },
	{ "no stop", ANSWER_STOP },
	{ "ok stop", ANSWER_STOP },
	{ "can we stop here", ANSWER_STOP },
	{ "i have to go", ANSWER_STOP },
	{ "stop asking me this stuff", ANSWER_STOP },

	{ "help", ANSWER_HELP },
	{ "what can i say", ANSWER_HELP },
	{ "do i have to answer this", ANSWER_HELP },

	{ "go on", ANSWER_GO_ON },
	{ "ok", ANSWER_GO_ON },
	{ "repeat the question", ANSWER_GO_ON },
	{ "im ok now. keep going", ANSWER_GO_ON },
	{ "how many more?", ANSWER_GO_ON },

	{ "start over", ANSWER_OVER },
	{ "restart", ANSWER_OVER },

	{ "for someone else", ANSWER_OTHER },
	{ "its for my daughter", ANSWER_OTHER },
	{ "im asking for a friend", ANSWER_OTHER },
	{ "for my husband actually", ANSWER_OTHER },
	{ "can i answer for my son", ANSWER_OTHER },
	{ "for me", ANSWER_SELF },
	{ "its for me", ANSWER_SELF },

	{ "nothing new", ANSWER_NONE },
	{ "no one cares", ANSWER_NONE },
	{ "no job no money", ANSWER_NONE },
	{ "purple", ANSWER_NONE },
	{ "how much does it cost", ANSWER_NONE },
	{ "what is an iop", ANSWER_NONE },
	{ "is it online?", ANSWER_NONE },
	{ "do they do it every day?", ANSWER_NONE },
	{ "i have a question", ANSWER_NONE },
	{ "tell me about inpatient", ANSWER_NONE },
	{ "never felt so low", ANSWER_NONE },
	{ "i cant stop worrying", ANSWER_NONE },
	{ "does insurance always pay", ANSWER_NONE },
	{ "", ANSWER_NONE },
	{ "...", ANSWER_NONE },
	{ "!?", ANSWER_NONE },
};

START_TEST(reads_the_words_people_answer_with)
{
	ck_assert_msg(read_at(2, anywhere[_i].line) == anywhere[_i].value,
	    "\"%s\" reads as %d, not %d", anywhere[_i].line,
	    read_at(2, anywhere[_i].line), anywhere[_i].value);
}
END_TEST

/* The words of one question alone. */
static const struct {
	int question;
	const char *line;
	enum answer value;
} here[] = {
	{ 1, "once a week is not enough", ANSWER_YES },
	{ 1, "therapy isnt helping", ANSWER_YES },
	{ 1, "my therapy helps fine, therapy is fine", ANSWER_NO },
	{ 1, "i need more than that", ANSWER_YES },
	{ 2, "i cant get out of bed most mornings", ANSWER_YES },
	{ 2, "overwhelmed", ANSWER_YES },
	{ 2, "i feel stuck all the time", ANSWER_YES },
	{ 2, "i feel stuck sometimes", ANSWER_SOME },
	{ 2, "im not stuck", ANSWER_NO },
	{ 2, "im not overwhelmed but i cant function", ANSWER_SOME },
	{ 2, "is feeling stuck normal?", ANSWER_NONE },
	{ 2, "no energy for anything", ANSWER_YES },
	{ 3, "i called in sick three times last month", ANSWER_YES },
	{ 3, "lost my job over it", ANSWER_YES },
	{ 3, "never missed a day", ANSWER_NO },
	{ 3, "a few times", ANSWER_SOME },
	{ 3, "i havent missed anything", ANSWER_NO },
	{ 3, "dropped out in march", ANSWER_YES },
	{ 4, "we fight constantly", ANSWER_YES },
	{ 4, "were good", ANSWER_NO },
	{ 4, "my wife left me", ANSWER_YES },
	{ 4, "we get along", ANSWER_NO },
	{ 5, "i never leave the house", ANSWER_YES },
	{ 5, "i dont see anyone anymore", ANSWER_YES },
	{ 5, "no one talks to me", ANSWER_NONE },
	{ 5, "i stay in my room", ANSWER_YES },
	{ 5, "i still see friends", ANSWER_NO },
	{ 6, "i get panic attacks every day", ANSWER_YES },
	{ 6, "panic attacks sometimes", ANSWER_SOME },
	{ 6, "i never get panic attacks", ANSWER_NO },
	{ 6, "no panic attacks", ANSWER_NO },
	{ 6, "do panic attacks count?", ANSWER_NONE },
	{ 6, "had a meltdown yesterday", ANSWER_YES },
	{ 7, "just got out last week", ANSWER_YES },
	{ 7, "never been hospitalized", ANSWER_NO },
	{ 7, "i was discharged in may", ANSWER_YES },
	{ 7, "yes but im fine now", ANSWER_SOME },
	{ 7, "no but my dad was in rehab", ANSWER_NO },
	{ 7, "i havent been in a hospital", ANSWER_NO },
	{ 8, "drinking too much", ANSWER_YES },
	{ 8, "none of that", ANSWER_NO },
	{ 8, "no im sober", ANSWER_NO },
	{ 8, "im sober 2 years", ANSWER_NO },
	{ 9, "i dont feel safe", ANSWER_YES },
	{ 9, "i feel safe", ANSWER_NO },
	{ 9, "on edge all the time", ANSWER_YES },
	{ 10, "it crossed my mind", ANSWER_SOME },
	{ 10, "not anymore", ANSWER_SOME },
	{ 10, "never", ANSWER_NO },
	{ 10, "not really but sometimes", ANSWER_SOME },
	{ 11, "i want to get better", ANSWER_YES },
	{ 11, "please", ANSWER_YES },
	{ 11, "more than anything", ANSWER_YES },
	{ 11, "idk if i want to", ANSWER_UNSURE },
};

START_TEST(reads_the_words_of_one_question)
{
	ck_assert_msg(read_at(here[_i].question, here[_i].line) ==
	    here[_i].value, "%d: \"%s\" reads as %d, not %d",
	    here[_i].question, here[_i].line,
	    read_at(here[_i].question, here[_i].line), here[_i].value);
}
END_TEST

static const struct {
	int question;
	const char *line;
	unsigned bits;
} choices[] = {
	{ 8, "drinking", 2 },
	{ 8, "drinking and not eating", 6 },
	{ 8, "the second one", 2 },
	{ 8, "rather not say", 8 },
	{ 8, "all three", 7 },
	{ 8, "yes", 0 },
	{ 8, "binge eating mostly", 4 },
	{ 9, "my own thoughts", 1 },
	{ 9, "my boyfriend", 2 },
	{ 9, "more like worry", 4 },
	{ 9, "just anxiety i guess", 4 },
	{ 9, "someone else", 2 },
	{ 9, "purple", 0 },
};

START_TEST(reads_the_choices_of_a_follow_up)
{
	const struct question *q =
	    &loaded->list->questions[choices[_i].question - 1];
	unsigned bits = answers_choices(q, str_c(choices[_i].line));

	ck_assert_msg(bits == choices[_i].bits, "\"%s\" names %x, not %x",
	    choices[_i].line, bits, choices[_i].bits);
}
END_TEST

/* A softener can only lower a yes to "some", never to a no. */
START_TEST(never_turns_a_yes_into_a_no)
{
	static const char *const tails[] = { "but", "and", "i", "no", "maybe",
		"not now", "never", "sometimes", "stop it", "because", "idk",
		"my sister", "used to", "not really", "lately", "though" };
	char line[128];

	for (int a = 0; a < N_ROWS(tails); a++) {
		for (int b = 0; b < N_ROWS(tails); b++) {
			enum answer v;

			snprintf(line, sizeof line, "yes %s %s", tails[a],
			    tails[b]);
			v = read_at(10, line);
			ck_assert_msg(v != ANSWER_NO && v != ANSWER_SKIP &&
			    v != ANSWER_NONE, "\"%s\" reads as %d", line, v);
		}
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("answers");
	TCase *tc = tcase_create("answers");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, reads_the_words_people_answer_with, 0,
	    N_ROWS(anywhere));
	tcase_add_loop_test(tc, reads_the_words_of_one_question, 0,
	    N_ROWS(here));
	tcase_add_loop_test(tc, reads_the_choices_of_a_follow_up, 0,
	    N_ROWS(choices));
	tcase_add_test(tc, never_turns_a_yes_into_a_no);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
