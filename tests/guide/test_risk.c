#include "guide/risk.h"

#include "base/utf8.h"
#include "guide/embedded.h"
#include "guide/example.h"
#include "guide_fixture.h"

static struct fixture f;

static void
open_guide(void)
{
	fixture_open(&f, NULL);
}

static void
close_guide(void)
{
	fixture_close(&f);
}

/* What the screen says of one message, out of any talk. */
static struct risk_hit
look(struct str message)
{
	struct risk_screen screen = guide_screen(f.g);
	struct clean c = { 0 };
	struct risk_hit hit;
	bool shielded;

	ck_assert(clean_line(&c, message));
	hit = risk_look(&screen, &c, STR(""), &shielded);
	clean_wipe(&c);
	return hit;
}

/* --- every rule's own example -------------------------------------------------- */

static unsigned n_rules, n_shields, n_wrong;

static const struct risk_rule *
rule_at(const char *file, uint32_t line)
{
	const struct risk_rules *rules = script_shipped_rules(f.g->script);

	for (size_t i = 0; i < rules->n; i++) {
		const struct risk_rule *r = &rules->rules[i];

		if (r->is_rule && r->hit.at.line == line &&
		    strcmp(r->hit.at.file, file) == 0)
			return r;
	}
	return NULL;
}

static void
try_example(const char *file, const struct example *e)
{
	const struct risk_rule *rule = rule_at(file, e->line);
	struct risk_hit hit = look(e->text);

	if (str_starts(e->topic, STR("shield_"))) {
		n_shields++;
		if (e->text.len > 0 && hit.level == RISK_NONE)
			return;
	} else if (str_is(e->topic, "unshielded")) {
		if (hit.level != RISK_NONE)
			return;
	} else {
		n_rules++;
		ck_assert_msg(rule != NULL, "%s:%u", file, (unsigned)e->line);
		if (hit.level >= rule->hit.level && strcmp(hit.by, "rule") == 0)
			return;
	}
	n_wrong++;
	fprintf(stderr, "%s:%u: %s for: %.*s\n", file, (unsigned)e->line,
	    hit.level == RISK_NONE ? "nothing" : risk_level_name(hit.level),
	    STR_ARG(e->text));
}

/* One that does is tried on every message, which costs more than all others. */
START_TEST(no_rule_needs_a_regex)
{
	struct brain *b = script_shipped(shared_script());

	for (size_t i = 0; i < brain_n_triggers(b); i++) {
		struct str text = brain_trigger_text(brain_trigger_at(b, i));

		for (const char *sign = "?.+\\^$"; *sign != '\0'; sign++)
			ck_assert_msg(str_find_char(text, *sign, 0) == STR_NONE,
			    "%.*s", STR_ARG(text));
	}
}
END_TEST

START_TEST(every_rule_finds_its_own_example)
{
	const struct embedded *file;
	struct example e;

	for (file = embedded_shipped; file->name != NULL; file++) {
		struct examples at = { .source =
		    str_of((const char *)file->text, file->len) };

		while (examples_next(&at, &e))
			try_example(file->name, &e);
	}
	ck_assert_uint_gt(n_rules, 100);
	ck_assert_uint_gt(n_shields, 10);
	ck_assert_msg(n_wrong == 0, "%u of %u examples are read wrongly", n_wrong,
	    n_rules + n_shields);
}
END_TEST

/* --- disguises ------------------------------------------------------------------- */

static const char *const phrases[] = {
	"i want to kill myself", "i am going to kill myself", "i want to die",
	"i wish i was dead", "i want to end my life", "i feel suicidal",
	"i am thinking about suicide", "i cut myself last night",
	"i want to hurt myself", "i took an overdose",
	"i dont want to be alive anymore", "i want to end it all",
	"i dont want to live anymore", "everyone would be better off without me",
	"my boyfriend hit me", "my husband beats me",
	"my dad touches me at night", "he raped me",
	"i am going to kill him tonight", "i want to shoot my boss",
	"i swallowed a bottle of pills", "my friend wants to kill himself",
	"my sister is suicidal", "i cant stop cutting myself",
	"there is no reason to live", "i made a plan to kill myself",
	"i want to fall asleep and never wake up", "i am going to jump off the bridge",
	"i have a gun and i want to use it on myself",
	"i wrote a suicide note", "i tried to kill myself yesterday",
	"i keep making myself throw up", "i need a suicide hotline",
	"i am planning my suicide", "i want to disappear forever and die",
	"life is not worth living", "i am scared my partner will kill me",
	"my mother overdosed on pills", "i feel like killing myself",
	"i have been burning myself",
};

