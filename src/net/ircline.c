#include "net/ircline.h"

#include <assert.h>
#include <strings.h>
#include <time.h>

#include "base/utf8.h"

#define CTCP_MARK '\001'
#define COLOUR '\003'
#define HEX_COLOUR '\004'

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
same_word(struct str s, const char *word)
{
	return str_casecmp(s, str_c(word)) == 0;
}

/* Cuts up to the next space off *rest, and the spaces after it. */
static struct str
take_token(struct str *rest)
{
	size_t end = str_find_char(*rest, ' ', 0);
	struct str token;

	if (end == STR_NONE)
		end = rest->len;
	token = str_sub(*rest, 0, end);
	while (end < rest->len && rest->p[end] == ' ')
		end++;
	*rest = str_sub(*rest, end, rest->len);
	return token;
}

/*
 * libircclient takes a line with tags for one of an unknown command without a
 * sender, so they are read here and go no further.  Only four matter.  Their values hold none of the escaped
 * characters (a time, an account, a batch reference), so nothing is undone.
 */
static void
read_tags(struct str tags, struct ircline *l)
{
	struct str tag, key;
	size_t eq;

	while (str_split(&tags, ';', &tag)) {
		eq = str_find_char(tag, '=', 0);
		key = str_sub(tag, 0, eq);
		tag = eq == STR_NONE ? str_of(NULL, 0)
				     : str_sub(tag, eq + 1, tag.len);
		if (str_is(key, "time"))
			l->time = tag;
		else if (str_is(key, "account"))
			l->account = tag;
		else if (str_is(key, "batch"))
			l->batch = tag;
		else if (str_is(key, "bot") || str_is(key, "draft/bot") ||
		    str_is(key, "inspircd.org/bot"))
			l->bot = true;
	}
}

static bool
read_command(struct str word, struct ircline *l)
{
	l->command = word;
	l->numeric = 0;
	if (word.len == 3 && is_digit(word.p[0]) && is_digit(word.p[1]) &&
	    is_digit(word.p[2])) {
		l->numeric = (unsigned)((word.p[0] - '0') * 100 +
		    (word.p[1] - '0') * 10 + (word.p[2] - '0'));
		/* libircclient dies of the numeric 000. */
		return l->numeric > 0;
	}
	for (size_t i = 0; i < word.len; i++)
		if (!is_letter(word.p[i]))
			return false;
	return word.len > 0 && word.len <= 32;
}

static void
read_params(struct str rest, struct ircline *l)
{
	while (rest.len > 0 && l->n < IRCLINE_PARAMS) {
		if (rest.p[0] == ':' || l->n == IRCLINE_PARAMS - 1) {
			if (rest.p[0] == ':')
				rest = str_sub(rest, 1, rest.len);
			l->params[l->n++] = rest;
			return;
		}
		l->params[l->n++] = take_token(&rest);
	}
}

bool
ircline_parse(struct str raw, struct ircline *l)
{
	struct str token;

	*l = (struct ircline) { .bot = false };
	/* A NUL would cut the line inside libircclient; a CR would end it. */
	if (raw.len == 0 || memchr(raw.p, '\0', raw.len) != NULL ||
	    memchr(raw.p, '\r', raw.len) != NULL ||
	    memchr(raw.p, '\n', raw.len) != NULL)
		return false;
	if (raw.p[0] == '@') {
		token = take_token(&raw);
		if (token.len >= IRCLINE_TAGS)
			return false;
		read_tags(str_sub(token, 1, token.len), l);
	}
	if (raw.len > IRCLINE_MAX)
		raw = str_sub(raw, 0, utf8_fit(raw, IRCLINE_MAX));
	if (raw.len > 0 && raw.p[0] == ':') {
		token = take_token(&raw);
		l->prefix = str_sub(token, 1, token.len);
	}
	if (!read_command(take_token(&raw), l))
		return false;
	read_params(raw, l);
	return true;
}

