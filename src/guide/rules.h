/*
 * rules.h - the conditions of result rules: read, and put to the answers.
 *
 * A condition is plain words: terms joined by "and".
 *
 *	always
 *	work is yes or some
 *	all of help, stuck are no          any of help, stuck is yes or some
 *	sum of work, people, away is at least 1.5
 *	open is at least 4
 *	noted risk or self_harm
 *
 * In a sum a yes weighs 1 and "some" a half; the sum is never shown.
 */
#ifndef IOPGUIDE_GUIDE_RULES_H
#define IOPGUIDE_GUIDE_RULES_H

#include "guide/checklist.h"

/* The answers of one person so far, as rules see them. */
struct rules_case {
	const struct checklist *list;
	uint8_t values[SELFCHECK_MAX]; /* enum answer */
	unsigned noted;
};

/* A bit 1 << enum answer ("open" is two of them), or 0. */
unsigned rules_value(struct str name);

/* Bits of enum selfcheck_note, or 0. */
unsigned rules_note(struct str name);

/* Reads rule->text into its terms; false after an error. */
bool rules_read(struct rule *rule, const struct checklist *list,
    struct errs *errs);

/* The first result of the list that fits, and the rule of it that did. */
const struct result *rules_result(const struct rules_case *c,
    const struct rule **rule);

#endif
