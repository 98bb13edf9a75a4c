#include "rive/graph.h"

#include <inttypes.h>
#include <stdlib.h>

#include "rive/tagscan.h"

struct graph {
	const struct lint_brain *b;
	struct buf *out;
	bool *shown; /* by trigger id: it is drawn */
	bool drawing; /* second round: arrows; the first marks what is shown */
};

static void
add_quoted(struct buf *out, struct str s)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_addc(out, '\\');
		buf_addc(out, s.p[i]);
	}
	buf_addc(out, '"');
}

/* The name of a topic's own node, which arrows to the topic end at. */
static void
add_topic_node(struct buf *out, struct str name)
{
	struct buf node = { 0 };

	buf_add(&node, STR("topic "));
	buf_add(&node, name);
	add_quoted(out, buf_str(&node));
	buf_clear(&node);
}

static void
topic_arrow(struct graph *g, const struct brain_trigger *t, struct str name)
{
	g->shown[t->id] = true;
	if (!g->drawing)
		return;
	buf_addf(g->out, "\tt%" PRIu32 " -> ", t->id);
	add_topic_node(g->out, name);
	buf_add(g->out, STR(" [style=bold];\n"));
}

/* Targets with tags in them depend on what is said: they are not drawn. */
static void
redirect_arrow(struct graph *g, const struct brain_trigger *t,
    struct str target)
{
	const struct brain_trigger *to;

	target = str_trim(target);
	if (target.len == 0 || memchr(target.p, '<', target.len) != NULL ||
	    memchr(target.p, '{', target.len) != NULL)
		return;
	to = g->b->match(g->b->ctx, t->topic, target);
	if (to == NULL)
		return;
	g->shown[t->id] = g->shown[to->id] = true;
	if (g->drawing)
		buf_addf(g->out, "\tt%" PRIu32 " -> t%" PRIu32 ";\n", t->id,
		    to->id);
}

static void
text_arrows(struct graph *g, const struct brain_trigger *t, struct str text)
{
	struct tagscan scan = { text, 0 };
	struct tag tag;

	while (tagscan_next(&scan, &tag)) {
		if (tag.open != '{')
			continue;
		if (str_is(tag.name, "topic="))
			topic_arrow(g, t, tag.rest);
		else if (str_is(tag.name, "@"))
			redirect_arrow(g, t, tag.rest);
	}
}

static void
trigger_arrows(struct graph *g, const struct brain_trigger *t)
{
	if (t->redirect != NULL)
		redirect_arrow(g, t, t->redirect->text);
	for (const struct ast_condition *c = t->conditions; c != NULL;
	     c = c->next)
		text_arrows(g, t, c->text);
	for (const struct ast_line *l = t->replies; l != NULL; l = l->next)
		text_arrows(g, t, l->text);
}

static void
all_arrows(struct graph *g)
{
	const struct ast *ast = g->b->ast;

	for (size_t i = 0; i < ast->n_triggers; i++)
		trigger_arrows(g, ast->triggers[i]);
}

static void
draw_topic(struct graph *g, const struct topic *t)
{
	struct buf label = { 0 };

	buf_addf(&label, "%.*s\n%zu triggers", STR_ARG(t->name),
	    t->n_triggers);
	/* Graphviz draws a box around what is called cluster_ something. */
	buf_addf(g->out, "\tsubgraph cluster_%" PRIu32 " {\n\t\t", t->number);
	add_topic_node(g->out, t->name);
	buf_add(g->out, STR(" [shape=folder,label="));
	add_quoted(g->out, buf_str(&label));
	buf_add(g->out, STR("];\n"));
	for (const struct brain_trigger *r = t->triggers; r != NULL;
	     r = r->next) {
		if (!g->shown[r->id])
			continue;
		buf_addf(g->out, "\t\tt%" PRIu32 " [label=", r->id);
		add_quoted(g->out, r->text);
		buf_add(g->out, STR("];\n"));
	}
	buf_add(g->out, STR("\t}\n"));
	buf_clear(&label);
}

static void
draw_refs(struct graph *g, const struct topic *t, const struct ast_ref *refs,
    const char *style)
{
	for (const struct ast_ref *r = refs; r != NULL; r = r->next) {
		buf_addc(g->out, '\t');
		add_topic_node(g->out, t->name);
		buf_add(g->out, STR(" -> "));
		add_topic_node(g->out, r->name);
		buf_addf(g->out, " [style=%s];\n", style);
	}
}

void
graph_write(const struct lint_brain *b, struct buf *out)
{
	struct graph g = { .b = b, .out = out };

	g.shown = calloc(b->ast->n_triggers + 1, sizeof *g.shown);
	if (g.shown == NULL) {
		out->failed = true;
		return;
	}
	buf_add(out, STR("digraph dialogs {\n\trankdir=LR;\n"
	    "\tnode [shape=box,style=rounded];\n"));
	all_arrows(&g);
	for (const struct topic *t = b->ast->first_topic; t != NULL;
	     t = t->next)
		draw_topic(&g, t);
	for (const struct topic *t = b->ast->first_topic; t != NULL;
	     t = t->next) {
		draw_refs(&g, t, t->includes, "dashed");
		draw_refs(&g, t, t->inherits, "dotted");
	}
	g.drawing = true;
	all_arrows(&g);
	buf_add(out, STR("}\n"));
	free(g.shown);
}
