#include "guide/risklint.h"

#include "base/file.h"
#include "guide/clean.h"
#include "guide/example.h"

static void
check(const struct risk_rules *rules, const char *file,
    const struct example *e, struct errs *errs)
{
	struct loc at = { .file = file, .line = e->line, .col = 1 };
	struct clean c = { 0 };

	if (!str_starts(e->topic, STR("risk_")))
		return;
	if (e->text.len == 0)
		errs_doubt(errs, at, "this risk rule shows no example; write one "
		    "above it: // e.g. a message it is for [risk example]");
	else if (clean_line(&c, e->text) &&
	    !risk_rule_fits(rules, file, e->line, buf_str(&c.text)))
		errs_doubt(errs, at, "this risk rule does not find its own "
		    "example [risk example]");
	clean_wipe(&c);
}

void
risklint_file(const struct risk_rules *rules, const char *file,
    struct str source, struct errs *errs)
{
	struct examples at = { .source = source };
	struct example e;

	while (examples_next(&at, &e))
		check(rules, file, &e, errs);
}

void
risklint_folder(const struct risk_rules *rules, const char *dir,
    struct errs *errs)
{
	static const char *const suffixes[] = { ".rive", ".rs", NULL };
	struct arena arena = { 0 };
	struct buf text = { .max = (size_t)64 << 20 };
	const char **paths;
	struct err err;
	size_t n;

	/* What cannot be read was reported by the load. */
	if (file_list(dir, suffixes, &arena, &paths, &n, &err)) {
		for (size_t i = 0; i < n; i++) {
			buf_reset(&text);
			if (file_read(paths[i], &text, &err))
				risklint_file(rules, paths[i], buf_str(&text),
				    errs);
		}
	}
	buf_clear(&text);
	arena_clear(&arena);
}
