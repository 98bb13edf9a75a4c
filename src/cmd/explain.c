/*
 * explain.c - what the guide makes of each line: one JSON object a line, or
 * a readable form on a terminal.
 *
 * Every line is said in a session of its own, or all in one with --talk.  The
 * clock is made up, five seconds a line, so that a run can be repeated.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/utf8.h"
#include "cmd/commands.h"
#include "cmd/input.h"
#include "cmd/setup.h"
#include "guide/session.h"
#include "guide/talk.h"

#define STEP_MS 5000

struct explainer {
	struct guide *guide;
	struct session *session; /* NULL: the next line opens one */
	bool talk;
	bool readable;
	uint64_t now_ms;
	struct input in;
	struct buf line;
	struct talk_answer answer;
};

/* JSON null where there is nothing; never invalid UTF-8. */
static json_t *
text_or_null(struct str s)
{
	struct buf clean = { .max = (size_t)4 * TALK_LINE_MAX };
	json_t *v = NULL;

	if (s.len == 0)
		return json_null();
	if (utf8_is_valid(s))
		return json_stringn(s.p, s.len);
	while (s.len > 0)
		utf8_put(&clean, utf8_next(&s));
	if (!clean.failed)
		v = json_stringn(clean.p, clean.len);
	buf_wipe(&clean);
	return v;
}

/* A message or a reply: an empty one is "", not null. */
static json_t *
text_of(struct str s)
{
	return s.len == 0 ? json_string("") : text_or_null(s);
}

static json_t *
risk_of(const struct talk_trace *t)
{
	json_t *risk;

	if (!t->risk)
		return json_null();
	risk = json_object();
	json_object_set_new(risk, "category", text_or_null(str_c(t->category)));
	json_object_set_new(risk, "level", text_or_null(str_c(t->level)));
	json_object_set_new(risk, "who", text_or_null(str_c(t->who)));
	json_object_set_new(risk, "rule", text_or_null(str_c(t->rule)));
	return risk;
}

/* The reply without its last line end. */
static struct str
reply_of(const struct talk_answer *a)
{
	struct str s = buf_str(&a->text);

	return s.len > 0 ? str_sub(s, 0, s.len - 1) : s;
}

/* False without memory: json_object_set_new() takes a NULL for a failure. */
static bool
put_json(const struct explainer *x)
{
	const struct talk_trace *t = &x->answer.trace;
	json_t *o = json_object();
	bool ok;

	ok = json_object_set_new(o, "text", text_of(buf_str(&x->line))) == 0 &&
	    json_object_set_new(o, "risk", risk_of(t)) == 0 &&
	    json_object_set_new(o, "intent",
	        text_or_null(str_c(t->intent))) == 0 &&
	    json_object_set_new(o, "trigger",
	        text_or_null(str_c(t->trigger))) == 0 &&
	    json_object_set_new(o, "source",
	        text_or_null(str_c(t->source))) == 0 &&
	    json_object_set_new(o, "corrected",
	        text_or_null(buf_str(&t->corrected))) == 0 &&
	    json_object_set_new(o, "reply", text_of(reply_of(&x->answer))) == 0 &&
	    json_dumpf(o, stdout, 0) == 0 && putchar('\n') != EOF;
	json_decref(o);
	return ok;
}

static void
put_field(struct buf *out, const char *name, struct str value)
{
	if (value.len == 0)
		return;
	buf_addf(out, "%-10s ", name);
	log_escape(value, out);
	buf_addc(out, '\n');
}

static bool
put_readable(const struct explainer *x)
{
	const struct talk_trace *t = &x->answer.trace;
	struct str reply = reply_of(&x->answer);
	struct buf out = { 0 };
	struct str line;
	bool ok;

	put_field(&out, "text", buf_str(&x->line));
	if (t->risk)
		buf_addf(&out, "%-10s %s, %s, %s (%s)\n", "risk", t->category,
		    t->level, t->who, t->rule);
	put_field(&out, "why", str_c(t->why));
	put_field(&out, "intent", str_c(t->intent));
	put_field(&out, "trigger", str_c(t->trigger));
	put_field(&out, "source", str_c(t->source));
	put_field(&out, "corrected", buf_str(&t->corrected));
	while (str_split(&reply, '\n', &line))
		put_field(&out, "reply", line);
	buf_addc(&out, '\n');
	ok = !out.failed && fwrite(out.p, 1, out.len, stdout) == out.len;
	buf_wipe(&out);
	return ok;
}

/* False when there is nothing more to explain, or no memory to. */
static bool
explain_line(struct explainer *x, enum input_got got)
{
	if (x->session == NULL)
		x->session = session_new(x->guide, x->now_ms);
	if (x->session == NULL || got == INPUT_NO_MEMORY) {
		log_error("out of memory");
		return false;
	}
	x->now_ms += STEP_MS;
	if (got == INPUT_TOO_LONG)
		talk_too_long(x->guide, x->session, &x->answer);
	else
		talk_line(x->guide, x->session, buf_str(&x->line), TALK_PRIVATE,
		    x->now_ms, &x->answer);
	if (!x->talk || x->answer.end || x->answer.silent) {
		session_free(x->session);
		x->session = NULL;
	}
	if (x->readable ? put_readable(x) : put_json(x))
		return true;
	log_error("cannot write the answer");
	return false;
}

static int
explain_all(struct explainer *x)
{
	enum input_got got;
	bool ok = true;

	while (ok && (got = input_line(&x->in, &x->line)) != INPUT_END) {
		ok = explain_line(x, got);
		if (input_drained(&x->in))
			fflush(stdout);
	}
	if (fflush(stdout) != 0)
		ok = false;
	session_free(x->session);
	talk_answer_clear(&x->answer);
	buf_wipe(&x->line);
	input_wipe(&x->in);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
cmd_explain(const struct options *o)
{
	/* No rate: the lines come from a file. Seed 0 unless told. */
	const struct guide_options go = { .rate.burst = 1, .seed = o->seed };
	const struct script_options so = setup_script_options(o->dialogs);
	struct explainer x = {
		.guide = setup_guide(&so, &go),
		.talk = o->talk,
		.readable = isatty(STDOUT_FILENO) == 1,
		.now_ms = 1,
		.in.fd = STDIN_FILENO,
	};
	int status;

	if (x.guide == NULL)
		return EXIT_FAILURE;
	status = explain_all(&x);
	guide_free(x.guide);
	return status;
}
