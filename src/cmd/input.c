#include "cmd/input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "guide/talk.h"

static bool
fill(struct input *in)
{
	ssize_t n;

	if (in->eof)
		return false;
	do
		n = read(in->fd, in->bytes, sizeof in->bytes);
	while (n < 0 && errno == EINTR);
	in->at = 0;
	in->end = n > 0 ? (size_t)n : 0;
	in->eof = n <= 0;
	return n > 0;
}

/* Adds as much as the cap lets in; false when something had to be left out. */
static bool
keep(struct buf *line, struct str piece)
{
	/* One more than the cap: the CR of a CRLF does not count. */
	const size_t most = TALK_LINE_MAX + 1;
	size_t room = line->len < most ? most - line->len : 0;

	buf_add(line, str_sub(piece, 0, room));
	return piece.len <= room;
}

enum input_got
input_line(struct input *in, struct buf *line)
{
	bool whole = true;
	bool any = false;
	size_t n;

	buf_reset(line);
	for (;;) {
		struct str rest;

		if (in->at == in->end && !fill(in))
			break;
		any = true;
		rest = str_of(in->bytes + in->at, in->end - in->at);
		n = str_find_char(rest, '\n', 0);
		whole = keep(line, str_sub(rest, 0, n)) && whole;
		if (n != STR_NONE) {
			in->at += n + 1;
			break;
		}
		in->at = in->end;
	}
	if (!any)
		return INPUT_END;
	if (line->failed)
		return INPUT_NO_MEMORY;
	if (line->len > 0 && line->p[line->len - 1] == '\r')
		buf_cut(line, line->len - 1);
	if (whole && line->len <= TALK_LINE_MAX)
		return INPUT_LINE;
	buf_cut(line, TALK_LINE_MAX);
	return INPUT_TOO_LONG;
}

bool
input_drained(const struct input *in)
{
	size_t n = in->end - in->at;

	return n == 0 || memchr(in->bytes + in->at, '\n', n) == NULL;
}

void
input_wipe(struct input *in)
{
	explicit_bzero(in->bytes, sizeof in->bytes);
	in->at = in->end = 0;
}
