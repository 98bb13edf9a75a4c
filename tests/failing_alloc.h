/*
 * failing_alloc.h - memory that runs out when a test wants it.
 *
 * malloc, calloc and realloc of a program that includes this are wrapped by
 * the linker: -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc.  For one file of
 * a program.
 */
#ifndef IOPGUIDE_TESTS_FAILING_ALLOC_H
#define IOPGUIDE_TESTS_FAILING_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

/* How many allocations still succeed; -1: all of them. */
static long left = -1;
static bool for_good; /* from then on all fail, or only one */
static bool did_fail;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);

static bool
fails(void)
{
	if (left < 0)
		return false;
	if (left > 0) {
		left--;
		return false;
	}
	if (!for_good)
		left = -1;
	did_fail = true;
	return true;
}

void *
__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t n, size_t size)
{
	return fails() ? NULL : __real_calloc(n, size);
}

void *
__wrap_realloc(void *p, size_t size)
{
	return fails() ? NULL : __real_realloc(p, size);
}

#endif