static void
put_transformed(struct str s, struct buf *out, const char *from,
    const char *const *to)
{
	for (size_t i = 0; i < s.len; i++) {
		const char *at = strchr(from, s.p[i]);

		if (at != NULL && s.p[i] != '\0')
			buf_add(out, str_c(to[at - from]));
		else
			buf_addc(out, s.p[i]);
	}
}

static void
by_leet(struct str s, struct buf *out)
{
	static const char *const to[] = { "1", "3", "0" };

	put_transformed(s, out, "ieo", to);
}

static void
by_signs(struct str s, struct buf *out)
{
	static const char *const to[] = { "@", "$" };

	/* The lone "i" and "a" stay: a person writes so. */
	put_transformed(s, out, "as", to);
}

static void
by_cyrillic(struct str s, struct buf *out)
{
	static const char *const to[] = { "\xD0\xB0", "\xD0\xB5", "\xD0\xBE",
		"\xD1\x81" };

	put_transformed(s, out, "aeoc", to);
}

static void
by_full_width(struct str s, struct buf *out)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == ' ')
			buf_addc(out, ' ');
		else
			utf8_put(out, 0xFF41 + (uint32_t)(s.p[i] - 'a'));
	}
}

static void
by_bold(struct str s, struct buf *out)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == ' ')
			buf_addc(out, ' ');
		else
			utf8_put(out, 0x1D41A + (uint32_t)(s.p[i] - 'a'));
	}
}

static void
by_zero_width(struct str s, struct buf *out)
{
	for (size_t i = 0; i < s.len; i++) {
		buf_addc(out, s.p[i]);
		buf_add(out, STR("\xE2\x80\x8B"));
	}
}

static void
by_soft_hyphen(struct str s, struct buf *out)
{
	for (size_t i = 0; i < s.len; i++) {
		buf_addc(out, s.p[i]);
		if (i % 2 == 1 && s.p[i] != ' ')
			buf_add(out, STR("\xC2\xAD"));
	}
}

static void
by_spacing(struct str s, struct buf *out)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == ' ')
			continue;
		if (out->len > 0)
			buf_addc(out, ' ');
		buf_addc(out, s.p[i]);
	}
}

static void
by_dots(struct str s, struct buf *out)
{
	struct str word;

	while (str_word(&s, &word)) {
		if (out->len > 0)
			buf_addc(out, ' ');
		for (size_t i = 0; i < word.len; i++) {
			if (i > 0 && word.len >= 4)
				buf_addc(out, '.');
			buf_addc(out, word.p[i]);
		}
	}
}

static void
by_stretching(struct str s, struct buf *out)
{
	struct str word;

	while (str_word(&s, &word)) {
		if (out->len > 0)
			buf_addc(out, ' ');
		buf_add(out, word);
		if (word.len >= 3) {
			buf_addc(out, word.p[word.len - 1]);
			buf_addc(out, word.p[word.len - 1]);
			buf_addc(out, word.p[word.len - 1]);
		}
	}
}

static void
by_gluing(struct str s, struct buf *out)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] != ' ')
			buf_addc(out, s.p[i]);
	}
}

/* In each longer word two inner letters change places. */
static void
by_swapping(struct str s, struct buf *out)
{
	struct str word;

	while (str_word(&s, &word)) {
		if (out->len > 0)
			buf_addc(out, ' ');
		if (word.len < 5) {
			buf_add(out, word);
			continue;
		}
		buf_add(out, str_sub(word, 0, 2));
		buf_addc(out, word.p[3]);
		buf_addc(out, word.p[2]);
		buf_add(out, str_sub(word, 4, word.len));
	}
}

