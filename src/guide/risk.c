#include "guide/risk.h"

#include <stdio.h>

#include "guide/model.h"
#include "guide/reading.h"

#define SHIELD "00x"       /* stands where a shield covered words */
#define HEARD "unshielded" /* the topic of words that no shield may cover */
#define SHIELDS_MAX 64     /* spans in one window; more is no idiom */
#define HITS_MAX 256       /* rules collected for one window */
#define MENDED_MAX 100     /* odd words of one reading that are led back */
#define WINDOW 1000        /* bytes read at once ... */
#define OVERLAP 300        /* ... and how far the next window goes back */

/* --- the rules of a brain ------------------------------------------------ */

/* Runs the rule's reply, which only sets variables. */
static void
run_rule(struct brain *brain, const struct brain_trigger *t,
    struct vars *scratch)
{
	struct rng rng = { 0 };
	struct brain_talk talk = { .user = scratch, .rng = &rng };
	struct buf out = { 0 };

	vars_wipe(scratch);
	(void)brain_trigger_reply(brain, &talk, t, STR(""), &out);
	buf_clear(&out);
}

static bool
is_letter(struct str s, size_t i)
{
	return i < s.len && s.p[i] >= 'a' && s.p[i] <= 'z';
}

static bool
holds_word(struct str text, struct str word)
{
	size_t at = 0;

	while ((at = str_find(text, word, at)) != STR_NONE) {
		if ((at == 0 || !is_letter(text, at - 1)) &&
		    !is_letter(text, at + word.len))
			return true;
		at++;
	}
	return false;
}

/* Does the trigger itself hold a word of who speaks? */
static bool
holds_speaker(struct str trigger)
{
	static const char *const words[] = { "i", "im", "ive", "id", "ill", "me",
		"my", "myself" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (holds_word(trigger, str_c(words[i])))
			return true;
	}
	return false;
}

/* What the reply set. */
static bool
read_rule(struct risk_rule *rule, const struct brain_trigger *t,
    const struct vars *scratch, struct errs *errs)
{
	struct loc at = brain_trigger_loc(t);
	struct str who, kind;
	bool ok = true;

	if (!risk_level_of(vars_get(scratch, STR("level")), &rule->hit.level))
		ok = errs_add(errs, at, "a risk rule needs "
		    "<set level=imminent>, risk or concern in its reply");
	who = vars_get(scratch, STR("who"));
	if (str_is(who, "third"))
		rule->hit.who = RISK_THIRD;
	else if (!str_is(who, "own"))
		ok = errs_add(errs, at, "a risk rule needs <set who=own> or "
		    "<set who=third> in its reply");
	kind = vars_get(scratch, STR("kind"));
	if (kind.len >= sizeof rule->hit.kind)
		ok = errs_add(errs, at, "this kind is longer than %d letters",
		    RISK_KIND_MAX - 1);
	else
		snprintf(rule->hit.kind, sizeof rule->hit.kind, "%.*s",
		    STR_ARG(kind));
	snprintf(rule->hit.lang, sizeof rule->hit.lang, "%.*s",
	    STR_ARG(vars_get(scratch, STR("lang"))));
	rule->hit.at = at;
	rule->hit.of_speaker = holds_speaker(brain_trigger_text(t));
	rule->hit.by = "rule";
	rule->is_rule = true;
	return ok;
}

/* "risk_suicide" -> RISK_SUICIDE; *known says if it begins with risk_. */
static bool
topic_category(struct str topic, bool *risk, enum risk_category *c)
{
	*risk = str_starts(topic, STR("risk_"));
	return *risk && risk_category_of(str_sub(topic, 5, topic.len), c);
}

static bool
read_rules(struct risk_rules *r, struct arena *arena, struct errs *errs)
{
	struct vars *scratch = vars_new();
	bool ok = scratch != NULL, risk;

	r->n = brain_n_triggers(r->brain);
	r->rules = arena_array(arena, r->n, sizeof *r->rules);
	if (r->rules == NULL)
		ok = false;
	for (size_t i = 0; ok && i < r->n; i++) {
		const struct brain_trigger *t = brain_trigger_at(r->brain, i);
		struct risk_rule *rule = &r->rules[i];
		struct str topic = brain_trigger_topic(t);

		if (topic_category(topic, &risk, &rule->hit.category)) {
			run_rule(r->brain, t, scratch);
			ok &= read_rule(rule, t, scratch, errs);
		} else if (str_is(topic, "kinds")) {
			run_rule(r->brain, t, scratch);
			snprintf(rule->hit.about, sizeof rule->hit.about, "%.*s",
			    STR_ARG(vars_get(scratch, STR("about"))));
		} else if (risk)
			ok = errs_add(errs, brain_trigger_loc(t),
			    "there is no category of risk for topic %.*s",
			    STR_ARG(topic));
		r->any |= rule->is_rule;
	}
	vars_free(scratch);
	return ok;
}

