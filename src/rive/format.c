#include "rive/format.h"

#include "base/utf8.h"

#define DEFAULT_DROPS ".,!?;:"
#define REPLY_DROPS ".?,!;:@#$%^&*()"
#define STRIP_COST 8 /* for a byte: units of work.h */

bool
format_punctuation(struct format *f, const char *pattern, bool no_jit,
    struct err *err)
{
	unsigned flags = REGEX_UTF | (no_jit ? REGEX_NO_JIT : 0);

	if (pattern == NULL)
		return true;
	f->room = regex_room_new();
	if (f->room == NULL)
		return err_at(err, (struct loc) { 0 }, "out of memory");
	f->punctuation = regex_new(str_c(pattern), flags, err);
	return f->punctuation != NULL;
}

/* Unicode's blanks, as JavaScript's \s has them. */
static bool
is_space(uint32_t c)
{
	return (c >= '\t' && c <= '\r') || c == ' ' || c == 0xA0 ||
	    c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
	    c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 ||
	    c == 0xFEFF;
}

static void
strip_ascii(struct str s, struct buf *out)
{
	size_t n = 0;
	bool blank = false;
	char *to = buf_room(out, s.len);

	if (to == NULL)
		return;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.p[i];

		if (c == ' ') {
			blank = n > 0;
		} else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		    (c >= 'A' && c <= 'Z')) {
			if (blank)
				to[n++] = ' ';
			blank = false;
			to[n++] = c;
		}
	}
	out->len += n;
	out->p[out->len] = '\0';
}

/* Control characters go too: some of them are marks further on. */
static void
strip_utf8(struct str s, const char *drops, struct buf *out)
{
	/* What is not valid becomes U+FFFD: three bytes for one at most. */
	char *to = buf_room(out, 3 * s.len);
	bool blank = false;
	size_t n = 0;

	while (to != NULL && s.len > 0) {
		const char *from = s.p;
		uint32_t c = utf8_next(&s);
		size_t len = (size_t)(s.p - from);

		if (is_space(c)) {
			blank = n > 0;
			continue;
		}
		if (c < 0x80 && (c < ' ' || strchr("\\<>", (int)c) != NULL ||
				strchr(drops, (int)c) != NULL))
			continue;
		if (c == UTF8_BAD) {
			from = "\xEF\xBF\xBD";
			len = 3;
		}
		if (blank)
			to[n++] = ' ';
		blank = false;
		memcpy(to + n, from, len);
		n += len;
	}
	if (to == NULL)
		return;
	out->len += n;
	out->p[out->len] = '\0';
}

/* Drops what the host's pattern finds. */
static void
drop_punctuation(struct format *f, struct str s, struct buf *out)
{
	size_t at = 0;

	while (at < s.len &&
	    regex_match(f->punctuation, f->room, s, at) == REGEX_YES) {
		struct str hit = regex_group(f->room, s, 0);
		size_t from = (size_t)(hit.p - s.p);

		buf_add(out, str_sub(s, at, from));
		at = from + hit.len;
		if (hit.len == 0) {
			struct str rest = str_sub(s, at, s.len);

			if (rest.len == 0)
				break;
			(void)utf8_next(&rest);
			buf_add(out, str_sub(s, at, s.len - rest.len));
			at = s.len - rest.len;
		}
	}
	buf_add(out, str_sub(s, at, s.len));
}

static void
strip(struct format *f, struct str s, const char *drops, struct buf *out)
{
	if (!f->utf8) {
		strip_ascii(s, out);
		return;
	}
	if (f->punctuation != NULL) {
		buf_blank(&f->a);
		drop_punctuation(f, s, &f->a);
		s = buf_str(&f->a);
		if (drops == NULL)
			drops = "";
	}
	strip_utf8(s, drops == NULL ? DEFAULT_DROPS : drops, out);
}

static void
format(struct format *f, struct str s, const char *drops, struct buf *out)
{
	s = str_sub(s, 0, utf8_fit(s, FORMAT_MAX));
	/* Not only reset: what is shorter would leave the end of the last. */
	buf_blank(&f->a);
	buf_blank(&f->b);
	if (f->keep_case)
		buf_add(&f->a, s);
	else
		utf8_lower(s, &f->a);
	f->cost += subs_run(f->subs, buf_str(&f->a), &f->b);
	strip(f, buf_str(&f->b), drops, out);
	f->cost += STRIP_COST * f->b.len;
	out->failed |= f->a.failed || f->b.failed;
	out->capped |= f->a.capped || f->b.capped;
}

void
format_message(struct format *f, struct str message, struct buf *out)
{
	format(f, message, NULL, out);
}

void
format_reply(struct format *f, struct str reply, struct buf *out)
{
	format(f, reply, REPLY_DROPS, out);
}

void
format_value(struct format *f, struct str value, struct buf *out)
{
	value = str_sub(value, 0, utf8_fit(value, FORMAT_MAX));
	buf_blank(&f->b);
	utf8_lower(value, &f->b);
	strip(f, buf_str(&f->b), NULL, out);
	f->cost += STRIP_COST * f->b.len;
	out->failed |= f->b.failed;
}

void
format_forget(struct format *f)
{
	buf_blank(&f->a);
	buf_blank(&f->b);
}

void
format_clear(struct format *f)
{
	regex_free(f->punctuation);
	regex_room_free(f->room);
	buf_wipe(&f->a);
	buf_wipe(&f->b);
	f->punctuation = NULL;
	f->room = NULL;
}
