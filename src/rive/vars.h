/*
 * vars.h - what the interpreter keeps of one user: variables, topic, history.
 *
 * Everything is capped (number of variables, length of a name and a value,
 * history of nine), so a stranger cannot make it grow.  Past a cap a new
 * variable is not stored.  vars_clear() overwrites what it frees.
 */
#ifndef IOPGUIDE_RIVE_VARS_H
#define IOPGUIDE_RIVE_VARS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

#define VARS_MAX 256        /* variables of one user */
#define VARS_NAME_MAX 64    /* bytes */
#define VARS_VALUE_MAX 1024 /* bytes; longer values are cut at a character */
#define VARS_HISTORY 9

struct vars;

/* A user with nothing set, in topic "random"; NULL without memory. */
struct vars *vars_new(void);
void vars_free(struct vars *v); /* wipes; NULL is fine */

/* A view that is good until the next change; p is NULL where it is not set.
 * "topic" is a variable like the others. */
struct str vars_get(const struct vars *v, struct str name);

/* Sets or replaces; false where a cap or memory forbids it. */
bool vars_set(struct vars *v, struct str name, struct str value);
void vars_unset(struct vars *v, struct str name);

/* Steps through the variables: start with *at = 0; false at the end. */
bool vars_next(const struct vars *v, size_t *at, struct str *name,
    struct str *value);

/* Forgets variables, topic and history, overwriting them. */
void vars_wipe(struct vars *v);

/* RiveScript's freeze and thaw: one frozen copy beside the live one. */
enum vars_thaw { VARS_THAW, VARS_KEEP, VARS_DISCARD };
bool vars_freeze(struct vars *v);
bool vars_thaw(struct vars *v, enum vars_thaw how);

/* History, 1 is the latest of at most nine; "undefined" where there is none. */
struct str vars_input(const struct vars *v, unsigned n);
struct str vars_reply(const struct vars *v, unsigned n);
void vars_push(struct vars *v, struct str input, struct str reply);

#endif
