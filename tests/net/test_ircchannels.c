#include "net/ircchannels.h"

#include <string.h>

#include "base/log.h"
#include "fake_gate.h"
#include "harness.h"

static struct ircconf_channel parts[] = {
	{ .name = { "#a", 2 } },
	{ .name = { "#b", 2 }, .key = { "sesame", 6 } },
};
static const char *const names[] = { "#a", "#b sesame" };
static const char *const staff[] = { "#staff", "anna" };
static const struct ircconf conf = { .name = "net", .channels = { names, 2 },
	.parts = parts, .alert = { staff, 2 } };

static struct ircchannels channels;
static struct ircgate *gate;

static void
setup(void)
{
	log_set_level(LOG_LEVEL_ERROR);
	gate = fake_gate();
	ck_assert(ircchannels_init(&channels, &conf));
}

static void
teardown(void)
{
	ircchannels_clear(&channels);
}

/* What may happen, with a minute in which it does. */
struct step {
	enum { END, TAKE, TICK, LOST, RETURN } how;
	uint64_t minute;
	enum ircgate_what what;
	const char *target;
	const char *text;
	unsigned numeric;
	bool mine;
};

#define TICK_AT(m) { .how = TICK, .minute = (m) }
#define WE(w, channel) { .how = TAKE, .what = IRCGATE_##w, \
	.target = (channel), .text = "", .mine = true }
#define THEY(w, channel, words) { .how = TAKE, .what = IRCGATE_##w, \
	.target = (channel), .text = (words) }
#define SAID(n, channel, words) { .how = TAKE, .what = IRCGATE_NUMERIC, \
	.numeric = (n), .target = (channel), .text = (words) }
#define ALL "JOIN #a\nJOIN #b sesame\nJOIN #staff\n"
#define IN WE(JOIN, "#a"), WE(JOIN, "#b"), WE(JOIN, "#staff")

static void
take(const struct step *s)
{
	const struct ircgate_event e = { .what = s->what, .mine = s->mine,
		.numeric = s->numeric, .target = str_c(s->target),
		.text = str_c(s->text) };

	ircchannels_take(&channels, gate, &e, s->minute * 60000);
}

static void
play(const struct step *s)
{
	for (; s->how != END; s++)
		switch (s->how) {
		case TAKE:
			take(s);
			break;
		case TICK:
			ircchannels_join(&channels, gate, s->minute * 60000);
			break;
		case LOST:
			ircchannels_lost(&channels);
			break;
		default:
			ircchannels_return(&channels);
			break;
		}
}

/* What is sent while this happens. */
static const struct {
	const char *what;
	struct step steps[10];
	const char *says;
} stories[] = {
	{ "all are joined, with their keys, staff's too", { TICK_AT(0) }, ALL },
	{ "not twice while an answer is due", { TICK_AT(0), TICK_AT(1) }, ALL },
	{ "where it is not let in it tries in half an hour",
	    { TICK_AT(0), WE(JOIN, "#b"), WE(JOIN, "#staff"),
		SAID(474, "#a", "banned"), TICK_AT(29), TICK_AT(30) },
	    ALL "MODE #staff\nJOIN #a\n" },
	{ "nor where it is sent elsewhere, and there it does not stay",
	    { TICK_AT(0), SAID(470, "#a", "##a"), WE(JOIN, "##a"),
		TICK_AT(10) },
	    ALL "PART ##a\n" },
	{ "who puts it into another channel sees it go",
	    { WE(JOIN, "#elsewhere") }, "PART #elsewhere\n" },
	{ "after a kick it stays out, also after a new connection",
	    { TICK_AT(0), IN, THEY(KICK, "#a", "guide"), TICK_AT(40),
		{ .how = LOST }, TICK_AT(41) },
	    ALL "MODE #staff\nJOIN #b sesame\nJOIN #staff\n" },
	{ "another one's kick is not ours",
	    { TICK_AT(0), IN, THEY(KICK, "#a", "guide2"), { .how = LOST },
		TICK_AT(1) },
	    ALL "MODE #staff\n" ALL },
	{ "when it was made to leave it stays out",
	    { TICK_AT(0), IN, WE(PART, "#b"), TICK_AT(40) },
	    ALL "MODE #staff\n" },
	{ "another one leaves",
	    { TICK_AT(0), IN, THEY(PART, "#b", ""), TICK_AT(40) },
	    ALL "MODE #staff\n" },
	{ "an invitation brings it back",
	    { TICK_AT(0), IN, THEY(KICK, "#a", "guide"),
		THEY(INVITE, "#a", "guide") },
	    ALL "MODE #staff\nJOIN #a\n" },
	{ "an invitation to elsewhere does not",
	    { THEY(INVITE, "#elsewhere", "guide") }, "" },
	{ "nor one to where it is",
	    { TICK_AT(0), IN, THEY(INVITE, "#a", "guide") },
	    ALL "MODE #staff\n" },
	{ "the operator asks it back",
	    { TICK_AT(0), IN, THEY(KICK, "#a", "guide"), { .how = RETURN },
		TICK_AT(1) },
	    ALL "MODE #staff\nJOIN #a\n" },
	{ "a new connection joins all anew",
	    { TICK_AT(0), IN, { .how = LOST }, TICK_AT(1) },
	    ALL "MODE #staff\n" ALL },
	{ "a channel is the same in other letters",
	    { TICK_AT(0), WE(JOIN, "#A"), WE(JOIN, "#B"), WE(JOIN, "#STAFF"),
		TICK_AT(40) },
	    ALL "MODE #STAFF\n" },
	{ "staff's channel is asked again when its modes change",
	    { WE(JOIN, "#staff"), THEY(MODE, "#staff", "-s"),
		THEY(MODE, "#a", "-s") },
	    "MODE #staff\nMODE #staff\n" },
};

