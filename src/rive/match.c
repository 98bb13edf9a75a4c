#include "rive/match.h"

#include <stdlib.h>

#include "base/regex.h"

/* Of compiling, in units of work.h: once, for each byte, for the JIT. */
#define COMPILE_COST 5000
#define COMPILE_BYTE_COST 40
#define JIT_COST 20000

/* The JIT takes ten times as long as compiling and many a pattern is asked
 * once: it is for those asked so often, and not for many at the same time. */
#define JIT_AFTER 8
#define JIT_EVERY 16

/* One compiled pattern, in a ring by use. */
struct match_entry {
	struct regex *regex; /* NULL: it does not compile */
	uint32_t key;
	uint32_t older;
	uint32_t newer;
	uint32_t asked; /* up to JIT_AFTER; then it is fast */
};

static bool
set_up(struct matcher *m)
{
	if (m->room == NULL)
		m->room = regex_room_new();
	if (m->where == NULL)
		m->where = calloc(2 * m->n_triggers + 1, sizeof *m->where);
	if (m->entries == NULL)
		m->entries = calloc(MATCH_CACHE_MAX, sizeof *m->entries);
	return m->room != NULL && m->where != NULL && m->entries != NULL;
}

static void
drop(struct match_entry *e)
{
	regex_free(e->regex);
	e->regex = NULL;
	e->asked = 0;
}

/* Puts entry i in front of the ring. */
static void
use(struct matcher *m, uint32_t i)
{
	struct match_entry *all = m->entries, *e = &all[i];

	if (m->newest == i)
		return;
	all[e->older].newer = e->newer;
	all[e->newer].older = e->older;
	e->older = m->newest;
	e->newer = all[m->newest].newer;
	all[e->newer].older = i;
	all[m->newest].newer = i;
	m->newest = i;
}

/* The entry for a key: its own, a new one, or the one least used. */
static struct match_entry *
entry_for(struct matcher *m, uint32_t key)
{
	uint32_t i = m->where[key];
	struct match_entry *e;

	if (i != 0) {
		use(m, i - 1);
		return &m->entries[i - 1];
	}
	if (m->n_entries < MATCH_CACHE_MAX) {
		i = m->n_entries++;
		m->entries[i].older = m->entries[i].newer = i;
		if (i == 0)
			m->newest = 0;
	} else {
		/* The ring closes: next to the newest is the oldest. */
		i = m->entries[m->newest].newer;
		drop(&m->entries[i]);
		m->where[m->entries[i].key] = 0;
	}
	use(m, i);
	e = &m->entries[i];
	e->key = key;
	m->where[key] = i + 1;
	return e;
}

struct side {
	uint32_t key;
	struct str trigger;
	const struct pattern *pattern;
};

/* Compiles the pattern of a side. */
static struct regex *
compile(struct matcher *m, const struct side *side,
    const struct pat_values *values, struct err *err)
{
	unsigned flags = REGEX_WHOLE | REGEX_CASELESS | REGEX_NO_JIT;
	bool dynamic = side->pattern->kind == PATTERN_DYNAMIC;
	struct regex *re = NULL;

	if (m->env.utf8)
		flags |= REGEX_UTF;
	/* It may hold what a person wrote. */
	if (dynamic)
		flags |= REGEX_PRIVATE;

	buf_reset(&m->text);
	if (pattern_regex(side->trigger, &m->env, &m->scratch, values,
		&m->text))
		re = regex_new(buf_str(&m->text), flags, err);
	else if (m->text.capped)
		err_at(err, (struct loc) { 0 }, "the pattern grows too large");
	m->cost += COMPILE_COST + COMPILE_BYTE_COST * m->text.len;
	arena_reset(&m->scratch);
	if (dynamic)
		buf_wipe(&m->text);
	return re;
}

/* Asked once more. */
static void
speed_up(struct matcher *m, struct match_entry *e)
{
	if (m->no_jit || e->regex == NULL || e->asked == JIT_AFTER)
		return;
	m->asked++;
	if (e->asked + 1 == JIT_AFTER) {
		if (m->asked % JIT_EVERY != 0)
			return;
		regex_speed_up(e->regex);
		m->cost += JIT_COST;
	}
	e->asked++;
}

