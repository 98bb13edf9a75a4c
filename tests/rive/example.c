#include <stdio.h>

#include "rive/brain.h"

int
main(void)
{
	struct brain *bot = brain_new(NULL);
	struct errs errs = { 0 };
	struct buf out = { 0 };
	struct rng rng = { 42 };
	struct brain_talk talk = { .user = vars_new(), .rng = &rng };

	if (bot == NULL || talk.user == NULL ||
	    !brain_load_text(bot, "hello.rive",
		STR("+ my name is *\n- <set name=<formal>>Hi, <get name>!\n"),
		&errs) || !brain_ready(bot, &errs))
		return 1;
	brain_reply(bot, &talk, STR("My name is Ada."), &out, NULL);
	puts(buf_cstr(&out));
	buf_wipe(&out);
	vars_free(talk.user);
	brain_unref(bot);
	errs_clear(&errs);
	return 0;
}
