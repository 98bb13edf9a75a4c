#include "cmd/conf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <confuse.h>

#include "base/buf.h"
#include "base/file.h"

struct reader {
	const char *path;
	const struct conf_shape *shape;
	struct arena *arena;
	struct errs *errs;
};

/* libconfuse's callbacks carry no argument of ours; a file is read by one
 * thread, from beginning to end, inside conf_read(). */
static const struct reader *reading;

static const struct conf_row *
row_named(const struct conf_shape *shape, const char *name)
{
	for (size_t i = 0; i < shape->n_rows; i++) {
		if (strcmp(shape->rows[i].name, name) == 0)
			return &shape->rows[i];
	}
	return NULL;
}

/* The shape of the section that cfg is, or of the file. */
static const struct conf_shape *
shape_of(const cfg_t *cfg)
{
	const struct conf_row *row = row_named(reading->shape, cfg->name);

	return row != NULL && row->sub != NULL ? row->sub : reading->shape;
}

static void
list_names(const struct conf_shape *shape, struct buf *out)
{
	for (size_t i = 0; i < shape->n_rows; i++)
		buf_addf(out, "%s%s", i > 0 ? ", " : "", shape->rows[i].name);
}

/* What libconfuse found, and what to write instead: it names the option in
 * quotes, and where it does not know one, the known ones help. */
static void
on_error(cfg_t *cfg, const char *fmt, va_list ap)
{
	const struct conf_shape *shape = shape_of(cfg);
	struct loc at = { .file = reading->path, .line = (uint32_t)cfg->line };
	struct buf more = { 0 };
	char text[200];
	char quoted[64];

	vsnprintf(text, sizeof text, fmt, ap);
	for (size_t i = 0; i < shape->n_rows; i++) {
		snprintf(quoted, sizeof quoted, "'%s'", shape->rows[i].name);
		if (strstr(text, quoted) != NULL)
			buf_addf(&more, ": write %s", shape->rows[i].write);
	}
	if (strncmp(text, "no such option", 14) == 0) {
		buf_addf(&more, "; there are: ");
		list_names(shape, &more);
	}
	errs_add(reading->errs, at, "%s%s", text, buf_cstr(&more));
	buf_clear(&more);
}

static void
say_write(const cfg_t *cfg, const struct conf_row *row, const char *write)
{
	struct loc at = { .file = reading->path, .line = (uint32_t)cfg->line };

	errs_add(reading->errs, at, "%s: write %s", row->name, write);
}

/* Notes the mistake and goes on, so that one run finds them all. */
static int
on_value(cfg_t *cfg, cfg_opt_t *opt)
{
	const struct conf_row *row = row_named(shape_of(cfg), opt->name);
	unsigned last = cfg_opt_size(opt);
	const char *write = NULL;
	double n = 0;

	if (row == NULL || last-- == 0)
		return 0;
	if (row->type == CONF_INT)
		n = (double)cfg_opt_getnint(opt, last);
	else if (row->type == CONF_FLOAT)
		n = cfg_opt_getnfloat(opt, last);
	else if (row->check != NULL)
		write = row->check(cfg_opt_getnstr(opt, last));
	/* So that "not a number" is out of range too. */
	if ((row->type == CONF_INT || row->type == CONF_FLOAT) &&
	    !(n >= row->least && n <= row->most))
		write = row->write;
	if (write != NULL)
		say_write(cfg, row, write);
	return 0;
}

static cfg_opt_t *describe(const struct conf_shape *shape, struct arena *arena);

static cfg_opt_t
describe_row(const struct conf_row *row, cfg_opt_t *sub)
{
	const cfg_flag_t none = CFGF_NODEFAULT;
	const cfg_flag_t many = CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES;

	switch (row->type) {
	case CONF_INT:
		return (cfg_opt_t) CFG_INT(row->name, 0, none);
	case CONF_FLOAT:
		return (cfg_opt_t) CFG_FLOAT(row->name, 0, none);
	case CONF_BOOL:
		return (cfg_opt_t) CFG_BOOL(row->name, cfg_false, none);
	case CONF_STR:
		return (cfg_opt_t) CFG_STR(row->name, NULL, none);
	case CONF_LIST:
		return (cfg_opt_t) CFG_STR_LIST(row->name, NULL, none);
	default:
		return (cfg_opt_t) CFG_SEC(row->name, sub, many);
	}
}

/* libconfuse's own table for a shape; NULL without memory. */
static cfg_opt_t *
describe(const struct conf_shape *shape, struct arena *arena)
{
	const cfg_opt_t end = CFG_END();
	cfg_opt_t *opts = arena_array(arena, shape->n_rows + 1, sizeof *opts);

	for (size_t i = 0; opts != NULL && i < shape->n_rows; i++) {
		const struct conf_row *row = &shape->rows[i];
		cfg_opt_t *sub = NULL;

		if (row->type == CONF_SECTION &&
		    (sub = describe(row->sub, arena)) == NULL)
			return NULL;
		opts[i] = describe_row(row, sub);
		if (row->type != CONF_SECTION)
			opts[i].validcb = on_value;
	}
	if (opts != NULL)
		opts[shape->n_rows] = end;
	return opts;
}

