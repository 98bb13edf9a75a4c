#include "net/ircqueue.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/queue.h>

struct block {
	TAILQ_ENTRY(block) entry;
	enum ircqueue_class class;
	bool notice;
	bool started;      /* a line of it is out */
	bool apart;
	bool first;        /* crisis: its target reads no other yet */
	uint64_t since_ms;
	uint64_t turn;     /* when its target last had a line */
	size_t n_lines;    /* still to go */
	size_t at;         /* where the next one starts */
	struct buf text;   /* owned, wiped */
	struct str instead;
	char target[IRCQUEUE_NAME_MAX + 1];
	char asker[IRCQUEUE_NAME_MAX + 1]; /* "": nobody */
};

TAILQ_HEAD(block_list, block);

struct ircqueue {
	struct ircqueue_pace pace;
	struct block_list blocks; /* in order of arrival */
	struct block *last;       /* gave the line in use, or NULL */
	uint64_t booked_until_ms; /* see rate.c: lines book time */
	uint64_t turns;
	size_t n_lines[IRCQUEUE_N_CLASSES];
	size_t n_blocks[IRCQUEUE_N_CLASSES];
};

#define PENALTY_LINE_MS 2000   /* RFC 1459 8.10 */
#define PENALTY_WINDOW_MS 10000
#define PENALTY_CRISIS_MS 6000
#define PENALTY_BYTES_PER_S 120 /* measured on ircd-irc2 2.11 */
#define USUAL_BYTES 200

static bool
is_crisis(enum ircqueue_class class)
{
	return class == IRCQUEUE_CRISIS || class == IRCQUEUE_ABUSE;
}

struct ircqueue *
ircqueue_new(const struct ircqueue_pace *pace)
{
	struct ircqueue *q = calloc(1, sizeof(*q));

	if (q == NULL)
		return NULL;
	TAILQ_INIT(&q->blocks);
	ircqueue_set_pace(q, pace);
	return q;
}

void
ircqueue_set_pace(struct ircqueue *q, const struct ircqueue_pace *pace)
{
	assert(pace->burst > 0);
	q->pace = *pace;
}

static void
block_free(struct block *b)
{
	if (b == NULL)
		return;
	buf_wipe(&b->text);
	explicit_bzero(b, sizeof(*b));
	free(b);
}

/* Takes a block out of the counts and the list. */
static void
remove_block(struct ircqueue *q, struct block *b)
{
	TAILQ_REMOVE(&q->blocks, b, entry);
	q->n_lines[b->class] -= b->n_lines;
	q->n_blocks[b->class]--;
	block_free(b);
}

/* The block whose last line was given out has nothing more to say. */
static void
release_last(struct ircqueue *q)
{
	struct block *b = q->last;

	q->last = NULL;
	if (b != NULL && b->n_lines == 0)
		remove_block(q, b);
}

void
ircqueue_reset(struct ircqueue *q)
{
	struct block *b;

	q->last = NULL;
	while ((b = TAILQ_FIRST(&q->blocks)) != NULL)
		remove_block(q, b);
	q->booked_until_ms = 0;
}

void
ircqueue_free(struct ircqueue *q)
{
	if (q == NULL)
		return;
	ircqueue_reset(q);
	free(q);
}

size_t
ircqueue_n_lines(const struct ircqueue *q)
{
	size_t n = 0;

	for (int i = 0; i < IRCQUEUE_N_CLASSES; i++)
		n += q->n_lines[i];
	return n;
}

/* How much time a line books. */
static uint64_t
cost_ms(const struct ircqueue *q, enum ircqueue_class class, size_t bytes)
{
	uint64_t ms = q->pace.penalty
	    ? PENALTY_LINE_MS + bytes * 1000 / PENALTY_BYTES_PER_S
	    : q->pace.line_ms;

	/* The slowest server measured takes a line a second. */
	return is_crisis(class) ? ms / 2 : ms;
}

/* The line that holds the number, for somebody who has none yet. */
static bool
is_first_line(const struct block *b)
{
	return is_crisis(b->class) && b->first && !b->started;
}

/* How far the bookings may run ahead of the clock. */
static uint64_t
window_ms(const struct ircqueue *q)
{
	return q->pace.penalty ? PENALTY_WINDOW_MS
			       : (uint64_t)q->pace.burst * q->pace.line_ms;
}

/* Crisis lines may overdraw: ten lines at once stay below the smallest
 * receive queue measured (hybrid's 2,560 bytes).  Two thirds of that are for
 * first lines, so that one person's fifth never keeps another's first. */
static uint64_t
overdraft_ms(const struct ircqueue *q, const struct block *b)
{
	uint64_t most = q->pace.penalty ? PENALTY_CRISIS_MS
					: 3 * (uint64_t)q->pace.line_ms;

	return !is_crisis(b->class) ? 0 : is_first_line(b) ? most : most / 3;
}

