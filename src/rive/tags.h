/*
 * tags.h - the tags in a reply, in the order all implementations run them.
 *
 *	1. (@array), <star> and other inserts, \s and other escapes
 *	2. {random}, then {person} {formal} {sentence} {uppercase} {lowercase}
 *	3. <get> <set> <bot> <env> <add> ... <call>, innermost first
 *	4. {topic=...}
 *	5. {@...}
 *
 * What is put in is finished (see mark.h): no later step looks into it.
 */
#ifndef IOPGUIDE_RIVE_TAGS_H
#define IOPGUIDE_RIVE_TAGS_H

#include "base/buf.h"
#include "rive/expander.h"

/* Adds the author's text to out with its tags run, as finished text. */
void tags_expand(struct expander *x, struct str text, struct buf *out);

/* The same, as it is read: no marks left. */
void tags_plain(struct expander *x, struct str text, struct buf *out);

/* Runs the {topic=...} and <set ...> tags of a begin block's reply and adds
 * the text without them to out. */
void tags_early(struct expander *x, struct str text, struct buf *out);

#endif