struct str
ircline_param(const struct ircline *l, size_t i)
{
	return i < l->n ? l->params[i] : str_of("", 0);
}

bool
ircline_is(const struct ircline *l, const char *command)
{
	return same_word(l->command, command);
}

/*
 * What libircclient 1.9 dereferences without looking: a line without a
 * prefix (`NICK x`), a command cut short (`N`) and missing parameters made
 * it crash or send stale bytes of its stack.  A text that is CTCP loses all
 * beyond 127 bytes there and its target, and a lone \001 crashes it: CTCP is
 * read by ircline_ctcp() and never forwarded.
 */
bool
ircline_is_safe(const struct ircline *l)
{
	static const struct {
		const char *command;
		size_t least;
	} known[] = {
		{ "PRIVMSG", 2 },
		{ "NOTICE", 2 },
		{ "JOIN", 1 },
		{ "PART", 1 },
		{ "KICK", 2 },
		{ "NICK", 1 },
		{ "QUIT", 1 },
		{ "INVITE", 2 },
		{ "MODE", 2 },
		{ "TOPIC", 1 },
	};

	if (l->prefix.len == 0)
		return false;
	if (l->numeric > 0)
		return l->n >= 1;
	for (size_t i = 0; i < l->n; i++)
		if (l->params[i].len > 0 && l->params[i].p[0] == CTCP_MARK)
			return false;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (ircline_is(l, known[i].command))
			return l->n >= known[i].least;
	return false;
}

static size_t
put(char *out, size_t at, struct str s)
{
	size_t room = IRCLINE_MAX + 1 - at;

	if (s.len > room)
		s.len = room;
	if (s.len > 0)
		memcpy(out + at, s.p, s.len);
	return at + s.len;
}

size_t
ircline_write(const struct ircline *l, char out[IRCLINE_OUT])
{
	/* More than ten parameters are lost inside libircclient. */
	size_t n = l->n < 10 ? l->n : 10;
	size_t at = 0;

	if (l->prefix.len > 0) {
		at = put(out, at, STR(":"));
		at = put(out, at, l->prefix);
		at = put(out, at, STR(" "));
	}
	at = put(out, at, l->command);
	for (size_t i = 0; i < n; i++) {
		at = put(out, at, i + 1 == n ? STR(" :") : STR(" "));
		at = put(out, at, l->params[i]);
	}
	memcpy(out + at, "\r\n", 3);
	return at + 2;
}

struct str
ircline_nick(struct str prefix)
{
	size_t end = str_find_char(prefix, '!', 0);

	if (end == STR_NONE)
		end = str_find_char(prefix, '@', 0);
	return str_sub(prefix, 0, end);
}

/* n digits at p. */
static bool
read_number(const char *p, size_t n, int *value)
{
	*value = 0;
	for (size_t i = 0; i < n; i++) {
		if (!is_digit(p[i]))
			return false;
		*value = *value * 10 + (p[i] - '0');
	}
	return true;
}

/* 2026-01-31T23:59:59.123Z; the fraction and the Z may be missing. */
bool
ircline_time(struct str tag, int64_t *ms)
{
	struct tm tm = { .tm_isdst = 0 };
	const char *p = tag.p;
	int milli = 0;
	time_t t;

	if (tag.len < 19 || p[4] != '-' || p[7] != '-' || p[10] != 'T' ||
	    p[13] != ':' || p[16] != ':' ||
	    !read_number(p, 4, &tm.tm_year) ||
	    !read_number(p + 5, 2, &tm.tm_mon) ||
	    !read_number(p + 8, 2, &tm.tm_mday) ||
	    !read_number(p + 11, 2, &tm.tm_hour) ||
	    !read_number(p + 14, 2, &tm.tm_min) ||
	    !read_number(p + 17, 2, &tm.tm_sec))
		return false;
	if (tag.len >= 23 && p[19] == '.' && !read_number(p + 20, 3, &milli))
		return false;
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	t = timegm(&tm);
	*ms = (int64_t)t * 1000 + milli;
	return true;
}

