/*
 * script.h - one generation: the shipped risk brain, a dialog brain, and the
 * checklists, wordings and numbers of one load.
 *
 * Built whole or not at all, then never changed; reference counted by one
 * thread (a reload builds and frees on a worker, see net/reload).
 */
#ifndef IOPGUIDE_GUIDE_SCRIPT_H
#define IOPGUIDE_GUIDE_SCRIPT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "guide/lexicon.h"
#include "guide/questions.h"
#include "guide/resource.h"
#include "guide/risk.h"
#include "guide/selfcheck.h"
#include "guide/wording.h"

struct script;

struct script_options {
	const char *dialogs; /* a folder; NULL: the dialogs compiled in */
	bool no_jit;
};

/* NULL when there was an error; errs then names every one of them. */
struct script *script_load(const struct script_options *o, struct errs *errs);

/*
 * All mistakes and doubts in the dialogs, for `lint`.  With today, an ISO
 * date, also the numbers that nobody checked or that were checked long ago.
 */
void script_lint(const struct script_options *o, const char *today,
    struct errs *errs);

struct script *script_ref(struct script *s);
void script_unref(struct script *s); /* NULL is fine */

/*
 * From now on the last unref does not free the script, which takes some
 * milliseconds, but lays it into *grave, a list that its owner has freed on
 * any thread.  The grave must outlive the script.
 */
void script_bury_in(struct script *s, struct script **grave);
void script_free_all(struct script *grave); /* NULL is fine */

/* The parts; all borrowed, good while the script lives. */
struct brain *script_dialogs(struct script *s);
struct brain *script_shipped(struct script *s);
const struct risk_rules *script_shipped_rules(const struct script *s);
const struct risk_rules *script_added_rules(const struct script *s);
const struct lexicon *script_risk_words(const struct script *s);
const struct lexicon *script_dialog_words(const struct script *s);
const struct wording *script_wording(const struct script *s);
const struct resources *script_resources(const struct script *s);
const struct questions *script_questions(const struct script *s);

/* NULL where the dialogs hold none of that name. */
const struct checklist *script_checklist(const struct script *s,
    struct str name);

/*
 * What a host macro is handed while a reply is made: what the reply asks for
 * is done after it.
 */
struct script_calls {
	bool selfcheck;
	bool for_other; /* <call>selfcheck other</call> */
	bool forget;
	bool quit;
	bool summary;
};

#endif
