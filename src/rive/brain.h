/*
 * brain.h - the face of the interpreter: load RiveScript 2.0, get replies.
 *
 *	struct brain *b = brain_new(&(struct brain_options) { .utf8 = true });
 *	struct errs errs = { 0 };
 *	struct vars *user = vars_new();
 *	struct rng rng = { 42 };
 *	struct buf out = { 0 };
 *
 *	if (brain_load_dir(b, "dialogs", &errs) && brain_ready(b, &errs))
 *		brain_reply(b, &(struct brain_talk) { user, &rng, NULL },
 *		    STR("hello bot"), &out, NULL);
 *
 * A brain is loaded, made ready, and from then on never changes, apart from
 * bot variables that a reply sets.  One thread talks to a brain at a time;
 * loading and freeing may happen on another.  Nothing here reads a clock, a
 * random device or a socket, and nothing logs.
 */
#ifndef IOPGUIDE_RIVE_BRAIN_H
#define IOPGUIDE_RIVE_BRAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/rng.h"
#include "base/str.h"
#include "rive/vars.h"

struct brain;

/* The texts given instead of a reply; see brain_options.texts. */
enum brain_status {
	BRAIN_OK,
	BRAIN_NO_MATCH,   /* "ERR: No Reply Matched" */
	BRAIN_NO_REPLY,   /* "ERR: No Reply Found" */
	BRAIN_RECURSION,  /* "ERR: Deep Recursion Detected" */
	BRAIN_NO_OBJECT,  /* "[ERR: Object Not Found]", only inside a reply */
	BRAIN_LIMIT,      /* a match, step or size limit was hit */
	BRAIN_NO_MEMORY,
	BRAIN_N_STATUS
};

/* All zeroes is RiveScript's default: ASCII, strict, depth 50. */
struct brain_options {
	bool utf8;
	bool not_strict;     /* syntax errors become warnings */
	bool force_case;     /* capitals in triggers are lowered, no error */
	bool case_sensitive; /* messages keep their case */
	bool no_jit;         /* for valgrind */
	unsigned depth;      /* redirects; 0: 50 */
	const char *concat;  /* "none", "space", "newline"; NULL: none */
	const char *punctuation; /* a PCRE2 pattern of what UTF-8 mode drops
	                          * from a message; NULL: [.,!?;:] */
	const char *texts[BRAIN_N_STATUS]; /* NULL: js's texts as above */
};

/* The strings of the options are copied.  NULL without memory. */
struct brain *brain_new(const struct brain_options *options);
struct brain *brain_ref(struct brain *b);
void brain_unref(struct brain *b); /* NULL is fine */

/*
 * A host macro, for <call>name args</call>.  It writes its value to out.
 * `host` is what the talk brings along.  Set them before loading, so that
 * lint knows the names.  The name is copied.
 */
typedef void (*brain_macro_fn)(void *host, const struct str *args, size_t n,
    struct buf *out);
MUST_USE bool brain_macro(struct brain *b, const char *name, brain_macro_fn fn);

/* Objects in this language are the host's to read; others are a doubt for
 * lint.  The name is copied. */
MUST_USE bool brain_language(struct brain *b, const char *language);

/*
 * Load on top of what is there.  False when there was an error; loading goes
 * on after a mistake, so that errs names them all.  Paths in errs start with
 * dir.  Suffixes: .rive and .rs.
 */
MUST_USE bool brain_load_dir(struct brain *b, const char *dir,
    struct errs *errs);
MUST_USE bool brain_load_file(struct brain *b, const char *path,
    struct errs *errs);
MUST_USE bool brain_load_text(struct brain *b, const char *name,
    struct str text, struct errs *errs);

/* Sorts and indexes what was loaded.  More may be loaded after it, then it
 * must be made ready again. */
MUST_USE bool brain_ready(struct brain *b, struct errs *errs);

/* All doubts that only the whole brain can tell, for `lint`. */
void brain_lint(struct brain *b, struct errs *errs);

/* Row i of the table of these doubts; false past the end. */
bool brain_lint_row(size_t i, const char **name, bool *error,
    const char **help);

