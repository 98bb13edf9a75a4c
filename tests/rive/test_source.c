#include "rive/source.h"

#include "harness.h"

/* Lines as `cmd|text|previous|line:col`, one a row. */
static const struct {
	const char *what;
	const char *text;
	const char *lines;
} files[] = {
	{ "blanks and line ends do not matter",
	    "\n  +  a \r\n\t-b\n", "+|a||2:3\n-|b||3:2\n" },
	{ "a comment is no line", "// x\n+ a\n/* y\n+ z\n*/\n- b\n",
	    "+|a||2:1\n-|b||6:1\n" },
	{ "a comment behind a line needs a blank before it",
	    "+ a // x\n- http://x //y\n", "+|a||1:1\n-|http://x||2:1\n" },
	{ "the end of a block comment takes its line with it",
	    "+ a\n- b */ c\n- d\n", "+|a||1:1\n-|d||3:1\n" },
	{ "continuations are joined, blank lines between or not",
	    "- a\n^ b\n\n  ^ c\n+ d\n", "-|abc||1:1\n+|d||5:1\n" },
	{ "a comment ends the continuations", "- a\n// x\n^ b\n- c\n",
	    "-|a||1:1\n-|c||4:1\n" },
	{ "pieces of a definition are kept apart", "! array a = b\n^ c\n",
	    "!|array a = b\nc||1:1\n" },
	{ "the % stands beside its trigger", "+ a\n% b c\n- d\n",
	    "+|a|b c|1:1\n-|d||3:1\n" },
	{ "what continues a % is lost", "+ a\n% b\n^ c\n- d\n",
	    "+|a|b|1:1\n-|d||4:1\n" },
	{ "a byte order mark is passed over", "\xEF\xBB\xBF+ a\n",
	    "+|a||1:1\n" },
};

START_TEST(a_file_is_read_as_logical_lines)
{
	struct arena arena = { 0 };
	struct errs errs = { 0 };
	struct source s = { .arena = &arena, .errs = &errs };
	struct source_line line;
	struct buf out = { 0 };

	source_init(&s, "t", str_c(files[_i].text));
	while (source_next(&s, &line))
		buf_addf(&out, "%c|%.*s|%.*s|%u:%u\n", line.cmd,
		    STR_ARG(line.text), STR_ARG(line.previous), line.at.line,
		    line.at.col);
	ck_assert_msg(str_is(buf_str(&out), files[_i].lines), "%s:\n%s",
	    files[_i].what, buf_cstr(&out));
	source_clear(&s);
	buf_clear(&out);
	errs_clear(&errs);
	arena_clear(&arena);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("source");
	TCase *tc = tcase_create("source");

	tcase_add_loop_test(tc, a_file_is_read_as_logical_lines, 0,
	    N_ROWS(files));
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