static const char *
keep(struct arena *arena, const char *s)
{
	return s == NULL ? NULL : arena_str(arena, str_c(s)).p;
}

static void
take_list(cfg_opt_t *opt, struct conf_list *list, struct arena *arena)
{
	size_t n = opt == NULL ? 0 : cfg_opt_size(opt);

	list->items = arena_array(arena, n, sizeof *list->items);
	for (size_t i = 0; list->items != NULL && i < n; i++) {
		list->items[i] = keep(arena, cfg_opt_getnstr(opt, (unsigned)i));
		list->n++;
	}
}

static void take_all(cfg_t *cfg, const struct conf_shape *shape, void *into,
    struct arena *arena);

static void
take_sections(cfg_opt_t *opt, const struct conf_shape *sub,
    struct conf_sections *out, struct arena *arena)
{
	size_t n = opt == NULL ? 0 : cfg_opt_size(opt);

	out->items = arena_array(arena, n, sub->size);
	for (size_t i = 0; out->items != NULL && i < n; i++) {
		cfg_t *sec = cfg_opt_getnsec(opt, (unsigned)i);
		char *item = (char *)out->items + i * sub->size;

		take_all(sec, sub, item, arena);
		*(const char **)(item + sub->title_at) =
		    keep(arena, cfg_title(sec));
		if (sub->line_at > 0)
			*(uint32_t *)(item + sub->line_at) =
			    (uint32_t)sec->line;
		out->n++;
	}
}

/* One row's value, or its default where the file is silent. */
static void
take_row(cfg_t *cfg, const struct conf_row *row, void *field,
    struct arena *arena)
{
	cfg_opt_t *opt = cfg == NULL ? NULL : cfg_getopt(cfg, row->name);
	bool said = opt != NULL && cfg_opt_size(opt) > 0;
	const char *deflt = row->deflt == NULL ? "0" : row->deflt;

	switch (row->type) {
	case CONF_INT:
		*(long *)field = said ? cfg_opt_getnint(opt, 0)
		                      : strtol(deflt, NULL, 10);
		break;
	case CONF_FLOAT:
		*(double *)field = said ? cfg_opt_getnfloat(opt, 0)
		                        : strtod(deflt, NULL);
		break;
	case CONF_BOOL:
		*(bool *)field = said ? cfg_opt_getnbool(opt, 0) == cfg_true
		                      : strcmp(deflt, "true") == 0;
		break;
	case CONF_STR:
		*(const char **)field =
		    keep(arena, said ? cfg_opt_getnstr(opt, 0) : row->deflt);
		break;
	case CONF_LIST:
		take_list(opt, field, arena);
		break;
	case CONF_SECTION:
		take_sections(opt, row->sub, field, arena);
		break;
	}
}

static void
take_all(cfg_t *cfg, const struct conf_shape *shape, void *into,
    struct arena *arena)
{
	for (size_t i = 0; i < shape->n_rows; i++)
		take_row(cfg, &shape->rows[i],
		    (char *)into + shape->rows[i].at, arena);
}

static bool
no_memory(const struct reader *r)
{
	return errs_add(r->errs, (struct loc) { .file = r->path },
	    "out of memory");
}

static bool
read_text(const struct reader *r, const char *text, void *into)
{
	cfg_opt_t *opts = describe(r->shape, r->arena);
	size_t before = r->errs->n_errors;
	cfg_t *cfg = opts == NULL ? NULL : cfg_init(opts, CFGF_NONE);
	int got;

	if (cfg == NULL)
		return no_memory(r);
	reading = r;
	cfg_set_error_function(cfg, on_error);
	got = cfg_parse_buf(cfg, text);
	if (got == CFG_SUCCESS)
		take_all(cfg, r->shape, into, r->arena);
	else if (r->errs->n_errors == before)
		errs_add(r->errs, (struct loc) { .file = r->path },
		    "cannot be read as a configuration");
	reading = NULL;
	cfg_free(cfg);
	if (r->arena->failed)
		return no_memory(r);
	return r->errs->n_errors == before;
}

bool
conf_read(const char *path, const struct conf_shape *shape, void *into,
    struct arena *arena, struct errs *errs)
{
	const struct reader r = { path, shape, arena, errs };
	struct buf text = { 0 };
	struct err err;
	bool ok;

	if (path == NULL) {
		take_all(NULL, shape, into, arena);
		return !arena->failed || no_memory(&r);
	}
	/* Not libconfuse's own reading: its scanner ends the program when it
	 * is given a folder. */
	if (!file_read(path, &text, &err))
		ok = errs_add(errs, err.at, "%s", err.msg);
	else if (text.len > 0 && memchr(text.p, '\0', text.len) != NULL)
		ok = errs_add(errs, (struct loc) { .file = path },
		    "is no text file");
	else
		ok = read_text(&r, buf_cstr(&text), into);
	buf_wipe(&text);
	return ok;
}
