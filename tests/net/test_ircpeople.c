#include "net/ircpeople.h"

#include <stdio.h>
#include <string.h>

#include "guide/session.h"
#include "harness.h"

static struct ircpeople people;
static struct ircself me;

static void
setup(void)
{
	ircpeople_init(&people);
	ircself_init(&me);
}

static void
teardown(void)
{
	ircpeople_clear(&people);
	ck_assert_uint_eq(people.n, 0);
}

static struct ircperson *
get(const char *nick, const char *account, const char *host)
{
	const struct ircperson_id id = { .nick = str_c(nick),
		.account = str_c(account), .host = str_c(host),
		.now_ms = 1 };

	return ircpeople_get(&people, NULL, &me, &id);
}

static struct ircperson *
by_nick(const char *nick)
{
	return get(nick, "", "k@h");
}

struct event {
	enum { NOTHING, RENAME, MOVE, LOG_IN, LEAVE, FORGET } how;
	const char *a;
	const char *b;
};

static void
happen(const struct event *e)
{
	for (; e->how != NOTHING; e++)
		switch (e->how) {
		case RENAME:
			ircpeople_rename(&people, &me, str_c(e->a),
			    str_c(e->b));
			break;
		case MOVE:
			ircpeople_move(&people, &me, STR("kim"), str_c(e->a),
			    str_c(e->b));
			break;
		case LOG_IN:
			ircpeople_log_in(&people, &me, str_c(e->a),
			    str_c(e->b));
			break;
		case LEAVE:
			ircpeople_leave(&people, &me, str_c(e->a));
			break;
		default:
			ircpeople_forget_nicks(&people);
			break;
		}
}

#define LONG_NAME \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
	"aaaaaaaaaaa"

/* kim talks, things happen, somebody talks: is the session kim's? */
static const struct {
	const char *what;
	const char *account; /* kim's */
	struct event events[4];
	const char *nick; /* who talks then */
	const char *then_account;
	const char *host;
	bool same;
} stories[] = {
	{ "the same nick", "", { { .how = NOTHING } }, "kim", "", "k@h", true },
	{ "in other letters", "", { { .how = NOTHING } }, "KIM", "", "k@h", true },
	{ "another nick", "", { { .how = NOTHING } }, "kimmy", "", "k@h", false },
	{ "the nick from elsewhere: who had it left unseen", "", { { .how = NOTHING } },
	    "kim", "", "eve@elsewhere", false },
	{ "a new nick", "", { { RENAME, "kim", "kimmy" } }, "kimmy", "", "k@h",
	    true },
	{ "two new nicks", "",
	    { { RENAME, "kim", "bo" }, { RENAME, "bo", "kimmy" } }, "kimmy",
	    "", "k@h", true },
	{ "the nick that was given up is nobody's", "",
	    { { RENAME, "kim", "kimmy" } }, "kim", "", "k@h", false },
	{ "a new host", "", { { MOVE, "k@h", "k@cloaked" } }, "kim", "",
	    "k@cloaked", true },
	{ "a host that was given up is nobody's", "",
	    { { MOVE, "k@h", "k@cloaked" } }, "kim", "", "k@h", false },
	{ "a new host of another under that nick", "",
	    { { MOVE, "eve@h", "eve@cloaked" } }, "kim", "", "eve@cloaked",
	    false },
	{ "another one's new nick", "", { { RENAME, "bo", "kimmy" } }, "kimmy",
	    "", "k@h", false },
	{ "a nick without letters ends it", "", { { RENAME, "kim", "" } }, "",
	    "", "k@h", false },
	{ "a nick too long ends it", "", { { RENAME, "kim", LONG_NAME } },
	    "kim", "", "k@h", false },
	{ "who left is not who comes", "", { { LEAVE, "kim", NULL } }, "kim",
	    "", "k@h", false },
	{ "another one left", "", { { LEAVE, "kimmy", NULL } }, "kim", "",
	    "k@h", true },
	{ "a new connection: nicks prove nothing", "",
	    { { FORGET, NULL, NULL } }, "kim", "", "k@h", false },
	{ "an account is the same under any nick and from anywhere", "ann",
	    { { .how = NOTHING } }, "zoe", "ann", "z@elsewhere", true },
	{ "also after a new connection", "ann", { { FORGET, NULL, NULL } },
	    "zoe", "ann", "z@h", true },
	{ "but not without it", "ann", { { .how = NOTHING } }, "kim", "", "k@h", false },
	{ "another account under the same nick", "ann", { { .how = NOTHING } }, "kim",
	    "bob", "k@h", false },
	{ "a log-in takes the session along", "", { { LOG_IN, "kim", "ann" } },
	    "zoe", "ann", "z@h", true },
	{ "which is not the nick's any more", "", { { LOG_IN, "kim", "ann" } },
	    "kim", "", "k@h", false },
	{ "a tag says the same as a log-in", "", { { .how = NOTHING } }, "kim", "ann",
	    "k@h", true },
	{ "a log-out is no log-in", "", { { LOG_IN, "kim", "" } }, "kim", "",
	    "k@h", true },
	{ "an account that leaves is wiped", "ann", { { LEAVE, "kim", NULL } },
	    "kim", "ann", "k@h", false },
	{ "an account too long", "", { { LOG_IN, "kim", LONG_NAME } }, "kim",
	    "", "k@h", true },
	{ "no nick is an account", "ann", { { .how = NOTHING } }, "=ann", "", "k@h",
	    false },
};

