/*
 * crisis.h - what is said when words speak of harm.
 *
 * Lines are picked from the wording table by the hit and by what was said
 * before, and filled with the numbers of the person's country.  The first
 * line is usable alone: it says what was heard and holds the number.
 */
#ifndef IOPGUIDE_GUIDE_CRISIS_H
#define IOPGUIDE_GUIDE_CRISIS_H

#include "base/buf.h"
#include "guide/guide.h"
#include "guide/risk.h"
#include "guide/session.h"

/*
 * The block for a hit without its question, at most five lines, and the
 * session's new state: care in view, what was said.  One line while `quiet`.
 */
void crisis_block(const struct guide *g, struct session *s,
    const struct risk_hit *hit, uint64_t now_ms, struct buf *out);

/* The direct question that closes a block; none while the same is open. */
void crisis_question(struct session *s, const struct risk_hit *hit,
    uint64_t now_ms, struct buf *out);

/* Asks a safety question: one line, and its answer is waited for. */
void crisis_ask(struct session *s, enum pending p, uint64_t now_ms,
    struct buf *out);

/* One line (or none) from a section of fixed texts, such as "care". */
void crisis_line(const struct guide *g, struct session *s, const char *slot,
    const char *kind, struct buf *out);

/* The line that keeps care in view before another answer. */
void crisis_care(const struct guide *g, struct session *s, struct buf *out);

/* All numbers of the country: the words `crisis` and `lines`. */
void crisis_lines(const struct guide *g, struct session *s, struct buf *out);

/* The numbers for a country the person just named. */
void crisis_country(const struct guide *g, struct session *s, struct buf *out);

/* What is said to an answer.  Returns the question to ask next: last of all,
 * by crisis_ask(). */
enum pending crisis_answer(const struct guide *g, struct session *s,
    enum pending_answer answer, uint64_t now_ms, struct buf *out);

#endif
