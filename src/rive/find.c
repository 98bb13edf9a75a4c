#include "rive/find.h"

#include "rive/index.h"

/* Either side of a trigger, the one with `%` where `previous` says so.  Past
 * what the reply may cost nothing fits any more. */
static bool
side_fits(struct find *f, const struct brain_trigger *t, bool previous,
    struct str text, struct stars *stars)
{
	struct matcher *matcher = &f->brain->matcher;
	uint64_t before = matcher_cost(matcher);
	enum match m;

	if (f->work != NULL && f->work->over)
		return false;
	m = (previous ? match_previous : match_trigger)(matcher, t, text,
	    f->values, stars);
	if (f->work != NULL)
		(void)work_spend(f->work, matcher_cost(matcher) - before);
	f->limit |= m == MATCH_LIMIT;
	f->no_memory |= m == MATCH_NO_MEMORY;
	return m == MATCH_YES;
}

static bool
fits(struct find *f, const struct brain_trigger *t, struct str text,
    struct stars *stars)
{
	return side_fits(f, t, false, text, stars);
}

/* What the index asks about a rank that it cannot decide. */
struct asked {
	struct find *find;
	const struct frozen *topic;
};

static enum index_fit
on_ask(void *arg, uint32_t rank, struct str text)
{
	struct asked *a = arg;

	/* A match that was cut short is no match here; find->limit tells. */
	return fits(a->find, a->topic->list[rank], text, NULL) ? INDEX_YES
							       : INDEX_NO;
}

static uint64_t
may_cost(const struct find *f)
{
	return f->work == NULL ? 0 : f->work->left + 1;
}

static void
pay(struct find *f, const struct index *ix)
{
	if (f->work != NULL)
		(void)work_spend(f->work, index_cost(ix));
}

static const struct brain_trigger *
ask_index(struct find *f, const struct frozen *topic, struct str text,
    struct stars *stars)
{
	struct asked asked = { f, topic };
	struct index_ask ask = { on_ask, &asked, may_cost(f) };
	const struct brain_trigger *t;
	enum index_fit fit;
	uint32_t rank;

	fit = index_best(topic->index, text, ask, &rank);
	pay(f, topic->index);
	f->no_memory |= fit == INDEX_NO_MEMORY;
	f->limit |= fit == INDEX_LIMIT;
	if (fit != INDEX_YES)
		return NULL;
	t = topic->list[rank];
	if (stars == NULL)
		return t;
	stars->n = t->pattern->n_stars;
	if (stars->n == 0)
		return t;
	if (stars->n > STARS_MAX ||
	    !index_stars(topic->index, rank, text, stars->at))
		(void)fits(f, t, text, stars);
	pay(f, topic->index);
	return t;
}

static const struct brain_trigger *
best_by_index(struct find *f, const struct frozen *topic, struct str text,
    struct stars *stars)
{
	const struct brain_trigger *t = ask_index(f, topic, text, stars);

	index_forget(topic->index);
	return t;
}

const struct brain_trigger *
find_best(struct find *f, const struct frozen *topic, struct str text,
    struct stars *stars)
{
	if (topic->index != NULL && !f->brain->plain_loop)
		return best_by_index(f, topic, text, stars);
	for (size_t i = 0; i < topic->n; i++) {
		if (fits(f, topic->list[i], text, stars))
			return topic->list[i];
	}
	return NULL;
}

static size_t
all_by_index(struct find *f, const struct frozen *topic, struct str text,
    const struct brain_trigger **t, size_t max)
{
	struct asked asked = { f, topic };
	struct index_ask ask = { on_ask, &asked, may_cost(f) };
	const uint32_t *ranks;
	enum index_fit fit;
	size_t n = 0;

	fit = index_all(topic->index, text, ask, &ranks, &n);
	index_forget(topic->index);
	f->no_memory |= fit == INDEX_NO_MEMORY;
	f->limit |= fit == INDEX_LIMIT;
	if (fit != INDEX_YES)
		return 0;
	n = n < max ? n : max;
	for (size_t i = 0; i < n; i++)
		t[i] = topic->list[ranks[i]];
	return n;
}

size_t
find_all(struct find *f, const struct frozen *topic, struct str text,
    const struct brain_trigger **t, size_t max)
{
	size_t n = 0;

	if (topic->index != NULL && !f->brain->plain_loop)
		return all_by_index(f, topic, text, t, max);
	for (size_t i = 0; i < topic->n && n < max; i++) {
		if (fits(f, topic->list[i], text, NULL))
			t[n++] = topic->list[i];
	}
	return n;
}

/* The stars of both sides are those of the trigger that is returned. */
static const struct brain_trigger *
try_previous(struct find *f, const struct brain_trigger *t, struct str reply,
    struct str text, struct stars *both[2])
{
	return fits(f, t, text, both[1]) && side_fits(f, t, true, reply, both[0])
	    ? t : NULL;
}

static enum index_fit
on_ask_previous(void *arg, uint32_t rank, struct str reply)
{
	struct asked *a = arg;

	return side_fits(a->find, a->topic->thats[rank], true, reply, NULL)
	    ? INDEX_YES : INDEX_NO;
}

bool
find_following(struct find *f, const struct frozen *topic, struct str reply,
    bool *fit)
{
	struct asked asked = { f, topic };
	struct index_ask ask = { on_ask_previous, &asked, may_cost(f) };
	const uint32_t *ranks;
	enum index_fit found;
	size_t n = 0;

	if (topic->thats_index == NULL)
		return false;
	found = index_all(topic->thats_index, reply, ask, &ranks, &n);
	for (size_t i = 0; i < n; i++)
		fit[topic->thats[ranks[i]]->id] = true;
	return found == INDEX_YES || found == INDEX_NO;
}

/* Few replies fit a % at all: these are found first. */
static const struct brain_trigger *
previous_by_index(struct find *f, const struct frozen *topic,
    struct str reply, struct str text, struct stars *both[2])
{
	struct asked asked = { f, topic };
	struct index_ask ask = { on_ask_previous, &asked, may_cost(f) };
	const struct brain_trigger *t = NULL;
	const uint32_t *ranks;
	enum index_fit fit;
	size_t n = 0;

	fit = index_all(topic->thats_index, reply, ask, &ranks, &n);
	pay(f, topic->thats_index);
	index_forget(topic->thats_index);
	f->no_memory |= fit == INDEX_NO_MEMORY;
	f->limit |= fit == INDEX_LIMIT;
	for (size_t i = 0; i < n && t == NULL; i++)
		t = try_previous(f, topic->thats[ranks[i]], reply, text, both);
	return t;
}

const struct brain_trigger *
find_previous(struct find *f, const struct frozen *topic, struct str reply,
    struct str text, struct stars *botstars, struct stars *stars)
{
	struct stars *both[2] = { botstars, stars };
	const struct brain_trigger *t = NULL;

	if (topic->thats_index != NULL && !f->brain->plain_loop)
		return previous_by_index(f, topic, reply, text, both);
	for (size_t i = 0; i < topic->n_thats && t == NULL; i++)
		t = try_previous(f, topic->thats[i], reply, text, both);
	return t;
}
