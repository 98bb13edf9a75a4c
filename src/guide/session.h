/*
 * session.h - what we keep of one talker, in memory only.
 *
 * One allocation with fixed fields and capped variables; session_free() and
 * session_forget() overwrite it.  Fronts hold it as an opaque thing.
 */
#ifndef IOPGUIDE_GUIDE_SESSION_H
#define IOPGUIDE_GUIDE_SESSION_H

#include <stdint.h>

struct guide;
struct session;

/* NULL without memory.  now_ms is monotonic. */
struct session *session_new(struct guide *g, uint64_t now_ms);

/* Wipes; NULL is fine. */
void session_free(struct session *s);

#endif
