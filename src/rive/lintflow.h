/*
 * lintflow.h - lint's checks of what leads where: redirects and what a % line
 * waits for.
 */
#ifndef IOPGUIDE_RIVE_LINTFLOW_H
#define IOPGUIDE_RIVE_LINTFLOW_H

#include "rive/lintkit.h"

void lint_note_targets(struct lint *l); /* before all checks */

void lint_redirects(struct lint *l);
void lint_circles(struct lint *l);
void lint_doubling(struct lint *l);
void lint_previous(struct lint *l);

#endif
