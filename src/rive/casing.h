/*
 * casing.h - {formal}, {sentence}, {uppercase} and {lowercase}.
 */
#ifndef IOPGUIDE_RIVE_CASING_H
#define IOPGUIDE_RIVE_CASING_H

#include "base/buf.h"
#include "base/str.h"

void casing_upper(struct str s, struct buf *out);
void casing_lower(struct str s, struct buf *out);

/* Each Word's First Letter; runs of blanks become one. */
void casing_formal(struct str s, struct buf *out);

/* The first letter of each sentence. Like this. A later sentence that begins
 * with a word like iPhone keeps it. */
void casing_sentence(struct str s, struct buf *out);

#endif
