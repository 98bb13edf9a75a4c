/*
 * setup.h - what every command that talks begins with: a loaded guide.
 */
#ifndef IOPGUIDE_CMD_SETUP_H
#define IOPGUIDE_CMD_SETUP_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/options.h"
#include "guide/script.h"
#include "guide/talk.h"

/* The seed that was asked for, else one from the system. */
uint64_t setup_seed(const struct options *o);

/* What a load needs to know; dialogs is NULL for those compiled in. */
struct script_options setup_script_options(const char *dialogs);

/* NULL after every mistake was written to stderr. */
struct guide *setup_guide(const struct script_options *so,
    const struct guide_options *go);

#endif
