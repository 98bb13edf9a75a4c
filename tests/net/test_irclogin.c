#include "net/irclogin.h"

#include "harness.h"

enum who { NOBODY, PLAIN, EXTERNAL };

static const char *const others[] = { "guide2" };

static struct ircconf
conf_of(enum who who)
{
	return (struct ircconf) { .nick = "guide", .user = "u", .owner = "us",
		.account = "acc", .alternatives = { others, 1 },
		.secret = STR("hush"),
		.how = who == PLAIN    ? IRCCONF_SASL_PLAIN
		    : who == EXTERNAL ? IRCCONF_SASL_EXTERNAL
				      : IRCCONF_SASL_NONE };
}

#define ACK ":s CAP * ACK :sasl \n"
#define ALL_CAPS \
	"account-notify account-tag batch cap-notify chghost extended-join " \
	"message-tags server-time "

/* base64 of "acc", NUL, "acc", NUL, "hush" */
#define HUSH "YWNjAGFjYwBodXNo"

/* What a server says, line by line, and what comes of it. */
static const struct {
	const char *what;
	enum who who;
	const char *said;
	enum irclogin_result result; /* of the last line */
	const char *sent;            /* lines ended by \n */
	const char *why;             /* a part of it */
} rows[] = {
	{ "a server that knows no CAP", NOBODY, ":s 001 guide :hi\n",
	    IRCLOGIN_DONE, "", "" },
	{ "nothing of the offer is of use", NOBODY,
	    ":s CAP * LS :multi-prefix tls\n:s 001 guide :hi\n", IRCLOGIN_DONE,
	    "CAP END\n", "" },
	{ "an offer in two lines is answered once", NOBODY,
	    ":s CAP * LS * :account-tag batch\n"
	    ":s CAP * LS :server-time=x\n",
	    IRCLOGIN_GOING, "CAP REQ :account-tag batch server-time \n", "" },
	{ "what is granted ends it", NOBODY,
	    ":s CAP * LS :batch\n:s CAP * ACK :batch\n", IRCLOGIN_GOING,
	    "CAP REQ :batch \nCAP END\n", "" },
	{ "what is refused ends it, too", NOBODY,
	    ":s CAP * LS :batch\n:s CAP * NAK :batch\n", IRCLOGIN_GOING,
	    "CAP REQ :batch \nCAP END\n", "" },
	{ "all that is wanted", NOBODY, ":s CAP * LS :sasl " ALL_CAPS "\n",
	    IRCLOGIN_GOING, "CAP REQ :" ALL_CAPS "\n", "" },
	{ "a CAP after the end says nothing", NOBODY,
	    ":s CAP * LS :x\n:s CAP guide NEW :sasl\n:s CAP * LS :batch\n",
	    IRCLOGIN_GOING, "CAP END\n", "" },
	{ "a CAP without parameters", NOBODY, ":s CAP\n:s CAP *\n:s CAP * LS\n",
	    IRCLOGIN_GOING, "", "" },

	{ "PLAIN", PLAIN,
	    ":s CAP * LS :sasl\n" ACK "AUTHENTICATE +\n:s 903 * :ok\n"
	    ":s 001 guide :hi\n",
	    IRCLOGIN_DONE,
	    "CAP REQ :sasl\nAUTHENTICATE PLAIN\nAUTHENTICATE " HUSH
	    "\nCAP END\n",
	    "" },
	{ "EXTERNAL says nothing but who", EXTERNAL,
	    ":s CAP * LS :sasl=PLAIN,EXTERNAL\n" ACK
	    "AUTHENTICATE +\n:s 903 * :ok\n:s 001 guide :hi\n",
	    IRCLOGIN_DONE,
	    "CAP REQ :sasl\nAUTHENTICATE EXTERNAL\nAUTHENTICATE +\nCAP END\n",
	    "" },
	{ "mechanisms in small letters", PLAIN, ":s CAP * LS :sasl=plain\n",
	    IRCLOGIN_GOING, "CAP REQ :sasl\n", "" },
	{ "a mechanism that only begins alike", PLAIN,
	    ":s CAP * LS :sasl=PLAINER,XPLAIN\n", IRCLOGIN_REFUSED, "",
	    "PLAIN is not offered" },
	{ "no SASL where it is asked for", PLAIN, ":s CAP * LS :batch\n",
	    IRCLOGIN_FAILED, "", "no SASL" },
	{ "SASL taken back", PLAIN, ":s CAP * LS :sasl\n:s CAP * NAK :sasl\n",
	    IRCLOGIN_FAILED, "CAP REQ :sasl\n", "takes SASL back" },
	{ "let in without the log-in", PLAIN, ":s 001 guide :hi\n",
	    IRCLOGIN_FAILED, "", "without the log-in" },
	{ "a log-in that was never asked does not count", PLAIN,
	    ":s 903 * :ok\n:s 001 guide :hi\n", IRCLOGIN_FAILED, "CAP END\n",
	    "without the log-in" },
	{ "nobody fishes for the secret before it is agreed", PLAIN,
	    "AUTHENTICATE +\n:s CAP * LS :sasl\nAUTHENTICATE +\n",
	    IRCLOGIN_GOING, "CAP REQ :sasl\n", "" },
	{ "nor twice", PLAIN,
	    ":s CAP * LS :sasl\n" ACK "AUTHENTICATE +\nAUTHENTICATE +\n" ACK,
	    IRCLOGIN_GOING,
	    "CAP REQ :sasl\nAUTHENTICATE PLAIN\nAUTHENTICATE " HUSH "\n", "" },
	{ "nor with a challenge that PLAIN has none of", PLAIN,
	    ":s CAP * LS :sasl\n" ACK "AUTHENTICATE abcd\nAUTHENTICATE\n",
	    IRCLOGIN_GOING, "CAP REQ :sasl\nAUTHENTICATE PLAIN\n", "" },
	{ "a wrong secret", PLAIN, ":s 904 * :SASL failed\n", IRCLOGIN_REFUSED,
	    "", "SASL PLAIN: SASL failed" },
	{ "a locked account", PLAIN, ":s 902 * :locked\n", IRCLOGIN_REFUSED,
	    "", "locked" },

	{ "a nick that is taken", NOBODY, ":s 433 * guide :taken\n",
	    IRCLOGIN_GOING, "NICK guide2\n", "" },
	{ "all nicks taken", NOBODY,
	    ":s 433 * a :x\n:s 432 * a :x\n:s 436 * a :x\n:s 437 * a :x\n"
	    ":s 433 * a :x\n",
	    IRCLOGIN_FAILED,
	    "NICK guide2\nNICK guide_\nNICK guide__\nNICK guide___\n",
	    "no nick is free" },
	{ "welcomed with another nick", NOBODY, ":s 001 guid :cut\n",
	    IRCLOGIN_DONE, "", "" },
	{ "welcomed with a format", NOBODY, ":s 001 %n%s :hi\n",
	    IRCLOGIN_FAILED, "", "the nick given is none" },
	{ "welcomed with a channel's name", NOBODY, ":s 001 #guide :hi\n",
	    IRCLOGIN_FAILED, "", "none" },
	{ "welcomed without a name", NOBODY, ":s 001\n", IRCLOGIN_FAILED, "",
	    "none" },
	{ "the server's password is wrong", NOBODY, ":s 464 * :wrong\n",
	    IRCLOGIN_REFUSED, "", "password" },
	{ "banned", NOBODY, ":s 465 * :go away\n", IRCLOGIN_REFUSED, "",
	    "banned: go away" },
	{ "a number without parameters", NOBODY, ":s 465\n", IRCLOGIN_REFUSED,
	    "", "banned" },
	{ "words of no meaning here", NOBODY,
	    ":s NOTICE * :looking up\n:s 020 * :wait\nFROB\n", IRCLOGIN_GOING,
	    "", "" },
};

