/*
 * core.h - what a brain is made of, for the modules behind brain.h.
 */
#ifndef IOPGUIDE_RIVE_CORE_H
#define IOPGUIDE_RIVE_CORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/map.h"
#include "rive/ast.h"
#include "rive/brain.h"
#include "rive/format.h"
#include "rive/match.h"
#include "rive/store.h"
#include "rive/subs.h"
#include "rive/topics.h"

#define REPLY_MAX ((size_t)64 * 1024) /* bytes of one reply */
#define STEPS_MAX 1000  /* redirects within one reply */
#define DEPTH_DEFAULT 50
#define DEPTH_LIMIT 200 /* redirects in one another, whatever is asked */

struct macro {
	struct str name;
	brain_macro_fn fn;
};

struct brain {
	unsigned refs;
	bool utf8, strict, force_case, no_jit;
	bool ready;
	bool plain_loop; /* tests: try trigger after trigger */
	unsigned depth;
	struct str concat;
	struct str texts[BRAIN_N_STATUS];

	struct arena loaded; /* files, nodes, options: grows with each load */
	struct arena frozen; /* made anew by brain_ready() */
	struct ast ast;
	struct map macros;    /* name -> struct macro */
	struct map languages; /* of objects that the host reads */
	struct store vars;    /* bot variables, as they are now */
	struct store globals;

	struct subs subs, person;
	struct format format;
	struct matcher matcher;
	struct pattern *patterns; /* by 2 * id; + 1 is the % side */
	const struct str *words;
	size_t n_words;
	struct buf text;   /* of the last message, see struct brain_how */
};

#endif
