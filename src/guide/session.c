#include "guide/session.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "guide/guide.h"
#include "guide/script.h"

#define RECENT_MS 60000

struct session *
session_new(struct guide *g, uint64_t now_ms)
{
	struct session *s = calloc(1, sizeof *s);

	if (s == NULL)
		return NULL;
	s->user = vars_new();
	if (s->user == NULL) {
		free(s);
		return NULL;
	}
	s->rng.state = rng_next(&g->rng);
	s->terminal = g->options.terminal_table;
	s->last_ms = s->said_ms = now_ms;
	return s;
}

void
session_free(struct session *s)
{
	if (s == NULL)
		return;
	vars_free(s->user);
	clean_wipe(&s->clean);
	script_unref(s->pinned);
	explicit_bzero(s, sizeof *s);
	free(s);
}

void
session_forget(struct session *s, uint64_t now_ms)
{
	struct session kept = *s;

	vars_wipe(s->user);
	clean_wipe(&s->clean);
	script_unref(s->pinned);
	explicit_bzero(s, sizeof *s);
	s->user = kept.user;
	s->rng = kept.rng;
	s->rate = kept.rate;
	s->terminal = kept.terminal;
	memcpy(s->country, kept.country, sizeof s->country);
	s->last_ms = s->said_ms = now_ms;
	explicit_bzero(&kept, sizeof kept);
}

void
session_remember(struct session *s, struct str text, uint64_t now_ms)
{
	struct session_recent *r;

	if (s->n_recent == SESSION_RECENT) {
		memmove(s->recent, s->recent + 1,
		    (SESSION_RECENT - 1) * sizeof *s->recent);
		s->n_recent--;
	}
	r = &s->recent[s->n_recent++];
	r->at_ms = now_ms;
	/* The end of a long line is what the next one goes on from. */
	if (text.len > sizeof r->text) {
		size_t from = text.len - sizeof r->text;

		while (from < text.len && text.p[from - 1] != ' ')
			from++;
		text = str_sub(text, from, text.len);
	}
	r->len = (uint16_t)text.len;
	if (text.len > 0)
		memcpy(r->text, text.p, text.len);
}

void
session_drop_recent(struct session *s)
{
	explicit_bzero(s->recent, sizeof s->recent);
	s->n_recent = 0;
}

void
session_recent_text(const struct session *s, uint64_t now_ms, struct buf *out)
{
	for (unsigned i = 0; i < s->n_recent; i++) {
		const struct session_recent *r = &s->recent[i];

		if (now_ms - r->at_ms > RECENT_MS || r->len == 0)
			continue;
		if (out->len > 0)
			buf_addc(out, ' ');
		buf_add(out, str_of(r->text, r->len));
	}
}

bool
session_in_check(const struct session *s)
{
	return selfcheck_is_open(&s->check);
}

bool
session_in_care(const struct session *s)
{
	return s->care.blocks > 0;
}
