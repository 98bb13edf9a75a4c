/*
 * reload.h - the next generation of dialogs, built beside the talk.
 *
 * One worker thread at a time reads the folder and builds, and frees the
 * generations that nobody uses any more.  It shares nothing with the loop but
 * the moment of its end, which arrives as an event; the loop alone swaps.
 */
#ifndef IOPGUIDE_NET_RELOAD_H
#define IOPGUIDE_NET_RELOAD_H

#include <stdbool.h>

#include "base/err.h"
#include "guide/script.h"
#include "net/loop.h"

struct reload;

/* next is the callee's; NULL when errs says why there is none. */
typedef void (*reload_fn)(void *arg, struct script *next,
    const struct errs *errs);

/* NULL when the system refused. */
struct reload *reload_new(struct loop *l, reload_fn fn, void *arg);

/* Begins one; while one is under way, another follows it with what was asked
 * for last.  False when the system refused. */
bool reload_start(struct reload *r, const struct script_options *o);

/* Frees this one, too, off the loop: one that was not built here. */
void reload_adopt(struct reload *r, struct script *s);

/* Waits for the worker.  No generation may outlive this. */
void reload_free(struct reload *r);

#endif
