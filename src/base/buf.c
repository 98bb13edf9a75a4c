#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Moves to a larger block.  A realloc would leave a person's words in the
 * smaller one. */
static bool
grow(struct buf *b, size_t size)
{
	char *p = malloc(size);

	if (p == NULL) {
		b->failed = true;
		return false;
	}
	if (b->p != NULL) {
		memcpy(p, b->p, b->len);
		explicit_bzero(b->p, b->size);
		free(b->p);
	}
	b->p = p;
	b->size = size;
	return true;
}

char *
buf_room(struct buf *b, size_t n)
{
	size_t max = b->max == 0 ? BUF_MAX : b->max;
	size_t size = b->size == 0 ? 64 : b->size;

	if (b->failed)
		return NULL;
	if (n > max - b->len) {
		b->failed = b->capped = true;
		return NULL;
	}
	while (size < b->len + n + 1)
		size *= 2;
	if (size != b->size && !grow(b, size))
		return NULL;
	b->p[b->len + n] = '\0';
	return b->p + b->len;
}

void
buf_add(struct buf *b, struct str s)
{
	char *at = buf_room(b, s.len);

	if (at == NULL || s.len == 0)
		return;
	memcpy(at, s.p, s.len);
	b->len += s.len;
}

void
buf_addc(struct buf *b, char c)
{
	buf_add(b, str_of(&c, 1));
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	char *at;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0 || (at = buf_room(b, (size_t)n)) == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(at, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

void
buf_cut(struct buf *b, size_t len)
{
	if (len >= b->len)
		return;
	b->len = len;
	b->p[len] = '\0';
}

void
buf_reset(struct buf *b)
{
	b->failed = b->capped = false;
	buf_cut(b, 0);
}

void
buf_blank(struct buf *b)
{
	if (b->p != NULL)
		explicit_bzero(b->p, b->len);
	buf_reset(b);
}

void
buf_clear(struct buf *b)
{
	free(b->p);
	*b = (struct buf) { .max = b->max };
}

void
buf_wipe(struct buf *b)
{
	if (b->p != NULL)
		explicit_bzero(b->p, b->size);
	buf_clear(b);
}
