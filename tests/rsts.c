/*
 * rsts.c - runs RiveScript test files (YAML) against the interpreter.
 *
 *	tests/rsts FILE.yml...
 *
 * A file maps names of cases to { utf8, username, options, macros, tests };
 * the tests are steps that run in order on one fresh brain.  A case fails
 * with its first wrong step, which is told; the last line is a count.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/yaml.h"
#include "rive/brain.h"

#define USERS_MAX 16
#define MACROS_MAX 16

struct user {
	struct str name;
	struct vars *vars;
};

struct run {
	const char *file;
	struct str name;                /* of the case */
	const struct yaml_node *test;   /* the case */
	struct brain *brain;
	struct user users[USERS_MAX];
	size_t n_users;
	struct str templates[MACROS_MAX];
	size_t n_macros;
	struct rng rng;
	struct brain_how how; /* of the last reply */
	bool failed;
};

static void
fail(struct run *r, struct loc at, const char *what, struct str expected,
    struct str got)
{
	printf("%s:%u: %.*s: %s\n    expected %.*s\n    got      %.*s\n",
	    r->file, at.line, STR_ARG(r->name), what, STR_ARG(expected),
	    STR_ARG(got));
	r->failed = true;
}

/* --- macros: each slot expands its template ------------------------------- */

static void
expand(struct str template, const struct str *args, size_t n, struct buf *out)
{
	for (size_t i = 0; i < template.len; i++) {
		char next = i + 1 < template.len ? template.p[i + 1] : '\0';

		if (template.p[i] != '$') {
			buf_addc(out, template.p[i]);
			continue;
		}
		i++;
		if (next == '#')
			buf_addf(out, "%zu", n);
		else if (next == '$')
			buf_addc(out, '$');
		else if (next >= '1' && next <= '9' && (size_t)(next - '1') < n)
			buf_add(out, args[next - '1']);
		for (size_t k = 0; next == '*' && k < n; k++) {
			if (k > 0)
				buf_addc(out, ' ');
			buf_add(out, args[k]);
		}
	}
}

#define SLOT(i)                                                               \
	static void slot##i(void *host, const struct str *args, size_t n,     \
	    struct buf *out)                                                  \
	{                                                                     \
		expand(((struct run *)host)->templates[i], args, n, out);     \
	}

SLOT(0) SLOT(1) SLOT(2) SLOT(3) SLOT(4) SLOT(5) SLOT(6) SLOT(7)
SLOT(8) SLOT(9) SLOT(10) SLOT(11) SLOT(12) SLOT(13) SLOT(14) SLOT(15)

static const brain_macro_fn slots[MACROS_MAX] = { slot0, slot1, slot2, slot3,
	slot4, slot5, slot6, slot7, slot8, slot9, slot10, slot11, slot12,
	slot13, slot14, slot15 };

static bool
set_macros(struct run *r)
{
	const struct yaml_node *macros = yaml_get(r->test, "macros");

	for (size_t i = 0; macros != NULL && i < macros->n; i++) {
		if (i == MACROS_MAX)
			return false;
		r->templates[i] = macros->values[i]->text;
		if (!brain_macro(r->brain, macros->keys[i]->text.p, slots[i]))
			return false;
	}
	return true;
}

/* --- users ----------------------------------------------------------------- */

static struct user *
user_named(struct run *r, struct str name)
{
	for (size_t i = 0; i < r->n_users; i++) {
		if (str_eq(r->users[i].name, name))
			return &r->users[i];
	}
	if (r->n_users == USERS_MAX) {
		fprintf(stderr, "rsts: too many users\n");
		exit(2);
	}
	r->users[r->n_users] = (struct user) { name, vars_new() };
	return &r->users[r->n_users++];
}

static struct user *
user_of(struct run *r, const struct yaml_node *step)
{
	struct str name = yaml_text(step, "user");

	if (name.p == NULL)
		name = yaml_text(r->test, "username");
	return user_named(r, name.p == NULL ? STR("localuser") : name);
}

/* --- steps ------------------------------------------------------------------- */

/* The shown list of replies, for a report. */
static struct str
listed(const struct yaml_node *reply, struct buf *out)
{
	if (reply->type == YAML_TEXT)
		return reply->text;
	for (size_t i = 0; i < reply->n; i++) {
		buf_add(out, i == 0 ? STR("one of: ") : STR(" | "));
		buf_add(out, reply->values[i]->text);
	}
	return buf_str(out);
}

