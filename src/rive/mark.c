#include "rive/mark.h"

/* The mark for marked[i] is the character i + 1. */
static const char marked[] = "<>{}\\|()";

#define N_MARKS (sizeof marked - 1)

void
mark_add(struct buf *out, struct str text)
{
	char *to = buf_room(out, text.len);
	size_t n = 0;

	if (to == NULL)
		return;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.p[i];
		const char *at;

		if (c < ' ' && !str_blank((char)c))
			continue; /* would become a tag later on */
		at = c == '<' || c == '>' || c == '(' || c == ')' ||
			c == '\\' || c >= '{'
		    ? memchr(marked, c, N_MARKS)
		    : NULL;
		to[n++] = at == NULL ? (char)c : (char)(at - marked + 1);
	}
	out->len += n;
	out->p[out->len] = '\0';
}

void
mark_undo(struct buf *b, size_t from)
{
	for (size_t i = from; i < b->len; i++) {
		unsigned char c = (unsigned char)b->p[i];

		if (c - 1u < N_MARKS)
			b->p[i] = marked[c - 1];
	}
}
