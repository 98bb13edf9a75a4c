/*
 * guide_fixture.h - a guide with the texts that are compiled in, and one
 * talker, for tests.
 */
#ifndef IOPGUIDE_TESTS_GUIDE_FIXTURE_H
#define IOPGUIDE_TESTS_GUIDE_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>

#include "guide/session.h"
#include "guide/talk.h"
#include "harness.h"

struct fixture {
	struct guide *g;
	struct session *s;
	struct talk_answer a;
	uint64_t now_ms;
};

static inline struct script *
load_script(const char *dialogs)
{
	struct script_options o = { .dialogs = dialogs,
		.no_jit = getenv("IOPGUIDE_NO_JIT") != NULL };
	struct errs errs = { 0 };
	struct script *s = script_load(&o, &errs);
	char text[512];

	for (size_t i = 0; s == NULL && i < errs.n; i++)
		fprintf(stderr, "%s\n", err_text(&errs.list[i], text, sizeof text));
	errs_clear(&errs);
	return s;
}

/* The compiled-in script, loaded once: main() calls it before tests fork. */
static inline struct script *
shared_script(void)
{
	static struct script *shared;

	if (shared == NULL)
		shared = load_script(NULL);
	if (shared == NULL)
		exit(EXIT_FAILURE);
	return shared;
}

static inline void
fixture_open(struct fixture *f, const char *dialogs)
{
	struct guide_options o = { .rate = { .burst = 5, .interval_ms = 0 } };
	struct script *script = dialogs == NULL ? script_ref(shared_script())
	                                        : load_script(dialogs);

	ck_assert_ptr_nonnull(script);
	*f = (struct fixture) { .now_ms = 1000000 };
	f->g = guide_new(script, &o);
	script_unref(script);
	ck_assert_ptr_nonnull(f->g);
	f->s = session_new(f->g, f->now_ms);
	ck_assert_ptr_nonnull(f->s);
}

static inline void
fixture_close(struct fixture *f)
{
	talk_answer_clear(&f->a);
	session_free(f->s);
	guide_free(f->g);
}

/* A new talker. */
static inline void
fixture_again(struct fixture *f)
{
	session_free(f->s);
	f->now_ms += 3600000;
	f->s = session_new(f->g, f->now_ms);
	ck_assert_ptr_nonnull(f->s);
}

/* Says a line in private, a second after the last; the answer's text. */
static inline const char *
say(struct fixture *f, const char *line)
{
	f->now_ms += 1000;
	talk_line(f->g, f->s, str_c(line), TALK_PRIVATE, f->now_ms, &f->a);
	return buf_cstr(&f->a.text);
}

/* Does the first line hold a way to reach a person? */
static inline bool
opens_with_help(const char *reply)
{
	static const char *const ways[] = { "988", "911", "112", "999",
		"findahelpline", "1-800-", "116 123", "13 11 14", "emergency" };
	struct str rest = str_c(reply), line;

	str_split(&rest, '\n', &line);
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		if (str_find(line, str_c(ways[i]), 0) != STR_NONE)
			return true;
	}
	return false;
}

#endif
