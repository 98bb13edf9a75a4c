/*
 * source.h - a file's text as logical lines: command, text, place.
 *
 * Comments and blank lines are gone, `^` lines are joined to what they
 * continue and the `%` line stands beside its `+`.  The first non-blank
 * character of a line is its command, a blank after it is optional.
 */
#ifndef IOPGUIDE_RIVE_SOURCE_H
#define IOPGUIDE_RIVE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define SOURCE_LINE_MAX 65536 /* bytes of one line, and of a joined one */

struct source {
	struct str text;
	struct loc here; /* of the line that was read last */
	size_t at;
	bool utf8;
	const char *concat; /* put between a line and its `^` lines */
	struct arena *arena; /* joined lines go here, others are views */
	struct errs *errs;
	struct buf join;
};

struct source_line {
	char cmd;
	struct str text;     /* of a `!` line: pieces parted by '\n' */
	struct str own;      /* text without its `^` lines */
	struct loc at;       /* of the command */
	uint32_t text_col;   /* where its text begins */
	struct str previous; /* the `%` text of a `+`; p is NULL without one */
	struct loc previous_at;
};

/* Starts reading; name and text are borrowed for as long as the lines are. */
void source_init(struct source *s, const char *name, struct str text);
void source_clear(struct source *s);

/* The next logical line; false at the end.  Mistakes go to errs. */
bool source_next(struct source *s, struct source_line *line);

/* The next raw line of an object; false when its end was read, or (with
 * *ended false) the end of the file. */
bool source_raw(struct source *s, struct str *line, struct loc *at,
    bool *ended);

#endif
