#include "guide/crisis.h"

#include "base/utf8.h"

#define CARE_TURNS_RISK 3

/* --- filling in numbers --------------------------------------------------- */

static const struct resource *
row_of(const struct guide *g, const struct session *s)
{
	const struct resources *t = script_resources(g->script);
	const struct resource *row = NULL;

	if (s->country[0] != '\0')
		row = resource_by_code(t, str_c(s->country));
	if (row == NULL && g->country[0] != '\0')
		row = resource_by_code(t, str_c(g->country));
	return row != NULL ? row : &t->rows[0];
}

static bool
country_known(const struct guide *g, const struct session *s)
{
	return s->country[0] != '\0' || g->country[0] != '\0';
}

/* "call or text 988" -> "988" */
static struct str
bare(struct str way)
{
	static const char *const heads[] = { "call or text ", "call " };

	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
		if (str_starts(way, str_c(heads[i])))
			return str_sub(way, strlen(heads[i]), way.len);
	}
	return way;
}

static struct str
text_of(const struct guide *g, const char *slot, const char *kind, unsigned n)
{
	struct str key[WORDING_KEYS] = { str_c(slot),
		str_c(kind == NULL ? "*" : kind), STR("*"), STR("*"), STR("*") };
	unsigned variants;

	return wording_get(script_wording(g->script), key, n, &variants);
}

static const struct {
	const char *name;
	enum resource_field field;
	bool bare;
} slots[] = {
	{ "place", RESOURCE_NAME, false },
	{ "land", RESOURCE_NAME, true },
	{ "emergency", RESOURCE_EMERGENCY, false },
	{ "suicide", RESOURCE_SUICIDE, false },
	{ "line", RESOURCE_SUICIDE, true },
	{ "abuse", RESOURCE_ABUSE, false },
	{ "abuseline", RESOURCE_ABUSE, true },
	{ "child", RESOURCE_CHILD, false },
	{ "assault", RESOURCE_ASSAULT, false },
	{ "poison", RESOURCE_POISON, false },
	{ "veterans", RESOURCE_VETERANS, false },
	{ "reach", RESOURCE_REACH, false },
};

static struct str
fill(const struct guide *g, const struct session *s, struct str name)
{
	const struct resource *row = row_of(g, s);

	/* {fr_line}: of that country, wherever the reader is. */
	if (name.len > 3 && name.p[2] == '_') {
		row = resource_by_code(script_resources(g->script),
		    str_sub(name, 0, 2));
		if (row == NULL)
			return (struct str) { 0 };
		name = str_sub(name, 3, name.len);
	}
	if (str_is(name, "elsewhere"))
		return text_of(g, "elsewhere", country_known(g, s) ? "known" : "*",
		    0);
	for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++) {
		struct str value = row->field[slots[i].field];

		if (!str_is(name, slots[i].name))
			continue;
		/* Sexual assault has a line of its own in few countries. */
		if (value.p == NULL && slots[i].field == RESOURCE_ASSAULT)
			value = row->field[RESOURCE_ABUSE];
		if (value.p == NULL)
			return text_of(g, "missing", slots[i].name, 0);
		if (slots[i].field == RESOURCE_NAME && slots[i].bare)
			return str_starts(value, STR("the "))
			    ? str_sub(value, 4, value.len) : value;
		return slots[i].bare ? bare(value) : value;
	}
	return (struct str) { 0 };
}

/* Adds the text as one line, each {name} filled in, its first letter large. */
static void
add_line(const struct guide *g, const struct session *s, struct str text,
    struct buf *out)
{
	size_t start = out->len, open, close;
	struct str value;

	if (text.len == 0 || str_is(text, "-"))
		return;
	while ((open = str_find_char(text, '{', 0)) != STR_NONE &&
	    (close = str_find_char(text, '}', open)) != STR_NONE) {
		buf_add(out, str_sub(text, 0, open));
		value = fill(g, s, str_sub(text, open + 1, close));
		/* What is no number of ours is the front's: {guide}. */
		buf_add(out, value.p != NULL ? value
		                             : str_sub(text, open, close + 1));
		text = str_sub(text, close + 1, text.len);
	}
	buf_add(out, text);
	while (out->len > start && out->p[out->len - 1] == ' ')
		buf_cut(out, out->len - 1);
	if (out->len > start && out->p[start] >= 'a' && out->p[start] <= 'z')
		out->p[start] = (char)(out->p[start] - 32);
	buf_addc(out, '\n');
}

