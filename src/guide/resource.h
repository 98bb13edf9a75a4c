/*
 * resource.h - the one table of numbers: who can be reached, by country.
 *
 * Read from `> object NAME resources`.  The shipped table is always there; a
 * dialog folder may add countries, never empty or replace a shipped one.
 */
#ifndef IOPGUIDE_GUIDE_RESOURCE_H
#define IOPGUIDE_GUIDE_RESOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "rive/brain.h"

/*
 * For texts that must need no table: no memory, no room, a line too long.  A
 * test holds it against the first row.
 */
#define RESOURCE_STATIC_LINE "In danger, US: call or text 988, or 911. " \
	"Elsewhere: findahelpline.com, or your emergency number."

enum resource_field {
	RESOURCE_NAME,
	RESOURCE_ALSO,
	RESOURCE_EMERGENCY,
	RESOURCE_SUICIDE,
	RESOURCE_ABUSE,
	RESOURCE_CHILD,
	RESOURCE_ASSAULT,
	RESOURCE_POISON,
	RESOURCE_EATING,
	RESOURCE_TREATMENT,
	RESOURCE_VETERANS,
	RESOURCE_REACH,
	RESOURCE_HOURS,
	RESOURCE_LANGUAGES,
	RESOURCE_SEEN,
	RESOURCE_CHECKED,
	RESOURCE_N_FIELDS
};

struct resource {
	char code[3];
	struct loc at;
	/* p is NULL where the row is silent or says "none checked". */
	struct str field[RESOURCE_N_FIELDS];
	bool none_checked[RESOURCE_N_FIELDS];
};

/* Zeroed is an empty table. */
struct resources {
	struct resource *rows;
	size_t n;
	size_t size;
};

/* Adds the rows of one object.  False when a line was wrong; reading goes on
 * and errs names each.  Texts live in the arena. */
MUST_USE bool resources_read(struct resources *t, const struct brain_object *o,
    struct arena *arena, struct errs *errs);

/* By ISO 3166 code, or NULL. */
const struct resource *resource_by_code(const struct resources *t,
    struct str code);

/*
 * The country a person names: plain is the cleaned message.  Either it is the
 * name alone ("canada"), or the name stands after words such as "i live in".
 * NULL where none is named.
 */
const struct resource *resource_said(const struct resources *t,
    struct str plain);

/*
 * For lint: doubts for each row that lacks one of the four lines, was never
 * checked by a person, or was checked more than 12 months before today (ISO
 * date; NULL: not looked at).
 */
void resources_lint(const struct resources *t, const char *today,
    struct errs *errs);

#endif