/* Lines without CR, so that a table reads well. */
static void
without_cr(struct buf *out)
{
	struct buf lf = { 0 };

	for (size_t i = 0; i < out->len; i++)
		if (out->p[i] != '\r')
			buf_addc(&lf, out->p[i]);
	buf_clear(out);
	*out = lf;
}

START_TEST(says_what_each_server_needs_to_hear)
{
	const struct ircconf conf = conf_of(rows[_i].who);
	struct str said = str_c(rows[_i].said), raw;
	enum irclogin_result result = IRCLOGIN_GOING;
	struct buf out = { 0 };
	struct irclogin g;
	struct ircline l;

	irclogin_start(&g, &conf, &out);
	buf_reset(&out);
	while (str_split(&said, '\n', &raw) && raw.len > 0) {
		ck_assert_msg(result == IRCLOGIN_GOING, "%s: ends early",
		    rows[_i].what);
		ck_assert(ircline_parse(raw, &l));
		result = irclogin_take(&g, &l, &out);
	}
	without_cr(&out);
	ck_assert_msg(result == rows[_i].result, "%s: result %d, %s",
	    rows[_i].what, (int)result, g.why);
	ck_assert_msg(str_is(buf_str(&out), rows[_i].sent), "%s: sent %s",
	    rows[_i].what, buf_cstr(&out));
	ck_assert_msg(strstr(g.why, rows[_i].why) != NULL, "%s: %s",
	    rows[_i].what, g.why);
	ck_assert_ptr_null(strstr(g.why, "hush"));
	buf_wipe(&out);
}
END_TEST

