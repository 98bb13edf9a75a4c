/*
 * err.h - what went wrong, and where in the author's script.
 *
 * A struct err is a plain value that the caller keeps on its stack; setting
 * one never allocates, so the error path cannot itself fail.  A function
 * that can fail takes `struct err *` last and returns bool (or a pointer):
 *
 *	if (!conf_load(&conf, path, err))
 *		return false;
 *
 * A loader goes on after a mistake and reports them all: it takes a
 * struct errs, a capped list.
 */
#ifndef IOPGUIDE_BASE_ERR_H
#define IOPGUIDE_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

#define ERR_MSG_MAX 240
#define ERRS_MAX 200 /* kept; what comes after is only counted */

/* A position in a source file; line and col count from 1, 0 is "unknown". */
struct loc {
	const char *file; /* borrowed, see below; NULL if not about a file */
	uint32_t line;
	uint32_t col;
};

/*
 * Ownership: at.file belongs to whoever named the file (argv, the directory
 * listing), never to the brain being loaded: the report must outlive a load
 * that failed and gave its arena back.
 */
struct err {
	struct loc at;
	bool doubt; /* a warning: the load goes on and may succeed */
	char msg[ERR_MSG_MAX];
};

/*
 * All zeroes is an empty list.  Its file names are copies of its own, so it
 * may outlive everything.  errs_clear() gives the memory back.
 */
struct errs {
	struct err *list;
	char **files;
	size_t n;        /* kept in list */
	size_t n_files;
	size_t n_errors; /* seen, kept or not */
	size_t n_doubts;
};

/* Fills *e and returns false, so that a failing caller is one line long. */
bool err_at(struct err *e, struct loc at, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* Writes "file:line:col: msg" into buf (cut to size) and returns buf. */
const char *err_text(const struct err *e, char *buf, size_t size);

/* Adds an error, or a warning; both return false.  Never fails: past the cap
 * or out of memory the mistake is counted and its text is dropped. */
bool errs_add(struct errs *es, struct loc at, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
bool errs_doubt(struct errs *es, struct loc at, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

void errs_clear(struct errs *es);

#endif