bool
ircline_ctcp(struct str text, struct str *verb, struct str *args)
{
	if (text.len == 0 || text.p[0] != CTCP_MARK)
		return false;
	text = str_sub(text, 1, text.len);
	if (text.len > 0 && text.p[text.len - 1] == CTCP_MARK)
		text.len--;
	*verb = take_token(&text);
	*args = text;
	return true;
}

/* Bytes of digits at `at`, at most `most`; hex digits where `hex`. */
static size_t
digits(struct str s, size_t at, size_t most, bool hex)
{
	size_t n = 0;

	while (n < most && at + n < s.len &&
	    (is_digit(s.p[at + n]) ||
		(hex && ((s.p[at + n] | 0x20) >= 'a') &&
		    ((s.p[at + n] | 0x20) <= 'f'))))
		n++;
	return n;
}

/* The length of the formatting code at `at`, 0 where there is none:
 * ^C, ^C4, ^C04,12 and ^Drrggbb,rrggbb carry digits, the others none. */
static size_t
code_len(struct str s, size_t at)
{
	bool hex = s.p[at] == HEX_COLOUR;
	size_t most = hex ? 6 : 2;
	size_t n, back;

	switch (s.p[at]) {
	case '\002': /* bold */
	case '\017': /* reset */
	case '\021': /* monospace */
	case '\026': /* reverse */
	case '\035': /* italic */
	case '\036': /* struck through */
	case '\037': /* underlined */
		return 1;
	case COLOUR:
	case HEX_COLOUR:
		n = digits(s, at + 1, most, hex);
		if (n == 0 || (hex && n < most))
			return 1;
		if (at + 1 + n < s.len && s.p[at + 1 + n] == ',') {
			back = digits(s, at + 2 + n, most, hex);
			if (back > 0 && (!hex || back == most))
				n += 1 + back;
		}
		return 1 + n;
	default:
		return 0;
	}
}

void
ircline_plain(struct str text, struct buf *out)
{
	size_t at = 0, from = 0, n;

	while (at < text.len) {
		n = code_len(text, at);
		if (n == 0) {
			at++;
			continue;
		}
		buf_add(out, str_sub(text, from, at));
		at += n;
		from = at;
	}
	buf_add(out, str_sub(text, from, text.len));
}

/* The last place at or before `cut` that is not inside a colour code: a
 * bare ^C at the end of a line would colour the digits of the next. */
static size_t
outside_code(struct str s, size_t cut)
{
	size_t least = cut > 16 ? cut - 16 : 0;

	for (size_t at = cut; at-- > least;)
		if ((s.p[at] == COLOUR || s.p[at] == HEX_COLOUR) &&
		    (at + code_len(s, at) > cut || at + 1 == cut))
			return at;
	return cut;
}

static size_t
last_space(struct str s, size_t cut)
{
	while (cut > 0 && s.p[cut] != ' ')
		cut--;
	return cut;
}

bool
ircline_piece(struct str *rest, size_t budget, struct str *piece)
{
	size_t cut, space;

	assert(budget >= 32);
	*rest = str_trim(*rest);
	if (rest->len == 0)
		return false;
	if (rest->len <= budget) {
		*piece = *rest;
		*rest = str_of(NULL, 0);
		return true;
	}
	space = last_space(*rest, budget);
	cut = space > 0 ? space : utf8_fit(*rest, budget);
	if (cut > 0)
		cut = outside_code(*rest, cut);
	if (cut == 0) /* nothing but odd bytes: go on somewhere */
		cut = budget;
	*piece = str_trim(str_sub(*rest, 0, cut));
	*rest = str_sub(*rest, cut, rest->len);
	return true;
}

bool
ircline_is_word(struct str s)
{
	if (s.len == 0 || s.p[0] == ':')
		return false;
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == ',' ||
		    s.p[i] == 0x7f)
			return false;
	return true;
}
