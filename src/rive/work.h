/*
 * work.h - what one reply may still cost.
 *
 * All that a reply does, in all its redirects, tags and matches together, is
 * paid from one purse, so that no brain, whoever wrote it, can make a message
 * take long: redirects that double, conditions by the thousand, formats in
 * formats.  A unit is about a nanosecond: a byte read or written.
 */
#ifndef IOPGUIDE_RIVE_WORK_H
#define IOPGUIDE_RIVE_WORK_H

#include <stdbool.h>
#include <stdint.h>

/* Of one reply: six times what the dearest of our own dialogs has needed. */
#define WORK_MAX UINT64_C(10000000)

struct work {
	uint64_t left;
	bool over; /* it did not suffice */
};

/* Takes n units; false when there are not so many. */
static inline bool
work_spend(struct work *w, uint64_t n)
{
	if (w->over || n > w->left) {
		w->over = true;
		return false;
	}
	w->left -= n;
	return true;
}

#endif
