/*
 * harden.h - what the process gives up at its start.
 */
#ifndef IOPGUIDE_BASE_HARDEN_H
#define IOPGUIDE_BASE_HARDEN_H

#include <stdbool.h>

/*
 * No core dump and no debugger that could read what people wrote: a core
 * limit of 0 and "not dumpable".  Off in builds with sanitizers, which need
 * to look into their own process.  False when the system refused.
 */
bool harden_process(void);

#endif
