#include "guide/wording.h"

static struct wording_section *
same_head(struct wording *w, const struct str key[WORDING_KEYS])
{
	for (struct wording_section *s = w->first; s != NULL; s = s->next) {
		size_t i = 0;

		while (i < WORDING_KEYS && str_eq(s->key[i], key[i]))
			i++;
		if (i == WORDING_KEYS)
			return s;
	}
	return NULL;
}

/* The section with this head, made when it is new; NULL when it is wrong. */
static struct wording_section *
open_section(struct wording *w, struct str head, struct arena *arena,
    struct loc at, struct errs *errs)
{
	struct str key[WORDING_KEYS], word;
	struct wording_section *s;
	unsigned n = 0, exact = 0;

	while (str_word(&head, &word)) {
		if (n == WORDING_KEYS) {
			errs_add(errs, at, "a head has at most %d words",
			    WORDING_KEYS);
			return NULL;
		}
		/* Earlier words weigh more: the kind of line comes first. */
		if (!str_is(word, "*"))
			exact += 1u << (WORDING_KEYS - n);
		key[n++] = word;
	}
	if (n == 0) {
		errs_add(errs, at, "this head is empty");
		return NULL;
	}
	while (n < WORDING_KEYS)
		key[n++] = STR("*");
	s = same_head(w, key);
	if (s != NULL)
		return s;
	s = arena_alloc(arena, sizeof *s);
	if (s == NULL)
		return NULL;
	for (n = 0; n < WORDING_KEYS; n++)
		s->key[n] = arena_str(arena, key[n]);
	s->exact = exact;
	if (w->last != NULL)
		w->last->next = s;
	else
		w->first = s;
	w->last = s;
	return s;
}

static void
add_line(struct wording_section *s, struct str text, struct arena *arena)
{
	struct wording_line *line = arena_alloc(arena, sizeof *line);

	if (line == NULL)
		return;
	line->text = arena_str(arena, text);
	if (s->last != NULL)
		s->last->next = line;
	else
		s->first = line;
	s->last = line;
	s->n++;
}

/* Does the line hold a way to reach somebody? */
static bool
holds_number(struct str text)
{
	static const char *const slots[] = { "{emergency}", "{suicide}",
		"{line}", "{abuse}", "{abuseline}", "{child}", "{assault}",
		"{poison}", "_line}", "_emergency}", "_suicide}" };

	for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++) {
		if (str_find(text, str_c(slots[i]), 0) != STR_NONE)
			return true;
	}
	return false;
}

static bool
fits(const struct wording_section *s, const struct str key[WORDING_KEYS])
{
	for (size_t i = 0; i < WORDING_KEYS; i++) {
		if (!str_is(s->key[i], "*") && !str_eq(s->key[i], key[i]))
			return false;
	}
	return s->n > 0;
}

/* The best section up to `last`; NULL: of all. */
static const struct wording_section *
best_section(const struct wording *w, const struct str key[WORDING_KEYS],
    const struct wording_section *last)
{
	const struct wording_section *best = NULL;

	for (const struct wording_section *s = w->first; s != NULL; s = s->next) {
		if (fits(s, key) && (best == NULL || s->exact > best->exact))
			best = s;
		if (s == last)
			break;
	}
	return best;
}

/* A folder may reword a line, never take its number away. */
static bool
check_added(const struct wording *w, const struct wording_section *s,
    const struct brain_line *line, struct errs *errs)
{
	const struct wording_section *shipped;
	struct str text = str_trim(line->text);

	if (w->sealed == NULL)
		return true;
	if (text.len > WORDING_LINE_MAX)
		return errs_add(errs, line->at, "this line is longer than %d bytes",
		    WORDING_LINE_MAX);
	shipped = best_section(w, s->key, w->sealed);
	if (shipped == NULL || !holds_number(shipped->first->text) ||
	    holds_number(text))
		return true;
	return errs_add(errs, line->at, "a line below [%.*s] holds a number, as "
	    "in {suicide} or {emergency}", STR_ARG(s->key[0]));
}

bool
wording_read(struct wording *w, const struct brain_object *o,
    struct arena *arena, struct errs *errs)
{
	struct wording_section *s = NULL;
	bool ok = true;

	for (size_t i = 0; i < o->n_lines; i++) {
		const struct brain_line *line = &o->lines[i];
		struct str text = str_trim(line->text);

		if (text.len == 0 || str_starts(text, STR("//")))
			continue;
		if (text.p[0] == '[' && text.p[text.len - 1] == ']') {
			s = open_section(w, str_sub(text, 1, text.len - 1),
			    arena, line->at, errs);
			ok &= s != NULL;
		} else if (s == NULL) {
			ok = errs_add(errs, line->at,
			    "this line stands below no [head]");
		} else {
			ok &= check_added(w, s, line, errs);
			add_line(s, text, arena);
		}
	}
	return ok && !arena->failed;
}

void
wording_seal(struct wording *w)
{
	w->sealed = w->last;
}

struct str
wording_get(const struct wording *w, const struct str key[WORDING_KEYS],
    unsigned n, unsigned *variants)
{
	const struct wording_section *best = best_section(w, key, NULL);
	const struct wording_line *line;

	*variants = best == NULL ? 0 : best->n;
	if (best == NULL)
		return (struct str) { 0 };
	line = best->first;
	for (n %= best->n; n > 0; n--)
		line = line->next;
	return line->text;
}

bool
wording_names_kind(const struct wording *w, const struct str key[WORDING_KEYS])
{
	const struct wording_section *best = best_section(w, key, NULL);

	return best != NULL && str_eq(best->key[1], key[1]);
}
