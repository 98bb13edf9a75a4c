/*
 * embedded.h - the texts that are compiled in, made by embed.sh at build.
 */
#ifndef IOPGUIDE_GUIDE_EMBEDDED_H
#define IOPGUIDE_GUIDE_EMBEDDED_H

#include <stddef.h>

struct embedded {
	const char *name; /* NULL ends a table */
	const unsigned char *text;
	size_t len;
};

extern const struct embedded embedded_shipped[]; /* the risk brain */
extern const struct embedded embedded_dialogs[]; /* the default dialogs */

#endif
