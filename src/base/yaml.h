/*
 * yaml.h - a YAML document as a tree of values.
 *
 * The only file that includes libyaml.  Size, depth and number of nodes are
 * capped, so aliases cannot make a small file large.
 */
#ifndef IOPGUIDE_BASE_YAML_H
#define IOPGUIDE_BASE_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum yaml_type { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_node {
	enum yaml_type type;
	struct loc at;
	struct str text; /* YAML_TEXT; ends in NUL */
	bool plain;      /* ... and it was not quoted */
	/* YAML_LIST: n values.  YAML_MAP: n keys and values. */
	size_t n;
	struct yaml_node *const *keys;
	struct yaml_node *const *values;
};

/* The first document of the text, or NULL with the mistake in *err.  All of
 * it lives in the arena; name must live as long. */
const struct yaml_node *yaml_read(struct arena *arena, const char *name,
    struct str text, struct err *err);

/* The value of a key in a map; NULL where there is none or `node` is no map
 * (or NULL itself). */
const struct yaml_node *yaml_get(const struct yaml_node *node,
    const char *key);

/* The same as text; p is NULL where there is none. */
struct str yaml_text(const struct yaml_node *node, const char *key);

/* Is the value of this key a plain `true`? */
bool yaml_true(const struct yaml_node *node, const char *key);

#endif
