/*
 * graph.h - a brain as a Graphviz drawing: topics as boxes, in them the
 * triggers that lead somewhere or are led to.
 *
 *	solid arrow	a redirect
 *	bold arrow	{topic=name}
 *	dashed arrow	includes
 *	dotted arrow	inherits
 */
#ifndef IOPGUIDE_RIVE_GRAPH_H
#define IOPGUIDE_RIVE_GRAPH_H

#include "base/buf.h"
#include "rive/lint.h"

/* Adds the drawing to out; of *b only the tree and the match are used. */
void graph_write(const struct lint_brain *b, struct buf *out);

#endif
