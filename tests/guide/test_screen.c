/*
 * Lines of any length and make: what the caps skip may be a disguise past
 * them, never plain words; and it is the same whether a line comes whole or
 * in parts.
 */
#include "guide/screen.h"

#include "guide_fixture.h"

static const char phrase[] = "i want to kill myself";

/* Pieces that make the screen work hardest, and reach its caps. */
static const struct {
	const char *what;
	const char *piece;
} noise[] = {
	{ "ordinary words", "we went to the lake and it was fine " },
	{ "misspelt words", "wheather tomorow definately recieve thier " },
	{ "words of no language", "qzxv wvbq kjhq zzpx " },
	{ "glued words", "wewenttothelakeanditwasfine " },
	{ "stretched words", "fiiiiine niiiiice daaaays " },
	{ "single letters", "w e a t h e r " },
	{ "signs for letters", "w3ath3r n1c3 d4y " },
	{ "letters of two scripts", "w\xD0\xB5" "ath\xD0\xB5r " },
	{ "a heap of marks", "e\xCC\x81\xCC\xA3\xCC\x81\xCC\xA3" },
	{ "marks upon nothing", "\xCC\x81\xCC\xA3" },
	{ "invisible signs", "\xE2\x80\x8B\xE2\x80\x8D\xC2\xAD" },
	{ "broken bytes", "\xFF\xC0\xE2\x82" },
	{ "clauses", "a.b,c;d!" },
	{ "figures of speech", "this job is killing me " },
	{ "denials", "i am not suicidal. " },
	{ "beginnings", "i want to i want to " },
};

static const size_t lens[] = { 600, 3000, 4096, 4097, 9000, TALK_LINE_MAX };

/* The phrase at `at` parts in sixteen of a line of noise, `len` bytes long. */
static void
make_line(size_t kind, size_t len, size_t at, struct buf *out)
{
	struct str piece = str_c(noise[kind].piece);
	size_t most = len - strlen(phrase) - 6 - piece.len;

	buf_reset(out);
	while (out->len < most * at / 16)
		buf_add(out, piece);
	buf_addf(out, " . %s . ", phrase);
	while (out->len + piece.len <= len)
		buf_add(out, piece);
}

START_TEST(no_cap_hides_plain_words)
{
	struct buf line = { 0 };
	struct fixture f;

	fixture_open(&f, NULL);
	for (size_t l = 0; l < N_ROWS(lens); l++) {
		for (size_t at = 0; at <= 16; at++) {
			make_line((size_t)_i, lens[l], at, &line);
			fixture_again(&f);
			talk_line(f.g, f.s, buf_str(&line), TALK_PRIVATE,
			    f.now_ms, &f.a);
			ck_assert_msg(f.a.trace.risk &&
			    opens_with_help(buf_cstr(&f.a.text)),
			    "%s, %zu bytes, at %zu/16", noise[_i].what, lens[l],
			    at);
		}
	}
	buf_clear(&line);
	fixture_close(&f);
}
END_TEST

/* A misspelt phrase alone is found in a line as long as IRC has them. */
START_TEST(leads_back_all_odd_words_of_a_short_line)
{
	struct buf line = { 0 };
	struct fixture f;

	fixture_open(&f, NULL);
	while (line.len < 440)
		buf_add(&line, STR("wheather tomorow definately recieve "));
	buf_add(&line, STR(". i wnat to kil myslef"));
	ck_assert(*say(&f, buf_cstr(&line)) != '\0');
	ck_assert(f.a.trace.risk);
	buf_clear(&line);
	fixture_close(&f);
}
END_TEST

/* Hands a line over as it would arrive, `step` bytes at a time. */
static bool
found_in_parts(struct fixture *f, struct str line, size_t step)
{
	fixture_again(f);
	for (size_t end = step; end < line.len; end += step)
		talk_part(f->g, f->s, str_sub(line, 0, end), end - step,
		    f->now_ms);
	talk_line(f->g, f->s, line, TALK_PRIVATE, f->now_ms, &f->a);
	return f->a.trace.risk;
}

