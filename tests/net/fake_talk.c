/*
 * fake_talk.c - a guide small enough to see through, for tests of the fronts:
 * it says each line back, and a few words make it do what a front must cope
 * with.
 *
 *	quit   the last answer         x      no answer
 *	big    a reply of 4,000 bytes  slow   three milliseconds of work
 *	fail   a reply that found no memory
 */
#include <stdlib.h>
#include <time.h>

#include "guide/session.h"
#include "guide/talk.h"

struct fake {
	uint64_t last_ms;
	bool warned;
};

struct session *
session_new(struct guide *g, uint64_t now_ms)
{
	struct fake *f = calloc(1, sizeof *f);

	(void)g;
	if (f != NULL)
		f->last_ms = now_ms;
	return (struct session *)f;
}

void
session_free(struct session *s)
{
	free(s);
}

void
talk_answer_clear(struct talk_answer *a)
{
	buf_wipe(&a->text);
	*a = (struct talk_answer) { 0 };
}

static void
reset(struct talk_answer *a)
{
	buf_reset(&a->text);
	a->end = a->silent = false;
}

void
talk_greet(struct guide *g, struct session *s, struct talk_answer *a)
{
	(void)g;
	(void)s;
	reset(a);
	buf_add(&a->text, STR("hello\n"));
}

static void
work(void)
{
	struct timespec from;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &from);
	do
		clock_gettime(CLOCK_MONOTONIC, &now);
	while ((now.tv_sec - from.tv_sec) * 1000000000 +
	    (now.tv_nsec - from.tv_nsec) < 3000000);
}

void
talk_line(struct guide *g, struct session *s, struct str raw,
    enum talk_place place, uint64_t now_ms, struct talk_answer *a)
{
	struct fake *f = (struct fake *)s;

	(void)g;
	(void)place;
	f->last_ms = now_ms;
	f->warned = false;
	reset(a);
	a->end = str_is(raw, "quit");
	a->silent = str_is(raw, "x");
	a->text.failed = str_is(raw, "fail");
	if (str_is(raw, "slow"))
		work();
	buf_addc(&a->text, '<');
	if (raw.len > 1000)
		buf_addf(&a->text, "%zu bytes", raw.len);
	else
		buf_add(&a->text, raw);
	for (int i = 0; str_is(raw, "big") && i < 100; i++)
		buf_add(&a->text, STR("0123456789012345678901234567890123456789"));
	buf_add(&a->text, STR(">\n"));
}

void
talk_part(struct guide *g, struct session *s, struct str raw, size_t same,
    uint64_t now_ms)
{
	(void)g;
	(void)s;
	(void)raw;
	(void)same;
	(void)now_ms;
}

void
talk_too_long(struct guide *g, struct session *s, struct talk_answer *a)
{
	(void)g;
	(void)s;
	reset(a);
	a->end = true;
	buf_add(&a->text, STR("too long\n"));
}

uint64_t
talk_tick(struct guide *g, struct session *s, uint64_t idle_ms,
    uint64_t now_ms, struct talk_answer *a)
{
	struct fake *f = (struct fake *)s;

	(void)g;
	reset(a);
	if (idle_ms == 0)
		return 0;
	if (now_ms >= f->last_ms + idle_ms) {
		buf_add(&a->text, STR("idle\n"));
		a->end = true;
		return 0;
	}
	if (now_ms >= f->last_ms + idle_ms / 2 && !f->warned) {
		buf_add(&a->text, STR("soon\n"));
		f->warned = true;
	}
	return f->last_ms + (f->warned ? idle_ms : idle_ms / 2);
}

const char *
talk_full_text(void)
{
	return "full\n";
}

const char *
talk_no_memory_text(void)
{
	return "no memory\n";
}

const char *
talk_goodbye_text(void)
{
	return "bye\n";
}
