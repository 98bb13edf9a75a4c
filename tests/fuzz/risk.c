/*
 * risk.c - a known phrase in any noise is still found, by the whole path of a
 * message, and the reply opens with help.
 *
 * The first byte picks the phrase, the second where it stands; the rest is the
 * noise.  A full stop parts them, as a person would.
 */
#include <stdio.h>
#include <stdlib.h>

#include "guide/script.h"
#include "guide/session.h"
#include "guide/talk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const phrases[] = { "i want to kill myself",
	"my husband hits me", "i cut myself last night",
	"i took all the pills", "i want to die", "my friend wants to kill herself" };

static struct guide *guide;

static void
set_up(void)
{
	struct script_options o = { .no_jit = true };
	struct guide_options g = { .rate = { .burst = 5 } };
	struct errs errs = { 0 };
	struct script *s = script_load(&o, &errs);

	if (s == NULL)
		abort();
	guide = guide_new(s, &g);
	script_unref(s);
	if (guide == NULL)
		abort();
}

/* The noise may name a country, so any number counts. */
static bool
opens_with_help(const struct talk_answer *a)
{
	struct str rest = buf_str(&a->text), line;
	size_t digits = 0;

	if (!str_split(&rest, '\n', &line))
		return false;
	for (size_t i = 0; i < line.len; i++)
		digits += line.p[i] >= '0' && line.p[i] <= '9';
	return digits >= 3;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct talk_answer a = { 0 };
	struct buf line = { 0 };
	struct session *s;
	struct str noise;
	size_t at;

	if (size < 2)
		return 0;
	if (guide == NULL)
		set_up();
	s = session_new(guide, 1000);
	noise = str_of((const char *)data + 2, size - 2);
	at = noise.len * data[1] / 256;
	buf_add(&line, str_sub(noise, 0, at));
	buf_add(&line, STR(" . "));
	buf_add(&line, str_c(phrases[data[0] % 6]));
	buf_add(&line, STR(" . "));
	buf_add(&line, str_sub(noise, at, noise.len));
	if (s != NULL && !line.failed && line.len <= TALK_LINE_MAX) {
		talk_line(guide, s, buf_str(&line), TALK_PRIVATE, 2000, &a);
		if (!a.trace.risk || !opens_with_help(&a)) {
			fprintf(stderr, "not found: %s\n", buf_cstr(&line));
			abort();
		}
	}
	talk_answer_clear(&a);
	buf_clear(&line);
	session_free(s);
	return 0;
}