START_TEST(reads_across_the_seams_of_parts)
{
	static const size_t steps[] = { 1000, SCREEN_PIECE, 4099, 16384 };
	struct buf line = { 0 };
	struct fixture f;

	fixture_open(&f, NULL);
	for (size_t at = 2 * SCREEN_PIECE - 60; at < 2 * SCREEN_PIECE + 60;
	     at += 3) {
		buf_reset(&line);
		while (line.len < at)
			buf_add(&line, str_sub(STR("and so on "), 0,
			    at - line.len));
		buf_addf(&line, " %s ", phrase);
		while (line.len < 4 * SCREEN_PIECE)
			buf_add(&line, STR("and so on "));
		ck_assert_msg(found_in_parts(&f, buf_str(&line),
		    steps[at % N_ROWS(steps)]), "at %zu", at);
	}
	buf_clear(&line);
	fixture_close(&f);
}
END_TEST

START_TEST(parts_find_nothing_where_the_line_has_nothing)
{
	struct buf line = { 0 };
	struct fixture f;

	fixture_open(&f, NULL);
	while (line.len < 5 * SCREEN_PIECE)
		buf_add(&line, STR("we went to the lake and it was fine, "));
	ck_assert(!found_in_parts(&f, buf_str(&line), 1000));
	/* Nor does a line take anything from the one before it. */
	ck_assert(found_in_parts(&f, STR("i want to kill myself"), 1000));
	say(&f, "what is iop");
	ck_assert(!f.a.trace.risk);
	buf_clear(&line);
	fixture_close(&f);
}
END_TEST

/* What a key took back is read again as it stands now. */
START_TEST(reads_again_what_was_typed_over)
{
	struct buf line = { 0 };
	struct fixture f;
	size_t same;

	fixture_open(&f, NULL);
	while (line.len < 3 * SCREEN_PIECE)
		buf_add(&line, STR("and so on "));
	talk_part(f.g, f.s, buf_str(&line), line.len, f.now_ms);
	same = SCREEN_PIECE / 2;
	buf_cut(&line, same);
	buf_addf(&line, " %s ", phrase);
	while (line.len < 4 * SCREEN_PIECE)
		buf_add(&line, STR("and so on "));
	talk_part(f.g, f.s, buf_str(&line), same, f.now_ms);
	talk_line(f.g, f.s, buf_str(&line), TALK_PRIVATE, f.now_ms, &f.a);
	ck_assert(f.a.trace.risk);
	buf_clear(&line);
	fixture_close(&f);
}
END_TEST

/* The lines before are joined to the beginning of a long one. */
START_TEST(joins_a_long_line_to_the_one_before)
{
	struct buf line = { 0 };
	struct fixture f;

	fixture_open(&f, NULL);
	buf_add(&line, STR("kill myself"));
	while (line.len < 3 * SCREEN_PIECE)
		buf_add(&line, STR(" and so on"));
	say(&f, "i want to");
	ck_assert(!f.a.trace.risk);
	talk_line(f.g, f.s, buf_str(&line), TALK_PRIVATE, f.now_ms + 1000,
	    &f.a);
	ck_assert(f.a.trace.risk);
	buf_clear(&line);
	fixture_close(&f);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("screen");
	TCase *tc = tcase_create("screen");
	int failed;

	(void)shared_script();
	tcase_add_loop_test(tc, no_cap_hides_plain_words, 0, N_ROWS(noise));
	tcase_add_test(tc, leads_back_all_odd_words_of_a_short_line);
	tcase_add_test(tc, reads_across_the_seams_of_parts);
	tcase_add_test(tc, parts_find_nothing_where_the_line_has_nothing);
	tcase_add_test(tc, reads_again_what_was_typed_over);
	tcase_add_test(tc, joins_a_long_line_to_the_one_before);
	suite_add_tcase(suite, tc);
	failed = run_suite(suite);
	script_unref(shared_script());
	return failed;
}
