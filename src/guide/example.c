#include "guide/example.h"

static bool
is_screen_topic(struct str topic)
{
	return str_starts(topic, STR("risk_")) ||
	    str_starts(topic, STR("shield_")) || str_is(topic, "unshielded");
}

bool
examples_next(struct examples *at, struct example *e)
{
	struct str line;

	while (at->source.len > 0 && str_split(&at->source, '\n', &line)) {
		at->line++;
		line = str_trim(line);
		if (str_starts(line, STR("> topic "))) {
			struct str rest = str_sub(line, 8, line.len);

			str_word(&rest, &at->topic);
		} else if (str_starts(line, STR("< topic"))) {
			at->topic = (struct str) { 0 };
		} else if (str_starts(line, STR("// e.g. "))) {
			at->text = str_sub(line, 8, line.len);
		} else if (str_starts(line, STR("+"))) {
			*e = (struct example) { .topic = at->topic,
				.text = at->text, .line = at->line,
				.trigger = str_trim(str_sub(line, 1, line.len)) };
			at->text = (struct str) { 0 };
			if (is_screen_topic(e->topic))
				return true;
		}
	}
	return false;
}
