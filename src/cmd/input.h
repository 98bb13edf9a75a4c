/*
 * input.h - whole lines from a pipe or a file, of any bytes, each capped.
 */
#ifndef IOPGUIDE_CMD_INPUT_H
#define IOPGUIDE_CMD_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Zeroed but for fd is a valid start. */
struct input {
	int fd;
	size_t at;
	size_t end;
	bool eof;
	char bytes[16384];
};

enum input_got {
	INPUT_LINE,     /* without its LF or CRLF */
	INPUT_TOO_LONG, /* the line's head; the rest of it was passed over */
	INPUT_NO_MEMORY,
	INPUT_END,      /* also after a read error */
};

/* The next line, of at most TALK_LINE_MAX bytes; a last one without LF
 * counts. */
enum input_got input_line(struct input *in, struct buf *line);

/* True when the next line may have to be waited for. */
bool input_drained(const struct input *in);

/* Overwrites what was read. */
void input_wipe(struct input *in);

#endif
