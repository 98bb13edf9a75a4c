/*
 * syntax.h - the strict rules for one line, as rivescript-js words them.
 */
#ifndef IOPGUIDE_RIVE_SYNTAX_H
#define IOPGUIDE_RIVE_SYNTAX_H

#include <stdbool.h>

#include "base/str.h"

/* What is wrong with the line, or NULL.  A `!` line has its `^` pieces parted
 * by '\n'. */
const char *syntax_check(char cmd, struct str line, bool utf8, bool force_case);

#endif
