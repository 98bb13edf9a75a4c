/*
 * line.c - fuzz target: any bytes as the line front takes them apart.
 *
 * However they are cut into segments, the same lines come out; every LF ends
 * one, so that no byte can swallow what stands on the next line; none is
 * longer than the cap.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "guide/talk.h"
#include "net/typed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct outcome {
	uint64_t hash; /* of the lines and of what telnet was told */
	size_t lines;
	enum typed_got last;
};

static void
note(struct outcome *o, struct str text)
{
	o->hash = o->hash * 31 + str_hash(text);
}

/* Feeds it in pieces of `step` bytes; 0: whole. */
static struct outcome
feed(struct str all, size_t step)
{
	struct outcome o = { 0 };
	struct typed t = { 0 };
	struct buf telnet = { 0 };

	while (all.len > 0 && o.last <= TYPED_LINE) {
		struct str piece = str_sub(all, 0, step == 0 ? all.len : step);

		all = str_sub(all, piece.len, all.len);
		while (piece.len > 0 && o.last <= TYPED_LINE) {
			o.last = typed_take(&t, &piece, &telnet);
			if (o.last != TYPED_LINE)
				continue;
			assert(t.line.len <= TALK_LINE_MAX);
			note(&o, buf_str(&t.line));
			typed_is_http(buf_str(&t.line));
			o.lines++;
			typed_next(&t);
		}
	}
	if (o.last <= TYPED_LINE && typed_end(&t) == TYPED_LINE)
		note(&o, buf_str(&t.line));
	note(&o, buf_str(&telnet));
	assert(telnet.len <= 30);
	buf_clear(&telnet);
	typed_clear(&t);
	return o;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t steps[] = { 1, 2, 3, 7, 4096 };
	struct str all = str_of((const char *)data, size);
	struct outcome whole = feed(all, 0);
	size_t n = 0;

	for (size_t i = 0; i < size; i++)
		n += data[i] == '\n';
	if (whole.last <= TYPED_LINE)
		assert(whole.lines == n);
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		struct outcome parts = feed(all, steps[i]);

		assert(parts.lines == whole.lines);
		assert(parts.last > TYPED_LINE || parts.hash == whole.hash);
	}
	return 0;
}
