#include "rive/topics.h"

#include <stdlib.h>

#include "rive/order.h"

#define NEST_MAX 500        /* includes and inherits in one another */
#define TOTAL_MAX 8000000   /* triggers in all lists together */

struct collector {
	struct ast *ast;
	struct errs *errs;
	struct map seen;      /* topics of this list */
	struct arena scratch; /* of the list at hand */
	struct order_item *items;
	size_t n;
	size_t size;
	struct topic **next; /* inherited, for the next level */
	size_t n_next;
	size_t next_size;
	size_t total;
	bool failed;
};

static struct topic *
find(struct collector *c, const struct ast_ref *ref)
{
	return map_get(&c->ast->topics, ref->name);
}

static bool
add_item(struct collector *c, struct brain_trigger *t, uint32_t level)
{
	if (c->n == c->size) {
		size_t size = c->size == 0 ? 256 : 2 * c->size;
		struct order_item *more =
		    realloc(c->items, size * sizeof *more);

		if (more == NULL) {
			c->failed = true;
			return false;
		}
		c->items = more;
		c->size = size;
	}
	c->items[c->n] = (struct order_item) {
		.trigger = t,
		.level = level,
		.position = (uint32_t)c->n,
	};
	c->n++;
	return true;
}

static bool
add_next(struct collector *c, struct topic *t)
{
	if (c->n_next == c->next_size) {
		size_t size = c->next_size == 0 ? 16 : 2 * c->next_size;
		struct topic **more = realloc(c->next, size * sizeof *more);

		if (more == NULL) {
			c->failed = true;
			return false;
		}
		c->next = more;
		c->next_size = size;
	}
	c->next[c->n_next++] = t;
	return true;
}

/* What the topic includes, then its own; what it inherits waits for the next
 * level.  Each topic counts once, where it is met first. */
static void
collect(struct collector *c, struct topic *t, uint32_t level, unsigned depth)
{
	if (t == NULL || depth > NEST_MAX || c->failed ||
	    map_get(&c->seen, t->name) != NULL)
		return;
	if (!map_set(&c->seen, &c->scratch, t->name, t)) {
		c->failed = true;
		return;
	}
	for (struct ast_ref *r = t->includes; r != NULL; r = r->next)
		collect(c, find(c, r), level, depth + 1);
	for (struct ast_ref *r = t->inherits; r != NULL; r = r->next) {
		struct topic *up = find(c, r);

		if (up != NULL && !add_next(c, up))
			return;
	}
	for (struct brain_trigger *b = t->triggers; b != NULL; b = b->next) {
		if (!add_item(c, b, level))
			return;
	}
}

static void
collect_all(struct collector *c, struct topic *t)
{
	size_t at = 0;

	c->n = c->n_next = 0;
	c->seen = (struct map) { 0 };
	arena_reset(&c->scratch);
	collect(c, t, 0, 0);
	for (uint32_t level = 1; at < c->n_next && !c->failed; level++) {
		size_t end = c->n_next;

		while (at < end)
			collect(c, c->next[at++], level, 0);
	}
}

static bool
freeze(struct collector *c, struct topic *t, struct arena *arena)
{
	struct frozen *f = arena_alloc(arena, sizeof *f);
	struct brain_trigger **list, **thats;

	collect_all(c, t);
	c->total += c->n;
	if (c->total > TOTAL_MAX)
		return errs_add(c->errs, t->at, "with what it includes and "
		    "inherits the topic '%.*s' is too large", STR_ARG(t->name));
	list = arena_array(arena, c->n + 1, sizeof *list);
	if (c->failed || f == NULL || list == NULL) {
		c->failed = true;
		return false;
	}
	order_sort(c->items, c->n);
	for (size_t i = 0; i < c->n; i++) {
		if (c->items[i].trigger->previous.p == NULL)
			list[f->n++] = c->items[i].trigger;
	}
	thats = list + f->n;
	for (size_t i = 0; i < c->n; i++) {
		if (c->items[i].trigger->previous.p != NULL)
			thats[f->n_thats++] = c->items[i].trigger;
	}
	f->list = list;
	f->thats = thats;
	t->frozen = f;
	return true;
}

/* --- mistakes ------------------------------------------------------------ */

enum colour { WHITE, GREY, BLACK };

/* Looks for rings by walking the tree; a grey topic is on the path. */
static void
walk(struct collector *c, struct topic *t, enum colour *colours,
    unsigned depth);

static void
walk_refs(struct collector *c, struct ast_ref *refs, enum colour *colours,
    unsigned depth)
{
	for (struct ast_ref *r = refs; r != NULL; r = r->next) {
		struct topic *t = find(c, r);

		if (t == NULL)
			errs_doubt(c->errs, r->at, "there is no topic '%.*s'",
			    STR_ARG(r->name));
		else if (colours[t->number] == GREY)
			errs_add(c->errs, r->at, "the topic '%.*s' includes or "
			    "inherits itself", STR_ARG(r->name));
		else if (colours[t->number] == WHITE && depth > NEST_MAX)
			errs_add(c->errs, r->at, "topics nest deeper than %d",
			    NEST_MAX);
		else if (colours[t->number] == WHITE)
			walk(c, t, colours, depth + 1);
	}
}

static void
walk(struct collector *c, struct topic *t, enum colour *colours,
    unsigned depth)
{
	colours[t->number] = GREY;
	walk_refs(c, t->includes, colours, depth);
	walk_refs(c, t->inherits, colours, depth);
	colours[t->number] = BLACK;
}

static bool
check(struct collector *c)
{
	enum colour *colours;
	uint32_t n = 0;

	for (struct topic *t = c->ast->first_topic; t != NULL; t = t->next)
		t->number = n++;
	colours = calloc(n + 1, sizeof *colours);
	if (colours == NULL)
		return false;
	for (struct topic *t = c->ast->first_topic; t != NULL; t = t->next) {
		if (colours[t->number] == WHITE)
			walk(c, t, colours, 0);
	}
	free(colours);
	return true;
}

bool
topics_freeze(struct ast *ast, struct arena *arena, struct errs *errs)
{
	struct collector c = { .ast = ast, .errs = errs };

	c.failed = !check(&c);
	for (struct topic *t = ast->first_topic; t != NULL && !c.failed;
	     t = t->next) {
		t->frozen = NULL;
		if (!freeze(&c, t, arena))
			break;
	}
	arena_clear(&c.scratch);
	free(c.items);
	free(c.next);
	return !c.failed;
}
