/*
 * tagscan.h - the tags of a reply, one after the other, as they are written:
 * for those who look at replies without running them.
 */
#ifndef IOPGUIDE_RIVE_TAGSCAN_H
#define IOPGUIDE_RIVE_TAGSCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum tag_stars { TAG_NO_STARS, TAG_STARS, TAG_BOTSTARS };

struct tag {
	char open;       /* '<' or '{' */
	struct str name; /* "get", "topic=", "@", "/random" */
	struct str rest; /* what comes after the name: "name", "random" */
	bool known;
	enum tag_stars stars; /* of <star> and its like */
	unsigned number;      /* 1 for <star>; 0: none or no number */
};

struct tagscan {
	struct str text;
	size_t at;
};

/* The next tag; tags in tags come after the outer one.  False at the end. */
bool tagscan_next(struct tagscan *s, struct tag *tag);

#endif
