/*
 * networks.h - the `network` sections of the configuration.
 *
 * A new option is a field here, a row in networks.c, and a paragraph in
 * iopguide.conf(5).
 */
#ifndef IOPGUIDE_CMD_NETWORKS_H
#define IOPGUIDE_CMD_NETWORKS_H

#include <stdint.h>

#include "cmd/conf.h"
#include "net/ircconf.h"

struct network {
	const char *name;
	uint32_t line; /* of the end of its section */
	struct conf_list servers, alternatives, channels, relays, ignore,
	    operators, alert;
	struct ircconf irc; /* all else goes right here */
};

extern const struct conf_shape network_shape;

/* What the front borrows; independent of the settings it came from. */
struct networks {
	struct ircconf *list;
	size_t n;
	struct arena arena;
};

/* Checks all of it and reads the files it names. */
bool networks_read(const struct conf_sections *sections, const char *path,
    struct networks *out, struct errs *errs);

/* Wipes the secrets. */
void networks_clear(struct networks *n);

#endif
