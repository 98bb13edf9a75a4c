#include "rive/cut.h"

#include "base/regex.h"
#include "base/utf8.h"
#include "harness.h"

static const struct {
	const char *what;
	const char *text;
	const char *words; /* parted by | */
	const char *pieces;
	bool utf8;
	enum cut_shape shape;
} texts[] = {
	{ "plain words", "how are you", "how|are|you", "how|are|you", false,
	    CUT_PLAIN },
	{ "capitals are folded", "How ARE", "how|are", "how|are", false,
	    CUT_PLAIN },
	{ "the empty text has no word boundary", "", "", "", false,
	    CUT_MARKED },
	{ "a mark inside a word", "i don't", "i|don't", "i|don|'|t", true,
	    CUT_MARKED },
	{ "two blanks", "a  b", "a|b", "a|b", false, CUT_ODD },
	{ "a blank in front", " a", "a", "a", false, CUT_ODD },
	{ "a blank behind", "a ", "a", "a", false, CUT_ODD },
	{ "a tab", "a\tb", "a\tb", "a|b", false, CUT_ODD },
	{ "letters of other scripts", "\xc3\xa9t\xc3\xa9 \xc3\x89",
	    "\xc3\xa9t\xc3\xa9|\xc3\xa9", "\xc3\xa9t\xc3\xa9|\xc3\xa9", true,
	    CUT_PLAIN },
	{ "bytes are marks without UTF-8", "\xc3\xa9t", "\xc3\xa9t",
	    "\xc3\xa9|t", false, CUT_MARKED },
	{ "no UTF-8", "a\xff", "a|\xef\xbf\xbd", "a", true, CUT_ODD },
	{ "a blank of another kind",
	    "a\xc2\xa0"
	    "b",
	    "a|b", "a|b", true, CUT_ODD },
};

static void
join(const struct cut *c, struct buf *out)
{
	buf_reset(out);
	for (uint32_t i = 0; i < c->n; i++) {
		if (i > 0)
			buf_addc(out, '|');
		buf_add(out, cut_word(c, i));
	}
}

START_TEST(cuts_texts)
{
	struct cut c = { 0 };
	struct buf joined = { 0 };

	for (int i = 0; i < N_ROWS(texts); i++) {
		struct cut_options o = { .utf8 = texts[i].utf8 };
		struct str text = str_c(texts[i].text);

		ck_assert(cut_words(&c, text, o));
		ck_assert_msg(c.shape == texts[i].shape, "%s", texts[i].what);
		if (texts[i].shape != CUT_ODD) {
			join(&c, &joined);
			ck_assert_msg(str_is(buf_str(&joined), texts[i].words),
			    "%s: %s", texts[i].what, buf_cstr(&joined));
		}
		ck_assert(cut_pieces(&c, text, o));
		join(&c, &joined);
		ck_assert_msg(str_is(buf_str(&joined), texts[i].pieces),
		    "%s: %s", texts[i].what, buf_cstr(&joined));
	}
	buf_clear(&joined);
	cut_clear(&c);
}
END_TEST

START_TEST(tells_letters_from_digits)
{
	static const uint32_t kinds[] = {
		CUT_LETTERS,
		CUT_DIGITS,
		CUT_MIXED,
		CUT_LETTERS,
	};
	struct cut c = { 0 };

	ck_assert(cut_words(&c, STR("abc 12 a1 a_b"),
	    (struct cut_options){ 0 }));
	for (uint32_t i = 0; i < 4; i++)
		ck_assert_uint_eq(c.list[i].kind, kinds[i]);
	cut_clear(&c);
}
END_TEST

/* Every word knows where it stands in the text as it was given. */
START_TEST(keeps_places_when_folding_changes_lengths)
{
	/* The Kelvin sign is three bytes, its small k one. */
	struct str text = STR("x \xe2\x84\xaa\xe2\x84\xaa y");
	struct cut c = { 0 };

	ck_assert(cut_words(&c, text, (struct cut_options){ .utf8 = true }));
	ck_assert_uint_eq(c.n, 3);
	ck_assert(str_is(cut_word(&c, 1), "kk"));
	ck_assert_uint_eq(c.list[1].from, 2);
	ck_assert_uint_eq(c.list[1].to, 8);
	ck_assert_uint_eq(c.list[2].from, 9);
	cut_clear(&c);
}
END_TEST

static bool
caseless_equal(uint32_t a, uint32_t b, struct regex_room *room)
{
	struct buf pattern = { 0 }, text = { 0 };
	struct regex *re;
	struct err err;
	bool yes;

	utf8_put(&pattern, a);
	utf8_put(&text, b);
	re = regex_new(buf_str(&pattern),
	    REGEX_UTF | REGEX_CASELESS | REGEX_WHOLE | REGEX_NO_JIT, &err);
	ck_assert_ptr_nonnull(re);
	yes = regex_match(re, room, buf_str(&text), 0) == REGEX_YES;
	regex_free(re);
	buf_clear(&pattern);
	buf_clear(&text);
	return yes;
}

/* Letters of both sizes: where folding says equal, the regex must too. */
START_TEST(folds_letters_as_regexes_compare_them)
{
	struct regex_room *room = regex_room_new();

	for (uint32_t c = 0x80; c < 0x1e944; c++) {
		uint32_t lower = utf8_lower_char(c), upper = utf8_upper_char(c);

		if (lower == c && upper == c)
			continue;
		if (c >= 0xd800 && c < 0xe000)
			continue;
		if (lower != c)
			ck_assert_msg(caseless_equal(c, lower, room) ==
					  (cut_fold_char(c) ==
					      cut_fold_char(lower)),
			    "U+%04X and U+%04X", c, lower);
		if (upper != c)
			ck_assert_msg(caseless_equal(c, upper, room) ==
					  (cut_fold_char(c) ==
					      cut_fold_char(upper)),
			    "U+%04X and U+%04X", c, upper);
	}
	regex_room_free(room);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("cut");
	TCase *tc = tcase_create("cut");

	tcase_add_test(tc, cuts_texts);
	tcase_add_test(tc, tells_letters_from_digits);
	tcase_add_test(tc, keeps_places_when_folding_changes_lengths);
	tcase_add_test(tc, folds_letters_as_regexes_compare_them);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
