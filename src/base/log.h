/*
 * log.h - one line to stderr, when something happened that an operator
 * should know.
 *
 * No line ever holds what a person wrote: callers log ids, sizes and names of
 * files.  What comes from outside (a path, a server's words) is escaped, so
 * that a line stays a line and a terminal stays as it is.
 */
#ifndef IOPGUIDE_BASE_LOG_H
#define IOPGUIDE_BASE_LOG_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

enum log_level {
	LOG_LEVEL_ERROR,
	LOG_LEVEL_WARNING,
	LOG_LEVEL_INFO,
	LOG_LEVEL_DEBUG,
};

/* What is above this level is not written; info at the start. */
void log_set_level(enum log_level level);

void log_error(const char *fmt, ...) PRINTF_LIKE(1, 2);
void log_warning(const char *fmt, ...) PRINTF_LIKE(1, 2);
void log_info(const char *fmt, ...) PRINTF_LIKE(1, 2);
void log_debug(const char *fmt, ...) PRINTF_LIKE(1, 2);

/* Every kept mistake on a line of its own, then how many more there were.
 * Doubts are left to `lint`. */
void log_errs(const struct errs *errs);

/* Adds s with control bytes and invalid UTF-8 written as \xNN. */
void log_escape(struct str s, struct buf *out);

#endif
