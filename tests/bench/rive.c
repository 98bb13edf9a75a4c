/*
 * rive.c - how fast the interpreter loads a brain and answers.
 *
 *	rive [-uflp] BRAIN INPUTS SECONDS
 *
 * BRAIN is a file or a folder, INPUTS has one message a line; -u is UTF-8
 * mode, -f takes a new user for each message, -l tries trigger after trigger.  Prints one line of JSON.  A user says
 * the inputs in order, then another does, until the time is over, at least 30
 * of them, after a warm-up of a fifth of the time.  (One user for all rounds
 * would sooner or later have said something that a `%` never lets go of.)
 * With -p the replies of one round are printed, with their triggers.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "rive/core.h"

#define INPUTS_MAX 100000
#define SAMPLES_MAX ((size_t)1 << 24)

struct bench {
	struct brain *brain;
	struct brain_talk talk;
	struct rng rng;
	struct str *inputs;
	size_t n_inputs;
	bool fresh;
	uint32_t *ns; /* of each reply */
	size_t n;
	size_t stars; /* answered by `+ *` */
	struct buf out;
};

static uint64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static bool
load(struct bench *b, const char *path, double *parse_ms, double *ready_ms)
{
	struct errs errs = { 0 };
	uint64_t start = now_ns(), loaded;
	struct stat st;
	bool ok = stat(path, &st) == 0;

	/* The large brains hold mistakes; what can be read is loaded. */
	if (ok && S_ISDIR(st.st_mode))
		(void)!brain_load_dir(b->brain, path, &errs);
	else if (ok)
		(void)!brain_load_file(b->brain, path, &errs);
	loaded = now_ns();
	(void)!brain_ready(b->brain, &errs);
	*parse_ms = (double)(loaded - start) / 1e6;
	*ready_ms = (double)(now_ns() - loaded) / 1e6;
	errs_clear(&errs);
	return ok && b->brain->ready;
}

static bool
read_inputs(struct bench *b, const char *path, struct buf *text)
{
	struct str rest, line;
	struct err err;

	text->max = (size_t)64 << 20;
	if (!file_read(path, text, &err))
		return false;
	b->inputs = calloc(INPUTS_MAX, sizeof *b->inputs);
	rest = buf_str(text);
	while (b->inputs != NULL && b->n_inputs < INPUTS_MAX &&
	    str_split(&rest, '\n', &line)) {
		if (line.len > 0)
			b->inputs[b->n_inputs++] = line;
	}
	return b->n_inputs > 0;
}

static void
ask(struct bench *b, size_t i, struct brain_how *how)
{
	buf_reset(&b->out);
	brain_reply(b->brain, &b->talk, b->inputs[i % b->n_inputs], &b->out,
	    how);
}

/* Seconds of replies, one clock reading a reply. */
static double
run(struct bench *b, double seconds)
{
	uint64_t start = now_ns(), last = start, now;
	uint64_t end = start + (uint64_t)(seconds * 1e9);
	struct brain_how how;

	while ((last < end || b->n < 30) && b->n < SAMPLES_MAX) {
		if (b->fresh || b->n % b->n_inputs == 0)
			vars_wipe(b->talk.user);
		ask(b, b->n, &how);
		now = now_ns();
		b->ns[b->n++] = (uint32_t)(now - last);
		b->stars += str_is(how.trigger, "*");
		last = now;
	}
	return (double)(last - start) / 1e9;
}

static void
print_replies(struct bench *b)
{
	struct brain_how how;

	for (size_t i = 0; i < b->n_inputs; i++) {
		ask(b, i, &how);
		printf("%.*s\t%.*s\t%.*s\n", STR_ARG(b->inputs[i]),
		    STR_ARG(how.last_trigger), STR_ARG(buf_str(&b->out)));
	}
}

static int
by_size(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

static void
print(const struct bench *b, const char *path, const double ms[2], double took)
{
	const char *name = strrchr(path, '/');
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	qsort(b->ns, b->n, sizeof *b->ns, by_size);
	printf("{\"impl\":\"iopguide\",\"brain\":\"%s\",\"parse_ms\":%.2f,"
	    "\"sort_ms\":%.2f,\"replies\":%zu,\"rps\":%.0f,\"med_us\":%.3f,"
	    "\"p99_us\":%.3f,\"rss_mb\":%.1f,\"star\":%.4f}\n",
	    name == NULL ? path : name + 1, ms[0], ms[1], b->n,
	    (double)b->n / took, b->ns[b->n / 2] / 1e3,
	    b->ns[(size_t)((double)b->n * 0.99)] / 1e3,
	    (double)usage.ru_maxrss / 1024, (double)b->stars / (double)b->n);
}

static void
measure(struct bench *b, const char *path, double seconds, const double ms[2])
{
	b->ns = calloc(SAMPLES_MAX, sizeof *b->ns);
	if (b->ns == NULL)
		exit(EXIT_FAILURE);
	run(b, seconds < 10 ? seconds / 5 : 2);
	b->n = b->stars = 0;
	print(b, path, ms, run(b, seconds));
	free(b->ns);
}

int
main(int argc, char **argv)
{
	struct brain_options options = { 0 };
	struct bench b = { 0 };
	struct buf text = { 0 };
	bool loop = false, replies = false;
	double ms[2];
	int opt;

	while ((opt = getopt(argc, argv, "uflp")) != -1) {
		options.utf8 |= opt == 'u';
		loop |= opt == 'l';
		b.fresh |= opt == 'f';
		replies |= opt == 'p';
		if (opt == '?')
			return 2;
	}
	if (argc - optind != 3) {
		fprintf(stderr, "usage: rive [-uflp] BRAIN INPUTS SECONDS\n");
		return 2;
	}
	/* Compiling to machine code pays only for patterns used often. */
	options.no_jit = loop;
	b.brain = brain_new(&options);
	b.talk = (struct brain_talk) { .user = vars_new(), .rng = &b.rng };
	if (b.brain == NULL || b.talk.user == NULL ||
	    !load(&b, argv[optind], &ms[0], &ms[1]) ||
	    !read_inputs(&b, argv[optind + 1], &text)) {
		fprintf(stderr, "rive: cannot load %s or %s\n", argv[optind],
		    argv[optind + 1]);
		return EXIT_FAILURE;
	}
	b.brain->plain_loop = loop;
	if (replies)
		print_replies(&b);
	else
		measure(&b, argv[optind], strtod(argv[optind + 2], NULL), ms);
	vars_free(b.talk.user);
	brain_unref(b.brain);
	buf_clear(&b.out);
	buf_clear(&text);
	free(b.inputs);
	return EXIT_SUCCESS;
}
