/*
 * checklist_file.h - reads a checklist from `> object NAME checklist`.
 */
#ifndef IOPGUIDE_GUIDE_CHECKLIST_FILE_H
#define IOPGUIDE_GUIDE_CHECKLIST_FILE_H

#include "base/arena.h"
#include "guide/checklist.h"
#include "rive/brain.h"

/*
 * NULL when there was an error; reading goes on after a mistake, and errs
 * names each with file:line:col.  The checklist lives in the arena.
 */
struct checklist *checklist_read(const struct brain_object *o,
    struct arena *arena, struct errs *errs);

#endif
