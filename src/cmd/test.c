/*
 * test.c - conversations as data: the rsts schema through the whole guide.
 *
 * Each test is a session of its own; its steps run in order on a made-up
 * clock, five seconds a line.  A key that is not known is a mistake, so that
 * a misspelt check cannot pass by being left out.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/log.h"
#include "base/regex.h"
#include "base/yaml.h"
#include "cmd/commands.h"
#include "cmd/setup.h"
#include "guide/session.h"
#include "guide/talk.h"

#define STEP_MS 5000
#define IDLE_MS (UINT64_C(15) * 60 * 1000)

struct run {
	struct guide *guide;
	struct session *session;
	struct talk_answer answer;
	struct regex_room *room;
	uint64_t now_ms;
	struct str test; /* its name */
	unsigned passed;
	unsigned failed;
};


/* The reply, or what came after a silence, without its last line end. */
static struct str
reply_of(const struct run *r)
{
	struct str s = buf_str(&r->answer.text);

	return s.len > 0 ? str_sub(s, 0, s.len - 1) : s;
}

static bool
complain(const struct run *r, struct loc at, const char *what, struct str want)
{
	struct str reply = reply_of(r);

	printf("%s:%u: %.*s: %s '%.*s'; the reply is:\n    ", at.file, at.line,
	    STR_ARG(r->test), what, STR_ARG(want));
	for (size_t i = 0; i < reply.len; i++) {
		putchar(reply.p[i]);
		if (reply.p[i] == '\n')
			fputs("    ", stdout);
	}
	putchar('\n');
	return false;
}

/* 1 or 0, or -1 after a word about a pattern that is none. */
static int
matches(const struct run *r, struct str pattern, struct loc at)
{
	struct err err;
	struct regex *re = regex_new(pattern, REGEX_UTF | REGEX_CASELESS, &err);
	enum regex_result got;

	if (re == NULL) {
		printf("%s:%u: %.*s: %s\n", at.file, at.line, STR_ARG(r->test),
		    err.msg);
		return -1;
	}
	got = regex_match(re, r->room, reply_of(r), 0);
	regex_free(re);
	if (got == REGEX_YES || got == REGEX_NO)
		return got == REGEX_YES;
	printf("%s:%u: %.*s: the pattern could not be tried to its end\n",
	    at.file, at.line, STR_ARG(r->test));
	return -1;
}

static bool
check_match(const struct run *r, struct str want, struct loc at)
{
	int got = matches(r, want, at);

	return got == 0 ? complain(r, at, "nothing matches", want) : got > 0;
}

static bool
check_absent(const struct run *r, struct str want, struct loc at)
{
	int got = matches(r, want, at);

	return got > 0 ? complain(r, at, "there is", want) : got == 0;
}

static bool
same(const struct run *r, struct str want)
{
	return str_eq(reply_of(r), str_trim(want));
}

/* One text, or a list of which the reply must be one. */
static bool
check_reply(const struct run *r, const struct yaml_node *n)
{
	if (n->type == YAML_TEXT)
		return same(r, n->text) ||
		    complain(r, n->at, "expected", n->text);
	for (size_t i = 0; n->type == YAML_LIST && i < n->n; i++) {
		if (n->values[i]->type == YAML_TEXT &&
		    same(r, n->values[i]->text))
			return true;
	}
	return complain(r, n->at, "expected", STR("one of the list"));
}

/* All of a list must hold. */
static bool
check_each(const struct run *r, const struct yaml_node *n,
    bool (*check)(const struct run *, struct str, struct loc))
{
	bool ok = true;

	if (n->type == YAML_TEXT)
		return check(r, n->text, n->at);
	for (size_t i = 0; i < n->n; i++)
		ok = check_each(r, n->values[i], check) && ok;
	return ok;
}

static bool
expect_reply(struct run *r, const struct yaml_node *n)
{
	return check_reply(r, n);
}

static bool
expect_match(struct run *r, const struct yaml_node *n)
{
	return check_each(r, n, check_match);
}

static bool
expect_absent(struct run *r, const struct yaml_node *n)
{
	return check_each(r, n, check_absent);
}

static bool
no_memory(const struct yaml_node *n)
{
	printf("%s:%u: out of memory\n", n->at.file, n->at.line);
	return false;
}

static bool
say(struct run *r, const struct yaml_node *n)
{
	if (n->type != YAML_TEXT) {
		printf("%s:%u: %.*s: input is one text\n", n->at.file,
		    n->at.line, STR_ARG(r->test));
		return false;
	}
	if (r->session == NULL) /* the last answer ended it */
		r->session = session_new(r->guide, r->now_ms);
	if (r->session == NULL)
		return no_memory(n);
	r->now_ms += STEP_MS;
	talk_line(r->guide, r->session, n->text, TALK_PRIVATE, r->now_ms,
	    &r->answer);
	if (r->answer.end || r->answer.silent) {
		session_free(r->session);
		r->session = NULL;
	}
	return true;
}

