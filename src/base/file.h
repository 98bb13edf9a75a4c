/*
 * file.h - a whole file in, or the names in a folder; sizes are capped.
 */
#ifndef IOPGUIDE_BASE_FILE_H
#define IOPGUIDE_BASE_FILE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* Adds the file's bytes to *out (its max is the cap).  Regular files only. */
MUST_USE bool file_read(const char *path, struct buf *out, struct err *err);

/*
 * All regular files below dir whose names end in one of the suffixes (NULL
 * ends the list), as paths that start with dir, sorted by bytes so that each
 * run loads them in the same order.  Hidden names are passed over, links to
 * folders are not followed, depth and number are capped.  The paths live in
 * the arena.
 */
MUST_USE bool file_list(const char *dir, const char *const *suffixes,
    struct arena *arena, const char ***paths, size_t *n, struct err *err);

#endif
