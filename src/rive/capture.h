/*
 * capture.h - the stars of a trigger of whole words, without its regex.
 */
#ifndef IOPGUIDE_RIVE_CAPTURE_H
#define IOPGUIDE_RIVE_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "rive/cut.h"
#include "rive/pattern.h"

enum capture_result {
	CAPTURE_NO, /* the text does not fit */
	CAPTURE_YES,
	CAPTURE_COSTLY /* ask the regex */
};

/*
 * Matches the words of the text as the regex would, shortest first, and puts
 * its stars into stars[0 .. p->n_stars), views of `text`; p is NULL where a
 * star took no part; *steps is what it took.  For PATTERN_WORDS and texts whose words tell all (see
 * cut.h).
 */
enum capture_result capture_stars(const struct pattern *p, const struct cut *c,
    struct str text, struct str *stars, uint32_t *steps);

#endif
