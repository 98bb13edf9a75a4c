#include "cmd/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static bool
take_help(struct options *o, const char *arg)
{
	(void)arg;
	o->help = true;
	return true;
}

static bool
take_dialogs(struct options *o, const char *arg)
{
	o->dialogs = arg;
	return true;
}

static bool
take_seed(struct options *o, const char *arg)
{
	char *end;

	errno = 0;
	o->seed = strtoull(arg, &end, 10);
	o->seeded = true;
	if (errno == 0 && arg[0] >= '0' && arg[0] <= '9' && *end == '\0')
		return true;
	fprintf(stderr, "iopguide: --seed %s: write a whole number, "
	    "for example --seed 7\n", arg);
	return false;
}

static bool
take_conf(struct options *o, const char *arg)
{
	o->conf = arg;
	return true;
}

static bool
take_listen(struct options *o, const char *arg)
{
	if (o->n_listen == OPTIONS_LISTEN_MAX) {
		fprintf(stderr, "iopguide: --listen: at most %d addresses\n",
		    OPTIONS_LISTEN_MAX);
		return false;
	}
	o->listen[o->n_listen++] = arg;
	return true;
}

static bool
take_talk(struct options *o, const char *arg)
{
	(void)arg;
	o->talk = true;
	return true;
}

static bool
take_today(struct options *o, const char *arg)
{
	int year, month, day, end = 0;

	o->today = arg;
	if (sscanf(arg, "%4d-%2d-%2d%n", &year, &month, &day, &end) == 3 &&
	    arg[end] == '\0')
		return true;
	fprintf(stderr, "iopguide: --today %s: write a date, for example "
	    "--today 2026-01-31\n", arg);
	return false;
}

static const struct row {
	const char *name;
	char letter;     /* 0: none */
	const char *arg; /* NULL: takes none */
	enum option_set set;
	bool (*take)(struct options *o, const char *arg);
	const char *help;
} rows[] = {
	{ "help", 'h', NULL, OPTIONS_COMMON, take_help, "show this help" },
	{ "dialogs", 0, "DIR", OPTIONS_COMMON, take_dialogs,
	    "read the dialog files in DIR, not those compiled in" },
	{ "seed", 0, "N", OPTIONS_COMMON, take_seed,
	    "make all random choices repeatable" },
	{ "config", 'c', "FILE", OPTIONS_SERVE, take_conf,
	    "read the configuration in FILE" },
	{ "listen", 0, "ADDR", OPTIONS_SERVE, take_listen,
	    "listen here (again for more): 127.0.0.1:7070, [::1]:7070, "
	    "unix:/path" },
	{ "talk", 0, NULL, OPTIONS_EXPLAIN, take_talk,
	    "all lines are one conversation" },
	{ "today", 0, "DATE", OPTIONS_LINT, take_today,
	    "list numbers that nobody checked in the year before DATE" },
};

#define N_ROWS (sizeof rows / sizeof rows[0])

/* What getopt_long() wants to know of the rows in these sets; the value it
 * returns is 256 + the row, or the letter. */
static void
describe(unsigned sets, struct option *longs, char *letters)
{
	*letters++ = '+';
	for (size_t i = 0; i < N_ROWS; i++) {
		if ((rows[i].set & sets) == 0)
			continue;
		*longs++ = (struct option) { .name = rows[i].name,
			.has_arg = rows[i].arg != NULL ? required_argument
			                               : no_argument,
			.val = 256 + (int)i };
		if (rows[i].letter == 0)
			continue;
		*letters++ = rows[i].letter;
		if (rows[i].arg != NULL)
			*letters++ = ':';
	}
	*longs = (struct option) { 0 };
	*letters = '\0';
}

static const struct row *
row_of(int got)
{
	if (got >= 256)
		return &rows[got - 256];
	for (size_t i = 0; i < N_ROWS; i++) {
		if (rows[i].letter == got)
			return &rows[i];
	}
	return NULL;
}

bool
options_parse(struct options *o, unsigned sets, int argc, char **argv)
{
	struct option longs[N_ROWS + 1];
	char letters[2 * N_ROWS + 2];
	char prefix[] = "iopguide";
	char *name = argv[0];
	int got;

	describe(sets, longs, letters);
	optind = 0; /* glibc: start afresh */
	argv[0] = prefix; /* opens getopt's messages */
	while ((got = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		const struct row *r = row_of(got);

		if (r == NULL || !r->take(o, optarg))
			break;
	}
	argv[0] = name;
	o->args = argv + optind;
	o->n_args = argc - optind;
	return got == -1;
}

void
options_print(unsigned sets, FILE *out)
{
	char left[40];

	for (size_t i = 0; i < N_ROWS; i++) {
		const struct row *r = &rows[i];

		if ((r->set & sets) == 0)
			continue;
		snprintf(left, sizeof left, "%c%c%s--%s%s%s",
		    r->letter ? '-' : ' ', r->letter ? r->letter : ' ',
		    r->letter ? ", " : "  ", r->name, r->arg ? " " : "",
		    r->arg ? r->arg : "");
		fprintf(out, "  %-22s %s\n", left, r->help);
	}
}

const char *
options_name(size_t n)
{
	return n < N_ROWS ? rows[n].name : NULL;
}