/* Topics, redirects and changes of topic as a Graphviz drawing. */
void brain_graph(struct brain *b, struct buf *out);

/* Who talks, with what. */
struct brain_talk {
	struct vars *user;
	struct rng *rng;
	void *host; /* handed to macros */
	struct str id; /* for <id>; all zeroes: "localuser" */
};

/* How a reply came about; views are good while the brain lives, except
 * `text`, which is good until the next reply of this brain. */
struct brain_how {
	enum brain_status status;
	struct str trigger;       /* of the first match, as written, NULL: none */
	struct str last_trigger;  /* of the last match, after redirects */
	struct str topic;         /* the topic the first trigger stands in */
	struct loc at;            /* of the first trigger */
	struct loc last_at;
	unsigned n_matches;       /* first match and redirects */
};

/*
 * Replies to one message.  out gets the reply or the error text (it is added
 * to what out holds).  how may be NULL.
 */
enum brain_status brain_reply(struct brain *b, const struct brain_talk *talk,
    struct str message, struct buf *out, struct brain_how *how);

/* The message as it is matched: lower case, substitutions, stripped. */
void brain_format(struct brain *b, struct str message, struct buf *out);

/* --- matching without a reply, for screens ------------------------------ */

/* A trigger of a loaded brain; good while the brain lives. */
struct brain_trigger;

struct str brain_trigger_text(const struct brain_trigger *t);
struct str brain_trigger_topic(const struct brain_trigger *t);
struct loc brain_trigger_loc(const struct brain_trigger *t);

/* The position of a trigger among those of brain_each_trigger(), from 0. */
size_t brain_trigger_id(const struct brain_trigger *t);
size_t brain_n_triggers(const struct brain *b);
const struct brain_trigger *brain_trigger_at(const struct brain *b, size_t id);

/* A reply of this trigger, as if it had matched `message`. */
enum brain_status brain_trigger_reply(struct brain *b,
    const struct brain_talk *talk, const struct brain_trigger *t,
    struct str message, struct buf *out);

/*
 * The best trigger of the topic (with what it includes and inherits) for a
 * text that is already formatted: small letters, single blanks.  *t is NULL
 * when none fits.  False when a limit was hit, which a screen must take for
 * a hit.  `user` may be NULL.  %Previous triggers are left out.
 */
MUST_USE bool brain_match(struct brain *b, struct str topic, struct str text,
    const struct brain_trigger **t);

/*
 * All triggers of the topic that fit, each once, best first, up to max; *n
 * says how many.  Same result and limits.
 */
MUST_USE bool brain_match_all(struct brain *b, struct str topic,
    struct str text, const struct brain_trigger **t, size_t max, size_t *n);

/*
 * The first stretch of whole words at or after `from` that a trigger of the
 * topic fits, the longest there: text[*start .. *end).  False when there is
 * none.  Only for triggers of whole words (others are passed over; lint
 * says so).
 */
MUST_USE bool brain_find(struct brain *b, struct str topic, struct str text,
    size_t from, size_t *start, size_t *end, const struct brain_trigger **t);

/* --- what else was loaded ------------------------------------------------ */

/* Is there such a topic? */
bool brain_has_topic(const struct brain *b, struct str topic);

/* Item i of an array, false past the end (or without such an array). */
bool brain_array(const struct brain *b, struct str name, size_t i,
    struct str *item);

/* A bot variable (! var); p is NULL where it is not set. */
struct str brain_var(const struct brain *b, struct str name);
MUST_USE bool brain_set_var(struct brain *b, struct str name, struct str value);

/* Objects (> object NAME LANGUAGE) in the order of loading. */
struct brain_line {
	struct str text; /* without its line end */
	struct loc at;
};
struct brain_object {
	struct str name;
	struct str language; /* empty where none is given */
	struct loc at;
	const struct brain_line *lines;
	size_t n_lines;
};
const struct brain_object *brain_object(const struct brain *b, size_t i);

/* Every plain word that stands in a trigger (not in risk topics' meaning or
 * any other: all of them), for spelling; false past the end. */
bool brain_word(const struct brain *b, size_t i, struct str *word);

#endif
