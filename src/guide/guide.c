#include "guide/guide.h"

#include <stdio.h>
#include <stdlib.h>

struct guide *
guide_new(struct script *script, const struct guide_options *o)
{
	struct guide *g = calloc(1, sizeof *g);

	if (g == NULL)
		return NULL;
	g->script = script_ref(script);
	g->rng.state = o->seed;
	/* Without a dictionary the guide works, it only mends less. */
	g->speller = speller_new();
	guide_set_options(g, o);
	return g;
}

void
guide_free(struct guide *g)
{
	if (g == NULL)
		return;
	script_unref(g->script);
	speller_free(g->speller);
	buf_wipe(&g->room);
	buf_wipe(&g->screen_room);
	free(g);
}

bool
guide_set_options(struct guide *g, const struct guide_options *o)
{
	g->options = *o;
	g->options.country = NULL;
	g->country[0] = '\0';
	if (o->country != NULL)
		snprintf(g->country, sizeof g->country, "%s", o->country);
	return true;
}

void
guide_swap(struct guide *g, struct script *next)
{
	struct script *old = g->script;

	g->script = script_ref(next);
	script_unref(old);
	g->counts.reloads++;
}

void
guide_reload_failed(struct guide *g)
{
	g->counts.reloads_failed++;
}

const struct guide_counts *
guide_counts(const struct guide *g)
{
	return &g->counts;
}

struct risk_screen
guide_screen(struct guide *g)
{
	return (struct risk_screen) {
		.shipped = script_shipped_rules(g->script),
		.added = script_added_rules(g->script),
		.lexicon = script_risk_words(g->script),
		.speller = g->speller,
		.room = &g->screen_room,
	};
}
