/*
 * object_text.h - an object as a brain would hand it over, made of a text.
 */
#ifndef IOPGUIDE_TESTS_OBJECT_TEXT_H
#define IOPGUIDE_TESTS_OBJECT_TEXT_H

#include "base/str.h"
#include "rive/brain.h"

struct object {
	struct brain_line lines[64];
	struct brain_object o;
};

/* Line 1 of x.rive is the object's head; the text's first line is line 2. */
static inline const struct brain_object *
object_of(struct object *room, const char *text)
{
	struct str rest = str_c(text), line;

	*room = (struct object) { 0 };
	room->o.at = (struct loc) { "x.rive", 1, 1 };
	while (str_split(&rest, '\n', &line)) {
		struct brain_line *l = &room->lines[room->o.n_lines++];

		l->text = line;
		l->at = (struct loc) { "x.rive", (uint32_t)room->o.n_lines + 1, 1 };
	}
	room->o.lines = room->lines;
	return &room->o;
}

#endif