void
crisis_line(const struct guide *g, struct session *s, const char *slot,
    const char *kind, struct buf *out)
{
	add_line(g, s, text_of(g, slot, kind, s->care.lines++), out);
}

/* --- the block ------------------------------------------------------------ */

static void
add_slot(const struct guide *g, const struct session *s,
    const struct risk_hit *hit, const char *slot, unsigned n, struct buf *out)
{
	struct str key[WORDING_KEYS] = { str_c(slot), str_c(hit->about),
		str_c(risk_category_name(hit->category)),
		str_c(risk_who_name(hit->who)), str_c(risk_level_name(hit->level)) };
	unsigned variants;

	/* What they said of themselves comes first, where there are words for
	 * it. */
	if (hit->about[0] == '\0' ||
	    !wording_names_kind(script_wording(g->script), key))
		key[1] = str_c(hit->kind[0] == '\0' ? "-" : hit->kind);
	add_line(g, s, wording_get(script_wording(g->script), key, n, &variants),
	    out);
}

/* Which question about safety follows a hit. */
static enum pending
question_after(const struct risk_hit *hit)
{
	if (hit->who == RISK_THIRD || hit->category == RISK_CRISIS_REQUEST)
		return PENDING_NONE;
	if (hit->level == RISK_CONCERN)
		return PENDING_ALIVE;
	if (hit->level == RISK_RISK && (hit->category == RISK_SUICIDE ||
	    hit->category == RISK_SELF_HARM))
		return PENDING_ACT;
	return PENDING_SAFE;
}

void
crisis_ask(struct session *s, enum pending p, uint64_t now_ms, struct buf *out)
{
	if (p == PENDING_NONE)
		return;
	buf_add(out, str_c(pending_question(p)));
	buf_addc(out, '\n');
	s->pending = p;
	s->pending_at_ms = now_ms;
	s->silence_said = false;
}

static void
keep_care(struct session_care *care, const struct risk_hit *hit)
{
	care->last = *hit;
	explicit_bzero(care->last.why, sizeof care->last.why);
	explicit_bzero(care->last.about, sizeof care->last.about);
	care->blocks++;
	care->said[hit->category][hit->level] = true;
	if (hit->level > care->most)
		care->most = hit->level;
	care->abuse |= hit->category == RISK_ABUSE;
	if (hit->level == RISK_IMMINENT)
		care->turns = SESSION_FOREVER;
	else if (hit->level == RISK_RISK && care->turns < CARE_TURNS_RISK)
		care->turns = CARE_TURNS_RISK;
}

void
crisis_block(const struct guide *g, struct session *s,
    const struct risk_hit *hit, uint64_t now_ms, struct buf *out)
{
	static const char *const first[] = { "hear", "act", "near", "tell" };
	static const char *const repeat[] = { "again", "more" };
	struct session_care *care = &s->care;
	bool again = care->said[hit->category][hit->level];
	const char *const *plan = again ? repeat : first;
	size_t n = again ? 2 : 4;

	if (now_ms < s->quiet_until_ms) {
		plan = repeat;
		n = 1;
	} else if (hit->level == RISK_CONCERN && !again) {
		n = 1;
	}
	for (size_t i = 0; i < n; i++) {
		add_slot(g, s, hit, plan[i], care->blocks, out);
		/* Whoever wrote in another language should read one line in it. */
		if (i == 0 && hit->lang[0] != '\0')
			crisis_line(g, s, "lang", hit->lang, out);
		if (i == 0 && hit->lang[0] != '\0' && n > 3)
			n--;
	}
	keep_care(care, hit);
}

