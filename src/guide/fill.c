#include "guide/fill.h"

#include <assert.h>

static struct str
value_of(struct str name, const struct fill *fills)
{
	for (; fills->name != NULL; fills++) {
		if (str_is(name, fills->name))
			return fills->value;
	}
	return (struct str) { 0 };
}

/* Where a line of more than the limit is best broken: after a comma, or
 * else at a blank; 0 when it has neither. */
static size_t
break_at(struct str line)
{
	size_t blank = 0, comma = 0;

	for (size_t i = 1; i < line.len && i <= CHECKLIST_LINE_MAX; i++) {
		if (line.p[i] != ' ')
			continue;
		blank = i;
		if (line.p[i - 1] == ',' || line.p[i - 1] == '.')
			comma = i;
	}
	return comma > CHECKLIST_LINE_MAX / 2 ? comma : blank;
}

/* Breaks what stands in out from `from` on; blanks become line ends. */
static void
wrap(struct buf *out, size_t from)
{
	while (!out->failed && out->len - from > CHECKLIST_LINE_MAX) {
		size_t at = break_at(str_of(out->p + from, out->len - from));

		if (at == 0)
			return;
		out->p[from + at] = '\n';
		from += at + 1;
	}
}

/* False when a place had nothing to show. */
static bool
expand(struct str line, const struct fill *fills, struct buf *out)
{
	size_t open, close;
	struct str value;

	while ((open = str_find_char(line, '{', 0)) != STR_NONE) {
		close = str_find_char(line, '}', open);
		if (close == STR_NONE)
			break;
		value = value_of(str_sub(line, open + 1, close), fills);
		if (value.len == 0)
			return false;
		buf_add(out, str_sub(line, 0, open));
		buf_add(out, value);
		line = str_sub(line, close + 1, line.len);
	}
	buf_add(out, line);
	return true;
}

void
fill_line(struct str line, const struct fill *fills, struct buf *out)
{
	size_t from = out->len;

	assert(line.p != NULL);
	if (!expand(line, fills, out)) {
		buf_cut(out, from);
		return;
	}
	wrap(out, from);
	buf_addc(out, '\n');
}

void
fill_says(const struct says *says, enum says_who who, const struct fill *fills,
    struct buf *out)
{
	for (; says != NULL; says = says->next) {
		if (says->who == SAYS_BOTH || says->who == who)
			fill_line(says->text, fills, out);
	}
}
