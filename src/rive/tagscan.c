#include "rive/tagscan.h"

enum shape {
	ALONE,    /* <id> */
	NUMBERED, /* <star>, <star2> */
	NAMED,    /* <get name> */
	VALUED,   /* {topic=name}, {@text} */
};

static const struct known {
	char open;
	const char *name;
	enum shape shape;
	enum tag_stars stars;
} known[] = {
	{ '<', "star", NUMBERED, TAG_STARS },
	{ '<', "botstar", NUMBERED, TAG_BOTSTARS },
	{ '<', "input", NUMBERED, TAG_NO_STARS },
	{ '<', "reply", NUMBERED, TAG_NO_STARS },
	{ '<', "id", ALONE, TAG_NO_STARS },
	{ '<', "person", ALONE, TAG_STARS },
	{ '<', "formal", ALONE, TAG_STARS },
	{ '<', "sentence", ALONE, TAG_STARS },
	{ '<', "uppercase", ALONE, TAG_STARS },
	{ '<', "lowercase", ALONE, TAG_STARS },
	{ '<', "@", ALONE, TAG_STARS },
	{ '<', "get", NAMED, TAG_NO_STARS },
	{ '<', "set", NAMED, TAG_NO_STARS },
	{ '<', "bot", NAMED, TAG_NO_STARS },
	{ '<', "env", NAMED, TAG_NO_STARS },
	{ '<', "add", NAMED, TAG_NO_STARS },
	{ '<', "sub", NAMED, TAG_NO_STARS },
	{ '<', "mult", NAMED, TAG_NO_STARS },
	{ '<', "div", NAMED, TAG_NO_STARS },
	{ '<', "call", ALONE, TAG_NO_STARS },
	{ '<', "/call", ALONE, TAG_NO_STARS },
	{ '<', "noreply", ALONE, TAG_NO_STARS },
	{ '{', "random", ALONE, TAG_NO_STARS },
	{ '{', "/random", ALONE, TAG_NO_STARS },
	{ '{', "person", ALONE, TAG_NO_STARS },
	{ '{', "/person", ALONE, TAG_NO_STARS },
	{ '{', "formal", ALONE, TAG_NO_STARS },
	{ '{', "/formal", ALONE, TAG_NO_STARS },
	{ '{', "sentence", ALONE, TAG_NO_STARS },
	{ '{', "/sentence", ALONE, TAG_NO_STARS },
	{ '{', "uppercase", ALONE, TAG_NO_STARS },
	{ '{', "/uppercase", ALONE, TAG_NO_STARS },
	{ '{', "lowercase", ALONE, TAG_NO_STARS },
	{ '{', "/lowercase", ALONE, TAG_NO_STARS },
	{ '{', "ok", ALONE, TAG_NO_STARS },
	{ '{', "weight=", VALUED, TAG_NO_STARS },
	{ '{', "topic=", VALUED, TAG_NO_STARS },
	{ '{', "@", VALUED, TAG_NO_STARS },
};

static bool
is_number(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	}
	return s.len < 5;
}

static bool
fits(const struct known *k, char open, struct str body)
{
	struct str rest = str_sub(body, strlen(k->name), body.len);

	if (k->open != open || !str_starts(body, str_c(k->name)))
		return false;
	switch (k->shape) {
	case ALONE:
		return rest.len == 0;
	case NUMBERED:
		return is_number(rest);
	case NAMED:
		return rest.len > 1 && rest.p[0] == ' ';
	case VALUED:
		return true;
	}
	return false;
}

static unsigned
number_of(struct str s)
{
	unsigned n = s.len == 0 ? 1 : 0;

	for (size_t i = 0; i < s.len; i++)
		n = 10 * n + (unsigned)(s.p[i] - '0');
	return n;
}

/* Fills *tag from what stands between the brackets. */
static void
read_body(struct tag *tag, struct str body)
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		const struct known *k = &known[i];

		if (!fits(k, tag->open, body))
			continue;
		tag->known = true;
		tag->name = str_sub(body, 0, strlen(k->name));
		tag->rest = str_sub(body, strlen(k->name), body.len);
		tag->stars = k->stars;
		if (k->stars != TAG_NO_STARS)
			tag->number = number_of(tag->rest);
		if (k->shape == NAMED)
			tag->rest = str_trim(tag->rest);
		return;
	}
	/* A name of letters may be meant as a tag; a heart or an arrow not. */
	while (n < body.len &&
	       ((body.p[n] >= 'a' && body.p[n] <= 'z') || body.p[n] == '/'))
		n++;
	if (n == body.len || body.p[n] == ' ' || body.p[n] == '=')
		tag->name = str_sub(body, 0, n);
}

/* Where the bracket that opens at i is closed, minding those inside. */
static size_t
close_of(struct str s, size_t i, char open)
{
	char close = open == '<' ? '>' : '}';
	unsigned depth = 0;

	for (; i < s.len; i++) {
		if (s.p[i] == open)
			depth++;
		else if (s.p[i] == close && --depth == 0)
			return i;
	}
	return STR_NONE;
}

bool
tagscan_next(struct tagscan *s, struct tag *tag)
{
	for (; s->at < s->text.len; s->at++) {
		char c = s->text.p[s->at];
		size_t end;

		if (c != '<' && c != '{')
			continue;
		end = close_of(s->text, s->at, c);
		if (end == STR_NONE)
			continue;
		*tag = (struct tag){ .open = c };
		read_body(tag, str_sub(s->text, s->at + 1, end));
		s->at++;
		return true;
	}
	return false;
}
