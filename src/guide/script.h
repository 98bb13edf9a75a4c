/*
 * script.h - one generation: the shipped risk brain, a dialog brain, and the
 * checklists of one load.
 *
 * Built whole or not at all, then never changed; reference counted by one
 * thread (a reload builds and frees on a worker, which shares nothing).
 */
#ifndef IOPGUIDE_GUIDE_SCRIPT_H
#define IOPGUIDE_GUIDE_SCRIPT_H

#include "base/err.h"

struct script;

struct script_options {
	const char *dialogs; /* a folder; NULL: the dialogs compiled in */
	bool no_jit;
};

/* NULL when there was an error; errs then names every one of them. */
struct script *script_load(const struct script_options *o, struct errs *errs);
struct script *script_ref(struct script *s);
void script_unref(struct script *s);

/* The dialog brain, for lint and graph; borrowed. */
struct brain *script_dialogs(struct script *s);

/* The shipped risk brain, for lint and tests; borrowed. */
struct brain *script_shipped(struct script *s);

#endif