START_TEST(opens_with_a_name_that_says_what_it_is)
{
	struct ircconf conf = conf_of(NOBODY);
	struct buf out = { 0 };
	struct irclogin g;

	conf.password = STR("door");
	irclogin_start(&g, &conf, &out);
	ck_assert_str_eq(buf_cstr(&out),
	    "PASS :door\r\nCAP LS 302\r\nNICK guide\r\nUSER u 0 * "
	    ":automated guide, not a person; run by us\r\n");
	buf_wipe(&out);
}
END_TEST

static size_t
n_lines(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.p[i] == '\n';
	return n;
}

/* Lengths around a full piece: 400 characters are 300 bytes. */
static const struct {
	size_t secret;
	size_t pieces;
} sizes[] = { { 1, 1 }, { 289, 1 }, { 290, 2 }, { 291, 2 }, { 292, 2 },
	{ 293, 2 }, { 300, 2 } };

START_TEST(a_full_last_piece_is_followed_by_an_empty_one)
{
	char secret[300];
	struct ircconf conf = conf_of(PLAIN);
	struct buf out = { 0 };
	struct irclogin g;
	struct ircline l;
	struct str rest, line;
	size_t last = 400;

	memset(secret, 's', sizeof(secret));
	conf.secret = str_of(secret, sizes[_i].secret);
	irclogin_start(&g, &conf, &out);
	g.asked = true;
	buf_reset(&out);
	ck_assert(ircline_parse(STR("AUTHENTICATE +"), &l));
	ck_assert(irclogin_take(&g, &l, &out) == IRCLOGIN_GOING);
	ck_assert_uint_eq(n_lines(buf_str(&out)), sizes[_i].pieces);
	rest = buf_str(&out);
	while (str_split(&rest, '\n', &line) && line.len > 0) {
		ck_assert_uint_eq(last, 400);
		ck_assert(str_starts(line, STR("AUTHENTICATE ")));
		last = line.len - sizeof("AUTHENTICATE \r") + 1;
		ck_assert_uint_le(last, 400);
	}
	ck_assert_uint_lt(last, 400);
	buf_wipe(&out);
}
END_TEST

static const struct {
	const char *words;
	bool ban;
} bans[] = {
	{ "Closing Link: x (K-lined)", true },
	{ "Closing Link: x (k-LINE active)", true },
	{ "You are banned from this server", true },
	{ "AKILL: spam", true },
	{ "Closing Link: guide[h] (Autokilled: spam)", true },
	{ "K:lined", true },
	{ "Closing Link: x (Ping timeout)", false },
	{ "Killed (op (bye))", false },
	{ "K-lin", false },
	{ "", false },
};

START_TEST(tells_a_ban_from_a_quarrel)
{
	ck_assert_msg(irclogin_is_ban(str_c(bans[_i].words)) == bans[_i].ban,
	    "%s", bans[_i].words);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("irclogin");
	TCase *tc = tcase_create("irclogin");

	tcase_add_loop_test(tc, says_what_each_server_needs_to_hear, 0,
	    N_ROWS(rows));
	tcase_add_test(tc, opens_with_a_name_that_says_what_it_is);
	tcase_add_loop_test(tc, a_full_last_piece_is_followed_by_an_empty_one,
	    0, N_ROWS(sizes));
	tcase_add_loop_test(tc, tells_a_ban_from_a_quarrel, 0, N_ROWS(bans));
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
