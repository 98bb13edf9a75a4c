/*
 * Nothing of a message stays in memory once it was answered and its person's
 * variables were wiped: no block that was freed, and none that is kept,
 * holds a word of it.  malloc and its like are wrapped by the linker, see
 * Makefile.am.
 */
#include "rive/brain.h"

#include <stdlib.h>
#include <string.h>

#include "harness.h"

#define BLOCKS_MAX 200000

void *__real_malloc(size_t size);
void __real_free(void *p);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);
void __wrap_free(void *p);

static struct block {
	char *p;
	size_t size;
} blocks[BLOCKS_MAX];
static size_t n_blocks;

/* What is looked for, put together on the way so that it stands nowhere
 * else; how often it was found in what was freed. */
static char secret[16];
static size_t n_freed;
static bool watching;

static bool
holds_secret(const struct block *b)
{
	return secret[0] != '\0' &&
	       memmem(b->p, b->size, secret, strlen(secret)) != NULL;
}

void *
__wrap_malloc(size_t size)
{
	char *p = __real_malloc(size);

	if (p == NULL || n_blocks == BLOCKS_MAX)
		abort();
	memset(p, 0, size);
	blocks[n_blocks++] = (struct block){ p, size };
	return p;
}

void *
__wrap_calloc(size_t n, size_t size)
{
	return __wrap_malloc(n * size);
}

static struct block *
block_of(const void *p)
{
	for (size_t i = n_blocks; i-- > 0;) {
		if (blocks[i].p == p)
			return &blocks[i];
	}
	return NULL;
}

/* What others have allocated is theirs. */
void
__wrap_free(void *p)
{
	struct block *b = block_of(p);

	if (p != NULL && b != NULL) {
		n_freed += watching && holds_secret(b);
		*b = blocks[--n_blocks];
	}
	__real_free(p);
}

/* It always moves, as it may. */
void *
__wrap_realloc(void *p, size_t size)
{
	struct block *b = block_of(p);
	char *to = __wrap_malloc(size);

	if (b != NULL) {
		memcpy(to, p, b->size < size ? b->size : size);
		__wrap_free(p);
	}
	return to;
}

static size_t
kept(void)
{
	size_t n = 0;

	for (size_t i = 0; i < n_blocks; i++)
		n += holds_secret(&blocks[i]);
	return n;
}

/* Every way that a word may take: $ is the secret. */
static const struct {
	const char *source;
	const char *message;
} rows[] = {
	{ "+ *\n- You said <star>, <formal>, <input>.\n", "hello $" },
	{ "+ i am *\n- <set name=<star>>Hi {uppercase}<get name>{/uppercase}\n",
	    "I am $ of $" },
	{ "+ i am *\n- <set name=<star>>{@so}\n+ so\n- {@so <get name> $} x\n"
	    "+ so * [x]\n@ then <star>\n+ then *\n- {formal}<star>{/formal}\n"
	    "+ *\n- {person}<star>{/person} <person>\n", "i am $" },
	{ "+ *$*\n- x\n+ [*] $ you [*]\n- y\n+ *\n- z\n", "don't $ me" },
	{ "+ *\n- <set name=<star>>ok {@is it}\n+ [*]is <get name>\n- it is\n"
	    "+ is <input>\n- it is\n+ * <get name> * it\n- so\n", "$" },
	{ "+ *\n- <call>m \"<star>\" x</call>\n", "$ or $ and $ and then $" },
	{ "+ *\n* <star> == x => y\n* <star> != z => <star> {@then <star>}\n- a\n",
	    "then $" },
	{ "> begin\n+ request\n- <set a=<input>>{ok} {formal}x{/formal}\n< begin\n"
	    "+ *\n% * said\n- z\n+ *\n- <star> said\n+ *\n% $ *\n- <botstar>\n",
	    "$ \xC3\x9Cnder B\xC3\xA4umen, NEVER $" },
	{ "! sub a = b c d e\n! person a = b\n+ *\n- <star> <input2> <reply>\n",
	    "a a a a a a a a a $ a a a $$$$$ $$$$$$ $ $ $ $ $$$$$$$$" },
	{ "+ *\n- <star> <set x=<star>> <add x=<star>> <bot $> <unknown <star>>\n",
	    "$" },
	{ "+ *\n- {topic=<star>}<star>{random}<star>|<star> {/random} (@a)\n",
	    "$" },
	{ "+ * (a|b) * [c|d] *\n- <star3>\n", "$ a $ c $" },
};

