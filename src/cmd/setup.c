#include "cmd/setup.h"

#include <stdlib.h>
#include <sys/random.h>

#include "base/log.h"

uint64_t
setup_seed(const struct options *o)
{
	uint64_t seed = o->seed;

	/* Without entropy the seed stays 0: the choices of a wording are no
	 * secret. */
	if (!o->seeded && getrandom(&seed, sizeof seed, 0) < 0)
		seed = 0;
	return seed;
}

struct script_options
setup_script_options(const char *dialogs)
{
	return (struct script_options) {
		.dialogs = dialogs,
		/* valgrind cannot follow PCRE2's machine code. */
		.no_jit = getenv("IOPGUIDE_NO_JIT") != NULL,
	};
}

struct guide *
setup_guide(const struct script_options *so, const struct guide_options *go)
{
	struct errs errs = { 0 };
	struct script *script = script_load(so, &errs);
	struct guide *guide = NULL;

	log_errs(&errs);
	if (script != NULL) {
		guide = guide_new(script, go);
		script_unref(script);
		if (guide == NULL)
			log_error("out of memory");
	} else if (so->dialogs != NULL) {
		log_error("%s: the dialogs have mistakes, nothing was loaded",
		    so->dialogs);
	}
	errs_clear(&errs);
	return guide;
}