/* Which of the replies it is: 0 for a single one, -1 for none. */
static int
which(const struct yaml_node *reply, struct str got)
{
	if (reply->type == YAML_TEXT)
		return str_eq(str_trim(reply->text), got) ? 0 : -1;
	for (size_t i = 0; i < reply->n; i++) {
		if (str_eq(reply->values[i]->text, got))
			return (int)i;
	}
	return -1;
}

static void
step_input(struct run *r, const struct yaml_node *step,
    const struct yaml_node *value)
{
	const struct yaml_node *reply = yaml_get(step, "reply");
	struct str times = yaml_text(step, "times");
	long n = times.p == NULL ? 1 : strtol(times.p, NULL, 10);
	bool all = yaml_true(step, "all"), seen[64] = { false };
	struct user *user = user_of(r, step);
	struct buf out = { 0 }, list = { 0 };

	for (long i = 0; i < n && !r->failed; i++) {
		int hit;

		buf_reset(&out);
		brain_reply(r->brain,
		    &(struct brain_talk) { user->vars, &r->rng, r, user->name },
		    value->text, &out, &r->how);
		hit = reply == NULL ? 0 : which(reply, buf_str(&out));
		if (hit < 0)
			fail(r, step->at, value->text.p, listed(reply, &list),
			    buf_str(&out));
		else if (hit < 64)
			seen[hit] = true;
	}
	for (size_t i = 0; all && !r->failed && i < reply->n; i++) {
		if (!seen[i])
			fail(r, step->at, "never seen",
			    reply->values[i]->text, STR(""));
	}
	buf_clear(&out);
	buf_clear(&list);
}

static void
step_source(struct run *r, const struct yaml_node *step,
    const struct yaml_node *value)
{
	struct str errors = yaml_text(step, "errors");
	struct errs errs = { 0 };
	char got[32];
	bool ok;

	ok = brain_load_text(r->brain, "source", value->text, &errs);
	snprintf(got, sizeof got, "%zu", errs.n_errors);
	if (errors.p != NULL && !str_is(errors, got)) {
		fail(r, step->at, "errors", errors, str_c(got));
		for (size_t i = 0; i < errs.n; i++)
			printf("    line %u: %s\n", errs.list[i].at.line,
			    errs.list[i].msg);
	}
	if (ok != (errs.n_errors == 0))
		fail(r, step->at, "load's result", STR("as the errors say"),
		    STR("otherwise"));
	/* A broken part is told again here; the rest must answer. */
	(void)!brain_ready(r->brain, &errs);
	errs_clear(&errs);
}

static void
step_set(struct run *r, const struct yaml_node *step,
    const struct yaml_node *value)
{
	struct vars *vars = user_of(r, step)->vars;

	for (size_t i = 0; i < value->n; i++) {
		if (!vars_set(vars, value->keys[i]->text,
			value->values[i]->text))
			fail(r, step->at, "set", value->keys[i]->text,
			    STR("refused"));
	}
}

static void
expect_var(struct run *r, struct loc at, const struct yaml_node *expected,
    struct str got)
{
	if (got.p == NULL)
		got = STR("undefined");
	if (!str_eq(expected->text, got))
		fail(r, at, "variable", expected->text, got);
}

static void
step_assert(struct run *r, const struct yaml_node *step,
    const struct yaml_node *value)
{
	struct vars *vars = user_of(r, step)->vars;

	for (size_t i = 0; i < value->n; i++)
		expect_var(r, step->at, value->values[i],
		    vars_get(vars, value->keys[i]->text));
}

static void
step_bot(struct run *r, const struct yaml_node *step,
    const struct yaml_node *value)
{
	for (size_t i = 0; i < value->n; i++) {
		if (!brain_set_var(r->brain, value->keys[i]->text,
			value->values[i]->text))
			fail(r, step->at, "bot", value->keys[i]->text,
			    STR("refused"));
	}
}

static void
step_assert_bot(struct run *r, const struct yaml_node *step,
    const struct yaml_node *value)
{
	for (size_t i = 0; i < value->n; i++)
		expect_var(r, step->at, value->values[i],
		    brain_var(r->brain, value->keys[i]->text));
}

static void
step_freeze(struct run *r, const struct yaml_node *step,
    const struct yaml_node *value)
{
	(void)value;
	if (!vars_freeze(user_of(r, step)->vars))
		fail(r, step->at, "freeze", STR("done"), STR("refused"));
}

static void
step_thaw(struct run *r, const struct yaml_node *step,
    const struct yaml_node *value)
{
	enum vars_thaw how = str_is(value->text, "keep") ? VARS_KEEP
	    : str_is(value->text, "discard")             ? VARS_DISCARD
							 : VARS_THAW;

	if (!vars_thaw(user_of(r, step)->vars, how))
		fail(r, step->at, "thaw", STR("done"), STR("refused"));
}

