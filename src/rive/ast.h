/*
 * ast.h - what was read from the files: topics, triggers, arrays.  Data only.
 *
 * All of it lives in the brain's arena, the texts too: most are views into
 * the file as it was read.
 */
#ifndef IOPGUIDE_RIVE_AST_H
#define IOPGUIDE_RIVE_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "base/str.h"
#include "rive/brain.h"

/* A place in the file of the trigger or definition it belongs to. */
struct ast_place {
	uint32_t line;
	uint32_t col;
};

/* `- text`, `@ text` or, with op, `* left op right => text`. */
struct ast_line {
	struct ast_line *next;
	struct str text;
	struct ast_place at;
	uint32_t weight; /* of a reply, at least 1 */
};

enum ast_op { OP_BAD, OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE };

struct ast_condition {
	struct ast_condition *next;
	struct str left;
	struct str right;
	struct str text;
	struct str line; /* all of it, as written */
	struct ast_place at;
	enum ast_op op; /* OP_BAD: never true */
};

struct pattern;
struct topic;

/* The public name of a trigger is its node. */
struct brain_trigger {
	struct brain_trigger *next; /* in its topic, in file order */
	struct topic *topic;
	struct str text;            /* as written */
	struct str previous;        /* of `%`; p is NULL where there is none */
	struct loc at;
	struct ast_place previous_at;
	uint32_t id;                /* position among all triggers */
	uint32_t weight;            /* {weight=N} of the trigger, else 0 */
	struct ast_line *redirect;
	struct ast_condition *conditions;
	struct ast_line *replies;
	uint32_t total_weight;      /* of all replies */
	/* Set when the brain is made ready: */
	const struct pattern *pattern;
	const struct pattern *previous_pattern;
};

/* A name in a label, with its place. */
struct ast_ref {
	struct ast_ref *next;
	struct str name;
	struct loc at;
};

struct topic {
	struct topic *next; /* in order of first appearance */
	struct str name;    /* "__begin__" for the begin block */
	struct loc at;      /* of its first label */
	struct ast_ref *includes;
	struct ast_ref *inherits;
	struct brain_trigger *triggers;
	struct brain_trigger **tail;
	size_t n_triggers;
	/* Set when the brain is made ready: */
	struct frozen *frozen; /* NULL: too large */
	uint32_t number;       /* among all topics, from 0 */
};

struct ast_array {
	struct str name;
	struct loc at;
	const struct str *items;
	size_t n_items;
};

/* A definition of one value: global, var, sub, person. */
struct ast_define {
	struct str name;
	struct str value;
	struct loc at;
};

enum define_type {
	DEFINE_GLOBAL,
	DEFINE_VAR,
	DEFINE_SUB,
	DEFINE_PERSON,
	N_DEFINE_TYPES
};

struct ast_object {
	struct ast_object *next;
	struct brain_object face;
	size_t size; /* of face.lines */
};

/* Everything that was loaded.  All zeroes but the arena is an empty one. */
struct ast {
	struct arena *arena;
	struct map defines[N_DEFINE_TYPES]; /* name -> struct ast_define */
	struct map arrays;                  /* name -> struct ast_array */
	struct map topics;                  /* name -> struct topic */
	struct topic *first_topic;
	struct topic *last_topic;
	struct brain_trigger **triggers; /* by id */
	size_t n_triggers;
	size_t triggers_size;
	struct ast_object *first_object;
	struct ast_object *last_object;
	unsigned depth; /* ! global depth; 0: not given */
	bool failed;    /* memory ran out */
};

/* The topic of this name, made where there is none; NULL without memory. */
struct topic *ast_topic(struct ast *ast, struct str name, struct loc at);

#endif
