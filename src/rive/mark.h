/*
 * mark.h - text that is finished: its tags are no tags.
 *
 * What people write, variables and macros give is put into a reply while the
 * author's tags around it still have to run.  In between, characters that
 * may begin, end or part a tag stand as control characters, so no later pass
 * can take them for one.  Scripts cannot hold control characters.
 */
#ifndef IOPGUIDE_RIVE_MARK_H
#define IOPGUIDE_RIVE_MARK_H

#include "base/buf.h"
#include "base/str.h"

/* Adds text as finished. */
void mark_add(struct buf *out, struct str text);

/* Turns the marks from byte `from` on back into characters. */
void mark_undo(struct buf *b, size_t from);

#endif
