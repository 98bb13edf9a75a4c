#include "guide/resource.h"

#include <stdio.h>


static const char *const field_names[RESOURCE_N_FIELDS] = {
	[RESOURCE_NAME] = "name",
	[RESOURCE_ALSO] = "also",
	[RESOURCE_EMERGENCY] = "emergency",
	[RESOURCE_SUICIDE] = "suicide",
	[RESOURCE_ABUSE] = "abuse",
	[RESOURCE_CHILD] = "child",
	[RESOURCE_ASSAULT] = "assault",
	[RESOURCE_POISON] = "poison",
	[RESOURCE_EATING] = "eating",
	[RESOURCE_TREATMENT] = "treatment",
	[RESOURCE_VETERANS] = "veterans",
	[RESOURCE_REACH] = "reach",
	[RESOURCE_HOURS] = "hours",
	[RESOURCE_LANGUAGES] = "languages",
	[RESOURCE_SEEN] = "seen",
	[RESOURCE_CHECKED] = "checked",
};

static bool
new_row(struct resources *t, struct str code, struct arena *arena,
    struct brain_line const *line, struct errs *errs)
{
	if (code.len != 2)
		return errs_add(errs, line->at,
		    "a country has a code of two letters, as in: country US");
	if (resource_by_code(t, code) != NULL)
		return errs_add(errs, line->at, "country %.*s is there already",
		    STR_ARG(code));
	if (t->n == t->size) {
		size_t size = t->size == 0 ? 64 : 2 * t->size;
		struct resource *more = arena_array(arena, size, sizeof *more);

		if (more == NULL)
			return errs_add(errs, line->at, "out of memory");
		if (t->n > 0)
			memcpy(more, t->rows, t->n * sizeof *more);
		t->rows = more;
		t->size = size;
	}
	t->rows[t->n] = (struct resource) { .at = line->at };
	memcpy(t->rows[t->n].code, code.p, 2);
	t->n++;
	return true;
}

static bool
set_field(struct resource *row, struct str key, struct str value,
    struct arena *arena, struct errs *errs, struct loc at)
{
	int f = 0;

	while (f < RESOURCE_N_FIELDS && !str_is(key, field_names[f]))
		f++;
	if (f == RESOURCE_N_FIELDS)
		return errs_add(errs, at, "no such line in a country: %.*s",
		    STR_ARG(key));
	if (row->field[f].p != NULL || row->none_checked[f])
		return errs_add(errs, at, "%.*s stands twice", STR_ARG(key));
	if (str_is(value, "none checked"))
		row->none_checked[f] = true;
	else if (value.len > 0)
		row->field[f] = arena_str(arena, value);
	return !arena->failed;
}

/* A digit, or the dot of an address. */
static bool
holds_way(struct str line)
{
	for (size_t i = 0; i < line.len; i++) {
		if ((line.p[i] >= '0' && line.p[i] <= '9') || line.p[i] == '.')
			return true;
	}
	return false;
}

/* A row without these could leave a person without a way to reach help. */
static bool
check_row(const struct resource *row, struct errs *errs)
{
	static const enum resource_field need[] = { RESOURCE_EMERGENCY,
		RESOURCE_SUICIDE, RESOURCE_ABUSE, RESOURCE_CHILD };
	bool ok = true;

	if (row->field[RESOURCE_NAME].p == NULL)
		ok = errs_add(errs, row->at, "country %s has no name", row->code);
	for (size_t i = 0; i < sizeof need / sizeof need[0]; i++) {
		struct str line = row->field[need[i]];

		if (line.p != NULL && !holds_way(line))
			ok = errs_add(errs, row->at, "the line for `%s` of country "
			    "%s holds neither a number nor an address",
			    field_names[need[i]], row->code);
		if (line.p == NULL && !row->none_checked[need[i]])
			ok = errs_add(errs, row->at, "country %s has no line for "
			    "`%s`: give a number or `none checked`", row->code,
			    field_names[need[i]]);
	}
	if (row->field[RESOURCE_SEEN].p == NULL)
		ok = errs_add(errs, row->at,
		    "country %s does not say where its numbers were seen",
		    row->code);
	return ok;
}

bool
resources_read(struct resources *t, const struct brain_object *o,
    struct arena *arena, struct errs *errs)
{
	struct str text, key;
	size_t first = t->n;
	bool ok = true, in_row = false;

