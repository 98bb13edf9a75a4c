#include "rive/pattern.h"

#include <string.h>

#include "harness.h"
#include "rive/ast.h"

static struct str items[] = { { "red", 3 }, { "light blue", 10 },
	{ "c++", 3 } };
static struct ast_array colors = { { "my_colors", 9 }, { 0 }, items, 3 };

#define GAP "(?:\\s+|\\b)"

static const struct {
	const char *trigger;
	enum pat_kind kind;
	const char *words; /* the tree, see show(); NULL: there is none */
	const char *regex;
} rows[] = {
	{ "hello bot", PATTERN_ATOMIC, NULL, "hello bot" },
	{ "  hello   bot {weight=5} ", PATTERN_ATOMIC, NULL, "hello bot" },
	{ "hi {weight=5} bot", PATTERN_ATOMIC, NULL, "hibot" },
	{ "*", PATTERN_WORDS, "?1", "(.*?)" },
	{ "i am * now", PATTERN_WORDS, "i am *1 now", "i am (.+?) now" },
	{ "_ #", PATTERN_WORDS, "_1 #2", "([^\\s0-9]+?) ([0-9]+?)" },
	{ "(a|b c) *", PATTERN_WORDS, "(a|b c)1 *2", "(a|b c) (.+?)" },
	{ "say (?:a|b)", PATTERN_WORDS, "say (a|b)", "say (?:a|b)" },
	{ "say [a|b c] d", PATTERN_WORDS, "say [a|b c] d",
	    "say(?:" GAP "a" GAP "|" GAP "b c" GAP "|" GAP ")d" },
	{ "[*] x", PATTERN_WORDS, "? x",
	    "(?:" GAP "(?:.+?)" GAP "|" GAP ")x" },
	{ "a [very [very]] b", PATTERN_WORDS, "a [very [very]] b",
	    "a(?:" GAP "very(?:" GAP "very" GAP "|" GAP ")" GAP "|" GAP ")b" },
	{ "my @my_colors", PATTERN_WORDS, "my (red|light blue|c++)",
	    "my (?:red|light blue|c\\+\\+)" },
	{ "my (@my_colors)", PATTERN_WORDS, "my ((red|light blue|c++))1",
	    "my ((?:red|light blue|c\\+\\+))" },
	{ "my (@nope|x)", PATTERN_REGEX, NULL, "my (x)" },
	{ "(a||b|) c", PATTERN_WORDS, "(a|b)1 c", "(a|b) c" },
	{ "go*", PATTERN_REGEX, NULL, "go(.+?)" },
	{ "a_b", PATTERN_REGEX, NULL, "a([^\\s0-9]+?)b" },
	{ "x ([y] z)", PATTERN_REGEX, NULL,
	    "x ((?:" GAP "y" GAP "|" GAP ")z)" },
	{ "i am <get my_name>", PATTERN_DYNAMIC, NULL, "i am a\\.b" },
	{ "(a", PATTERN_NEVER, NULL, NULL },
	{ "a)", PATTERN_ATOMIC, NULL, NULL },
	{ "(a]", PATTERN_NEVER, NULL, NULL },
	{ "a.c *", PATTERN_WORDS, "a.c *1", "a\\.c (.+?)" },
};

static void show(const struct pat_seq *seq, struct buf *out);

static void
show_item(const struct pat_item *i, struct buf *out)
{
	static const char *const wild[] = { [PAT_STAR] = "*",
		[PAT_UNDER] = "_", [PAT_NUM] = "#", [PAT_ANY] = "?" };

	if (i->type == PAT_WORD) {
		buf_add(out, i->word);
	} else if (i->type == PAT_ALT || i->type == PAT_OPT) {
		buf_addc(out, i->type == PAT_ALT ? '(' : '[');
		for (uint32_t k = 0; k < i->n; k++) {
			if (k > 0)
				buf_addc(out, '|');
			show(&i->alt[k], out);
		}
		buf_addc(out, i->type == PAT_ALT ? ')' : ']');
	} else {
		buf_add(out, str_c(wild[i->type]));
	}
	if (i->capture)
		buf_addf(out, "%u", i->star + 1u);
}

static void
show(const struct pat_seq *seq, struct buf *out)
{
	for (uint32_t i = 0; i < seq->n; i++) {
		if (i > 0)
			buf_addc(out, ' ');
		show_item(&seq->items[i], out);
	}
}

static void
on_value(void *ctx, struct str kind, struct str name, struct buf *out)
{
	(void)ctx;
	ck_assert(str_is(kind, "get") && str_is(name, "my_name"));
	buf_add(out, STR("a.b"));
}

START_TEST(a_trigger_is_read_as_words_and_as_a_regex)
{
	struct pat_values values = { on_value, NULL };
	struct arena arena = { 0 }, scratch = { 0 };
	struct map arrays = { 0 };
	struct pat_env env = { .arrays = &arrays };
	struct buf words = { 0 }, regex = { 0 };
	struct pattern p;
	const char *why;

	ck_assert(map_set(&arrays, &arena, colors.name, &colors));
	ck_assert(pattern_read(&p, str_c(rows[_i].trigger), &env, &arena,
	    &scratch, &why));
	ck_assert_msg((enum pat_kind)p.kind == rows[_i].kind, "%s is %d",
	    rows[_i].trigger, p.kind);
	ck_assert((why != NULL) == (p.kind == PATTERN_NEVER));
	show(&p.seq, &words);
	if (rows[_i].words != NULL)
		ck_assert_str_eq(buf_cstr(&words), rows[_i].words);
	if (rows[_i].regex != NULL) {
		ck_assert(pattern_regex(str_c(rows[_i].trigger), &env,
		    &scratch, &values, &regex));
		ck_assert_str_eq(buf_cstr(&regex), rows[_i].regex);
	}
	buf_clear(&words);
	buf_clear(&regex);
	arena_clear(&arena);
	arena_clear(&scratch);
}
END_TEST

START_TEST(deep_brackets_are_refused)
{
	struct arena arena = { 0 }, scratch = { 0 };
	struct map arrays = { 0 };
	struct pat_env env = { .arrays = &arrays };
	char deep[2001];
	struct pattern p;
	const char *why;

	memset(deep, '(', 1000);
	memset(deep + 1000, ')', 1000);
	deep[2000] = '\0';
	ck_assert(pattern_read(&p, str_c(deep), &env, &arena, &scratch, &why));
	ck_assert_int_eq(p.kind, PATTERN_NEVER);
	arena_clear(&arena);
	arena_clear(&scratch);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pattern");
	TCase *tc = tcase_create("pattern");

	tcase_add_loop_test(tc, a_trigger_is_read_as_words_and_as_a_regex, 0,
	    N_ROWS(rows));
	tcase_add_test(tc, deep_brackets_are_refused);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