START_TEST(is_where_it_is_wanted_and_nowhere_else)
{
	const char *said;

	play(stories[_i].steps);
	said = fake_gate_said();
	ck_assert_msg(strcmp(said, stories[_i].says) == 0, "%s: %s",
	    stories[_i].what, said);
}
END_TEST

/* Whether staff may be told in their channel. */
static const struct {
	const char *what;
	struct step steps[8];
	bool hidden;
} hidings[] = {
	{ "as long as nothing is known", { WE(JOIN, "#staff") }, false },
	{ "+s", { WE(JOIN, "#staff"), SAID(324, "#staff", "+nst") }, true },
	{ "+i", { WE(JOIN, "#staff"), SAID(324, "#staff", "+i") }, true },
	{ "open", { WE(JOIN, "#staff"), SAID(324, "#staff", "+nt") }, false },
	{ "opened",
	    { WE(JOIN, "#staff"), SAID(324, "#staff", "+s"),
		THEY(MODE, "#staff", "-s") },
	    false },
	{ "opened half, until the server has said what holds",
	    { WE(JOIN, "#staff"), SAID(324, "#staff", "+si"),
		THEY(MODE, "#staff", "-s"), SAID(324, "#staff", "+i") },
	    true },
	{ "a voice changes nothing",
	    { WE(JOIN, "#staff"), SAID(324, "#staff", "+s"),
		THEY(MODE, "#staff", "+v") },
	    true },
	{ "out of it",
	    { WE(JOIN, "#staff"), SAID(324, "#staff", "+s"),
		THEY(KICK, "#staff", "guide") },
	    false },
	{ "a new connection",
	    { WE(JOIN, "#staff"), SAID(324, "#staff", "+s"),
		{ .how = LOST } },
	    false },
};

START_TEST(knows_whether_staffs_channel_is_hidden)
{
	const struct ircchannel *ch;

	play(hidings[_i].steps);
	ch = ircchannels_find(&channels, ircgate_self(gate), STR("#staff"));
	ck_assert_ptr_nonnull(ch);
	ck_assert(ch->staff);
	ck_assert_msg(ch->hidden == hidings[_i].hidden, "%s",
	    hidings[_i].what);
}
END_TEST

/* Whether a second line for everybody may be said so many minutes later. */
static const struct {
	const char *what;
	struct step steps[3];
	uint64_t minute;
	bool may;
} publics[] = {
	{ "at once", { { .how = END } }, 0, false },
	{ "in nine minutes", { { .how = END } }, 9, false },
	{ "in ten", { { .how = END } }, 10, true },
	{ "at once, where nobody was let hear it",
	    { WE(JOIN, "#a"), SAID(404, "#a", "no voice") }, 0, true },
	{ "an error of before it was in",
	    { SAID(471, "#a", "full") }, 0, false },
	{ "an error of another channel",
	    { WE(JOIN, "#b"), SAID(404, "#b", "no voice") }, 0, false },
};

START_TEST(goes_public_once_in_ten_minutes)
{
	struct ircchannel *ch = ircchannels_find(&channels,
	    ircgate_self(gate), STR("#a"));

	ck_assert(ircchannel_may_go_public(ch, 0));
	play(publics[_i].steps);
	ck_assert_msg(ircchannel_may_go_public(ch,
		publics[_i].minute * 60000) == publics[_i].may, "%s",
	    publics[_i].what);
}
END_TEST

START_TEST(says_ten_lines_a_minute_and_no_part_of_more)
{
	struct ircchannel *ch = &channels.list[0];

	ck_assert(ircchannel_may_say(ch, 8, 0));
	ck_assert(!ircchannel_may_say(ch, 3, 0));
	ck_assert(ircchannel_may_say(ch, 2, 0));
	ck_assert(!ircchannel_may_say(ch, 1, 5999));
	ck_assert(ircchannel_may_say(ch, 1, 6000));
	ck_assert(ircchannel_may_say(&channels.list[1], 10, 6000));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ircchannels");
	TCase *tc = tcase_create("ircchannels");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, is_where_it_is_wanted_and_nowhere_else, 0,
	    N_ROWS(stories));
	tcase_add_loop_test(tc, knows_whether_staffs_channel_is_hidden, 0,
	    N_ROWS(hidings));
	tcase_add_loop_test(tc, goes_public_once_in_ten_minutes, 0,
	    N_ROWS(publics));
	tcase_add_test(tc, says_ten_lines_a_minute_and_no_part_of_more);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
