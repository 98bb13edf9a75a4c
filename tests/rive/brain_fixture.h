/*
 * brain_fixture.h - a small brain and one user, for the unit tests.
 */
#ifndef IOPGUIDE_TESTS_RIVE_BRAIN_FIXTURE_H
#define IOPGUIDE_TESTS_RIVE_BRAIN_FIXTURE_H

#include <stdlib.h>

#include "harness.h"
#include "rive/brain.h"

struct fixture {
	struct brain *brain;
	struct vars *user;
	struct rng rng;
	struct errs errs;
	struct buf out;
	struct brain_how how;
	bool loaded;
};

/* valgrind does not know what the JIT writes: NO_JIT=1 turns it off. */
static inline struct fixture
fixture_load(struct brain_options options, const char *source)
{
	struct fixture f = { 0 };

	options.no_jit = getenv("NO_JIT") != NULL;
	f.brain = brain_new(&options);
	f.user = vars_new();
	ck_assert_ptr_nonnull(f.brain);
	ck_assert_ptr_nonnull(f.user);
	f.loaded = brain_load_text(f.brain, "t.rive", str_c(source), &f.errs);
	f.loaded &= brain_ready(f.brain, &f.errs);
	return f;
}

/* The reply, good until the next one. */
static inline const char *
fixture_ask(struct fixture *f, const char *message)
{
	struct brain_talk talk = { f->user, &f->rng, NULL, { 0 } };

	buf_reset(&f->out);
	brain_reply(f->brain, &talk, str_c(message), &f->out, &f->how);
	return buf_cstr(&f->out);
}

static inline void
fixture_clear(struct fixture *f)
{
	brain_unref(f->brain);
	vars_free(f->user);
	errs_clear(&f->errs);
	buf_clear(&f->out);
}

#endif
