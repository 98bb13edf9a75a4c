/*
 * screen.c - what it costs to read one message for words of harm.
 *
 *	screen [SECONDS]
 *
 * Reads ordinary messages of about 60 characters, all readings each, and
 * prints the median, the 99th percentile and the mean in microseconds.  Then
 * lines that are made to cost, each kind in three lengths up to the longest
 * that is read: milliseconds of the dearest turn on the way to their answer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "guide/guide.h"
#include "guide/risk.h"
#include "guide/session.h"
#include "guide/talk.h"

#define MOST 4000000
#define ROUNDS 5 /* of each hostile line; the least of them counts */

static const char *const messages[] = {
	"what would a normal week in an intensive outpatient program be",
	"my insurance said they need a referral from the doctor first",
	"does anyone know why the update removed my wireless network",
	"i started therapy last month and it is going okay, i think",
	"can i keep my job while i do this or is it during the day",
	"have you tried to restart it and look at the log afterwards?",
	"they told me that groups are small and that it is in person",
	"we talked about the weather and the trip to the lake in may",
};

static uint64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static int
by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void
print(uint32_t *ns, size_t n, size_t hits)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += ns[i];
	qsort(ns, n, sizeof *ns, by_size);
	printf("{\"bench\":\"screen\",\"messages\":%zu,\"hits\":%zu,"
	    "\"median_us\":%.3f,\"p99_us\":%.3f,\"mean_us\":%.3f}\n", n, hits,
	    ns[n / 2] / 1e3, ns[n * 99 / 100] / 1e3,
	    (double)sum / (double)n / 1e3);
}

static void
measure(struct guide *g, uint32_t *ns, uint64_t seconds)
{
	struct risk_screen screen = guide_screen(g);
	uint64_t end = now_ns() + seconds * 1000000000u, start;
	struct clean c = { 0 };
	size_t n = 0, hits = 0;
	bool shielded;

	while (n < MOST && now_ns() < end) {
		const char *m = messages[n % (sizeof messages / sizeof *messages)];

		start = now_ns();
		if (clean_line(&c, str_c(m)) && risk_look(&screen, &c, STR(""),
		    &shielded).level != RISK_NONE)
			hits++;
		ns[n++] = (uint32_t)(now_ns() - start);
	}
	clean_wipe(&c);
	print(ns, n, hits);
}

/* Lines made to cost: a piece repeated, and a counter that keeps the words
 * apart where a cache would help. */
static const struct {
	const char *what;
	const char *piece;
	bool apart;
} hostile[] = {
	{ "ordinary", "we talked about the weather and the trip to the lake ",
	    false },
	{ "one long word", "abcdefghij", false },
	{ "misspelt risk words", "suicde slef hrm overdsoe kil myslef wnat dei ",
	    false },
	{ "odd words, each another", "sqcidal", true },
	{ "glued words", "iwenttothelakeanditwasfine", true },
	{ "glued words with an end that fits none",
	    "iwanttoiwanttoiwanttoiwantq ", false },
	{ "stretched", "suuuuiccciiiidddde kiiiillll myseeeelf ", false },
	{ "spaced", "s u i c i d a l ", false },
	{ "leet", "5u1c1d3 k1ll my53lf ", false },
	{ "alternating scripts", "s\xD1\x83i\xD1\x81id\xD0\xB5 \xD0\xBAill ",
	    false },
	{ "marks", "e\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85\xCC\x86", false },
	{ "marks in no order", "a\xCC\x9B\xCC\xA3\xCC\x81\xCC\x9B\xCC\xA3", false },
	{ "one letter and marks", "\xCC\x81\xCC\xA3", false },
	{ "wide letters", "\xEF\xBD\x8B\xEF\xBD\x89\xEF\xBD\x8C\xEF\xBD\x8C ",
	    false },
	{ "letters that unfold", "\xEF\xB7\xBA ", false },
	{ "broken bytes", "\xFF\xC0 \xE2\x82", false },
	{ "beginnings of rules", "i want to i am going to i wish i could ",
	    false },
	{ "words of rules", "i me my want die kill end life pills dead ", false },
	{ "shielded", "this job is killing me ", false },
	{ "denied", "i am not suicidal ", false },
	{ "clauses", "a.b,c;d!", false },
	{ "signs", "!@#$%^&*()_+-=", false },
	{ "all at once", "\xD1\x83i.w3nttothelakee\xCC\x81 f\xD0\xBE,r s u i q",
	    true },
	{ "found", "i want to kill myself ", false },
};