static void
on_macro(void *host, const struct str *args, size_t n, struct buf *out)
{
	(void)host;
	for (size_t i = 0; i < n; i++)
		buf_add(out, args[i]);
}

/* Writes the text with the secret in it; into the source comes a word that
 * is no one's. */
static void
fill(const char *text, const char *word, struct buf *out)
{
	for (; *text != '\0'; text++) {
		if (*text == '$')
			buf_add(out, str_c(word));
		else
			buf_addc(out, *text);
	}
}

static void
say(struct brain *b, struct vars *user, const char *text)
{
	struct rng rng = { 1 };
	struct brain_talk talk = { .user = user, .rng = &rng };
	struct buf message = { 0 }, out = { 0 };
	const struct brain_trigger *t[8];
	size_t n, start, end;

	fill(text, secret, &message);
	brain_reply(b, &talk, buf_str(&message), &out, NULL);
	brain_reply(b, &talk, buf_str(&message), &out, NULL);
	buf_wipe(&out);
	brain_format(b, buf_str(&message), &out);
	(void)!brain_match(b, STR("random"), buf_str(&out), &t[0]);
	(void)!brain_match_all(b, STR("random"), buf_str(&out), t, 8, &n);
	(void)!brain_find(b, STR("random"), buf_str(&out), 0, &start, &end, t);
	buf_wipe(&message);
	buf_wipe(&out);
	/* What was formatted for another is gone with the next reply. */
	brain_reply(b, &talk, STR("x"), &out, NULL);
	buf_wipe(&out);
	vars_wipe(user);
}

START_TEST(nothing_stays_of_a_message)
{
	struct brain *b = brain_new(&(struct brain_options) { .utf8 = _i % 2,
	    .no_jit = getenv("NO_JIT") != NULL });
	struct vars *user = vars_new();
	struct buf source = { 0 };
	struct errs errs = { 0 };

	fill(rows[_i / 2].source, "word", &source);
	ck_assert(brain_macro(b, "m", on_macro));
	ck_assert(brain_load_text(b, "t", buf_str(&source), &errs));
	ck_assert(brain_ready(b, &errs));
	for (size_t i = 0; i < 7; i++)
		secret[i] = "qxzjvkw"[6 - i];
	watching = true;
	/* The first time buffers grow, later they are there. */
	for (int i = 0; i < 10; i++)
		say(b, user, rows[_i / 2].message);
	ck_assert_msg(n_freed == 0, "%zu blocks were freed: %s", n_freed,
	    rows[_i / 2].source);
	ck_assert_msg(kept() == 0, "%zu blocks are kept: %s", kept(),
	    rows[_i / 2].source);
	buf_clear(&source);
	vars_free(user);
	brain_unref(b);
	errs_clear(&errs);
}
END_TEST

/* The test itself must see what is there. */
START_TEST(what_stays_is_seen)
{
	char *p = malloc(32), *q;

	memcpy(secret, "abcdefg", 8);
	watching = true;
	memcpy(p + 3, secret, 7);
	ck_assert_uint_eq(kept(), 1);
	q = realloc(p, 64);
	ck_assert_uint_eq(n_freed, 1);
	ck_assert_uint_eq(kept(), 1);
	free(q);
	ck_assert_uint_eq(n_freed, 2);
	ck_assert_uint_eq(kept(), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("lingers");
	TCase *tc = tcase_create("lingers");

	tcase_add_loop_test(tc, nothing_stays_of_a_message, 0, 2 * N_ROWS(rows));
	tcase_add_test(tc, what_stays_is_seen);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
