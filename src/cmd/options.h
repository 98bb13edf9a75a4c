/*
 * options.h - the options of all commands, parsed once, from one table.
 */
#ifndef IOPGUIDE_CMD_OPTIONS_H
#define IOPGUIDE_CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define OPTIONS_LISTEN_MAX 32

/* Which commands take an option; a command names the sets it takes. */
enum option_set {
	OPTIONS_COMMON = 1,
	OPTIONS_SERVE = 2,
	OPTIONS_EXPLAIN = 4,
	OPTIONS_LINT = 8,
};

/* All zeroes is "nothing was said".  The strings are argv's. */
struct options {
	bool help;
	const char *dialogs; /* NULL: the dialogs compiled in */
	uint64_t seed;
	bool seeded;
	const char *conf;
	const char *listen[OPTIONS_LISTEN_MAX];
	size_t n_listen;
	bool talk;
	const char *today; /* an ISO date; NULL: not given */
	char **args; /* what is left */
	int n_args;
};

/* argv[0] is the command's name.  False after a message to stderr. */
bool options_parse(struct options *o, unsigned sets, int argc, char **argv);

/* One line an option, for --help. */
void options_print(unsigned sets, FILE *out);

/* The n-th option's name without the dashes, NULL past the end: for the test
 * that compares the table with the manual. */
const char *options_name(size_t n);

#endif
