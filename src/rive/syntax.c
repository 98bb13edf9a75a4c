#include "rive/syntax.h"

#include <stddef.h>

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The characters of a name: letters, digits, _ and -. */
static bool
only_name(struct str line, bool capitals)
{
	for (size_t i = 0; i < line.len; i++) {
		char c = line.p[i];

		if (!is_lower(c) && !is_digit(c) && c != '_' && c != '-' &&
		    !str_blank(c) && !(capitals && is_upper(c)))
			return false;
	}
	return true;
}

/* `| ` at one end of a piece or the other, or two in a row. */
static const char *
check_array(struct str line)
{
	size_t eq = str_find_char(line, '=', 0);
	struct str value = str_trim(str_sub(line, eq + 1, line.len));

	if (value.len > 0 &&
	    (value.p[0] == '|' || value.p[value.len - 1] == '|'))
		return "a piped array can't begin or end with |";
	if (str_find(value, STR("||"), 0) != STR_NONE)
		return "a piped array can't have empty entries";
	return NULL;
}

static const char *
check_define(struct str line, bool utf8, bool force_case)
{
	size_t eq = str_find_char(line, '=', 1);

	(void)utf8;
	(void)force_case;
	if (eq == STR_NONE || eq + 1 == line.len)
		return "a definition is '! type name = value' or "
		       "'! type = value'";
	if (str_starts(line, STR("array")))
		return check_array(line);
	return NULL;
}

static const char *
check_label(struct str line, bool utf8, bool force_case)
{
	struct str rest = line, word;

	(void)utf8;
	if (!str_word(&rest, &word))
		return NULL;
	if (str_is(word, "begin") && str_trim(rest).len > 0)
		return "the 'begin' label takes no arguments";
	if (str_is(word, "topic") && !only_name(line, force_case))
		return force_case ? "a topic's name is letters, digits, _ and -"
				  : "a topic's name is small letters, digits, "
				    "_ and -";
	if (str_is(word, "object") && !only_name(line, true))
		return "an object's name is letters, digits, _ and -";
	return NULL;
}

/* Is there such a bracket pair with `||` inside, not right at its start? */
static bool
empty_entry(struct str line, char open, char close)
{
	size_t from = str_find_char(line, open, 0);
	size_t to = STR_NONE, pipes;

	for (size_t i = line.len; i > 0 && to == STR_NONE; i--) {
		if (line.p[i - 1] == close)
			to = i - 1;
	}
	if (from == STR_NONE || to == STR_NONE || to < from)
		return false;
	/* At least two characters stand before it, one after. */
	pipes = str_find(line, STR("||"), from + 3);
	return pipes != STR_NONE && pipes + 3 <= to;
}

static const char *
check_pipes(struct str line)
{
	static const struct {
		const char *text;
		const char *why;
	} edges[] = {
		{ "(|", "alternatives can't begin or end with |" },
		{ "|)", "alternatives can't begin or end with |" },
		{ "[|", "optionals can't begin or end with |" },
		{ "|]", "optionals can't begin or end with |" },
	};

	if (str_find_char(line, '|', 0) == STR_NONE)
		return NULL;
	for (size_t i = 0; i < sizeof edges / sizeof edges[0]; i++) {
		if (str_find(line, str_c(edges[i].text), 0) != STR_NONE)
			return edges[i].why;
	}
	if (empty_entry(line, '(', ')'))
		return "alternatives can't have empty entries";
	if (empty_entry(line, '[', ']'))
		return "optionals can't have empty entries";
	return NULL;
}

static const char *
check_brackets(struct str line)
{
	static const struct {
		char open;
		char close;
		const char *why;
	} pairs[] = {
		{ '(', ')', "the ( ) brackets do not match" },
		{ '[', ']', "the [ ] brackets do not match" },
		{ '{', '}', "the { } brackets do not match" },
		{ '<', '>', "the < > brackets do not match" },
	};
	int n[4] = { 0 };

	for (size_t i = 0; i < line.len; i++) {
		for (size_t k = 0; k < 4; k++) {
			n[k] += line.p[i] == pairs[k].open;
			n[k] -= line.p[i] == pairs[k].close;
		}
	}
	for (size_t k = 0; k < 4; k++) {
		if (n[k] != 0)
			return pairs[k].why;
	}
	return NULL;
}

static bool
trigger_char(char c)
{
	return is_lower(c) || is_digit(c) || str_blank(c) ||
	    (c != '\0' && strchr("(|)[]*_#@{}<>=/", c) != NULL);
}

static const char *
check_trigger(struct str line, bool utf8, bool force_case)
{
	bool special = false;
	const char *why;

	(void)force_case;
	for (size_t i = 0; i < line.len; i++) {
		char c = line.p[i];

		if (utf8 && (is_upper(c) || c == '\\' || c == '.'))
			return "a trigger can't hold capitals, backslashes or "
			       "dots";
		if (!utf8 && !trigger_char(c))
			return "a trigger is small letters, digits, blanks and "
			       "( | ) [ ] * _ # @ { } < > = /";
		special |= !is_lower(c) && c != ' ';
	}
	if (!special)
		return NULL;
	why = utf8 ? NULL : check_pipes(line);
	return why != NULL ? why : check_brackets(line);
}

/* Something, an operator, something, =>, something; blanks do not matter. */
static const char *
check_condition(struct str line, bool utf8, bool force_case)
{
	static const char *const ops[] = { "==", "eq", "!=", "ne", "<>", "<=",
		"<", ">=", ">" };
	size_t arrow;

	(void)utf8;
	(void)force_case;
	for (size_t i = 1; i < line.len; i++) {
		for (size_t k = 0; k < sizeof ops / sizeof ops[0]; k++) {
			size_t after = i + strlen(ops[k]);

			if (!str_starts(str_sub(line, i, line.len),
				str_c(ops[k])))
				continue;
			arrow = str_find(line, STR("=>"), after + 1);
			if (arrow != STR_NONE && arrow + 2 < line.len)
				return NULL;
		}
	}
	return "a condition is '* value symbol value => reply'";
}

static const struct {
	char cmd;
	const char *(*check)(struct str line, bool utf8, bool force_case);
} checks[] = {
	{ '!', check_define },
	{ '>', check_label },
	{ '+', check_trigger },
	{ '%', check_trigger },
	{ '@', check_trigger },
	{ '*', check_condition },
};

const char *
syntax_check(char cmd, struct str line, bool utf8, bool force_case)
{
	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
		if (checks[i].cmd == cmd)
			return checks[i].check(line, utf8, force_case);
	}
	return NULL;
}
