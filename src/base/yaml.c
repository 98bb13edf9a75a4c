#include "base/yaml.h"

#include <yaml.h>

#define DEPTH_MAX 64
#define NODES_MAX 1000000

struct builder {
	struct arena *arena;
	const char *name;
	yaml_document_t *doc;
	struct err *err;
	size_t n;
};

static struct yaml_node *build(struct builder *b, int id, int depth);

static struct str
text_of(struct builder *b, const yaml_node_t *from)
{
	return arena_str(b->arena, str_of(
	    (const char *)from->data.scalar.value, from->data.scalar.length));
}

static bool
build_list(struct builder *b, const yaml_node_t *from, struct yaml_node *to,
    int depth)
{
	const yaml_node_item_t *items = from->data.sequence.items.start;
	struct yaml_node **values;

	to->n = (size_t)(from->data.sequence.items.top - items);
	values = arena_array(b->arena, to->n, sizeof *values);
	to->values = values;
	for (size_t i = 0; values != NULL && i < to->n; i++) {
		values[i] = build(b, items[i], depth);
		if (values[i] == NULL)
			return false;
	}
	return values != NULL;
}

static bool
build_map(struct builder *b, const yaml_node_t *from, struct yaml_node *to,
    int depth)
{
	const yaml_node_pair_t *pairs = from->data.mapping.pairs.start;
	struct yaml_node **both;

	to->n = (size_t)(from->data.mapping.pairs.top - pairs);
	both = arena_array(b->arena, 2 * to->n, sizeof *both);
	if (both == NULL)
		return false;
	to->keys = both;
	to->values = both + to->n;
	for (size_t i = 0; i < to->n; i++) {
		both[i] = build(b, pairs[i].key, depth);
		both[to->n + i] = build(b, pairs[i].value, depth);
		if (both[i] == NULL || both[to->n + i] == NULL)
			return false;
	}
	return true;
}

static struct yaml_node *
build(struct builder *b, int id, int depth)
{
	const yaml_node_t *from = yaml_document_get_node(b->doc, id);
	struct yaml_node *to = arena_alloc(b->arena, sizeof *to);
	bool ok = true;

	if (from == NULL || to == NULL)
		return NULL;
	to->at = (struct loc) { b->name, (uint32_t)from->start_mark.line + 1,
		(uint32_t)from->start_mark.column + 1 };
	if (depth > DEPTH_MAX || ++b->n > NODES_MAX) {
		err_at(b->err, to->at, "the document is too deep or too large");
		return NULL;
	}
	if (from->type == YAML_SEQUENCE_NODE) {
		to->type = YAML_LIST;
		ok = build_list(b, from, to, depth + 1);
	} else if (from->type == YAML_MAPPING_NODE) {
		to->type = YAML_MAP;
		ok = build_map(b, from, to, depth + 1);
	} else {
		to->type = YAML_TEXT;
		to->text = text_of(b, from);
		to->plain =
		    from->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
		ok = to->text.p != NULL;
	}
	return ok ? to : NULL;
}

static const struct yaml_node *
read_document(struct builder *b, yaml_parser_t *parser)
{
	yaml_document_t doc;
	struct yaml_node *root = NULL;

	if (!yaml_parser_load(parser, &doc)) {
		err_at(b->err, (struct loc) { b->name,
			(uint32_t)parser->problem_mark.line + 1,
			(uint32_t)parser->problem_mark.column + 1 }, "%s",
		    parser->problem == NULL ? "out of memory"
					    : parser->problem);
		return NULL;
	}
	b->doc = &doc;
	err_at(b->err, (struct loc) { b->name, 0, 0 }, "out of memory");
	if (yaml_document_get_root_node(&doc) == NULL)
		err_at(b->err, (struct loc) { b->name, 0, 0 }, "is empty");
	else
		root = build(b, 1, 0);
	yaml_document_delete(&doc);
	b->doc = NULL;
	return root;
}

const struct yaml_node *
yaml_read(struct arena *arena, const char *name, struct str text,
    struct err *err)
{
	struct builder b = { .arena = arena, .name = name, .err = err };
	const struct yaml_node *root;
	yaml_parser_t parser;

	if (!yaml_parser_initialize(&parser)) {
		err_at(err, (struct loc) { name, 0, 0 }, "out of memory");
		return NULL;
	}
	yaml_parser_set_input_string(&parser,
	    (const unsigned char *)(text.p == NULL ? "" : text.p), text.len);
	root = read_document(&b, &parser);
	yaml_parser_delete(&parser);
	return root;
}

const struct yaml_node *
yaml_get(const struct yaml_node *node, const char *key)
{
	if (node == NULL || node->type != YAML_MAP)
		return NULL;
	for (size_t i = 0; i < node->n; i++) {
		if (node->keys[i]->type == YAML_TEXT &&
		    str_is(node->keys[i]->text, key))
			return node->values[i];
	}
	return NULL;
}

struct str
yaml_text(const struct yaml_node *node, const char *key)
{
	const struct yaml_node *value = yaml_get(node, key);

	if (value == NULL || value->type != YAML_TEXT)
		return (struct str) { 0 };
	return value->text;
}

bool
yaml_true(const struct yaml_node *node, const char *key)
{
	const struct yaml_node *value = yaml_get(node, key);

	return value != NULL && value->plain && str_is(value->text, "true");
}
