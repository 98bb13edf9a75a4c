/*
 * graph.c - the dialogs as a drawing: iopguide graph | dot -Tsvg > out.svg
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "cmd/commands.h"
#include "cmd/setup.h"

#define DRAWING_MAX ((size_t)256 << 20)

int
cmd_graph(const struct options *o)
{
	const char *dir = o->n_args > 0 ? o->args[0] : o->dialogs;
	struct script_options so = setup_script_options(dir);
	struct buf out = { .max = DRAWING_MAX };
	struct errs errs = { 0 };
	struct script *script = script_load(&so, &errs);
	int status = EXIT_FAILURE;

	log_errs(&errs);
	errs_clear(&errs);
	if (script == NULL)
		return status;
	brain_graph(script_dialogs(script), &out);
	if (out.failed)
		log_error("out of memory");
	else if (fwrite(out.p, 1, out.len, stdout) == out.len &&
	    fflush(stdout) == 0)
		status = EXIT_SUCCESS;
	script_unref(script);
	buf_clear(&out);
	return status;
}
