#include "rive/source.h"

#include "base/utf8.h"

void
source_init(struct source *s, const char *name, struct str text)
{
	static const char bom[] = "\xEF\xBB\xBF";

	s->text = text;
	s->at = str_starts(text, str_c(bom)) ? 3 : 0;
	s->here = (struct loc) { .file = name, .line = 0, .col = 1 };
	s->concat = "";
}

void
source_clear(struct source *s)
{
	buf_clear(&s->join);
}

/* The next line of the file as it stands, without its end. */
static bool
physical(struct source *s, struct str *line)
{
	size_t end;

	if (s->at >= s->text.len)
		return false;
	end = str_find_char(s->text, '\n', s->at);
	if (end == STR_NONE)
		end = s->text.len;
	*line = str_sub(s->text, s->at, end);
	if (line->len > 0 && line->p[line->len - 1] == '\r')
		line->len--;
	s->at = end + 1;
	s->here.line++;
	s->here.col = 1;
	return true;
}

/* Trims the line and sets the column where it begins. */
static struct str
indented(struct source *s, struct str line)
{
	struct str text = str_trim(line);

	s->here.col = (uint32_t)(text.len == 0 ? 0 : text.p - line.p) + 1;
	return text;
}

/* Control characters have no business in a script; some of them are marks
 * inside the interpreter, so they must not come in. */
static size_t
find_control(struct str line)
{
	for (size_t i = 0; i < line.len; i++) {
		unsigned char c = (unsigned char)line.p[i];

		if ((c < ' ' && !str_blank((char)c)) || c == 0x7F)
			return i;
	}
	return STR_NONE;
}

static bool
acceptable(struct source *s, struct str line)
{
	struct loc at = s->here;
	size_t bad;

	if (line.len > SOURCE_LINE_MAX)
		return errs_add(s->errs, at, "the line is longer than %d bytes",
		    SOURCE_LINE_MAX);
	bad = find_control(line);
	if (bad != STR_NONE) {
		at.col += (uint32_t)bad;
		return errs_add(s->errs, at, "a control character (0x%02X)",
		    (unsigned)(unsigned char)line.p[bad]);
	}
	if (s->utf8 && !utf8_is_valid(line))
		return errs_add(s->errs, at, "the line is not valid UTF-8");
	return true;
}

/* Cuts an inline comment: a blank and two slashes. */
static struct str
without_comment(struct str text)
{
	size_t at = 0;

	while ((at = str_find(text, STR("//"), at)) != STR_NONE) {
		if (at > 0 && str_blank(text.p[at - 1]))
			return str_trim(str_sub(text, 0, at));
		at++;
	}
	return text;
}

/*
 * Reads on to the next line that is no comment and not blank.  Whatever
 * holds the end of a block comment is dropped as a whole, code too: that is
 * how the other implementations read it.
 */
static bool
next_code(struct source *s, struct str *text)
{
	struct loc opened = { 0 };
	bool comment = false;
	struct str line;

	while (physical(s, &line)) {
		*text = indented(s, line);
		if (text->len == 0)
			continue;
		if (!comment && str_starts(*text, STR("//")))
			continue;
		if (str_find(*text, STR("*/"), 0) != STR_NONE) {
			comment = false;
			continue;
		}
		if (!comment && str_starts(*text, STR("/*"))) {
			comment = true;
			opened = s->here;
		}
		if (!comment)
			return true;
	}
	if (comment)
		errs_add(s->errs, opened, "the comment is never closed");
	return false;
}

/* Adds one `^` text to the line that is being joined. */
static void
join(struct source *s, struct source_line *line, struct str more)
{
	if (s->join.len == 0)
		buf_add(&s->join, line->text);
	buf_add(&s->join, line->cmd == '!' ? STR("\n") : str_c(s->concat));
	buf_add(&s->join, more);
}

/*
 * Takes the `^` and `%` lines that follow.  Blank lines between are passed
 * over; anything else ends it, and what was read is put back.
 */
static void
look_ahead(struct source *s, struct source_line *line)
{
	struct str text;

	for (;;) {
		size_t at = s->at;
		struct loc here = s->here;
		struct str raw;
		char cmd;

		if (!physical(s, &raw))
			return;
		text = indented(s, raw);
		if (text.len < 2)
			continue;
		cmd = text.p[0];
		if ((cmd != '^' && cmd != '%') || !acceptable(s, text)) {
			s->at = at;
			s->here = here;
			return;
		}
		text = without_comment(str_trim(str_sub(text, 1, text.len)));
		if (cmd == '^') {
			join(s, line, text);
		} else if (line->cmd == '+') {
			line->previous = text;
			line->previous_at = s->here;
			return;
		} else {
			errs_doubt(s->errs, s->here,
			    "%% only goes with a + trigger");
		}
	}
}

static void
finish_join(struct source *s, struct source_line *line)
{
	if (s->join.failed || s->join.len > SOURCE_LINE_MAX) {
		errs_add(s->errs, line->at, "the line with its ^ lines is "
		    "longer than %d bytes", SOURCE_LINE_MAX);
		line->text = str_sub(line->text, 0, 0);
	} else if (s->join.len > 0) {
		line->text = arena_str(s->arena, buf_str(&s->join));
	}
	buf_reset(&s->join);
}

/* A `^` or `%` that the look-ahead did not reach. */
static bool
lost(struct source *s, char cmd)
{
	if (cmd == '^')
		errs_doubt(s->errs, s->here, "this ^ line continues nothing: "
		    "a comment or a %% line stands before it");
	else if (cmd == '%')
		errs_doubt(s->errs, s->here, "this %% line follows no trigger");
	return cmd == '^' || cmd == '%';
}

bool
source_next(struct source *s, struct source_line *line)
{
	struct str text;

	while (next_code(s, &text)) {
		if (!acceptable(s, text))
			continue;
		if (text.p[0] == '#') {
			errs_doubt(s->errs, s->here,
			    "a comment begins with //, not with #");
			continue;
		}
		if (text.len < 2) {
			errs_doubt(s->errs, s->here,
			    "a line of one character: '%c'", text.p[0]);
			continue;
		}
		if (lost(s, text.p[0]))
			continue;
		*line = (struct source_line) {
			.cmd = text.p[0],
			.text = without_comment(
			    str_trim(str_sub(text, 1, text.len))),
			.at = s->here,
		};
		line->own = line->text;
		line->text_col =
		    s->here.col + (uint32_t)(line->text.p - text.p);
		look_ahead(s, line);
		finish_join(s, line);
		return true;
	}
	return false;
}

bool
source_raw(struct source *s, struct str *line, struct loc *at, bool *ended)
{
	*ended = false;
	if (!physical(s, line))
		return false;
	*at = s->here;
	*ended = str_find(*line, STR("< object"), 0) != STR_NONE ||
	    str_find(*line, STR("<object"), 0) != STR_NONE;
	return !*ended;
}