static void
make_line(size_t kind, size_t len, struct buf *out)
{
	unsigned n = 0;

	buf_reset(out);
	while (out->len + strlen(hostile[kind].piece) + 8 < len) {
		buf_add(out, str_c(hostile[kind].piece));
		for (unsigned k = n++; hostile[kind].apart && k > 0; k /= 26)
			buf_addc(out, (char)('a' + k % 26));
		if (hostile[kind].apart)
			buf_addc(out, ' ');
	}
}

/* What the line costs in one turn at most, when it comes as a front hands it
 * over: in parts, then whole. */
static uint64_t
turn_ns(struct guide *g, struct session *s, struct str line,
    struct talk_answer *answer)
{
	uint64_t most = 0, start = now_ns(), ns;

	for (size_t at = 0; at < line.len; at += TALK_PART) {
		size_t end = at + TALK_PART < line.len ? at + TALK_PART : line.len;

		talk_part(g, s, str_sub(line, 0, end), at, 1000);
		if (end == line.len)
			talk_line(g, s, line, TALK_PRIVATE, 1000, answer);
		ns = now_ns() - start;
		most = ns > most ? ns : most;
		start += ns;
	}
	return most;
}

/* Said by somebody new each time. */
static double
cost_ms(struct guide *g, struct str line)
{
	struct talk_answer answer = { 0 };
	uint64_t best = UINT64_MAX, ns;

	for (int i = 0; i < ROUNDS; i++) {
		struct session *s = session_new(g, 0);

		if (s == NULL)
			break;
		ns = turn_ns(g, s, line, &answer);
		best = ns < best ? ns : best;
		session_free(s);
	}
	talk_answer_clear(&answer);
	return (double)best / 1e6;
}

static void
measure_hostile(struct guide *g)
{
	static const size_t lens[] = { 1000, 4000, TALK_LINE_MAX };
	const size_t n_lens = sizeof lens / sizeof lens[0];
	const char *worst = "";
	struct buf line = { 0 };
	double most = 0, ms;

	for (size_t k = 0; k < sizeof hostile / sizeof hostile[0]; k++) {
		printf("{\"bench\":\"hostile\",\"kind\":\"%s\"",
		    hostile[k].what);
		for (size_t l = 0; l < n_lens; l++) {
			make_line(k, lens[l], &line);
			ms = cost_ms(g, buf_str(&line));
			printf(",\"ms_%zu\":%.3f", lens[l], ms);
			if (ms > most) {
				most = ms;
				worst = hostile[k].what;
			}
		}
		printf("}\n");
	}
	printf("{\"bench\":\"hostile\",\"worst\":\"%s\",\"worst_ms\":%.3f}\n",
	    worst, most);
	buf_clear(&line);
}

int
main(int argc, char **argv)
{
	uint64_t seconds = argc > 1 ? strtoull(argv[1], NULL, 10) : 2;
	struct guide_options o = { .rate = { .burst = 5 } };
	struct script_options so = { 0 };
	struct errs errs = { 0 };
	struct script *script = script_load(&so, &errs);
	struct guide *g = script == NULL ? NULL : guide_new(script, &o);
	uint32_t *ns = malloc(MOST * sizeof *ns);

	if (g == NULL || ns == NULL) {
		fprintf(stderr, "screen: cannot load\n");
		return EXIT_FAILURE;
	}
	measure(g, ns, seconds);
	measure_hostile(g);
	free(ns);
	guide_free(g);
	script_unref(script);
	errs_clear(&errs);
	return EXIT_SUCCESS;
}
