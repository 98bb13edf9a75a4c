#include "base/regex.h"

#include <malloc.h>
#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define GROUPS_MAX 100
#define DEPTH_LIMIT 20000
#define HEAP_LIMIT_KB 8192
#define JIT_STACK_LEAST ((size_t)32 * 1024)
#define JIT_STACK_MOST ((size_t)512 * 1024)

/* Never looked into: a regex is PCRE2's own handle under our name. */

struct regex_room {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
	size_t n; /* groups of the last match, with group 0 */
	uint64_t cost;
};

/*
 * A match may not tell what it has cost.  So it is first tried with little,
 * which suffices nearly always, and then with more: what sufficed is what it
 * costs.
 */
static const struct {
	uint32_t limit;
	uint32_t cost;
} tries[] = { { 100, 700 }, { 3000, 20000 }, { 100000, 800000 } };

static uint32_t
options_of(unsigned flags)
{
	uint32_t options = PCRE2_NEVER_BACKSLASH_C;

	if (flags & REGEX_UTF)
		options |= PCRE2_UTF | PCRE2_UCP;
	if (flags & REGEX_CASELESS)
		options |= PCRE2_CASELESS;
	if (flags & REGEX_WHOLE)
		options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
	return options;
}

static void *
on_malloc(size_t size, void *arg)
{
	(void)arg;
	return malloc(size);
}

static void
on_free(void *p, void *arg)
{
	(void)arg;
	if (p != NULL)
		explicit_bzero(p, malloc_usable_size(p));
	free(p);
}

/* Memory that is overwritten when it is given back; NULL without any. */
static pcre2_compile_context *
private_memory(void)
{
	pcre2_general_context *g =
	    pcre2_general_context_create(on_malloc, on_free, NULL);
	pcre2_compile_context *c =
	    g == NULL ? NULL : pcre2_compile_context_create(g);

	pcre2_general_context_free(g);
	return c;
}

struct regex *
regex_new(struct str pattern, unsigned flags, struct err *err)
{
	pcre2_compile_context *memory = NULL;
	PCRE2_UCHAR why[160];
	pcre2_code *code;
	size_t offset;
	int n;

	if ((flags & REGEX_PRIVATE) != 0 && (memory = private_memory()) == NULL) {
		err_at(err, (struct loc) { 0 }, "out of memory");
		return NULL;
	}
	code = pcre2_compile((PCRE2_SPTR)(pattern.p == NULL ? "" : pattern.p),
	    pattern.len, options_of(flags), &n, &offset, memory);
	pcre2_compile_context_free(memory);
	if (code == NULL) {
		pcre2_get_error_message(n, why, sizeof why);
		err_at(err, (struct loc) { 0 }, "%s (at %zu)",
		    (const char *)why, offset);
		return NULL;
	}
	if ((flags & REGEX_NO_JIT) == 0)
		regex_speed_up((struct regex *)code);
	return (struct regex *)code;
}

void
regex_speed_up(struct regex *re)
{
	/* A refusal is no error: the interpreter does the work then. */
	(void)pcre2_jit_compile((pcre2_code *)re, PCRE2_JIT_COMPLETE);
}

void
regex_free(struct regex *re)
{
	pcre2_code_free((pcre2_code *)re);
}

struct regex_room *
regex_room_new(void)
{
	struct regex_room *room = calloc(1, sizeof *room);

	if (room == NULL)
		return NULL;
	room->data = pcre2_match_data_create(GROUPS_MAX + 1, NULL);
	room->context = pcre2_match_context_create(NULL);
	room->stack =
	    pcre2_jit_stack_create(JIT_STACK_LEAST, JIT_STACK_MOST, NULL);
	if (room->data == NULL || room->context == NULL) {
		regex_room_free(room);
		return NULL;
	}
	pcre2_set_depth_limit(room->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(room->context, HEAP_LIMIT_KB);
	if (room->stack != NULL)
		pcre2_jit_stack_assign(room->context, NULL, room->stack);
	return room;
}

void
regex_room_free(struct regex_room *room)
{
	if (room == NULL)
		return;
	pcre2_match_data_free(room->data);
	pcre2_match_context_free(room->context);
	pcre2_jit_stack_free(room->stack);
	free(room);
}

static int
match(const pcre2_code *re, struct regex_room *room, struct str text,
    size_t from)
{
	int n = PCRE2_ERROR_MATCHLIMIT;

	room->cost += text.len;
	for (size_t i = 0; i < sizeof tries / sizeof tries[0] &&
	     n == PCRE2_ERROR_MATCHLIMIT; i++) {
		pcre2_set_match_limit(room->context, tries[i].limit);
		room->cost += tries[i].cost;
		n = pcre2_match(re, (PCRE2_SPTR)(text.p == NULL ? "" : text.p),
		    text.len, from, 0, room->data, room->context);
	}
	return n;
}

enum regex_result
regex_match(const struct regex *re, struct regex_room *room, struct str text,
    size_t from)
{
	int n = match((const pcre2_code *)re, room, text, from);

	room->n = 0;
	if (n >= 0) {
		/* 0 says that there are more groups than room. */
		room->n = n == 0 ? GROUPS_MAX + 1 : (size_t)n;
		return REGEX_YES;
	}
	if (n == PCRE2_ERROR_NOMATCH)
		return REGEX_NO;
	if (n == PCRE2_ERROR_NOMEMORY)
		return REGEX_NO_MEMORY;
	/* Text that is no UTF-8 fits nothing. */
	if (n <= PCRE2_ERROR_UTF8_ERR1 && n >= PCRE2_ERROR_UTF8_ERR21)
		return REGEX_NO;
	return REGEX_LIMIT;
}

uint64_t
regex_cost(const struct regex_room *room)
{
	return room->cost;
}

struct str
regex_group(const struct regex_room *room, struct str text, size_t i)
{
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(room->data);

	if (i >= room->n || at[2 * i] == PCRE2_UNSET)
		return (struct str) { 0 };
	if (text.p == NULL)
		text.p = "";
	return str_sub(text, at[2 * i], at[2 * i + 1]);
}

size_t
regex_n_groups(const struct regex *re)
{
	uint32_t n = 0;

	pcre2_pattern_info(
	    (const pcre2_code *)re, PCRE2_INFO_CAPTURECOUNT, &n);
	return n;
}

bool
regex_jit_works(void)
{
	struct err err;
	struct regex *re = regex_new(STR("a"), REGEX_NO_JIT, &err);
	bool works;

	if (re == NULL)
		return false;
	works = pcre2_jit_compile((pcre2_code *)re, PCRE2_JIT_COMPLETE) == 0;
	regex_free(re);
	return works;
}