/*
 * Topics of our own over all there is: every category in one, every shield in
 * one, so that a message is walked once.
 */
static void
write_topic(struct brain *brain, const char *name, const char *const *parts,
    size_t n, struct buf *out)
{
	const char *between = " includes ";

	buf_addf(out, "> topic %s", name);
	for (size_t i = 0; i < n; i++) {
		if (!brain_has_topic(brain, str_c(parts[i])))
			continue;
		buf_addf(out, "%s%s", between, parts[i]);
		between = " ";
	}
	buf_add(out, STR("\n< topic\n"));
}

static bool
load_topics(struct brain *brain, bool *any_shields, struct errs *errs)
{
	static const char *const risks[RISK_N_CATEGORIES] = { "risk_suicide",
		"risk_self_harm", "risk_overdose", "risk_medical", "risk_abuse",
		"risk_violence", "risk_eating", "risk_crisis_request" };
	static const char *const shields[] = { "shield_idiom",
		"shield_negation", "shield_title", "shield_tech", "shield_own",
		HEARD };
	const size_t n = sizeof shields / sizeof shields[0];
	struct buf text = { 0 };
	struct str item;
	bool ok = true;

	if (brain_array(brain, STR("risk_idioms"), 0, &item))
		ok = brain_load_text(brain, "(screen)", STR("> topic shield_own\n"
		    "+ @risk_idioms\n- x\n< topic\n"), errs);
	for (size_t i = 0; i < n; i++)
		*any_shields |= brain_has_topic(brain, str_c(shields[i]));
	write_topic(brain, "screen_risk", risks, RISK_N_CATEGORIES, &text);
	write_topic(brain, "screen_shields", shields, n, &text);
	ok = ok && !text.failed &&
	    brain_load_text(brain, "(screen)", buf_str(&text), errs);
	buf_clear(&text);
	return ok;
}

bool
risk_rules_read(struct risk_rules *r, struct brain *brain, struct arena *arena,
    struct errs *errs)
{
	*r = (struct risk_rules) { .brain = brain };
	r->any_soft = brain_has_topic(brain, STR("soft"));
	r->any_kinds = brain_has_topic(brain, STR("kinds"));
	return load_topics(brain, &r->any_shields, errs) &&
	    brain_ready(brain, errs) && read_rules(r, arena, errs);
}

/* --- one reading --------------------------------------------------------- */

struct risk_hit
risk_unfinished(void)
{
	return (struct risk_hit) { .level = RISK_RISK, .by = "limit",
		.category = RISK_SUICIDE, .who = RISK_OWN };
}

/* Copies text to out with each span that the topic fits as one word. */
static bool
cover(const struct risk_rules *r, const char *topic, struct str text,
    struct buf *out)
{
	const struct brain_trigger *t;
	size_t at = 0, start, end;
	unsigned n = 0;

	while (n < SHIELDS_MAX && brain_find(r->brain, str_c(topic), text, at,
	    &start, &end, &t)) {
		bool heard = str_is(brain_trigger_topic(t), HEARD);

		buf_add(out, str_sub(text, at, heard ? end : start));
		if (!heard)
			buf_add(out, STR(SHIELD));
		at = end;
		n++;
	}
	buf_add(out, str_sub(text, at, text.len));
	return n > 0;
}

static bool
shield(const struct risk_rules *r, struct str text, struct buf *out)
{
	return cover(r, "screen_shields", text, out);
}

static bool
graver(const struct risk_hit *a, const struct risk_hit *b)
{
	return a->level > b->level;
}

/*
 * The gravest rule that fits; among equals the best match.  Whose danger it is
 * the best match of all says: a rule about somebody else weighs more than one
 * that knows no person, however grave.
 */
