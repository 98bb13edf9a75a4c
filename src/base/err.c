#include "base/err.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool
err_at(struct err *e, struct loc at, const char *fmt, ...)
{
	va_list ap;

	e->at = at;
	e->doubt = false;
	va_start(ap, fmt);
	vsnprintf(e->msg, sizeof e->msg, fmt, ap);
	va_end(ap);
	return false;
}

const char *
err_text(const struct err *e, char *buf, size_t size)
{
	const struct loc *at = &e->at;

	if (at->file == NULL)
		snprintf(buf, size, "%s", e->msg);
	else if (at->line == 0)
		snprintf(buf, size, "%s: %s", at->file, e->msg);
	else
		snprintf(buf, size, "%s:%" PRIu32 ":%" PRIu32 ": %s", at->file,
		    at->line, at->col, e->msg);
	return buf;
}

/* The list's own copy of a file name; NULL stays NULL. */
static const char *
keep_file(struct errs *es, const char *file)
{
	char **files, *copy;

	if (file == NULL)
		return NULL;
	for (size_t i = 0; i < es->n_files; i++) {
		if (strcmp(es->files[i], file) == 0)
			return es->files[i];
	}
	files = realloc(es->files, (es->n_files + 1) * sizeof *files);
	if (files == NULL)
		return NULL;
	es->files = files;
	copy = strdup(file);
	if (copy != NULL)
		es->files[es->n_files++] = copy;
	return copy;
}

static void
add(struct errs *es, struct err *e)
{
	if (e->doubt)
		es->n_doubts++;
	else
		es->n_errors++;
	if (es->n == ERRS_MAX)
		return;
	if (es->list == NULL)
		es->list = calloc(ERRS_MAX, sizeof *es->list);
	if (es->list == NULL)
		return;
	e->at.file = keep_file(es, e->at.file);
	es->list[es->n++] = *e;
}

bool
errs_add(struct errs *es, struct loc at, const char *fmt, ...)
{
	struct err e = { .at = at };
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(e.msg, sizeof e.msg, fmt, ap);
	va_end(ap);
	add(es, &e);
	return false;
}

bool
errs_doubt(struct errs *es, struct loc at, const char *fmt, ...)
{
	struct err e = { .at = at, .doubt = true };
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(e.msg, sizeof e.msg, fmt, ap);
	va_end(ap);
	add(es, &e);
	return false;
}

void
errs_clear(struct errs *es)
{
	for (size_t i = 0; i < es->n_files; i++)
		free(es->files[i]);
	free(es->files);
	free(es->list);
	*es = (struct errs) { 0 };
}
