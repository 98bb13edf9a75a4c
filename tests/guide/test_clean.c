#include "guide/clean.h"

#include "harness.h"

/* What a person types, what the rules see, what the dialogs see. */
static const struct {
	const char *raw, *text, *plain;
} lines[] = {
	{ "What is IOP?", "what is iop", "what is iop" },
	{ "don't, I'm fine.", "dont 00 im fine", "dont im fine" },
	{ "don\xE2\x80\x99t", "dont", "dont" },
	{ "one. two!! three?", "one 00 two 00 three", "one two three" },
	{ "half-way / there_now", "half way there now", "half way there now" },
	{ "wait - what", "wait 00 what", "wait what" },
	{ "  many   blanks\t here ", "many blanks here", "many blanks here" },
	{ "...", "", "" },
	{ "", "", "" },
	{ "\x03" "04,12red\x03 \x02" "bold\x0F", "red bold", "red bold" },
	{ "bad \xFF\xFE bytes", "bad bytes", "bad bytes" },
	{ "\xEF\xBC\xA8\xEF\xBD\x89", "hi", "hi" }, /* full width */
	{ "sui\xE2\x80\x8B" "ci\xC2\xAD" "de", "suicide", "suicide" },
	{ "\xC3\x89lan vital", "\xC3\xA9lan vital", "\xC3\xA9lan vital" },
	{ "a\r\nb", "a 00 b", "a b" },
	{ "\"quoted\" (aside)", "quoted 00 aside", "quoted aside" },
};

START_TEST(reads_a_line)
{
	struct clean c = { 0 };

	ck_assert(clean_line(&c, str_c(lines[_i].raw)));
	ck_assert_str_eq(buf_cstr(&c.text), lines[_i].text);
	ck_assert_str_eq(buf_cstr(&c.plain), lines[_i].plain);
	clean_wipe(&c);
}
END_TEST

static const struct {
	const char *raw;
	bool not_ascii, symbols, stretched, spaced;
} signs[] = {
	{ "i am fine, thanks. how are you?", false, false, false, false },
	{ "it's 10 pm", false, false, false, false },
	{ "k1ll", false, true, false, false },
	{ "h@rm", false, true, false, false },
	{ "soooo", false, false, true, false },
	{ "d i e n o w", false, false, false, true },
	{ "caf\xC3\xA9", true, false, false, false },
};

START_TEST(sees_what_a_reading_could_undo)
{
	struct clean c = { 0 };

	ck_assert(clean_line(&c, str_c(signs[_i].raw)));
	ck_assert_int_eq(c.signs.not_ascii, signs[_i].not_ascii);
	ck_assert_int_eq(c.signs.symbols, signs[_i].symbols);
	ck_assert_int_eq(c.signs.stretched, signs[_i].stretched);
	ck_assert_int_eq(c.signs.spaced, signs[_i].spaced);
	clean_wipe(&c);
}
END_TEST

/* Any bytes: the text is words of one blank between, and ends in no break. */
START_TEST(any_bytes_give_a_clean_text)
{
	struct clean c = { 0 };
	struct rng { uint64_t x; } r = { 88172645463325252u };
	char raw[300];

	for (int round = 0; round < 20000; round++) {
		size_t n = (size_t)(r.x >> 40) % sizeof raw;

		for (size_t i = 0; i < n; i++) {
			r.x ^= r.x << 13;
			r.x ^= r.x >> 7;
			r.x ^= r.x << 17;
			raw[i] = (char)((r.x & 7) < 5 ? 32 + r.x % 95 : r.x >> 9);
		}
		ck_assert(clean_line(&c, str_of(raw, n)));
		if (c.text.len == 0)
			continue;
		ck_assert_ptr_null(strstr(c.text.p, "  "));
		ck_assert_ptr_null(strstr(c.text.p, "00 00 "));
		ck_assert(c.text.p[0] != ' ');
		ck_assert(c.text.p[c.text.len - 1] != ' ');
		ck_assert_uint_eq(strlen(c.text.p), c.text.len);
	}
	clean_wipe(&c);
}
END_TEST

/* Each takes long to put in order where its marks are in a heap, or grows. */
static const struct {
	const char *what, *piece;
} heaps[] = {
	{ "two kinds of marks", "\xCC\x81\xCC\xA3" },
	{ "with what is dropped between them",
	    "\xCC\x81\xE2\x80\x8D\xCC\xA3\x02" },
	{ "marks that a form of width becomes", "\xEF\xBE\x9E\xCC\xA3\xCC\x81" },
	{ "marks that unfold", "\xE0\xBD\xB3\xCC\x81\xCC\xA3" },
	{ "a sign that stands for a phrase", "\xEF\xB7\xBA" },
};

START_TEST(keeps_no_heap_of_marks)
{
	struct clean c = { 0 };
	struct buf line = { 0 };

	while (line.len < 60000)
		buf_add(&line, str_c(heaps[_i].piece));
	buf_add(&line, STR(" help"));
	ck_assert(clean_line(&c, buf_str(&line)));
	ck_assert_msg(c.folded.len < 200, "%s: %zu bytes are left",
	    heaps[_i].what, c.folded.len);
	ck_assert(str_ends(buf_str(&c.text), STR("help")));
	buf_clear(&line);
	clean_wipe(&c);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("clean");
	TCase *tc = tcase_create("clean");

	tcase_add_loop_test(tc, reads_a_line, 0, N_ROWS(lines));
	tcase_add_loop_test(tc, sees_what_a_reading_could_undo, 0,
	    N_ROWS(signs));
	tcase_add_test(tc, any_bytes_give_a_clean_text);
	tcase_add_loop_test(tc, keeps_no_heap_of_marks, 0, N_ROWS(heaps));
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