/* Some seconds pass; what is said then is the last thing that fell due. */
static bool
wait(struct run *r, const struct yaml_node *n)
{
	uint64_t until = r->now_ms +
	    strtoull(n->type == YAML_TEXT ? n->text.p : "0", NULL, 10) * 1000;
	struct talk_answer due = { 0 };
	uint64_t next = r->now_ms;

	buf_reset(&r->answer.text);
	while (r->session != NULL && next != 0 && next <= until) {
		if (next > r->now_ms)
			r->now_ms = next;
		next = talk_tick(r->guide, r->session, IDLE_MS, r->now_ms,
		    &due);
		if (due.text.len > 0) {
			buf_reset(&r->answer.text);
			buf_add(&r->answer.text, buf_str(&due.text));
		}
		if (due.end) {
			session_free(r->session);
			r->session = NULL;
		} else if (next != 0 && next <= r->now_ms) {
			next = r->now_ms + 1; /* time goes on, come what may */
		}
	}
	r->now_ms = until;
	talk_answer_clear(&due);
	return true;
}

/* In the order in which they are done. */
static const struct key {
	const char *name;
	bool (*run)(struct run *r, const struct yaml_node *n);
	bool counts; /* is a check */
} keys[] = {
	{ "input", say, false },
	{ "wait", wait, false },
	{ "reply", expect_reply, true },
	{ "match", expect_match, true },
	{ "absent", expect_absent, true },
};

#define N_KEYS (sizeof keys / sizeof keys[0])

static bool
keys_are_known(const struct run *r, const struct yaml_node *step)
{
	for (size_t i = 0; i < step->n; i++) {
		const struct yaml_node *name = step->keys[i];
		size_t k = 0;

		while (k < N_KEYS && !str_is(name->text, keys[k].name))
			k++;
		if (k < N_KEYS)
			continue;
		printf("%s:%u: %.*s: nothing is known of '%.*s'; there are: "
		    "input, wait, reply, match, absent\n", name->at.file,
		    name->at.line, STR_ARG(r->test), STR_ARG(name->text));
		return false;
	}
	return true;
}

static void
run_step(struct run *r, const struct yaml_node *step)
{
	bool ok = step->type == YAML_MAP && keys_are_known(r, step);
	bool counts = !ok;

	if (step->type != YAML_MAP)
		printf("%s:%u: %.*s: a step is a map\n", step->at.file,
		    step->at.line, STR_ARG(r->test));
	for (size_t k = 0; ok && k < N_KEYS; k++) {
		const struct yaml_node *n = yaml_get(step, keys[k].name);

		if (n == NULL)
			continue;
		ok = keys[k].run(r, n);
		counts = counts || keys[k].counts || !ok;
	}
	if (counts && ok)
		r->passed++;
	else if (counts)
		r->failed++;
}

static void
run_test(struct run *r, struct str name, const struct yaml_node *test)
{
	const struct yaml_node *steps = yaml_get(test, "tests");

	r->test = name;
	r->now_ms = 1;
	if (steps == NULL || steps->type != YAML_LIST || steps->n == 0) {
		printf("%s:%u: %.*s: has no list of tests\n", test->at.file,
		    test->at.line, STR_ARG(name));
		r->failed++;
		return;
	}
	for (size_t i = 0; i < steps->n; i++)
		run_step(r, steps->values[i]);
	session_free(r->session);
	r->session = NULL;
}

static void
run_document(struct run *r, const struct yaml_node *all, const char *path)
{
	if (all->type != YAML_MAP || all->n == 0) {
		printf("%s: has no tests\n", path);
		r->failed++;
		return;
	}
	for (size_t i = 0; i < all->n; i++)
		run_test(r, all->keys[i]->text, all->values[i]);
}

static void
run_file(struct run *r, const char *path)
{
	const struct yaml_node *all = NULL;
	struct arena arena = { 0 };
	struct buf text = { .max = (size_t)16 << 20 };
	struct err err;
	char said[ERR_MSG_MAX + 512];

	if (file_read(path, &text, &err))
		all = yaml_read(&arena, path, buf_str(&text), &err);
	if (all == NULL) {
		printf("%s\n", err_text(&err, said, sizeof said));
		r->failed++;
	} else {
		run_document(r, all, path);
	}
	buf_clear(&text);
	arena_clear(&arena);
}

int
cmd_test(const struct options *o)
{
	/* No rate: nobody can type as fast as a file. */
	const struct guide_options go = { .rate.burst = 1, .seed = o->seed };
	const struct script_options so = setup_script_options(o->dialogs);
	struct run r = { .guide = setup_guide(&so, &go),
		.room = regex_room_new() };

	if (r.guide != NULL && r.room != NULL) {
		for (int i = 0; i < o->n_args; i++)
			run_file(&r, o->args[i]);
		printf("%u passed, %u failed\n", r.passed, r.failed);
	} else {
		r.failed = 1;
	}
	talk_answer_clear(&r.answer);
	regex_room_free(r.room);
	guide_free(r.guide);
	return r.failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
