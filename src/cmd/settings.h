/*
 * settings.h - what the configuration of `iopguide serve` holds.
 *
 * A new option is a field here and a row in settings.c; iopguide.conf(5) has
 * a paragraph for each.
 */
#ifndef IOPGUIDE_CMD_SETTINGS_H
#define IOPGUIDE_CMD_SETTINGS_H

#include "base/arena.h"
#include "base/err.h"
#include "cmd/conf.h"
#include "guide/guide.h"
#include "net/line.h"

struct settings {
	struct conf_list listen;
	const char *dialogs; /* NULL: those compiled in */
	const char *country; /* NULL: unknown */
	long rate_burst;
	double rate_per_s;
	long max_connections;
	long max_per_address;
	long idle_minutes;
	struct conf_sections networks; /* of struct network, networks.h */
};

extern const struct conf_shape settings_shape;

/* The same as the guide and the line front take it. */
struct guide_options settings_guide(const struct settings *s, uint64_t seed);
struct line_options settings_line(const struct settings *s);

#endif
