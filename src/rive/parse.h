/*
 * parse.h - a file's text -> nodes.
 *
 * Every mistake is reported with its place, and reading goes on: what the
 * strict rules of RiveScript call a syntax error is an error (a doubt when
 * not strict) and is loaded all the same, as the other implementations do.
 */
#ifndef IOPGUIDE_RIVE_PARSE_H
#define IOPGUIDE_RIVE_PARSE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "rive/ast.h"

struct parse_options {
	bool utf8;
	bool strict;
	bool force_case;
	const char *concat; /* name of the mode a file begins with */
	/* Told of every definition of a global or a bot variable; value.p is
	 * NULL for <undef>. */
	void (*on_value)(void *ctx, enum define_type type, struct str name,
	    struct str value);
	void *ctx;
};

/*
 * Reads a file into the tree.  name and text must live as long as the tree.
 * False without memory; mistakes are only in errs.
 */
MUST_USE bool parse_text(struct ast *ast, const struct parse_options *options,
    const char *name, struct str text, struct errs *errs);

#endif
