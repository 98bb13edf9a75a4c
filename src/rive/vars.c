#include "rive/vars.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "rive/store.h"

#define HISTORY_BYTES 4096 /* of one message or reply */

struct vars {
	struct store live;
	struct store frozen;
	bool is_frozen;
	/* Rings: the latest is at `newest`, 0 before the first. */
	struct buf inputs[VARS_HISTORY];
	struct buf replies[VARS_HISTORY];
	struct buf frozen_inputs[VARS_HISTORY];
	struct buf frozen_replies[VARS_HISTORY];
	unsigned newest;
	unsigned n;
	unsigned frozen_newest;
	unsigned frozen_n;
};

static struct store
empty_store(void)
{
	return (struct store) {
		.max = VARS_MAX,
		.name_max = VARS_NAME_MAX,
		.value_max = VARS_VALUE_MAX,
	};
}

struct vars *
vars_new(void)
{
	struct vars *v = calloc(1, sizeof *v);

	if (v == NULL)
		return NULL;
	v->live = empty_store();
	v->frozen = empty_store();
	if (!vars_set(v, STR("topic"), STR("random"))) {
		vars_free(v);
		return NULL;
	}
	return v;
}

static void
wipe_ring(struct buf *ring)
{
	for (unsigned i = 0; i < VARS_HISTORY; i++)
		buf_wipe(&ring[i]);
}

void
vars_free(struct vars *v)
{
	if (v == NULL)
		return;
	store_clear(&v->live);
	store_clear(&v->frozen);
	wipe_ring(v->inputs);
	wipe_ring(v->replies);
	wipe_ring(v->frozen_inputs);
	wipe_ring(v->frozen_replies);
	explicit_bzero(v, sizeof *v);
	free(v);
}

struct str
vars_get(const struct vars *v, struct str name)
{
	return store_get(&v->live, name);
}

bool
vars_set(struct vars *v, struct str name, struct str value)
{
	return store_set(&v->live, name, value);
}

void
vars_unset(struct vars *v, struct str name)
{
	store_unset(&v->live, name);
}

bool
vars_next(const struct vars *v, size_t *at, struct str *name,
    struct str *value)
{
	return store_next(&v->live, at, name, value);
}

void
vars_wipe(struct vars *v)
{
	store_clear(&v->live);
	store_clear(&v->frozen);
	wipe_ring(v->inputs);
	wipe_ring(v->replies);
	wipe_ring(v->frozen_inputs);
	wipe_ring(v->frozen_replies);
	v->newest = v->n = 0;
	v->frozen_newest = v->frozen_n = 0;
	v->is_frozen = false;
	/* Where memory is out the topic is read as "random" anyway. */
	(void)vars_set(v, STR("topic"), STR("random"));
}

static void
copy_ring(struct buf *to, const struct buf *from)
{
	for (unsigned i = 0; i < VARS_HISTORY; i++) {
		buf_wipe(&to[i]);
		buf_add(&to[i], buf_str(&from[i]));
	}
}

bool
vars_freeze(struct vars *v)
{
	if (!store_copy(&v->frozen, &v->live))
		return false;
	copy_ring(v->frozen_inputs, v->inputs);
	copy_ring(v->frozen_replies, v->replies);
	v->frozen_newest = v->newest;
	v->frozen_n = v->n;
	v->is_frozen = true;
	return true;
}

static void
drop_frozen(struct vars *v)
{
	store_clear(&v->frozen);
	wipe_ring(v->frozen_inputs);
	wipe_ring(v->frozen_replies);
	v->is_frozen = false;
}

bool
vars_thaw(struct vars *v, enum vars_thaw how)
{
	struct store copy = empty_store();

	if (!v->is_frozen)
		return false;
	if (how != VARS_DISCARD) {
		if (!store_copy(&copy, &v->frozen))
			return false;
		store_clear(&v->live);
		v->live = copy;
		copy_ring(v->inputs, v->frozen_inputs);
		copy_ring(v->replies, v->frozen_replies);
		v->newest = v->frozen_newest;
		v->n = v->frozen_n;
	}
	if (how != VARS_KEEP)
		drop_frozen(v);
	return true;
}

static struct str
past(const struct vars *v, const struct buf *ring, unsigned n)
{
	struct str s;

	if (n == 0 || n > v->n)
		return STR("undefined");
	s = buf_str(&ring[(v->newest + VARS_HISTORY - (n - 1)) % VARS_HISTORY]);
	return s.p == NULL ? STR("") : s;
}

struct str
vars_input(const struct vars *v, unsigned n)
{
	return past(v, v->inputs, n);
}

struct str
vars_reply(const struct vars *v, unsigned n)
{
	return past(v, v->replies, n);
}

static void
keep(struct buf *b, struct str s)
{
	/* A realloc would leave the old words behind. */
	if (s.len >= b->size)
		buf_wipe(b);
	else
		explicit_bzero(b->p, b->size);
	buf_reset(b);
	buf_add(b, str_sub(s, 0, utf8_fit(s, HISTORY_BYTES)));
}

void
vars_push(struct vars *v, struct str input, struct str reply)
{
	v->newest = (v->newest + 1) % VARS_HISTORY;
	if (v->n < VARS_HISTORY)
		v->n++;
	keep(&v->inputs[v->newest], input);
	keep(&v->replies[v->newest], reply);
}
