/*
 * lintkit.h - what the checks of lint share: finding, reporting, going
 * through all texts.
 */
#ifndef IOPGUIDE_RIVE_LINTKIT_H
#define IOPGUIDE_RIVE_LINTKIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "base/str.h"
#include "rive/ast.h"

/* Samples are texts that fit a trigger, its wildcards filled in. */
#define LINT_SAMPLES 256

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
	/* Adds the bot's reply as `%` reads it. */
	void (*format_reply)(void *ctx, struct str reply, struct buf *out);
	/* Sets fit[id] for each trigger of the topic whose `%` fits the
	 * formatted reply; false without memory. */
	bool (*follows)(void *ctx, const struct topic *topic, struct str reply,
	    bool *fit);
	const struct str *texts; /* what is said where nothing else is */
	size_t n_texts;
};

struct lint_row;

struct lint {
	const struct lint_brain *b;
	struct errs *errs;
	const struct lint_row *row; /* whose check runs */
	struct arena arena;
	struct map targets; /* of redirects that are plain text */
};

struct lint_row {
	const char *name;
	bool error;
	void (*check)(struct lint *l);
	const char *help;
};

/* A finding of the row whose check runs. */
void lint_report(struct lint *l, struct loc at, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* A place in the trigger's file. */
struct loc lint_place(const struct brain_trigger *t, struct ast_place at);

/* The next trigger in the order of loading, from *i = 0 on; NULL: no more. */
const struct brain_trigger *lint_next(const struct lint *l, size_t *i);

/* Calls fn for each text of a trigger, or of all, that is run for tags. */
typedef void (*lint_text_fn)(struct lint *l, const struct brain_trigger *t,
    struct str text, struct loc at);
void lint_each_text(struct lint *l, lint_text_fn fn);

bool lint_in_begin(const struct brain_trigger *t);

#endif