static void
step_clear(struct run *r, const struct yaml_node *step,
    const struct yaml_node *value)
{
	(void)value;
	vars_wipe(user_of(r, step)->vars);
}

static void
step_last(struct run *r, const struct yaml_node *step,
    const struct yaml_node *value)
{
	if (!str_eq(value->text, r->how.last_trigger))
		fail(r, step->at, "last match", value->text,
		    r->how.last_trigger);
}

static void
step_initial(struct run *r, const struct yaml_node *step,
    const struct yaml_node *value)
{
	if (!str_eq(value->text, r->how.trigger))
		fail(r, step->at, "initial match", value->text,
		    r->how.trigger);
}

static const struct {
	const char *key;
	void (*run)(struct run *r, const struct yaml_node *step,
	    const struct yaml_node *value);
} steps[] = {
	{ "source", step_source },
	{ "input", step_input },
	{ "set", step_set },
	{ "assert", step_assert },
	{ "bot", step_bot },
	{ "assert_bot", step_assert_bot },
	{ "freeze", step_freeze },
	{ "thaw", step_thaw },
	{ "clear", step_clear },
	{ "last_match", step_last },
	{ "initial_match", step_initial },
};

static void
run_step(struct run *r, const struct yaml_node *step)
{
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		const struct yaml_node *value = yaml_get(step, steps[i].key);

		if (value != NULL) {
			steps[i].run(r, step, value);
			return;
		}
	}
	fail(r, step->at, "step", STR("a known one"), STR("another"));
}

/* --- cases ------------------------------------------------------------------- */

static struct brain *
new_brain(const struct yaml_node *test)
{
	const struct yaml_node *o = yaml_get(test, "options");
	const struct yaml_node *e = yaml_get(o, "errors");
	struct str depth = yaml_text(o, "depth");
	struct brain_options options = {
		.utf8 = yaml_true(test, "utf8"),
		.force_case = yaml_true(o, "force_case"),
		.case_sensitive = yaml_true(o, "case_sensitive"),
		.depth = depth.p == NULL
		    ? 0 : (unsigned)strtoul(depth.p, NULL, 10),
		.concat = yaml_text(o, "concat").p,
		.punctuation = yaml_text(o, "punctuation").p,
		.texts = {
			[BRAIN_NO_MATCH] = yaml_text(e, "no_match").p,
			[BRAIN_NO_REPLY] = yaml_text(e, "no_reply").p,
			[BRAIN_NO_OBJECT] = yaml_text(e, "no_object").p,
			[BRAIN_RECURSION] = yaml_text(e, "recursion").p,
		},
	};

	/* For valgrind, which does not know what the JIT writes. */
	options.no_jit = getenv("NO_JIT") != NULL;
	return brain_new(&options);
}

static bool
run_case(const char *file, struct str name, const struct yaml_node *test)
{
	struct run r = { .file = file, .name = name, .test = test };
	const struct yaml_node *list = yaml_get(test, "tests");

	r.brain = new_brain(test);
	if (r.brain == NULL || !set_macros(&r) || list == NULL)
		fail(&r, test->at, "case", STR("can be run"), STR("cannot"));
	for (size_t i = 0; !r.failed && i < list->n; i++)
		run_step(&r, list->values[i]);
	for (size_t i = 0; i < r.n_users; i++)
		vars_free(r.users[i].vars);
	brain_unref(r.brain);
	return !r.failed;
}

static void
run_file(const char *path, size_t *passed, size_t *failed)
{
	const struct yaml_node *root = NULL;
	struct arena arena = { 0 };
	struct buf text = { 0 };
	char line[ERR_MSG_MAX + 256];
	struct err err;

	if (file_read(path, &text, &err))
		root = yaml_read(&arena, path, buf_str(&text), &err);
	if (root == NULL) {
		printf("%s\n", err_text(&err, line, sizeof line));
		++*failed;
	}
	for (size_t i = 0; root != NULL && i < root->n; i++) {
		if (run_case(path, root->keys[i]->text, root->values[i]))
			++*passed;
		else
			++*failed;
	}
	arena_clear(&arena);
	buf_clear(&text);
}

int
main(int argc, char **argv)
{
	size_t passed = 0, failed = 0;

	if (argc < 2) {
		fprintf(stderr, "usage: tests/rsts FILE.yml...\n");
		return 2;
	}
	for (int i = 1; i < argc; i++)
		run_file(argv[i], &passed, &failed);
	printf("%zu passed, %zu failed\n", passed, failed);
	return failed == 0 ? 0 : 1;
}
