/*
 * reply.h - one message -> one reply: topics, %Previous, redirects,
 * conditions and weights, under limits of depth, steps and size.
 */
#ifndef IOPGUIDE_RIVE_REPLY_H
#define IOPGUIDE_RIVE_REPLY_H

#include "base/buf.h"
#include "rive/core.h"

/* brain_reply() without the checks of its arguments. */
enum brain_status reply_to(struct brain *b, const struct brain_talk *talk,
    struct str message, struct buf *out, struct brain_how *how);

/* brain_trigger_reply() likewise. */
enum brain_status reply_of(struct brain *b, const struct brain_talk *talk,
    const struct brain_trigger *t, struct str message, struct buf *out);

#endif