void
crisis_question(struct session *s, const struct risk_hit *hit,
    uint64_t now_ms, struct buf *out)
{
	enum pending question = question_after(hit);

	/* The same question twice in a row would be a script, not care. */
	if (now_ms >= s->quiet_until_ms && s->pending != question)
		crisis_ask(s, question, now_ms, out);
}

/* --- what else is said ---------------------------------------------------- */

void
crisis_care(const struct guide *g, struct session *s, struct buf *out)
{
	if (s->care.turns == 0)
		return;
	if (s->care.turns != SESSION_FOREVER)
		s->care.turns--;
	crisis_line(g, s, "care",
	    s->care.last.category == RISK_ABUSE ? "abuse" : NULL, out);
}

void
crisis_lines(const struct guide *g, struct session *s, struct buf *out)
{
	crisis_line(g, s, "lines", NULL, out);
	crisis_line(g, s, "lines", "more", out);
	crisis_line(g, s, "lines", "reach", out);
	crisis_line(g, s, "lines", "country", out);
}

void
crisis_country(const struct guide *g, struct session *s, struct buf *out)
{
	crisis_line(g, s, "country", NULL, out);
	crisis_line(g, s, "country", "more", out);
}

/* Returns the question that comes next. */
static enum pending
say_danger(const struct guide *g, struct session *s, enum pending was,
    uint64_t now_ms, struct buf *out)
{
	struct risk_hit hit = s->care.last;

	s->care.turns = SESSION_FOREVER;
	s->care.most = RISK_IMMINENT;
	if (was == PENDING_ALIVE) {
		hit = (struct risk_hit) { .level = RISK_RISK, .by = "answer",
			.category = RISK_SUICIDE, .who = RISK_OWN };
		crisis_line(g, s, "concern", "yes", out);
		add_slot(g, s, &hit, "near", s->care.blocks, out);
		s->care.turns = CARE_TURNS_RISK;
		s->care.most = RISK_RISK;
		keep_care(&s->care, &hit);
		return PENDING_ACT;
	}
	if (was == PENDING_THEM) {
		hit = (struct risk_hit) { .level = RISK_IMMINENT, .by = "answer",
			.category = RISK_SUICIDE, .who = RISK_THIRD };
		crisis_block(g, s, &hit, now_ms, out);
		return PENDING_NONE;
	}
	if (was == PENDING_ACT) {
		hit.level = RISK_IMMINENT;
		crisis_line(g, s, "yes", "act", out);
		add_slot(g, s, &hit, "near", s->care.blocks, out);
		keep_care(&s->care, &hit);
		return PENDING_SAFE;
	}
	crisis_line(g, s, "unsafe", s->care.abuse ? "abuse" : NULL, out);
	if (!s->care.abuse)
		crisis_line(g, s, "unsafe", "next", out);
	return PENDING_NONE;
}

static void
say_clear(const struct guide *g, struct session *s, enum pending was,
    struct buf *out)
{
	if (was == PENDING_ALIVE) {
		crisis_line(g, s, "concern", "no", out);
	} else if (was == PENDING_THEM) {
		crisis_line(g, s, "no", "them", out);
		crisis_line(g, s, "next", "them", out);
	} else if (was == PENDING_ACT) {
		crisis_line(g, s, "no", "act", out);
		add_line(g, s, wording_get(script_wording(g->script),
		    (struct str[WORDING_KEYS]) { STR("no"), STR("act"),
		    STR("next"), STR("*"), STR("*") }, s->care.lines,
		    &(unsigned) { 0 }), out);
	} else {
		crisis_line(g, s, "safe", NULL, out);
		crisis_line(g, s, "safe", "next", out);
	}
}

enum pending
crisis_answer(const struct guide *g, struct session *s,
    enum pending_answer answer, uint64_t now_ms, struct buf *out)
{
	enum pending was = s->pending;

	s->pending = PENDING_NONE;
	switch (answer) {
	case PENDING_CLEAR:
		say_clear(g, s, was, out);
		return PENDING_NONE;
	case PENDING_TRUE:
		crisis_line(g, s, "true", NULL, out);
		return PENDING_ACT;
	default:
		return say_danger(g, s, was, now_ms, out);
	}
}
