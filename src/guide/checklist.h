/*
 * checklist.h - a self-check as data: questions, answer words, result rules
 * and texts, as checklist_file.h reads them.
 *
 * The head of dialogs/selfcheck.rive tells the format.
 * A checklist is read whole or not at all, lives in an arena and is never
 * changed; who walks it (selfcheck.h) only points into it.
 */
#ifndef IOPGUIDE_GUIDE_CHECKLIST_H
#define IOPGUIDE_GUIDE_CHECKLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

#define SELFCHECK_MAX 40       /* questions of one checklist */
#define CHECKLIST_CHOICES 8    /* answers to one follow-up */
#define CHECKLIST_TERMS 6      /* conditions joined by "and" in one rule */
#define CHECKLIST_LINE_MAX 200 /* bytes of a line that is said */

/* What a line can be to a checklist.  The first six are kept as answers. */
enum answer {
	ANSWER_NONE, /* nothing we understand; not asked yet */
	ANSWER_YES,
	ANSWER_SOME,
	ANSWER_NO,
	ANSWER_UNSURE,
	ANSWER_SKIP,
	ANSWER_N_KEPT,
	/* words that steer */
	ANSWER_BACK = ANSWER_N_KEPT,
	ANSWER_WHY,
	ANSWER_STOP,
	ANSWER_HELP,
	ANSWER_RESUME,
	ANSWER_SUMMARY,
	ANSWER_GO_ON,
	ANSWER_OVER,  /* start over */
	ANSWER_OTHER, /* for someone else */
	ANSWER_SELF,  /* for myself */
	/* words that only help to understand the others */
	ANSWER_UNCLEAR, /* looks like an answer and is none */
	ANSWER_FILLER,
	ANSWER_JOIN,
	ANSWER_NEGATION,
	ANSWER_ASKS, /* how a question of theirs begins */
	ANSWER_N
};

/* What is told about safety from outside the questions; bits. */
enum selfcheck_note {
	SELFCHECK_RISK = 1,      /* the screen hit, at risk level */
	SELFCHECK_IMMINENT = 2,  /* plan, means, overdose, violence, abuse now,
	                          * or not safe at the safety question */
	SELFCHECK_SAFE = 4,      /* a clear "safe" at the safety question */
	SELFCHECK_SELF_HARM = 8, /* self-harm, substances or eating was said */
	SELFCHECK_SUICIDAL = 16, /* own thoughts of suicide were said */
};

/* A short phrase, in the form spoken_match() takes. */
struct phrase {
	const struct phrase *next;
	struct str text;
};

/* A line that is said; `who` tells for whom. */
enum says_who { SAYS_BOTH, SAYS_YOU, SAYS_THEY };
struct says {
	const struct says *next;
	struct str text;
	enum says_who who;
};

/* The words of one kind of answer. */
struct manner {
	struct str label; /* as it is shown: "sometimes" */
	struct str took;  /* said when it had to be understood */
	struct phrase *alone, *starts, *inside, *before;
};

enum choice_effect { CHOICE_PLAIN, CHOICE_ASK_SAFE, CHOICE_ABUSE };
struct choice {
	struct str label;
	struct phrase *phrases;
	enum choice_effect effect;
};

struct question {
	struct str name, group;
	struct loc at;
	struct str you, they, why;
	struct str sign, from;          /* the article's sign, its group there */
	struct str before;              /* said once, ahead of the question */
	struct str after;               /* said after yes or some */
	struct str follow, follow_they; /* asked after yes */
	struct choice choices[CHECKLIST_CHOICES];
	size_t n_choices;
	struct phrase *means[ANSWER_N_KEPT]; /* words that answer this one only */
	struct str tone[ANSWER_N_KEPT];
	unsigned ask_safe; /* bits 1 << enum answer */
	unsigned noted;    /* enum selfcheck_note: said meanwhile, it is a yes */
};

enum term_kind { TERM_ALWAYS, TERM_ALL, TERM_ANY, TERM_SUM, TERM_OPEN,
	TERM_NOTED };
struct term {
	enum term_kind kind;
	uint64_t questions; /* bits */
	unsigned values;    /* bits 1 << enum answer */
	unsigned notes;
	unsigned halves;    /* twice the least sum; a yes is two, some is one */
};

/* One `when`: all its terms must hold. */
struct rule {
	struct rule *next;
	struct str text, because;
	struct loc at;
	struct term terms[CHECKLIST_TERMS];
	size_t n;
};

struct result {
	struct result *next;
	struct str name, title;
	struct loc at;
	struct rule *rules;
	struct says *says;
};

/* Everything that is said besides questions and results. */
enum checklist_text {
	TEXT_OPENING, TEXT_ASK, TEXT_FOLLOW, TEXT_MISSED,
	TEXT_MISSED_CHOICE, TEXT_MOVED_ON, TEXT_FIRST, TEXT_HELP,
	TEXT_STOPPED, TEXT_PAUSED, TEXT_RESUMED, TEXT_OVER, TEXT_OTHER,
	TEXT_SELF, TEXT_SAFE, TEXT_DANGER, TEXT_NOTED, TEXT_NO_LINE,
	TEXT_SUMMARY, TEXT_ITEM, TEXT_SUMMARY_RESULT, TEXT_UNFINISHED,
	TEXT_FOOT, TEXT_N
};

struct checklist {
	struct str name;
	struct loc at;
	struct question questions[SELFCHECK_MAX];
	size_t n;
	struct manner manners[ANSWER_N]; /* none: how "not asked" is shown */
	struct says *texts[TEXT_N];
	struct result *results; /* the first that fits holds */
};

static inline struct str
checklist_name(const struct checklist *c)
{
	return c->name;
}

static inline size_t
checklist_n(const struct checklist *c)
{
	return c->n;
}

#endif
