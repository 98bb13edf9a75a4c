#include "net/ircline.h"

#include "harness.h"

static const struct {
	const char *what;
	const char *raw;
	bool ok, safe;
	const char *prefix, *command, *last;
	size_t n;
} lines[] = {
	{ "a private message", ":a!b@c PRIVMSG guide :hello there", true, true,
	    "a!b@c", "PRIVMSG", "hello there", 2 },
	{ "runs of spaces count once", ":a  PRIVMSG   guide   hi", true, true,
	    "a", "PRIVMSG", "hi", 2 },
	{ "no prefix is read but not forwarded", "NICK x", true, false, "",
	    "NICK", "x", 1 },
	{ "a command cut short", ":a N", true, false, "a", "N", "", 0 },
	{ "numeric 000", ":a 000 x", false, false, "", "", "", 0 },
	{ "a numeric without parameters", ":a 001", true, false, "a", "001", "",
	    0 },
	{ "a numeric", ":a 372 me :- text", true, true, "a", "372", "- text",
	    2 },
	{ "PRIVMSG without text", ":a!b@c PRIVMSG guide", true, false, "a!b@c",
	    "PRIVMSG", "guide", 1 },
	{ "a lone mark of CTCP", ":a!b@c PRIVMSG guide :\001", true, false,
	    "a!b@c", "PRIVMSG", "\001", 2 },
	{ "CTCP as the target", ":a!b@c PRIVMSG \001 :x", true, false, "a!b@c",
	    "PRIVMSG", "x", 2 },
	{ "KICK without a nick", ":a!b@c KICK #x", true, false, "a!b@c", "KICK",
	    "#x", 1 },
	{ "an unknown command", ":a!b@c FROB x y", true, false, "a!b@c", "FROB",
	    "y", 2 },
	{ "only a prefix", ":abc", false, false, "", "", "", 0 },
	{ "only a colon", ":", false, false, "", "", "", 0 },
	{ "only a space", " ", false, false, "", "", "", 0 },
	{ "only tags", "@time=x", false, false, "", "", "", 0 },
	{ "nothing", "", false, false, "", "", "", 0 },
	{ "an empty last parameter", ":a TOPIC #x :", true, true, "a", "TOPIC",
	    "", 2 },
	{ "a CR inside", ":a PRIVMSG x :y\rQUIT", false, false, "", "", "", 0 },
	{ "an odd command", ":a PR%NMSG x", false, false, "", "", "", 0 },
	{ "fifteen parameters, the last with spaces",
	    ":s 005 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", true, true, "s",
	    "005", "15 16", 15 },
};

START_TEST(reads_well_formed_lines_and_refuses_others)
{
	struct ircline l;

	for (int i = 0; i < N_ROWS(lines); i++) {
		const char *what = lines[i].what;

		ck_assert_msg(ircline_parse(str_c(lines[i].raw), &l) ==
			lines[i].ok, "%s", what);
		if (!lines[i].ok)
			continue;
		ck_assert_msg(str_is(l.prefix, lines[i].prefix), "%s", what);
		ck_assert_msg(str_is(l.command, lines[i].command), "%s", what);
		ck_assert_msg(l.n == lines[i].n, "%s", what);
		ck_assert_msg(str_is(ircline_param(&l, l.n - 1), lines[i].last),
		    "%s", what);
		ck_assert_msg(ircline_is_safe(&l) == lines[i].safe, "%s", what);
	}
}
END_TEST

START_TEST(a_nul_is_refused)
{
	struct ircline l;

	ck_assert(!ircline_parse(STR(":a PRIVMSG b :c\0d"), &l));
}
END_TEST

START_TEST(tags_are_read_and_taken_off)
{
	char out[IRCLINE_OUT];
	struct ircline l;
	int64_t ms;

	ck_assert(ircline_parse(
	    STR("@time=2026-01-31T10:20:30.456Z;account=kim;bot;batch=7;x=y"
		" :a!b@c PRIVMSG #x :y"),
	    &l));
	ck_assert(str_is(l.account, "kim") && str_is(l.batch, "7") && l.bot);
	ck_assert(ircline_time(l.time, &ms));
	ck_assert_int_eq(ms, INT64_C(1769854830456));
	ck_assert_uint_eq(ircline_write(&l, out), 22);
	ck_assert_str_eq(out, ":a!b@c PRIVMSG #x :y\r\n");
}
END_TEST

