#include "rive/lintkit.h"

#include <stdarg.h>
#include <stdio.h>

void
lint_report(struct lint *l, struct loc at, const char *fmt, ...)
{
	char msg[ERR_MSG_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(msg, sizeof msg, fmt, ap);
	va_end(ap);
	if (l->row->error)
		errs_add(l->errs, at, "%s [%s]", msg, l->row->name);
	else
		errs_doubt(l->errs, at, "%s [%s]", msg, l->row->name);
}

struct loc
lint_place(const struct brain_trigger *t, struct ast_place at)
{
	return (struct loc){ t->at.file, at.line, at.col };
}

const struct brain_trigger *
lint_next(const struct lint *l, size_t *i)
{
	const struct ast *ast = l->b->ast;

	return *i < ast->n_triggers ? ast->triggers[(*i)++] : NULL;
}

static void
each_text_of(struct lint *l, const struct brain_trigger *t, lint_text_fn fn)
{
	for (const struct ast_line *r = t->redirect; r != NULL; r = r->next)
		fn(l, t, r->text, lint_place(t, r->at));
	for (const struct ast_condition *c = t->conditions; c != NULL;
	     c = c->next) {
		fn(l, t, c->left, lint_place(t, c->at));
		fn(l, t, c->right, lint_place(t, c->at));
		fn(l, t, c->text, lint_place(t, c->at));
	}
	for (const struct ast_line *r = t->replies; r != NULL; r = r->next)
		fn(l, t, r->text, lint_place(t, r->at));
}

void
lint_each_text(struct lint *l, lint_text_fn fn)
{
	const struct brain_trigger *t;

	for (size_t i = 0; (t = lint_next(l, &i)) != NULL;)
		each_text_of(l, t, fn);
}

bool
lint_in_begin(const struct brain_trigger *t)
{
	return str_is(t->topic->name, "__begin__");
}
