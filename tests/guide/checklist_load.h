/*
 * checklist_load.h - the shipped checklist, or one of a test's own text, as
 * the interpreter would hand it over: raw lines with their places.
 */
#ifndef IOPGUIDE_TESTS_GUIDE_CHECKLIST_LOAD_H
#define IOPGUIDE_TESTS_GUIDE_CHECKLIST_LOAD_H

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "guide/checklist_file.h"

#define LOAD_LINES 2000

/* What a loaded checklist rests on. */
struct loaded {
	struct arena arena;
	struct buf text;
	struct errs errs;
	struct brain_line lines[LOAD_LINES];
	size_t n;
	struct checklist *list;
};

static inline void
load_lines(struct loaded *l, struct str text, const char *file, uint32_t line)
{
	struct brain_object o = { .name = STR("selfcheck"),
		.language = STR("checklist"), .at = { file, line, 1 },
		.lines = l->lines };
	struct str one;

	while (str_split(&text, '\n', &one) && l->n < LOAD_LINES)
		l->lines[l->n++] = (struct brain_line) { one,
			{ file, ++line, 1 } };
	o.n_lines = l->n;
	l->list = checklist_read(&o, &l->arena, &l->errs);
}

/* dialogs/selfcheck.rive, between `> object` and `< object`. */
static inline void
load_shipped(struct loaded *l)
{
	const char *srcdir = getenv("srcdir");
	char path[4096];
	struct err err;
	struct str text;
	size_t from, to;
	uint32_t line = 1;

	snprintf(path, sizeof path, "%s/dialogs/selfcheck.rive",
	    srcdir == NULL ? "." : srcdir);
	if (!file_read(path, &l->text, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		exit(1);
	}
	text = buf_str(&l->text);
	from = str_find(text, STR("\n> object selfcheck checklist\n"), 0) + 1;
	to = str_find(text, STR("\n< object"), from);
	for (size_t i = 0; i < from; i++)
		line += text.p[i] == '\n';
	from = str_find_char(text, '\n', from) + 1;
	load_lines(l, str_sub(text, from, to), "selfcheck.rive", line);
}

static inline void
load_print(const struct errs *errs)
{
	char text[512];

	for (size_t i = 0; i < errs->n; i++)
		fprintf(stderr, "%s\n", err_text(&errs->list[i], text,
		    sizeof text));
}

static inline void
load_clear(struct loaded *l)
{
	arena_clear(&l->arena);
	buf_clear(&l->text);
	errs_clear(&l->errs);
	free(l);
}

#endif