static const struct {
	const char *what;
	void (*transform)(struct str s, struct buf *out);
} transformations[] = {
	{ "leet", by_leet },
	{ "signs", by_signs },
	{ "cyrillic", by_cyrillic },
	{ "full width", by_full_width },
	{ "bold", by_bold },
	{ "zero width", by_zero_width },
	{ "soft hyphen", by_soft_hyphen },
	{ "spacing", by_spacing },
	{ "dots", by_dots },
	{ "stretching", by_stretching },
	{ "gluing", by_gluing },
	{ "swapping", by_swapping },
};

START_TEST(finds_forty_phrases_in_twelve_disguises)
{
	unsigned found = 0, all = 0;

	for (size_t p = 0; p < sizeof phrases / sizeof phrases[0]; p++) {
		ck_assert_msg(look(str_c(phrases[p])).level != RISK_NONE,
		    "not found as it stands: %s", phrases[p]);
		for (int t = 0; t < N_ROWS(transformations); t++) {
			struct buf out = { 0 };

			transformations[t].transform(str_c(phrases[p]), &out);
			all++;
			if (look(buf_str(&out)).level != RISK_NONE)
				found++;
			else
				fprintf(stderr, "%s: %s\n", transformations[t].what,
				    buf_cstr(&out));
			buf_clear(&out);
		}
	}
	printf("disguises: %u of %u found\n", found, all);
	ck_assert_uint_ge(found * 100, all * 97);
}
END_TEST

/* --- split over lines --------------------------------------------------------------- */

static struct talk_answer answer;

/* Cuts the phrase into n lines at blanks. */
static bool
found_when_split(const char *phrase, int n, bool others)
{
	struct session *a = session_new(f.g, f.now_ms);
	struct session *b = session_new(f.g, f.now_ms);
	struct str rest = str_c(phrase), word;
	struct buf line = { 0 };
	bool found = false;
	size_t words = 0, said = 0;

	for (struct str r = rest; str_word(&r, &word);)
		words++;
	for (int i = 0; i < n; i++) {
		size_t upto = words * (size_t)(i + 1) / (size_t)n;

		buf_reset(&line);
		for (; said < upto && str_word(&rest, &word); said++)
			buf_addf(&line, "%s%.*s", line.len > 0 ? " " : "",
			    STR_ARG(word));
		f.now_ms += 3000;
		talk_line(f.g, a, buf_str(&line), TALK_OVERHEARD, f.now_ms,
		    &answer);
		found |= answer.trace.risk;
		if (others) {
			talk_line(f.g, b, STR("does the new kernel boot for you"),
			    TALK_OVERHEARD, f.now_ms + 100, &answer);
			ck_assert(!answer.trace.risk);
		}
	}
	buf_clear(&line);
	session_free(a);
	session_free(b);
	return found;
}

START_TEST(finds_what_is_split_over_lines)
{
	unsigned found = 0, all = 0;

	for (size_t p = 0; p < sizeof phrases / sizeof phrases[0]; p++) {
		for (int n = 2; n <= 4; n++) {
			all++;
			if (found_when_split(phrases[p], n, p % 2 == 0))
				found++;
			else
				fprintf(stderr, "in %d lines: %s\n", n, phrases[p]);
		}
	}
	printf("split over lines: %u of %u found\n", found, all);
	ck_assert_uint_ge(found * 100, all * 95);
	talk_answer_clear(&answer);
}
END_TEST

START_TEST(never_joins_different_people)
{
	/* Neither half of these says anything by itself. */
	for (size_t p = 0; p < 5; p++) {
		struct session *who[2] = { session_new(f.g, f.now_ms),
			session_new(f.g, f.now_ms) };
		struct str rest = str_c(phrases[p]), word;
		int turn = 0;

		/* Word by word, by two people in turn: nobody says it. */
		while (str_word(&rest, &word)) {
			f.now_ms += 500;
			talk_line(f.g, who[turn], word, TALK_OVERHEARD, f.now_ms,
			    &answer);
			ck_assert_msg(!answer.trace.risk, "%s", phrases[p]);
			turn = 1 - turn;
		}
		session_free(who[0]);
		session_free(who[1]);
	}
	talk_answer_clear(&answer);
}
END_TEST

