#include "net/ircstaff.h"

#include <string.h>

#include "base/log.h"
#include "fake_gate.h"
#include "harness.h"

static const char *const whom[] = { "#staff", "anna" };
static const struct ircconf conf = { .name = "net", .alert = { whom, 2 } };

static struct ircchannels channels;
static struct ircstaff staff;

static void
setup(void)
{
	log_set_level(LOG_LEVEL_ERROR);
	ck_assert(ircchannels_init(&channels, &conf));
	staff = (struct ircstaff) { .conf = &conf, .channels = &channels,
		.gate = fake_gate() };
}

static void
teardown(void)
{
	ircstaff_clear(&staff);
	ircchannels_clear(&channels);
}

#define ABOUT(nick) nick " in #a may want support (a program's guess). " \
	"Please check in privately; don't mention it in channel.\n"
#define SAY_SO "I asked the channel's staff to look in on you, in private.\n"
#define WHOIS "WHOIS anna\n"

struct step {
	enum { END, DANGER, WHO, NICK, GONE, CLEAR } how;
	uint64_t s; /* when */
	const char *a;
	const char *b;
	const char *host; /* of who says so; NULL: a server */
};

#define IN_DANGER(at, nick) { .how = DANGER, .s = (at), .a = (nick) }
#define IS(at, nick, account) { .how = WHO, .s = (at), .a = (nick), \
	.b = (account) }
#define NOW(at, from, to) { .how = NICK, .s = (at), .a = (from), .b = (to) }
#define LEFT(at, nick) { .how = GONE, .s = (at), .a = (nick) }

static void
play(const struct step *step)
{
	for (; step->how != END; step++) {
		struct str a = step->a != NULL ? str_c(step->a) : STR("");
		struct ircgate_event e = { .what = IRCGATE_NUMERIC,
			.numeric = 330, .target = a };

		if (step->host != NULL)
			e.host = str_c(step->host);
		if (step->how == DANGER) {
			if (ircstaff_ask(&staff, a, STR("#a"), step->s * 1000))
				(void)ircgate_add(staff.gate,
				    &(struct ircqueue_block) { .target = a,
					.text = str_c(ircstaff_words) });
		} else if (step->how == WHO) {
			e.text = str_c(step->b);
			ircstaff_take(&staff, &e, step->s * 1000);
		} else if (step->how == NICK) {
			ircstaff_rename(&staff, a, str_c(step->b));
		} else if (step->how == GONE) {
			ircstaff_forget(&staff, a);
		} else {
			ircstaff_clear(&staff);
		}
	}
}

