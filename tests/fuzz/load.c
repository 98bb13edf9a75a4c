/*
 * load.c - any bytes as a brain, in both modes, and a few replies of it.
 */
#include <stdlib.h>

#include "rive/brain.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void
talk(struct brain *b)
{
	static const char *const messages[] = {
		"hello", "a b c", "don't you 50%", "", "what is 12 and 7",
	};
	struct vars *user = vars_new();
	struct rng rng = { 1 };
	struct brain_talk with = { .user = user, .rng = &rng };
	struct buf out = { 0 };

	for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++) {
		buf_reset(&out);
		brain_reply(b, &with, str_c(messages[i]), &out, NULL);
	}
	buf_clear(&out);
	vars_free(user);
}

static void
load(struct str text, bool utf8)
{
	struct brain_options o = { .utf8 = utf8, .no_jit = true };
	struct brain *b = brain_new(&o);
	struct errs errs = { 0 };
	bool ok;

	ok = brain_load_text(b, "fuzz", text, &errs);
	/* Mistakes do not stop the others: what was read may talk. */
	ok = brain_ready(b, &errs) && ok;
	if (ok)
		talk(b);
	errs_clear(&errs);
	brain_unref(b);
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct str text = str_of((const char *)data, size);

	load(text, false);
	load(text, true);
	return 0;
}
