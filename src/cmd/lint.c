/*
 * lint.c - all mistakes and doubts in the dialog files, in the order of the
 * files, each with its line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cmd/commands.h"
#include "cmd/setup.h"

/* The file whose lines were shown last. */
struct shown {
	const char *name;
	struct buf text;
};

/* Errors before doubts of the same line, else as they were found. */
static int
by_place(const void *x, const void *y)
{
	const struct err *a = x, *b = y;
	int c = strcmp(a->at.file == NULL ? "" : a->at.file,
	    b->at.file == NULL ? "" : b->at.file);

	if (c != 0)
		return c;
	if (a->at.line != b->at.line)
		return a->at.line < b->at.line ? -1 : 1;
	if (a->doubt != b->doubt)
		return a->doubt ? 1 : -1;
	return strcmp(a->msg, b->msg);
}

static bool
open_file(struct shown *s, const char *name)
{
	struct err err;

	if (name == NULL)
		return false;
	if (s->name != NULL && strcmp(s->name, name) == 0)
		return s->text.len > 0;
	s->name = name;
	buf_reset(&s->text);
	s->text.max = (size_t)64 << 20;
	return file_read(name, &s->text, &err);
}

/* Files that are compiled in have no lines to show. */
static void
show_line(struct shown *s, const struct loc *at)
{
	struct str rest, line = { 0 };

	if (at->line == 0 || !open_file(s, at->file))
		return;
	rest = buf_str(&s->text);
	for (uint32_t i = 0; i < at->line; i++) {
		if (!str_split(&rest, '\n', &line))
			return;
	}
	fputs("    ", stdout);
	for (size_t i = 0; i < line.len && i < 200; i++) {
		unsigned char c = (unsigned char)line.p[i];

		putchar(c < ' ' || c == 0x7f ? ' ' : c);
	}
	putchar('\n');
	if (at->col > 0 && at->col <= 200)
		printf("    %*s^\n", (int)at->col - 1, "");
}

static bool
is_repeat(const struct err *a, const struct err *b)
{
	return by_place(a, b) == 0;
}

static void
show(struct errs *errs)
{
	struct shown shown = { 0 };
	char text[ERR_MSG_MAX + 600];

	if (errs->n > 1)
		qsort(errs->list, errs->n, sizeof *errs->list, by_place);
	for (size_t i = 0; i < errs->n; i++) {
		const struct err *e = &errs->list[i];
		struct err said = *e;

		if (i > 0 && is_repeat(e, e - 1))
			continue;
		snprintf(said.msg, sizeof said.msg, "%s%.200s",
		    e->doubt ? "warning: " : "error: ", e->msg);
		puts(err_text(&said, text, sizeof text));
		show_line(&shown, &e->at);
	}
	buf_clear(&shown.text);
}

int
cmd_lint(const struct options *o)
{
	const char *dir = o->n_args > 0 ? o->args[0] : o->dialogs;
	struct script_options so = setup_script_options(dir);
	struct errs errs = { 0 };
	size_t n;

	script_lint(&so, o->today, &errs);
	n = errs.n_errors + errs.n_doubts;
	show(&errs);
	if (n > errs.n)
		printf("and %zu more that are not shown\n", n - errs.n);
	if (n > 0)
		printf("%zu errors, %zu warnings\n", errs.n_errors,
		    errs.n_doubts);
	errs_clear(&errs);
	return n > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
