#include "guide/screen.h"

#include "base/utf8.h"

#define OVERLAP 1200 /* bytes a piece goes back; letters may take four each */

/* Where a piece that is at most `most` bytes long ends: at a blank. */
static size_t
piece_end(struct str rest, size_t most)
{
	size_t end = utf8_fit(rest, most);

	if (end == rest.len)
		return end;
	for (size_t i = end; i > most / 2; i--) {
		if (str_blank(rest.p[i - 1]))
			return i;
	}
	return end;
}

/* Where the piece begins that goes on from `done`: a little before it. */
static size_t
piece_start(struct str raw, size_t done)
{
	size_t from = done > OVERLAP ? done - OVERLAP : 0;

	for (size_t i = from; i > 0 && i < done; i++) {
		if (str_blank(raw.p[i]))
			return i;
	}
	return utf8_fit(raw, from);
}

static void
keep_graver(struct risk_hit *best, const struct risk_hit *hit)
{
	if (hit->level > best->level)
		*best = *hit;
}

/* One piece; the first of a line is read joined to the lines before, too. */
static bool
look(struct guide *g, struct session *s, struct str piece, uint64_t now_ms,
    bool *shielded)
{
	struct risk_screen screen = guide_screen(g);
	struct buf before = { 0 };
	struct risk_hit hit;

	if (!clean_line(&s->clean, piece))
		return false;
	if (s->part.done == 0)
		session_recent_text(s, now_ms, &before);
	hit = before.failed ? risk_unfinished()
	    : risk_look(&screen, &s->clean, buf_str(&before), shielded);
	keep_graver(&s->part.best, &hit);
	buf_wipe(&before);
	return true;
}

void
screen_part(struct guide *g, struct session *s, struct str raw, size_t same,
    uint64_t now_ms)
{
	struct session_part *part = &s->part;
	bool shielded;

	if (part->done > same)
		part->done = same;
	while (raw.len - part->done > SCREEN_PIECE) {
		size_t from = piece_start(raw, part->done);
		size_t end = part->done + piece_end(str_sub(raw, part->done,
		    raw.len), SCREEN_PIECE);

		/* What could not be read counts as a hit. */
		if (part->best.level < RISK_IMMINENT &&
		    !look(g, s, str_sub(raw, from, end), now_ms, &shielded))
			part->best = risk_unfinished();
		part->done = end;
	}
}

bool
screen_line(struct guide *g, struct session *s, struct str raw,
    uint64_t now_ms, struct risk_hit *hit)
{
	bool shielded = false, ok;
	size_t done;

	if (raw.len <= SCREEN_PIECE)
		s->part.done = 0;
	screen_part(g, s, raw, s->part.done, now_ms);
	done = s->part.done;
	ok = look(g, s, str_sub(raw, piece_start(raw, done), raw.len), now_ms,
	    &shielded);
	*hit = s->part.best;
	s->part = (struct session_part) { 0 };
	/* What was answered must not be found again in the next join, and a
	 * shielded line is no half of a sentence. */
	if (hit->level != RISK_NONE || shielded)
		session_drop_recent(s);
	else if (ok)
		session_remember(s, buf_str(&s->clean.text), now_ms);
	if (ok && done > 0)
		ok = clean_line(&s->clean,
		    str_sub(raw, 0, piece_end(raw, SCREEN_PIECE)));
	return ok;
}