START_TEST(tags_have_a_limit)
{
	char raw[IRCLINE_TAGS + 40];
	struct ircline l;

	memset(raw, 'a', sizeof(raw));
	raw[0] = '@';
	memcpy(raw + IRCLINE_TAGS - 1, " :a PING b", 10);
	ck_assert(ircline_parse(str_of(raw, IRCLINE_TAGS + 9), &l));
	memset(raw + 1, 'a', sizeof(raw) - 1);
	memcpy(raw + IRCLINE_TAGS, " :a PING b", 10);
	ck_assert(!ircline_parse(str_of(raw, IRCLINE_TAGS + 10), &l));
}
END_TEST

START_TEST(a_long_line_is_cut_at_a_character)
{
	char raw[600] = ":a PRIVMSG b :";
	char out[IRCLINE_OUT];
	struct ircline l;
	size_t at = strlen(raw);

	while (at + 2 < sizeof(raw)) {
		memcpy(raw + at, "\xc3\xa4", 2);
		at += 2;
	}
	ck_assert(ircline_parse(str_of(raw, at), &l));
	ck_assert_uint_le(ircline_write(&l, out), IRCLINE_MAX + 2);
	ck_assert_uint_eq(ircline_param(&l, 1).len % 2, 0);
}
END_TEST

/* A server that leaves out the colon makes the written line one longer. */
START_TEST(writing_a_full_line_anew_stays_in_bounds)
{
	char raw[IRCLINE_MAX + 1];
	char out[IRCLINE_OUT];
	struct ircline l;

	memset(raw, 'x', sizeof(raw));
	memcpy(raw, ":a PRIVMSG b ", 13);
	ck_assert(ircline_parse(str_of(raw, IRCLINE_MAX), &l));
	ck_assert_uint_eq(ircline_write(&l, out), IRCLINE_MAX + 3);
	ck_assert_uint_eq(strlen(out), IRCLINE_MAX + 3);
}
END_TEST

static const struct {
	const char *in, *verb, *args;
	bool ctcp;
} ctcps[] = {
	{ "\001VERSION\001", "VERSION", "", true },
	{ "\001PING 12 34\001", "PING", "12 34", true },
	{ "\001ACTION waves", "ACTION", "waves", true },
	{ "\001", "", "", true },
	{ "\001\001", "", "", true },
	{ "hello", "", "", false },
	{ "", "", "", false },
};

START_TEST(reads_ctcp)
{
	struct str verb, args;

	for (int i = 0; i < N_ROWS(ctcps); i++) {
		ck_assert(ircline_ctcp(str_c(ctcps[i].in), &verb, &args) ==
		    ctcps[i].ctcp);
		if (!ctcps[i].ctcp)
			continue;
		ck_assert(str_is(verb, ctcps[i].verb));
		ck_assert(str_is(args, ctcps[i].args));
	}
}
END_TEST

static const struct {
	const char *what, *in, *out;
} formats[] = {
	{ "none", "plain 4,5", "plain 4,5" },
	{ "bold", "\002bold\017 text", "bold text" },
	{ "a colour", "\0034red\003 x", "red x" },
	{ "both colours", "\00304,12text", "text" },
	{ "a comma that is text", "\0034,text", ",text" },
	{ "three digits", "\003123", "3" },
	{ "a hex colour", "\004ff0000,00ff00red", "red" },
	{ "half a hex colour", "\004ff0red", "ff0red" },
	{ "at the end", "x\003", "x" },
	{ "inside a word", "su\002i\002cide", "suicide" },
};

START_TEST(strips_formatting)
{
	struct buf out = { 0 };

	for (int i = 0; i < N_ROWS(formats); i++) {
		buf_reset(&out);
		ircline_plain(str_c(formats[i].in), &out);
		ck_assert_msg(str_is(buf_str(&out), formats[i].out), "%s",
		    formats[i].what);
	}
	buf_clear(&out);
}
END_TEST