static uint64_t
booked(const struct ircqueue *q, uint64_t now_ms)
{
	return q->booked_until_ms > now_ms ? q->booked_until_ms : now_ms;
}

bool
ircqueue_has_room(const struct ircqueue *q, size_t n_lines, uint64_t now_ms)
{
	size_t waiting = ircqueue_n_lines(q);
	uint64_t each = cost_ms(q, IRCQUEUE_ANSWER, USUAL_BYTES);

	if (q->n_lines[IRCQUEUE_ANSWER] + n_lines > IRCQUEUE_LINES)
		return false;
	return booked(q, now_ms) + (waiting + n_lines) * each <=
	    now_ms + window_ms(q) + IRCQUEUE_AGE_MS;
}

static bool
is_for(const struct block *b, struct str target)
{
	return str_casecmp(str_c(b->target), target) == 0;
}

static bool
may_add(const struct ircqueue *q, const struct ircqueue_block *b,
    size_t n_lines, uint64_t now_ms)
{
	size_t n = q->n_blocks[b->class];

	switch (b->class) {
	case IRCQUEUE_CRISIS:
	case IRCQUEUE_ABUSE:
		return n < IRCQUEUE_CRISES;
	case IRCQUEUE_COMMAND:
	case IRCQUEUE_NOTE:
		return n < IRCQUEUE_NOTES;
	default:
		/* The first answer goes through at any length. */
		return n == 0 || ircqueue_has_room(q, n_lines, now_ms);
	}
}

/* True when the target is being told of help: its number is on the way. */
static bool
is_being_told(const struct ircqueue *q, struct str target)
{
	struct block *b;

	TAILQ_FOREACH (b, &q->blocks, entry)
		if (is_crisis(b->class) && b->started && is_for(b, target))
			return true;
	return false;
}

/* One that waits for the same target and makes up for this one: a note that
 * says the same, or anything else of its class. */
static struct block *
find_waiting(const struct ircqueue *q, const struct ircqueue_block *like)
{
	struct block *b;

	TAILQ_FOREACH (b, &q->blocks, entry)
		if (b->class == like->class && !b->started && !b->apart &&
		    is_for(b, like->target) &&
		    (b->class != IRCQUEUE_NOTE ||
			str_eq(buf_str(&b->text), like->text)))
			return b;
	return NULL;
}

static void
set_name(char out[IRCQUEUE_NAME_MAX + 1], struct str name)
{
	memset(out, 0, IRCQUEUE_NAME_MAX + 1);
	if (name.len > 0 && name.len <= IRCQUEUE_NAME_MAX)
		memcpy(out, name.p, name.len);
}

static size_t
count_lines(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.p[i] == '\n';
	return n;
}

bool
ircqueue_add(struct ircqueue *q, const struct ircqueue_block *add,
    uint64_t now_ms)
{
	struct block *old = add->apart ? NULL : find_waiting(q, add);
	size_t n_lines = count_lines(add->text);
	struct block *b;

	if (old != NULL && add->class == IRCQUEUE_NOTE)
		return true;
	if (n_lines == 0 || add->target.len > IRCQUEUE_NAME_MAX ||
	    !may_add(q, add, n_lines, now_ms))
		return false;
	if ((b = calloc(1, sizeof(*b))) == NULL)
		return false;
	buf_add(&b->text, add->text);
	if (b->text.failed) {
		block_free(b);
		return false;
	}
	b->class = add->class;
	b->notice = add->notice;
	b->apart = add->apart;
	b->first = !is_being_told(q, add->target);
	b->since_ms = now_ms;
	b->turn = q->turns;
	b->n_lines = n_lines;
	b->instead = add->instead;
	set_name(b->target, add->target);
	set_name(b->asker, add->asker);
	TAILQ_INSERT_TAIL(&q->blocks, b, entry);
	q->n_lines[b->class] += b->n_lines;
	q->n_blocks[b->class]++;
	if (old != NULL && is_crisis(add->class))
		remove_block(q, old);
	return true;
}

static uint64_t
age_limit_ms(const struct block *b)
{
	switch (b->class) {
	case IRCQUEUE_ABUSE:
		return IRCQUEUE_ABUSE_MS;
	case IRCQUEUE_ANSWER:
		return IRCQUEUE_AGE_MS;
	case IRCQUEUE_NOTE:
		return IRCQUEUE_NOTE_MS;
	default:
		return UINT64_MAX;
	}
}

/* An answer that was promised and comes too late: who asked is told so. */
static bool
say_instead(struct ircqueue *q, const struct block *b, uint64_t now_ms)
{
	const struct ircqueue_block note = { .class = IRCQUEUE_NOTE,
		.notice = true, .target = str_c(b->asker),
		.text = b->instead };

	return b->asker[0] != '\0' && ircqueue_add(q, &note, now_ms);
}

