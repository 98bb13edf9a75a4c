/*
 * suggest.h - the questions nearest to a message that was not understood.
 */
#ifndef IOPGUIDE_GUIDE_SUGGEST_H
#define IOPGUIDE_GUIDE_SUGGEST_H

#include "base/buf.h"
#include "base/str.h"
#include "guide/script.h"

/* Adds one line with at most three questions that share a word with the
 * message; nothing where none does. */
void suggest_questions(const struct script *s, struct str plain,
    struct buf *out);

#endif