/* The promise of ircline_piece(), for words and characters of all sizes. */
START_TEST(pieces_fit_and_lose_nothing_but_blanks)
{
	static const char *const words[] = { "a", "b\xc3\xa4r", "\xe2\x82\xac",
		"averyverylongwordthatfillsmorethanonepieceofthirtytwobytes",
		"\xf0\x9f\x8c\xb1\xf0\x9f\x8c\xb1\xf0\x9f\x8c\xb1\xf0\x9f\x8c"
		"\xb1\xf0\x9f\x8c\xb1\xf0\x9f\x8c\xb1\xf0\x9f\x8c\xb1\xf0\x9f"
		"\x8c\xb1\xf0\x9f\x8c\xb1" };
	struct buf text = { 0 }, joined = { 0 }, bare = { 0 };
	struct str rest, piece;

	for (size_t i = 0; i < 60; i++) {
		buf_add(&text, str_c(words[i * 7 % 5]));
		buf_add(&bare, str_c(words[i * 7 % 5]));
		buf_addc(&text, ' ');
	}
	for (size_t budget = 32; budget < 90; budget++) {
		rest = buf_str(&text);
		buf_reset(&joined);
		while (ircline_piece(&rest, budget, &piece)) {
			ck_assert_uint_le(piece.len, budget);
			ck_assert_uint_gt(piece.len, 0);
			ck_assert((piece.p[0] & 0xC0) != 0x80);
			while (piece.len > 0) {
				if (*piece.p != ' ')
					buf_addc(&joined, *piece.p);
				piece = str_sub(piece, 1, piece.len);
			}
		}
		ck_assert(str_eq(buf_str(&joined), buf_str(&bare)));
	}
	buf_clear(&text);
	buf_clear(&joined);
	buf_clear(&bare);
}
END_TEST

START_TEST(a_piece_never_ends_in_a_bare_colour)
{
	struct str rest = STR("0123456789012345678901234567890\00304abcdefghi");
	struct str piece;

	ck_assert(ircline_piece(&rest, 32, &piece));
	ck_assert_uint_eq(piece.len, 31);
	ck_assert(rest.p[0] == '\003');
}
END_TEST

START_TEST(odd_bytes_do_not_stop_the_cutting)
{
	char odd[200];
	struct str rest = str_of(odd, sizeof(odd)), piece;
	size_t n = 0;

	memset(odd, '\x80', sizeof(odd));
	while (ircline_piece(&rest, 40, &piece))
		n += piece.len;
	ck_assert_uint_eq(n, sizeof(odd));
}
END_TEST

START_TEST(only_words_are_sent_as_names)
{
	ck_assert(ircline_is_word(STR("#support")));
	ck_assert(!ircline_is_word(STR("")));
	ck_assert(!ircline_is_word(STR("a b")));
	ck_assert(!ircline_is_word(STR(":a")));
	ck_assert(!ircline_is_word(STR("a\nQUIT")));
	ck_assert(!ircline_is_word(STR("a,b")));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ircline");
	TCase *tc = tcase_create("ircline");

	tcase_add_test(tc, reads_well_formed_lines_and_refuses_others);
	tcase_add_test(tc, a_nul_is_refused);
	tcase_add_test(tc, tags_are_read_and_taken_off);
	tcase_add_test(tc, tags_have_a_limit);
	tcase_add_test(tc, a_long_line_is_cut_at_a_character);
	tcase_add_test(tc, writing_a_full_line_anew_stays_in_bounds);
	tcase_add_test(tc, reads_ctcp);
	tcase_add_test(tc, strips_formatting);
	tcase_add_test(tc, pieces_fit_and_lose_nothing_but_blanks);
	tcase_add_test(tc, a_piece_never_ends_in_a_bare_colour);
	tcase_add_test(tc, odd_bytes_do_not_stop_the_cutting);
	tcase_add_test(tc, only_words_are_sent_as_names);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