/* --- what must stay quiet ------------------------------------------------------------- */

static const char *const quiet[] = {
	"kill -9 the process and see if it dies", "how do i kill a child process",
	"this job is killing me", "i'm dying of laughter", "i could kill for a pizza",
	"my phone died", "suicide squad was a fun film", "what is iop",
	"do i need iop", "is iop covered by insurance", "i feel sad and lonely",
	"i'm stressed about my exams", "can therapy help with depression",
	"i'm not suicidal", "i would never kill myself", "i don't want to die",
	"he killed it on stage", "dead link in the readme", "cut -d: -f1 file",
	"deadline is killing us", "i have an essay on suicide prevention",
	"shoot me an email", "hang in there", "hit me up later",
	"the server hangs and then dies", "my plants died",
};

START_TEST(stays_quiet)
{
	struct risk_hit hit = look(str_c(quiet[_i]));

	ck_assert_msg(hit.level == RISK_NONE, "%s: %s %s:%u", quiet[_i], hit.by,
	    hit.at.file == NULL ? "" : hit.at.file, (unsigned)hit.at.line);
}
END_TEST

/* Whatever a shield covers, what stands beside it is heard. */
static unsigned
unheard_beside(struct str harmless)
{
	static const char *const beside[] = { "%.*s and i want to kill myself",
		"i want to kill myself %.*s", "im suicidal. %.*s" };
	unsigned n = 0;

	for (int i = 0; i < N_ROWS(beside); i++) {
		struct buf text = { 0 };

		buf_addf(&text, beside[i], STR_ARG(harmless));
		if (look(buf_str(&text)).level == RISK_NONE) {
			fprintf(stderr, "unheard: %s\n", buf_cstr(&text));
			n++;
		}
		buf_clear(&text);
	}
	return n;
}

START_TEST(what_stands_beside_a_shield_is_heard)
{
	unsigned n = 0, unheard = 0;
	const struct embedded *file;
	struct example e;

	for (file = embedded_shipped; file->name != NULL; file++) {
		struct examples at = { .source =
		    str_of((const char *)file->text, file->len) };

		while (examples_next(&at, &e)) {
			if (!str_starts(e.topic, STR("shield_")))
				continue;
			n++;
			unheard += unheard_beside(e.text);
		}
	}
	ck_assert_uint_gt(n, 100);
	ck_assert_uint_eq(unheard, 0);
}
END_TEST

/* A shield covers its own span, a negation its own clause. */
static const char *const still_risk[] = {
	"this job is killing me and i want to die",
	"i'm not suicidal, my husband hits me",
	"i don't want to kill myself, i just want to not exist",
	"lol my phone died and i want to kill myself",
	"i dont want to live", "i cant stop cutting",
};

START_TEST(a_shield_covers_only_its_span)
{
	ck_assert_msg(look(str_c(still_risk[_i])).level != RISK_NONE, "%s",
	    still_risk[_i]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("risk");
	TCase *tc = tcase_create("risk");
	int failed;

	(void)shared_script();
	tcase_add_unchecked_fixture(tc, open_guide, close_guide);
	tcase_add_test(tc, no_rule_needs_a_regex);
	tcase_add_test(tc, every_rule_finds_its_own_example);
	tcase_add_test(tc, finds_forty_phrases_in_twelve_disguises);
	tcase_add_test(tc, finds_what_is_split_over_lines);
	tcase_add_test(tc, never_joins_different_people);
	tcase_add_loop_test(tc, stays_quiet, 0, N_ROWS(quiet));
	tcase_add_test(tc, what_stands_beside_a_shield_is_heard);
	tcase_add_loop_test(tc, a_shield_covers_only_its_span, 0,
	    N_ROWS(still_risk));
	suite_add_tcase(suite, tc);
	failed = run_suite(suite);
	script_unref(shared_script());
	return failed;
}