/* Kept from use by another session: the old one may be gone already. */
START_TEST(a_session_is_one_persons)
{
	struct ircperson *kim = get("kim", stories[_i].account, "k@h");
	struct ircperson *then;

	ck_assert_ptr_nonnull(kim);
	buf_add(&kim->rest, STR("kim's"));
	happen(stories[_i].events);
	then = get(stories[_i].nick, stories[_i].then_account,
	    stories[_i].host);
	ck_assert_msg((then != NULL && then->rest.len > 0) ==
		stories[_i].same, "%s", stories[_i].what);
	if (then != NULL)
		ck_assert_str_eq(then->nick, stories[_i].nick);
}
END_TEST

START_TEST(what_an_account_said_before_counts_more)
{
	struct ircperson *ann = get("ann", "ann", "a@h");

	(void)by_nick("kim");
	ircpeople_log_in(&people, &me, STR("kim"), STR("ann"));
	ck_assert_uint_eq(people.n, 1);
	ck_assert_ptr_eq(get("kim", "ann", "k@h"), ann);
	ck_assert_str_eq(ann->nick, "kim");
}
END_TEST

START_TEST(who_takes_a_nick_takes_its_place)
{
	(void)by_nick("kim");
	(void)by_nick("bo");
	ircpeople_rename(&people, &me, STR("bo"), STR("kim"));
	ck_assert_uint_eq(people.n, 1);
}
END_TEST

static const char *const no_names[] = { "", LONG_NAME };

START_TEST(has_no_session_for_what_is_no_name)
{
	ck_assert_ptr_null(by_nick(no_names[_i]));
	ck_assert_uint_eq(people.n, 0);
}
END_TEST

START_TEST(who_was_silent_for_longest_makes_room)
{
	char nick[16];

	for (int i = 0; i < IRCPEOPLE_MAX; i++) {
		snprintf(nick, sizeof(nick), "p%d", i);
		ck_assert_ptr_nonnull(by_nick(nick));
	}
	buf_add(&by_nick("p0")->rest, STR("first"));
	buf_add(&by_nick("p1")->rest, STR("second"));
	(void)by_nick("p0");
	for (int i = 2; i < IRCPEOPLE_MAX; i++) {
		snprintf(nick, sizeof(nick), "q%d", i);
		(void)by_nick(nick);
		ck_assert_uint_eq(people.n, IRCPEOPLE_MAX);
	}
	(void)by_nick("one-more");
	ck_assert_uint_gt(by_nick("p0")->rest.len, 0);
	ck_assert_uint_eq(by_nick("p1")->rest.len, 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ircpeople");
	TCase *tc = tcase_create("ircpeople");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, a_session_is_one_persons, 0, N_ROWS(stories));
	tcase_add_test(tc, what_an_account_said_before_counts_more);
	tcase_add_test(tc, who_takes_a_nick_takes_its_place);
	tcase_add_loop_test(tc, has_no_session_for_what_is_no_name, 0,
	    N_ROWS(no_names));
	tcase_add_test(tc, who_was_silent_for_longest_makes_room);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
