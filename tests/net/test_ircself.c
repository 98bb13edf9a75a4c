#include "net/ircself.h"

#include <stdio.h>

#include "harness.h"

static void
take(struct ircself *me, const char *lines)
{
	struct str rest = str_c(lines), raw;
	struct ircline l;

	while (str_split(&rest, '\n', &raw) && raw.len > 0) {
		ck_assert_msg(ircline_parse(raw, &l), "%s", lines);
		ircself_take(me, &l);
	}
}

#define WELCOME ":s 001 guide :hi\n"

/* Which nick is ours after these lines. */
static const struct {
	const char *what;
	const char *lines;
	const char *nick;
} nicks[] = {
	{ "what 001 gave, not what was asked", ":s 001 guid :cut\n", "guid" },
	{ "our own change", WELCOME ":guide!u@h NICK leader\n", "leader" },
	{ "another one's change, who begins like us",
	    WELCOME ":guide2!u@h NICK x\n", "guide" },
	{ "another one's change, whom we begin like",
	    WELCOME ":guid!u@h NICK x\n", "guide" },
	{ "in other letters it is ours", WELCOME ":GUIDE!u@h NICK y\n", "y" },
	{ "a change to nothing", WELCOME ":guide!u@h NICK\n", "guide" },
	{ "a change to two words", WELCOME ":guide!u@h NICK :a b\n", "guide" },
	{ "a change without a prefix", WELCOME "NICK x\n", "guide" },
	{ "too long a change",
	    WELCOME ":guide!u@h NICK :aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
	    "guide" },
};

START_TEST(knows_its_own_nick_and_no_other)
{
	struct ircself me;

	ircself_init(&me);
	take(&me, nicks[_i].lines);
	ck_assert_msg(strcmp(me.nick, nicks[_i].nick) == 0, "%s: %s",
	    nicks[_i].what, me.nick);
	ck_assert(ircself_is_me(&me, str_c(nicks[_i].nick)));
}
END_TEST

/* Bytes for others: 510 less ":nick!user@host PRIVMSG #x :". */
static const struct {
	const char *what;
	const char *lines;
	size_t budget;
} budgets[] = {
	/* 30, 11 and 63 where nobody says, and ":!@ PRIVMSG  :" are 14 */
	{ "as long as it may be, before we saw it", WELCOME,
	    510 - 30 - 11 - 63 - 14 - 2 },
	{ "as the server says it may be",
	    WELCOME ":s 005 guide NICKLEN=20 USERLEN=9 HOSTLEN=40 :are\n",
	    510 - 20 - 9 - 40 - 14 - 2 },
	{ "our own JOIN shows it", WELCOME ":guide!~u@some.host JOIN #x\n",
	    510 - 5 - 2 - 9 - 14 - 2 },
	{ "another one's JOIN does not",
	    WELCOME ":guide2!~u@some.host JOIN #x\n",
	    510 - 30 - 11 - 63 - 14 - 2 },
	{ "CHGHOST", WELCOME
	    ":guide!u@h JOIN #x\n:guide!u@h CHGHOST user a.long.host\n",
	    510 - 5 - 4 - 11 - 14 - 2 },
	{ "396 with a host",
	    WELCOME ":guide!u@h JOIN #x\n:s 396 guide cloak.host :is\n",
	    510 - 5 - 1 - 10 - 14 - 2 },
	{ "396 with user and host",
	    WELCOME ":guide!u@h JOIN #x\n:s 396 guide me@cloak.host :is\n",
	    510 - 5 - 2 - 10 - 14 - 2 },
	{ "a longer nick", WELCOME ":guide!u@h JOIN #x\n:guide!u@h NICK leader\n",
	    510 - 6 - 1 - 1 - 14 - 2 },
	{ "a prefix without a host", WELCOME ":guide JOIN #x\n",
	    510 - 30 - 11 - 63 - 14 - 2 },
	{ "the @ before the !", WELCOME ":guide@h!u JOIN #x\n",
	    510 - 30 - 11 - 63 - 14 - 2 },
	{ "lengths that are none",
	    WELCOME ":s 005 guide NICKLEN=0 USERLEN=x HOSTLEN=9999999 "
		    "NICKLEN= NICKLEN=-1 :are\n",
	    510 - 30 - 11 - 63 - 14 - 2 },
};

START_TEST(the_budget_follows_the_real_prefix)
{
	struct ircself me;

	ircself_init(&me);
	take(&me, budgets[_i].lines);
	ck_assert_msg(ircself_budget(&me, STR("#x")) == budgets[_i].budget,
	    "%s: %zu", budgets[_i].what, ircself_budget(&me, STR("#x")));
}
END_TEST

START_TEST(a_line_keeps_room_for_words)
{
	char name[600];
	struct ircself me;

	ircself_init(&me);
	memset(name, 'x', sizeof(name));
	ck_assert_uint_eq(ircself_budget(&me, str_of(name, sizeof(name))), 64);
}
END_TEST

