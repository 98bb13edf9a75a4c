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

#include "base/err.h"
#include "rive/lintkit.h"

void lint_brain(const struct lint_brain *b, struct errs *errs);

/* Row i of the table, false past the end: for help and the manual. */
bool lint_row(size_t i, const char **name, bool *error, const char **help);

#endif
