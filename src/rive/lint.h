/*
 * lint.h - doubts about a brain that only all of it can tell: what is named
 * but nowhere defined, what can never match, what leads nowhere or in
 * circles, what other implementations read differently.
 *
 * Every kind of finding is a row of one table in lint.c.  A message ends in
 * the name of its row, in brackets.
 */
#ifndef IOPGUIDE_RIVE_LINT_H
#define IOPGUIDE_RIVE_LINT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "rive/ast.h"

/* What lint needs to know of a brain that is ready. */
struct lint_brain {
	const struct ast *ast;
	void *ctx; /* of the functions */
	bool (*has_macro)(void *ctx, struct str name);
	bool (*runs_language)(void *ctx, struct str language);
	/* Adds the message as it is matched. */
	void (*format)(void *ctx, struct str message, struct buf *out);
	/* The trigger of the topic that answers the formatted text, or NULL;
	 * %Previous triggers are left out. */
	const struct brain_trigger *(*match)(void *ctx,
	    const struct topic *topic, struct str text);
};

void lint_brain(const struct lint_brain *b, struct errs *errs);

/* Row i of the table, false past the end: for help and the manual. */
bool lint_row(size_t i, const char **name, bool *error, const char **help);

#endif