static const struct {
	const char *what;
	const char *token;
	size_t targets;
	char bot;
	bool penalty;
} tokens[] = {
	{ "nothing said", "X=1", 1, 0, false },
	{ "MAXTARGETS", "MAXTARGETS=4", 4, 0, false },
	{ "TARGMAX", "TARGMAX=NAMES:1,PRIVMSG:3,NOTICE:5", 5, 0, false },
	{ "TARGMAX without a number is without limit", "TARGMAX=NOTICE:", 20,
	    0, false },
	{ "TARGMAX of others", "TARGMAX=PRIVMSG:7", 1, 0, false },
	{ "more targets than a line should have", "MAXTARGETS=4000", 1, 0,
	    false },
	{ "BOT", "BOT=B", 1, 'B', false },
	{ "BOT without a letter", "BOT=", 1, 0, false },
	{ "BOT with two", "BOT=BC", 1, 0, false },
	{ "PENALTY", "PENALTY", 1, 0, true },
	{ "what only begins alike", "PENALTYBOX BOTS=B", 1, 0, false },
};

START_TEST(reads_what_the_server_can_do)
{
	char line[200];
	struct ircself me;

	ircself_init(&me);
	snprintf(line, sizeof(line), ":s 005 guide %s :are supported\n",
	    tokens[_i].token);
	take(&me, line);
	ck_assert_msg(me.targets == tokens[_i].targets &&
		me.bot_mode == tokens[_i].bot &&
		me.penalty == tokens[_i].penalty,
	    "%s: %zu", tokens[_i].what, me.targets);
}
END_TEST

static const struct {
	const char *map;
	const char *a, *b;
	bool same;
} cases[] = {
	{ "ascii", "Kim", "kIM", true },
	{ "ascii", "a[b]", "a{b}", false },
	{ "rfc1459", "A[b]\\~", "a{B}|^", true },
	{ "strict-rfc1459", "a[b]\\", "a{b}|", true },
	{ "strict-rfc1459", "a~", "a^", false },
	{ "of-its-own", "a[", "a{", false },
	{ "rfc1459", "kim", "kimmy", false },
	{ "rfc1459", "", "", true },
};

START_TEST(names_are_the_same_as_the_server_says)
{
	char line[100], fold_a[20], fold_b[20];
	struct ircself me;

	ircself_init(&me);
	snprintf(line, sizeof(line), ":s 005 g CASEMAPPING=%s :x\n",
	    cases[_i].map);
	take(&me, line);
	ck_assert_msg(ircself_same(&me, str_c(cases[_i].a),
			  str_c(cases[_i].b)) == cases[_i].same,
	    "%s %s %s", cases[_i].map, cases[_i].a, cases[_i].b);
	ircself_fold(&me, str_c(cases[_i].a), fold_a, sizeof(fold_a));
	ircself_fold(&me, str_c(cases[_i].b), fold_b, sizeof(fold_b));
	ck_assert_int_eq(strcmp(fold_a, fold_b) == 0, cases[_i].same);
}
END_TEST

static const struct {
	const char *line;
	const char *target;
	bool channel;
} channels[] = {
	{ ":s 005 g X :x\n", "#x", true },
	{ ":s 005 g X :x\n", "&x", true },
	{ ":s 005 g X :x\n", "x", false },
	{ ":s 005 g X :x\n", "", false },
	{ ":s 005 g X :x\n", "@#x", false },
	{ ":s 005 g STATUSMSG=@+ :x\n", "@#x", true },
	{ ":s 005 g STATUSMSG=@+ :x\n", "@+#x", true },
	{ ":s 005 g STATUSMSG=@+ :x\n", "@x", false },
	{ ":s 005 g STATUSMSG=@+ :x\n", "@", false },
	{ ":s 005 g CHANTYPES=! :x\n", "#x", false },
	{ ":s 005 g CHANTYPES=! :x\n", "!x", true },
};

START_TEST(tells_channels_from_people)
{
	struct ircself me;

	ircself_init(&me);
	take(&me, channels[_i].line);
	ck_assert_msg(ircself_is_channel(&me, str_c(channels[_i].target)) ==
		channels[_i].channel, "%s %s", channels[_i].line,
	    channels[_i].target);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ircself");
	TCase *tc = tcase_create("ircself");

	tcase_add_loop_test(tc, knows_its_own_nick_and_no_other, 0,
	    N_ROWS(nicks));
	tcase_add_loop_test(tc, the_budget_follows_the_real_prefix, 0,
	    N_ROWS(budgets));
	tcase_add_test(tc, a_line_keeps_room_for_words);
	tcase_add_loop_test(tc, reads_what_the_server_can_do, 0,
	    N_ROWS(tokens));
	tcase_add_loop_test(tc, names_are_the_same_as_the_server_says, 0,
	    N_ROWS(cases));
	tcase_add_loop_test(tc, tells_channels_from_people, 0,
	    N_ROWS(channels));
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
