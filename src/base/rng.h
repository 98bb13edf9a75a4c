/*
 * rng.h - random numbers that a seed repeats.
 *
 * Every random choice of the program goes through one of these, so `--seed`
 * makes a run repeatable.  Not for secrets.
 */
#ifndef IOPGUIDE_BASE_RNG_H
#define IOPGUIDE_BASE_RNG_H

#include <stdint.h>

/* All zeroes is a valid start (the seed 0). */
struct rng {
	uint64_t state;
};

/* The next number (splitmix64, Steele, Lea, Flood 2014). */
uint64_t rng_next(struct rng *r);

/* A number from 0 to n - 1; n is at least 1. */
uint32_t rng_below(struct rng *r, uint32_t n);

#endif
