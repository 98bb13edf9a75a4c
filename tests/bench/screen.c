/*
 * screen.c - what it costs to read one message for words of harm.
 *
 *	screen [SECONDS]
 *
 * Reads ordinary messages of about 60 characters, all readings each, and
 * prints the median, the 99th percentile and the mean in microseconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "guide/guide.h"
#include "guide/risk.h"

#define MOST 4000000

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
	free(ns);
	guide_free(g);
	script_unref(script);
	errs_clear(&errs);
	return EXIT_SUCCESS;
}