static struct risk_hit
match(const struct risk_rules *r, struct str text)
{
	const struct brain_trigger *t[HITS_MAX];
	struct risk_hit best = { 0 };
	bool of_third = false;
	size_t n = 0;

	if (!brain_match_all(r->brain, STR("screen_risk"), text, t, HITS_MAX,
	    &n))
		return risk_unfinished();
	for (size_t i = 0; i < n; i++) {
		size_t id = brain_trigger_id(t[i]);

		if (id >= r->n || !r->rules[id].is_rule)
			continue;
		if (best.level == RISK_NONE)
			of_third = r->rules[id].hit.who == RISK_THIRD;
		if (graver(&r->rules[id].hit, &best))
			best = r->rules[id].hit;
	}
	if (of_third)
		best.who = RISK_THIRD;
	return best;
}

bool
risk_rule_fits(const struct risk_rules *r, const char *file, uint32_t line,
    struct str text)
{
	const struct brain_trigger *t[HITS_MAX];
	struct buf room = { 0 };
	bool fits = false;
	size_t n = 0;

	(void)shield(r, text, &room);
	if (brain_match_all(r->brain, STR("screen_risk"), buf_str(&room), t,
	    HITS_MAX, &n)) {
		for (size_t i = 0; i < n; i++) {
			struct loc at = brain_trigger_loc(t[i]);

			fits |= at.line == line && strcmp(at.file, file) == 0;
		}
	}
	buf_clear(&room);
	return fits;
}

/* A hit that goes when the spans of topic soft are covered is a concern. */
static struct risk_hit
soften(const struct risk_rules *r, struct str text, struct risk_hit hit)
{
	struct buf covered = { 0 };
	struct risk_hit rest;

	if (!r->any_soft || hit.level < RISK_RISK)
		return hit;
	if (!cover(r, "soft", text, &covered)) {
		buf_wipe(&covered);
		return hit;
	}
	rest = covered.failed ? hit : match(r, buf_str(&covered));
	buf_wipe(&covered);
	if (rest.level > RISK_CONCERN)
		return rest;
	hit.level = RISK_CONCERN;
	hit.kind[0] = '\0';
	return hit;
}

/* One window by one brain's rules; *out gets the shielded text. */
static struct risk_hit
read_window(const struct risk_rules *r, struct str text, struct buf *out,
    bool *shielded)
{
	buf_reset(out);
	if (!r->any_shields) {
		buf_add(out, text);
	} else if (shield(r, text, out)) {
		*shielded = true;
	}
	if (out->failed)
		return risk_unfinished();
	return soften(r, buf_str(out), match(r, buf_str(out)));
}

/* Fewer words than these are no sentence for a model of sentences. */
static bool
is_sentence(struct str text)
{
	const unsigned least = 4;
	struct str word;
	unsigned n = 0;

	while (n < least && str_word(&text, &word))
		n++;
	return n == least;
}

static void
ask_model(struct str text, struct risk_hit *best)
{
	struct model_view view;

	if (!is_sentence(text))
		return;
	model_score(text, &view);
	if (!view.hit)
		return;
	*best = (struct risk_hit) {
		.level = view.level,
		.category = view.category,
		.who = view.who,
		.by = "model",
	};
	for (size_t i = 0; i < view.n_reasons; i++) {
		size_t len = strlen(best->why);
		struct str word = str_sub(text, view.reasons[i].from,
		    view.reasons[i].to);

		snprintf(best->why + len, sizeof best->why - len, "%s%.*s",
		    i > 0 ? ", " : "", STR_ARG(word));
	}
}

/*
 * A rule such as "nothing to live for" knows no person, so its hit is taken for
 * the speaker's own.  Of abuse it stays so: he who harms is no speaker either.
 */
static void
ask_whose(struct str text, struct risk_hit *best)
{
	struct model_view view;

	if (best->of_speaker || best->category == RISK_ABUSE ||
	    !is_sentence(text))
		return;
	model_describe(text, &view);
	if (view.surely_third)
		best->who = RISK_THIRD;
}

static struct risk_hit
read_piece(const struct risk_screen *s, struct str text, bool *shielded)
{
	struct buf *room = s->room;
	struct risk_hit best, more;
	bool own_shield = false;

	best = read_window(s->shipped, text, room, shielded);
	if (!s->no_model) {
		if (best.level == RISK_NONE)
			ask_model(buf_str(room), &best);
		else
			ask_whose(buf_str(room), &best);
	}
	if (s->added != NULL && s->added->any && best.level < RISK_IMMINENT) {
		more = read_window(s->added, text, room, &own_shield);
		if (graver(&more, &best))
			best = more;
	}
	return best;
}

