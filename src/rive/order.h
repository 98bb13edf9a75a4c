/*
 * order.h - the order in which triggers are tried: most specific first.
 *
 * By weight; by inherits level; by kind (atomic, optional, _, #, *, then
 * those without a word); by number of words, by length, by the alphabet, by
 * the order of the files.
 */
#ifndef IOPGUIDE_RIVE_ORDER_H
#define IOPGUIDE_RIVE_ORDER_H

#include <stddef.h>
#include <stdint.h>

#include "rive/ast.h"

struct order_item {
	struct brain_trigger *trigger;
	uint32_t level;    /* of inheritance, 0 is the topic itself */
	uint32_t position; /* in the order of collecting */
	uint64_t key;      /* filled in by the sort, like the next */
	uint64_t alpha[2]; /* how the text begins, for the alphabet */
};

void order_sort(struct order_item *items, size_t n);

#endif
