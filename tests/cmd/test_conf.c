#include "cmd/conf.h"

#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "cmd/options.h"
#include "cmd/settings.h"
#include "harness.h"

struct place {
	const char *name;
	const char *street;
	long number;
};

struct sample {
	long n;
	double ratio;
	bool on;
	const char *text;
	struct conf_list names;
	struct conf_sections places;
};

static const char *
no_spaces(const char *text)
{
	return strchr(text, ' ') == NULL ? NULL : "a word";
}

static const struct conf_row place_rows[] = {
	{ .name = "street", .type = CONF_STR,
	    .at = offsetof(struct place, street), .deflt = "Main Street",
	    .write = "a street" },
	{ .name = "number", .type = CONF_INT,
	    .at = offsetof(struct place, number), .least = 1, .most = 99,
	    .deflt = "1", .write = "a number, 1 to 99" },
};

static const struct conf_shape place_shape = {
	place_rows, 2, sizeof(struct place), offsetof(struct place, name), 0
};

static const struct conf_row sample_rows[] = {
	{ .name = "n", .type = CONF_INT, .at = offsetof(struct sample, n),
	    .least = -5, .most = 5, .deflt = "3",
	    .write = "a whole number, -5 to 5" },
	{ .name = "ratio", .type = CONF_FLOAT,
	    .at = offsetof(struct sample, ratio), .least = 0, .most = 1,
	    .deflt = "0.5", .write = "a number, 0 to 1" },
	{ .name = "on", .type = CONF_BOOL, .at = offsetof(struct sample, on),
	    .deflt = "true", .write = "true or false" },
	{ .name = "text", .type = CONF_STR,
	    .at = offsetof(struct sample, text), .write = "a word",
	    .check = no_spaces },
	{ .name = "names", .type = CONF_LIST,
	    .at = offsetof(struct sample, names), .write = "words",
	    .check = no_spaces },
	{ .name = "place", .type = CONF_SECTION,
	    .at = offsetof(struct sample, places), .sub = &place_shape },
};

static const struct conf_shape sample_shape = {
	sample_rows, N_ROWS(sample_rows), sizeof(struct sample), 0, 0
};

/* Reads text as a file would be read; its name is `path`. */
static bool
read_sample(const char *text, struct sample *s, struct arena *arena,
    struct errs *errs)
{
	char path[] = "/tmp/iopguide-conf-XXXXXX";
	int fd = mkstemp(path);
	bool ok;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	ok = conf_read(path, &sample_shape, s, arena, errs);
	unlink(path);
	return ok;
}

START_TEST(gives_defaults_without_a_file)
{
	struct sample s = { 0 };
	struct arena arena = { 0 };
	struct errs errs = { 0 };

	ck_assert(conf_read(NULL, &sample_shape, &s, &arena, &errs));
	ck_assert_int_eq(s.n, 3);
	ck_assert_double_eq(s.ratio, 0.5);
	ck_assert(s.on);
	ck_assert_ptr_null(s.text);
	ck_assert_uint_eq(s.names.n, 0);
	ck_assert_uint_eq(s.places.n, 0);
	arena_clear(&arena);
}
END_TEST

START_TEST(reads_every_type_and_sections)
{
	struct sample s = { 0 };
	struct arena arena = { 0 };
	struct errs errs = { 0 };
	const struct place *places;

	ck_assert(read_sample("# a comment\nn = -2\nratio = 0.25\non = false\n"
	    "text = \"word\"\nnames = {\"a\", \"b\"}\n"
	    "place \"home\" { street = \"Elm\" number = 7 }\n"
	    "place work { }\n", &s, &arena, &errs));
	ck_assert_int_eq(s.n, -2);
	ck_assert_double_eq(s.ratio, 0.25);
	ck_assert(!s.on);
	ck_assert_str_eq(s.text, "word");
	ck_assert_uint_eq(s.names.n, 2);
	ck_assert_str_eq(s.names.items[1], "b");
	ck_assert_uint_eq(s.places.n, 2);
	places = s.places.items;
	ck_assert_str_eq(places[0].name, "home");
	ck_assert_str_eq(places[0].street, "Elm");
	ck_assert_int_eq(places[0].number, 7);
	ck_assert_str_eq(places[1].name, "work");
	ck_assert_str_eq(places[1].street, "Main Street");
	arena_clear(&arena);
}
END_TEST

static const struct {
	const char *text;
	uint32_t line;
	const char *says; /* two parts, both must be there */
	const char *writes;
} mistakes[] = {
	{ "n = 1\nn = 6\n", 2, "n", "write a whole number, -5 to 5" },
	{ "n = x\n", 1, "n", "write a whole number, -5 to 5" },
	{ "n = 99999999999999999999\n", 1, "n", "write a whole number" },
	{ "\nratio = nan\n", 2, "ratio", "write a number, 0 to 1" },
	{ "ratio = 1.1\n", 1, "ratio", "write a number, 0 to 1" },
	{ "on = maybe\n", 1, "on", "write true or false" },
	{ "text = \"two words\"\n", 1, "text", "write a word" },
	{ "names = {\"a\",\n\"b c\"}\n", 2, "names", "write a word" },
	{ "\n\nnam = 1\n", 3, "nam", "there are: n, ratio, on, text" },
	{ "place a {\nnumber = 100\n}\n", 2, "number",
	    "write a number, 1 to 99" },
	{ "place a {\nstret = \"b\"\n}\n", 2, "stret",
	    "there are: street, number" },
	{ "place a { }\nplace a { }\n", 2, "a", "" },
	{ "n = \n", 2, "", "" },
	{ "text = \"never ends\n", 0, "", "" },
	{ "}", 1, "", "" },
};

