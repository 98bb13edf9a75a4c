/*
 * values.h - <get>, <set> and the other tags in < > that read and write
 * variables or call macros.
 */
#ifndef IOPGUIDE_RIVE_VALUES_H
#define IOPGUIDE_RIVE_VALUES_H

#include "base/buf.h"
#include "rive/expander.h"

/* A format that waits for the values inside it is put between these. */
#define VALUES_UPPER '\x0E'
#define VALUES_FORMAL '\x0F'
#define VALUES_END '\x10'

/*
 * Runs them all, innermost first and else from left to right.  A < that
 * opens no such tag is a <.
 */
void values_expand(struct expander *x, struct str text, struct buf *out);

#endif