/* The kept regex of a side, or NULL with the reason in *err. */
static const struct regex *
regex_of(struct matcher *m, const struct side *side, struct err *err)
{
	struct match_entry *e;

	err_at(err, (struct loc) { 0 }, "out of memory");
	if (!set_up(m))
		return NULL;
	e = entry_for(m, side->key);
	if (e->regex == NULL)
		e->regex = compile(m, side, NULL, err);
	speed_up(m, e);
	return e->regex;
}

static void
take_stars(struct matcher *m, struct str text, size_t n, struct stars *stars)
{
	stars->n = n < STARS_MAX ? n : STARS_MAX;
	for (size_t i = 0; i < stars->n; i++)
		stars->at[i] = regex_group(m->room, text, i + 1);
}

static enum match
match_regex(struct matcher *m, const struct side *side, struct str text,
    const struct pat_values *values, struct stars *stars)
{
	static const enum match results[] = {
		[REGEX_NO] = MATCH_NO,
		[REGEX_YES] = MATCH_YES,
		[REGEX_LIMIT] = MATCH_LIMIT,
		[REGEX_NO_MEMORY] = MATCH_NO_MEMORY,
	};
	enum regex_result result;
	struct regex *once = NULL;
	const struct regex *re;
	struct err err;

	/* With a person's words in it a pattern is not kept. */
	if (side->pattern->kind == PATTERN_DYNAMIC && set_up(m))
		re = once = compile(m, side, values, &err);
	else
		re = regex_of(m, side, &err);
	if (re == NULL)
		return m->room == NULL || m->where == NULL ||
			m->entries == NULL
		    ? MATCH_NO_MEMORY
		    : MATCH_LIMIT;
	result = regex_match(re, m->room, text, 0);
	if (result == REGEX_YES && stars != NULL)
		take_stars(m, text, side->pattern->n_stars, stars);
	regex_free(once);
	return results[result];
}

static enum match
match_side(struct matcher *m, const struct side *side, struct str text,
    const struct pat_values *values, struct stars *stars)
{
	const struct pattern *p = side->pattern;

	if (stars != NULL)
		stars->n = 0;
	switch (p->kind) {
	case PATTERN_ATOMIC:
		return str_eq(p->text, text) ? MATCH_YES : MATCH_NO;
	case PATTERN_NEVER:
		return MATCH_NO;
	case PATTERN_DYNAMIC:
		if (values == NULL)
			return MATCH_NO;
		break;
	default:
		break;
	}
	return match_regex(m, side, text, values, stars);
}

enum match
match_trigger(struct matcher *m, const struct brain_trigger *t,
    struct str text, const struct pat_values *values, struct stars *stars)
{
	struct side side = { 2 * t->id, t->text, t->pattern };

	return match_side(m, &side, text, values, stars);
}

enum match
match_previous(struct matcher *m, const struct brain_trigger *t,
    struct str reply, const struct pat_values *values, struct stars *stars)
{
	struct side side = { 2 * t->id + 1, t->previous, t->previous_pattern };

	return match_side(m, &side, reply, values, stars);
}

uint64_t
matcher_cost(const struct matcher *m)
{
	return m->cost + (m->room == NULL ? 0 : regex_cost(m->room));
}

bool
match_prepare(struct matcher *m, const struct brain_trigger *t,
    struct err *err)
{
	struct side side = { 2 * t->id, t->text, t->pattern };

	return regex_of(m, &side, err) != NULL;
}

void
matcher_clear(struct matcher *m)
{
	for (uint32_t i = 0; i < m->n_entries; i++)
		drop(&m->entries[i]);
	free(m->entries);
	free(m->where);
	regex_room_free(m->room);
	arena_clear(&m->scratch);
	buf_clear(&m->text);
	*m = (struct matcher) {
		.env = m->env,
		.no_jit = m->no_jit,
		.n_triggers = m->n_triggers,
	};
}
