/*
 * conf.h - a configuration file read through a table of its options.
 *
 * The module knows no option: a shape (rows with name, type, place, range,
 * default and help) says what a file may hold, and the same rows fill the
 * struct, word the mistakes and are compared with the manual by a test.
 */
#ifndef IOPGUIDE_CMD_CONF_H
#define IOPGUIDE_CMD_CONF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

enum conf_type {
	CONF_INT,     /* long */
	CONF_FLOAT,   /* double */
	CONF_BOOL,    /* bool */
	CONF_STR,     /* const char *; NULL where nothing was said */
	CONF_LIST,    /* struct conf_list of strings */
	CONF_SECTION, /* struct conf_sections; each `NAME TITLE { ... }` */
};

struct conf_list {
	const char **items;
	size_t n;
};

/* Items of the row's `sub` shape, one after the other. */
struct conf_sections {
	void *items;
	size_t n;
};

struct conf_shape;

struct conf_row {
	const char *name;
	enum conf_type type;
	size_t at;         /* offsetof the field */
	double least;      /* of numbers */
	double most;
	const char *deflt; /* as it would be written; NULL: none */
	const char *write; /* what to write, for mistakes and the manual */
	const char *help;
	const struct conf_shape *sub; /* of a section */
	/* What a range cannot say: NULL when the text is fine, else what to
	 * write.  For strings and for each item of a list. */
	const char *(*check)(const char *text);
};

struct conf_shape {
	const struct conf_row *rows;
	size_t n_rows;
	size_t size;     /* of the struct the rows fill */
	size_t title_at; /* of a section: where its title goes, const char * */
	size_t line_at;  /* of a section: where its last line goes, uint32_t;
	                  * 0: nowhere */
};

/*
 * Fills *into from the file, or with the defaults when path is NULL.  What it
 * points to lives in the arena.  False after every mistake is in errs with
 * file:line and what to write.
 */
bool conf_read(const char *path, const struct conf_shape *shape, void *into,
    struct arena *arena, struct errs *errs);

#endif
