/*
 * risklint.h - what lint says of a folder's risk rules: each shows an example
 * above it (see example.h), and finds it.
 */
#ifndef IOPGUIDE_GUIDE_RISKLINT_H
#define IOPGUIDE_GUIDE_RISKLINT_H

#include "base/err.h"
#include "base/str.h"
#include "guide/risk.h"

/* One file, as it was loaded under this name; doubts go to errs. */
void risklint_file(const struct risk_rules *rules, const char *file,
    struct str source, struct errs *errs);

/* Every file of a folder. */
void risklint_folder(const struct risk_rules *rules, const char *dir,
    struct errs *errs);

#endif
