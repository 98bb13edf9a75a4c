#include "guide/questions.h"

#include "guide/clean.h"

#define WORDINGS_MOST 20000
#define LINE_MAX_BYTES 190
#define OFFERED 0.15F /* a score from which a question is worth offering */

static const struct str other_topic = { "other_topic", 11 };

const struct questions_row *
questions_find(const struct questions *q, struct str label)
{
	for (unsigned i = 0; i < q->n; i++) {
		if (str_eq(q->list[i].label, label))
			return &q->list[i];
	}
	return NULL;
}

/* --- reading ------------------------------------------------------------------ */

static bool
add_label(struct questions *q, struct str label, struct loc at,
    struct errs *errs)
{
	if (q->n == NEAREST_LABELS)
		return errs_add(errs, at, "more than %d labels of questions",
		    NEAREST_LABELS);
	q->list[q->n++] = (struct questions_row) { .label = label, .at = at };
	return true;
}

static bool
grow(struct questions *q, struct arena *arena)
{
	size_t size = q->size == 0 ? 1024 : 2 * q->size;
	struct nearest_wording *more = arena_array(arena, size, sizeof *more);

	if (more == NULL)
		return false;
	if (q->n_wordings > 0)
		memcpy(more, q->wordings, q->n_wordings * sizeof *more);
	q->wordings = more;
	q->size = size;
	return true;
}

/* One wording of a label; the first is its question. */
static bool
add_wording(struct questions *q, struct nearest_wording w, struct loc at,
    struct errs *errs)
{
	struct questions_row *row = &q->list[w.label];

	if (q->n_wordings == WORDINGS_MOST)
		return errs_add(errs, at, "more than %d wordings of questions",
		    WORDINGS_MOST);
	if (row->text.len == 0) {
		row->text = w.text;
		row->at = at;
	}
	q->wordings[q->n_wordings++] = w;
	return true;
}

static bool
read_line(struct questions *q, const struct brain_line *line,
    struct arena *arena, struct errs *errs)
{
	struct str text = str_trim(line->text), label, wording;
	size_t colon = str_find_char(text, ':', 0);
	const struct questions_row *row;

	if (text.len == 0 || str_starts(text, STR("//")))
		return true;
	label = str_trim(str_sub(text, 0, colon));
	wording = colon == STR_NONE ? (struct str) { 0 }
	    : str_trim(str_sub(text, colon + 1, text.len));
	if (colon == STR_NONE || label.len == 0 || wording.len == 0 ||
	    str_find_char(label, ' ', 0) != STR_NONE)
		return errs_add(errs, line->at,
		    "a line of questions reads `label: wording`");
	row = questions_find(q, label);
	if (row == NULL) {
		if (!add_label(q, arena_str(arena, label), line->at, errs))
			return false;
		row = &q->list[q->n - 1];
	}
	if (q->n_wordings == q->size && !grow(q, arena))
		return errs_add(errs, line->at, "out of memory");
	return add_wording(q, (struct nearest_wording) {
		.text = arena_str(arena, wording),
		.label = (unsigned)(row - q->list) }, line->at, errs);
}

bool
questions_read(struct questions *q, const struct brain_object *o,
    struct arena *arena, struct errs *errs)
{
	bool ok = true;

	if (q->n == 0)
		ok = add_label(q, other_topic, o->at, errs);
	for (size_t i = 0; i < o->n_lines; i++)
		ok &= read_line(q, &o->lines[i], arena, errs);
	return ok && (!arena->failed || errs_add(errs, o->at, "out of memory"));
}

/* The wording as a message of these words would reach `nearest`. */
static bool
make_ready(struct brain *b, struct clean *clean, struct buf *room,
    struct str *text)
{
	buf_reset(room);
	if (!clean_line(clean, *text))
		return false;
	brain_format(b, buf_str(&clean->plain), room);
	*text = buf_str(room);
	return !room->failed;
}

bool
questions_ready(struct questions *q, struct brain *b, struct arena *arena)
{
	struct clean clean = { 0 };
	struct buf room = { 0 };
	bool ok = true;

	for (size_t i = 0; ok && i < q->n_wordings; i++) {
		struct nearest_wording *w = &q->wordings[i];

		ok = make_ready(b, &clean, &room, &w->text);
		w->text = arena_str(arena, w->text);
		ok &= !arena->failed;
	}
	clean_wipe(&clean);
	buf_clear(&room);
	return ok && nearest_build(&q->nearest, arena, q->wordings,
	    q->n_wordings);
}

/* --- lint --------------------------------------------------------------------- */

static void
lint_row(const struct questions_row *row, struct brain *b, struct errs *errs)
{
	struct brain_talk talk = { .user = vars_new(),
		.rng = &(struct rng) { 1 } };
	struct brain_how how = { 0 };
	struct clean clean = { 0 };
	struct buf out = { 0 };
	struct str intent;

	if (talk.user != NULL && clean_line(&clean, row->text)) {
		(void)brain_reply(b, &talk, buf_str(&clean.plain), &out, &how);
		intent = vars_get(talk.user, STR("intent"));
		if (how.status != BRAIN_OK || str_is(how.trigger, "*"))
			errs_doubt(errs, row->at, "no trigger answers the first "
			    "wording of `%.*s` [question]", STR_ARG(row->label));
		else if (!str_eq(intent, row->label))
			errs_doubt(errs, row->at, "the first wording of `%.*s` is "
			    "answered as `%.*s` [question]", STR_ARG(row->label),
			    STR_ARG(intent));
	}
	vars_free(talk.user);
	clean_wipe(&clean);
	buf_clear(&out);
}

void
questions_lint(const struct questions *q, struct brain *b, struct errs *errs)
{
	for (unsigned i = NEAREST_OTHER + 1; i < q->n; i++)
		lint_row(&q->list[i], b, errs);
}

/* --- offering ------------------------------------------------------------------- */

bool
questions_is_offered(const struct questions_row *q)
{
	return str_ends(q->text, STR("?"));
}

void
questions_offer(const struct questions *q, const struct nearest_view *view,
    struct buf *out)
{
	size_t start = out->len;

	for (unsigned i = 0; i < view->n_best; i++) {
		const struct questions_row *row = &q->list[view->best[i]];

		if (view->score[view->best[i]] < OFFERED ||
		    !questions_is_offered(row) ||
		    out->len - start + row->text.len + 20 > LINE_MAX_BYTES)
			continue;
		buf_add(out, out->len == start ? STR("I can answer: ") : STR(" "));
		buf_add(out, row->text);
	}
	if (out->len > start)
		buf_addc(out, '\n');
}