START_TEST(names_place_and_cure_of_a_mistake)
{
	for (int i = 0; i < N_ROWS(mistakes); i++) {
		struct sample s = { 0 };
		struct arena arena = { 0 };
		struct errs errs = { 0 };

		ck_assert_msg(!read_sample(mistakes[i].text, &s, &arena,
		    &errs), "%s", mistakes[i].text);
		ck_assert_uint_ge(errs.n, 1);
		ck_assert_ptr_nonnull(strstr(errs.list[0].at.file, "conf"));
		ck_assert_msg(mistakes[i].line == 0 ||
		    errs.list[0].at.line == mistakes[i].line, "%s: line %u: %s",
		    mistakes[i].text, errs.list[0].at.line, errs.list[0].msg);
		ck_assert_msg(strstr(errs.list[0].msg, mistakes[i].says) &&
		    strstr(errs.list[0].msg, mistakes[i].writes), "%s: %s",
		    mistakes[i].text, errs.list[0].msg);
		errs_clear(&errs);
		arena_clear(&arena);
	}
}
END_TEST

START_TEST(finds_all_wrong_values_in_one_run)
{
	struct sample s = { 0 };
	struct arena arena = { 0 };
	struct errs errs = { 0 };

	ck_assert(!read_sample("n = 6\nratio = 2\ntext = \"a b\"\n", &s, &arena,
	    &errs));
	ck_assert_uint_eq(errs.n_errors, 3);
	errs_clear(&errs);
	arena_clear(&arena);
}
END_TEST

static const struct {
	const char *path;
	const char *says;
} no_files[] = {
	{ "/nowhere/at/all.conf", "No such file" },
	{ "/tmp", "not a regular file" },
	{ "/dev/null", "not a regular file" },
};

START_TEST(says_why_a_file_cannot_be_read)
{
	for (int i = 0; i < N_ROWS(no_files); i++) {
		struct sample s = { 0 };
		struct arena arena = { 0 };
		struct errs errs = { 0 };

		ck_assert(!conf_read(no_files[i].path, &sample_shape, &s,
		    &arena, &errs));
		ck_assert_ptr_nonnull(strstr(errs.list[0].msg,
		    no_files[i].says));
		errs_clear(&errs);
		arena_clear(&arena);
	}
}
END_TEST

/* A page of the manual, whole. */
static struct buf
page(const char *name)
{
	const char *srcdir = getenv("srcdir");
	struct buf text = { 0 };
	struct err err;
	char path[512];

	snprintf(path, sizeof path, "%s/src/cmd/%s",
	    srcdir == NULL ? "." : srcdir, name);
	ck_assert_msg(file_read(path, &text, &err), "%s: %s", path, err.msg);
	return text;
}

/* The paragraph of an item, up to the next one. */
static struct str
item(const struct buf *text, const char *head)
{
	struct str all = buf_str(text);
	size_t from = str_find(all, str_c(head), 0);

	ck_assert_msg(from != STR_NONE, "no '%s'", head);
	from += strlen(head);
	return str_sub(all, from, str_find(all, STR("\n.It"), from));
}

static void
compare(const struct buf *text, const struct conf_row *row)
{
	char wanted[60];
	struct str about;

	snprintf(wanted, sizeof wanted, ".It Ic %s\n", row->name);
	about = item(text, wanted);
	snprintf(wanted, sizeof wanted, "Default: %s",
	    row->deflt == NULL ? "" : row->deflt);
	ck_assert_msg(str_find(about, str_c(wanted), 0) != STR_NONE,
	    "%s: no '%s'", row->name, wanted);
	if (row->type != CONF_INT && row->type != CONF_FLOAT)
		return;
	/* The range may be broken over two lines: its end tells. */
	snprintf(wanted, sizeof wanted, "%.0f", row->most);
	ck_assert_msg(str_find(about, str_c(wanted), 0) != STR_NONE,
	    "%s: no '%s'", row->name, wanted);
}

START_TEST(the_manual_has_every_setting_with_range_and_default)
{
	struct buf text = page("iopguide.conf.5");

	for (size_t i = 0; i < settings_shape.n_rows; i++) {
		const struct conf_row *row = &settings_shape.rows[i];

		if (row->type != CONF_SECTION)
			compare(&text, row);
		for (size_t j = 0; row->sub != NULL && j < row->sub->n_rows;
		     j++)
			compare(&text, &row->sub->rows[j]);
	}
	buf_clear(&text);
}
END_TEST

START_TEST(the_manual_has_every_option)
{
	struct buf text = page("iopguide.1");
	const char *name;
	char flag[64];

	for (size_t i = 0; (name = options_name(i)) != NULL; i++) {
		snprintf(flag, sizeof flag, "Fl -%s", name);
		ck_assert_msg(str_find(buf_str(&text), str_c(flag), 0) !=
		    STR_NONE, "no --%s", name);
	}
	buf_clear(&text);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("conf");
	TCase *tc = tcase_create("conf");

	tcase_add_test(tc, gives_defaults_without_a_file);
	tcase_add_test(tc, reads_every_type_and_sections);
	tcase_add_test(tc, names_place_and_cure_of_a_mistake);
	tcase_add_test(tc, finds_all_wrong_values_in_one_run);
	tcase_add_test(tc, says_why_a_file_cannot_be_read);
	tcase_add_test(tc, the_manual_has_every_setting_with_range_and_default);
	tcase_add_test(tc, the_manual_has_every_option);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