/* What is said, and to whom. */
static const struct {
	const char *what;
	bool in;     /* staff's channel ... */
	bool hidden; /* ... which nobody else reads */
	struct step steps[5];
	const char *says;
} stories[] = {
	{ "a hidden channel at once, and the person knows", true, true,
	    { IN_DANGER(0, "kim") },
	    "#staff: " ABOUT("kim") WHOIS "kim: " SAY_SO },
	{ "an open one is told nothing", true, false,
	    { IN_DANGER(0, "kim") }, WHOIS },
	{ "nor one that it is not in", false, true, { IN_DANGER(0, "kim") },
	    WHOIS },
	{ "a nick that is logged in under its name", false, false,
	    { IN_DANGER(0, "kim"), IS(1, "anna", "anna") },
	    WHOIS "anna: " ABOUT("kim") "kim: " SAY_SO },
	{ "both, and the person is told once", true, true,
	    { IN_DANGER(0, "kim"), IS(1, "ANNA", "anna") },
	    "#staff: " ABOUT("kim") WHOIS "kim: " SAY_SO
	    "anna: " ABOUT("kim") },
	{ "one that is logged in as another", false, false,
	    { IN_DANGER(0, "kim"), IS(1, "anna", "eve") }, WHOIS },
	{ "a person who says so is no server", false, false,
	    { IN_DANGER(0, "kim"), { WHO, 1, "anna", "anna", "e@h" } },
	    WHOIS },
	{ "somebody else's log-in", false, false,
	    { IN_DANGER(0, "kim"), IS(1, "eve", "eve") }, WHOIS },
	{ "a log-in that nobody asked about", false, false,
	    { IS(1, "anna", "anna") }, "" },
	{ "an answer that comes too late", false, false,
	    { IN_DANGER(0, "kim"), IS(61, "anna", "anna") }, WHOIS },
	{ "twice the same answer", false, false,
	    { IN_DANGER(0, "kim"), IS(1, "anna", "anna"),
		IS(2, "anna", "anna") },
	    WHOIS "anna: " ABOUT("kim") "kim: " SAY_SO },
	{ "once in half an hour", true, true,
	    { IN_DANGER(0, "kim"), IN_DANGER(1799, "kim") },
	    "#staff: " ABOUT("kim") WHOIS "kim: " SAY_SO },
	{ "again after it", true, true,
	    { IN_DANGER(0, "kim"), IN_DANGER(1800, "kim") },
	    "#staff: " ABOUT("kim") WHOIS "kim: " SAY_SO
	    "#staff: " ABOUT("kim") WHOIS "kim: " SAY_SO },
	{ "again where nobody was told", false, false,
	    { IN_DANGER(0, "kim"), IN_DANGER(9, "kim"),
		IS(10, "anna", "anna") },
	    WHOIS WHOIS "anna: " ABOUT("kim") "kim: " SAY_SO },
	{ "a new nick is the same person", true, true,
	    { IN_DANGER(0, "kim"), NOW(1, "kim", "kimmy"),
		IN_DANGER(2, "kimmy") },
	    "#staff: " ABOUT("kim") WHOIS "kim: " SAY_SO },
	{ "told of by the new nick", false, false,
	    { IN_DANGER(0, "kim"), NOW(1, "kim", "kimmy"),
		IS(2, "anna", "anna") },
	    WHOIS "anna: " ABOUT("kimmy") "kimmy: " SAY_SO },
	{ "who left is not looked in on", false, false,
	    { IN_DANGER(0, "kim"), LEFT(1, "kim"),
		IS(2, "anna", "anna") },
	    WHOIS },
	{ "nor after the connection", false, false,
	    { IN_DANGER(0, "kim"), { .how = CLEAR }, IS(2, "anna", "anna") },
	    WHOIS },
	{ "a nick too long is not cut to another's", true, true,
	    { IN_DANGER(0, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") },
	    "" },
};

START_TEST(tells_staff_and_nobody_else)
{
	const char *said;

	channels.list[0].joined = stories[_i].in;
	channels.list[0].hidden = stories[_i].hidden;
	play(stories[_i].steps);
	said = fake_gate_said();
	ck_assert_msg(strcmp(said, stories[_i].says) == 0, "%s: %s",
	    stories[_i].what, said);
}
END_TEST

START_TEST(promises_nothing_that_could_not_be_sent)
{
	channels.list[0].joined = channels.list[0].hidden = true;
	fake_gate_fail(true);
	ck_assert(!ircstaff_ask(&staff, STR("kim"), STR("#a"), 0));
	fake_gate_fail(false);
	ck_assert(ircstaff_ask(&staff, STR("kim"), STR("#a"), 1000));
}
END_TEST

START_TEST(is_off_unless_somebody_is_named)
{
	static const struct ircconf none = { .name = "net" };

	staff.conf = &none;
	ck_assert(!ircstaff_ask(&staff, STR("kim"), STR("#a"), 0));
	ck_assert_str_eq(fake_gate_said(), "");
}
END_TEST

START_TEST(remembers_so_many_and_no_more)
{
	char nick[] = "p00";

	channels.list[0].joined = channels.list[0].hidden = true;
	for (int i = 0; i <= IRCSTAFF_CALLS; i++) {
		nick[1] = (char)('0' + i / 10);
		nick[2] = (char)('0' + i % 10);
		ck_assert(ircstaff_ask(&staff, str_c(nick), STR("#a"),
		    (uint64_t)i + 1));
		(void)fake_gate_said();
	}
	/* The first made room for the last. */
	ck_assert(!ircstaff_ask(&staff, STR("p01"), STR("#a"), 1000));
	ck_assert(ircstaff_ask(&staff, STR("p00"), STR("#a"), 1000));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ircstaff");
	TCase *tc = tcase_create("ircstaff");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, tells_staff_and_nobody_else, 0,
	    N_ROWS(stories));
	tcase_add_test(tc, promises_nothing_that_could_not_be_sent);
	tcase_add_test(tc, is_off_unless_somebody_is_named);
	tcase_add_test(tc, remembers_so_many_and_no_more);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