	for (size_t i = 0; i < o->n_lines; i++) {
		const struct brain_line *line = &o->lines[i];

		text = str_trim(line->text);
		if (text.len == 0 || str_starts(text, STR("//")))
			continue;
		str_word(&text, &key);
		text = str_trim(text);
		if (str_is(key, "country")) {
			in_row = new_row(t, text, arena, line, errs);
			ok &= in_row;
		} else if (!in_row) {
			ok = errs_add(errs, line->at,
			    "this line belongs to no country");
		} else {
			ok &= set_field(&t->rows[t->n - 1], key, text, arena,
			    errs, line->at);
		}
	}
	for (size_t i = first; i < t->n; i++)
		ok &= check_row(&t->rows[i], errs);
	return ok && !arena->failed;
}

const struct resource *
resource_by_code(const struct resources *t, struct str code)
{
	for (size_t i = 0; i < t->n; i++) {
		if (str_casecmp(str_c(t->rows[i].code), code) == 0)
			return &t->rows[i];
	}
	return NULL;
}

/* Is `name`, as the table writes it, the whole of plain? */
static bool
is_name(struct str plain, struct str name)
{
	return str_casecmp(plain, name) == 0 ||
	    (str_starts(name, STR("the ")) &&
	    str_casecmp(plain, str_sub(name, 4, name.len)) == 0);
}

static bool
row_is_named(const struct resource *row, struct str plain)
{
	struct str rest = row->field[RESOURCE_ALSO], name;

	if (is_name(plain, row->field[RESOURCE_NAME]))
		return true;
	while (str_split(&rest, ',', &name)) {
		if (is_name(plain, str_trim(name)))
			return true;
	}
	return false;
}

static const struct resource *
row_named(const struct resources *t, struct str plain)
{
	if (str_ends(plain, STR(" please")))
		plain = str_sub(plain, 0, plain.len - 7);
	for (size_t i = 0; i < t->n; i++) {
		if (row_is_named(&t->rows[i], plain))
			return &t->rows[i];
	}
	return NULL;
}

const struct resource *
resource_said(const struct resources *t, struct str plain)
{
	static const char *const before[] = { "i live in ", "im in ",
		"i am in ", "im from ", "i am from ", "here in ", "living in ",
		"my country is ", "country ", "we live in ", "were in ",
		"based in " };
	const struct resource *row;
	size_t at;

	if (plain.len == 0)
		return NULL;
	row = row_named(t, plain);
	if (row != NULL)
		return row;
	for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
		struct str tail;

		at = str_find(plain, str_c(before[i]), 0);
		if (at == STR_NONE || (at > 0 && plain.p[at - 1] != ' '))
			continue;
		tail = str_sub(plain, at + strlen(before[i]), plain.len);
		/* What follows the name may go on at any length. */
		if (tail.len > 40)
			tail = str_sub(tail, 0, 40);
		for (size_t cut = tail.len; cut > 0; cut--) {
			if (cut < tail.len && tail.p[cut] != ' ')
				continue;
			row = row_named(t, str_sub(tail, 0, cut));
			if (row != NULL)
				return row;
		}
	}
	return NULL;
}

/* Months since a date that begins with YYYY-MM, or -1. */
static int
months_between(struct str then, const char *today)
{
	int y1, m1, y2, m2;
	char text[8] = { 0 };

	memcpy(text, then.p, then.len < 7 ? then.len : 7);
	if (sscanf(text, "%4d-%2d", &y1, &m1) != 2 ||
	    sscanf(today, "%4d-%2d", &y2, &m2) != 2)
		return -1;
	return (y2 - y1) * 12 + (m2 - m1);
}

void
resources_lint(const struct resources *t, const char *today, struct errs *errs)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct resource *row = &t->rows[i];
		struct str date = row->field[RESOURCE_CHECKED];
		int months;

		if (date.p == NULL) {
			errs_doubt(errs, row->at, "the numbers of country %s were "
			    "never checked by a person", row->code);
			continue;
		}
		if (today == NULL)
			continue;
		/* "Name 2026-01-31": the date is the last word. */
		for (size_t cut = date.len; cut > 0; cut--) {
			if (date.p[cut - 1] == ' ') {
				date = str_sub(date, cut, date.len);
				break;
			}
		}
		months = months_between(date, today);
		if (months < 0)
			errs_doubt(errs, row->at, "`checked` of country %s does "
			    "not end in a date (YYYY-MM-DD)", row->code);
		else if (months > 12)
			errs_doubt(errs, row->at, "the numbers of country %s were "
			    "checked %d months ago", row->code, months);
	}
}
