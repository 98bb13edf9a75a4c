/*
 * screen.h - the risk screen over one person's lines.
 *
 * A line may be long: it is read in pieces that overlap, and a front that
 * sees it arrive hands it over piece by piece, so that no wake-up has more
 * than one piece of work.  A line is also read joined to the person's last
 * few, which the session keeps for a minute.
 */
#ifndef IOPGUIDE_GUIDE_SCREEN_H
#define IOPGUIDE_GUIDE_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/str.h"
#include "guide/guide.h"
#include "guide/session.h"

#define SCREEN_PIECE 4096 /* bytes read at once */

/*
 * Reads what there is of a line whose end has not come, all but its last
 * piece.  The first `same` bytes are as they were at the last call.
 */
void screen_part(struct guide *g, struct session *s, struct str raw,
    size_t same, uint64_t now_ms);

/*
 * Reads a line, or what is left of it after screen_part(), and leaves its
 * clean forms (of a long one: of its first piece) in s->clean.  False without
 * memory.
 */
MUST_USE bool screen_line(struct guide *g, struct session *s, struct str raw,
    uint64_t now_ms, struct risk_hit *hit);

#endif
