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

int
main(void)
{
	Suite *suite = suite_create("answers");
	TCase *tc = tcase_create("answers");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, reads_the_words_people_answer_with, 0,
	    N_ROWS(anywhere));
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