/* What has begun is finished, so only what waits grows too old. */
static void
drop_aged(struct ircqueue *q, uint64_t now_ms)
{
	struct block *b, *next;

	for (b = TAILQ_FIRST(&q->blocks); b != NULL; b = next) {
		next = TAILQ_NEXT(b, entry);
		if (b->started || now_ms - b->since_ms <= age_limit_ms(b))
			continue;
		(void)say_instead(q, b, now_ms);
		remove_block(q, b);
	}
}

/* Everybody's first line goes before anybody's second.  Abuse's lines are
 * one block at once: begun, it goes before all else. */
static int
rank(const struct block *b)
{
	if (is_first_line(b))
		return -2;
	if (b->class == IRCQUEUE_ABUSE)
		return b->started ? -1 : IRCQUEUE_CRISIS;
	return (int)b->class;
}

static struct block *
pick(const struct ircqueue *q)
{
	struct block *b, *best = NULL;

	TAILQ_FOREACH (b, &q->blocks, entry)
		if (best == NULL || rank(b) < rank(best) ||
		    (rank(b) == rank(best) && b->turn < best->turn))
			best = b;
	return best;
}

static struct str
next_text(const struct block *b)
{
	struct str all = buf_str(&b->text);

	return str_sub(all, b->at, str_find_char(all, '\n', b->at));
}

static size_t
line_bytes(const struct block *b)
{
	return sizeof("PRIVMSG  :\r\n") - 1 + strlen(b->target) +
	    next_text(b).len;
}

static uint64_t
wait_for(const struct ircqueue *q, const struct block *b, uint64_t now_ms)
{
	uint64_t until = booked(q, now_ms) +
	    cost_ms(q, b->class, line_bytes(b));
	uint64_t window = window_ms(q) + overdraft_ms(q, b);

	return until > now_ms + window ? until - now_ms - window : 0;
}

uint64_t
ircqueue_wait_ms(struct ircqueue *q, uint64_t now_ms)
{
	struct block *b;

	release_last(q);
	drop_aged(q, now_ms);
	b = pick(q);
	return b == NULL ? UINT64_MAX : wait_for(q, b, now_ms);
}

/* All that waits for this target goes behind the other targets. */
static void
end_turn(struct ircqueue *q, const struct block *served)
{
	struct block *b;

	q->turns++;
	TAILQ_FOREACH (b, &q->blocks, entry)
		if (is_for(b, str_c(served->target)))
			b->turn = q->turns;
}

bool
ircqueue_next(struct ircqueue *q, uint64_t now_ms, struct ircqueue_block *line)
{
	struct block *b;

	if (ircqueue_wait_ms(q, now_ms) > 0)
		return false;
	b = pick(q);
	assert(b != NULL);
	q->booked_until_ms = booked(q, now_ms) +
	    cost_ms(q, b->class, line_bytes(b));
	*line = (struct ircqueue_block) { .class = b->class,
		.notice = b->notice, .target = str_c(b->target),
		.text = next_text(b) };
	b->at += line->text.len + 1;
	b->started = true;
	b->n_lines--;
	q->n_lines[b->class]--;
	end_turn(q, b);
	q->last = b;
	return true;
}

void
ircqueue_rename(struct ircqueue *q, struct str from, struct str to)
{
	struct block *b, *next;

	release_last(q);
	for (b = TAILQ_FIRST(&q->blocks); b != NULL; b = next) {
		next = TAILQ_NEXT(b, entry);
		if (str_casecmp(str_c(b->asker), from) == 0)
			set_name(b->asker, to);
		if (!is_for(b, from))
			continue;
		if (b->class == IRCQUEUE_ABUSE || to.len > IRCQUEUE_NAME_MAX)
			remove_block(q, b);
		else
			set_name(b->target, to);
	}
}

void
ircqueue_drop(struct ircqueue *q, struct str target)
{
	struct block *b, *next;

	release_last(q);
	for (b = TAILQ_FIRST(&q->blocks); b != NULL; b = next) {
		next = TAILQ_NEXT(b, entry);
		if (str_casecmp(str_c(b->asker), target) == 0)
			set_name(b->asker, str_of("", 0));
		if (is_for(b, target))
			remove_block(q, b);
	}
}

void
ircqueue_join_notes(struct ircqueue *q, const struct ircqueue_block *line,
    size_t most, struct buf *targets)
{
	struct block *b, *next;

	for (b = TAILQ_FIRST(&q->blocks); b != NULL && most > 0; b = next) {
		next = TAILQ_NEXT(b, entry);
		if (b == q->last || b->class != IRCQUEUE_NOTE ||
		    b->notice != line->notice ||
		    !str_eq(next_text(b), line->text))
			continue;
		buf_addf(targets, ",%s", b->target);
		remove_block(q, b);
		most--;
	}
}