/* The end of the window that starts at `from`: at a blank. */
static size_t
window_end(struct str text, size_t from)
{
	size_t end = from + WINDOW;

	if (end >= text.len)
		return text.len;
	while (end > from + WINDOW / 2 && text.p[end] != ' ')
		end--;
	return end;
}

struct risk_hit
risk_read(const struct risk_screen *s, struct str text, bool *shielded)
{
	struct risk_hit best = { 0 }, hit;
	size_t from = 0, end;

	*shielded = false;
	if (text.len == 0)
		return best;
	for (;;) {
		end = window_end(text, from);
		hit = read_piece(s, str_sub(text, from, end), shielded);
		if (graver(&hit, &best))
			best = hit;
		if (end >= text.len || best.level == RISK_IMMINENT)
			return best;
		from = end - OVERLAP;
		while (from < end && text.p[from] != ' ')
			from++;
		from++;
	}
}

/* --- all readings -------------------------------------------------------- */

/* One reading with its odd words led back; false where it has none. */
static bool
look_at_mended(const struct risk_screen *s, struct str text, bool late,
    struct risk_hit *best)
{
	struct lexicon_mending how = { .speller = s->speller, .late = late,
		.words = MENDED_MAX };
	struct buf mended = { 0 };
	struct risk_hit hit;
	bool unused, odd;

	odd = lexicon_mend(s->lexicon, &how, text, &mended);
	if (odd) {
		hit = mended.failed ? risk_unfinished()
		                    : risk_read(s, buf_str(&mended), &unused);
		if (graver(&hit, best))
			*best = hit;
	}
	buf_wipe(&mended);
	return odd;
}

/* A reading and its mended twins; keeps the gravest in *best. */
static void
look_at(const struct risk_screen *s, struct str text, struct risk_hit *best,
    bool *shielded)
{
	struct risk_hit hit = risk_read(s, text, shielded);

	if (graver(&hit, best))
		*best = hit;
	if (best->level < RISK_IMMINENT &&
	    look_at_mended(s, text, false, best) && best->level == RISK_NONE)
		(void)look_at_mended(s, text, true, best);
}

static void
look_at_variants(const struct risk_screen *s, const struct clean *c,
    struct risk_hit *best)
{
	struct buf room = { 0 };
	bool unused, other;

	if (!reading_undisguised(c, &room, &other))
		*best = risk_unfinished();
	else if (other)
		look_at(s, buf_str(&room), best, &unused);
	buf_reset(&room);
	if (c->signs.not_ascii) {
		if (!clean_unmark(buf_str(&c->text), &room))
			*best = risk_unfinished();
		else if (!str_eq(buf_str(&room), buf_str(&c->text)))
			look_at(s, buf_str(&room), best, &unused);
	}
	buf_wipe(&room);
}

/* What the person says of themselves, for the words of the reply. */
static void
note_about(const struct risk_rules *r, struct str text, struct risk_hit *hit)
{
	const struct brain_trigger *t;
	size_t id;

	text = str_sub(text, 0, window_end(text, 0));
	if (hit->level == RISK_NONE || !r->any_kinds ||
	    !brain_match(r->brain, STR("kinds"), text, &t) || t == NULL)
		return;
	id = brain_trigger_id(t);
	if (id < r->n)
		memcpy(hit->about, r->rules[id].hit.about, sizeof hit->about);
}

struct risk_hit
risk_look(const struct risk_screen *s, const struct clean *c,
    struct str before, bool *shielded)
{
	struct risk_screen rules_only = *s;
	struct risk_hit best = { 0 };
	struct buf joined = { 0 };
	bool unused;

	look_at(s, buf_str(&c->text), &best, shielded);
	if (best.level < RISK_IMMINENT)
		look_at_variants(s, c, &best);
	if (best.level < RISK_RISK && before.len > 0) {
		struct str text = buf_str(&c->text);

		buf_add(&joined, before);
		buf_addc(&joined, ' ');
		buf_add(&joined, str_sub(text, 0, window_end(text, 0)));
		if (joined.failed)
			best = risk_unfinished();
		/* Lines side by side are no sentence for a model of sentences. */
		rules_only.no_model = true;
		look_at(&rules_only, buf_str(&joined), &best, &unused);
	}
	buf_wipe(&joined);
	note_about(s->shipped, buf_str(&c->text), &best);
	return best;
}
