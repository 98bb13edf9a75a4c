#include "cmd/settings.h"

#include "cmd/networks.h"
#include "net/listen.h"

static const char *
check_listen(const char *text)
{
	return listen_understands(text)
	    ? NULL
	    : "addresses such as {\"127.0.0.1:7070\", \"[::1]:7070\", "
	      "\"unix:/run/iopguide.sock\"}";
}

static const char *
check_country(const char *text)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	return strlen(text) == 2 && strspn(text, letters) == 2
	    ? NULL
	    : "the two letters of a country, such as \"US\"";
}

static const char *
check_path(const char *text)
{
	return *text != '\0' ? NULL : "the path of a folder";
}

static const struct conf_row rows[] = {
	{ .name = "listen", .type = CONF_LIST,
	    .at = offsetof(struct settings, listen), .check = check_listen,
	    .write = "addresses such as {\"127.0.0.1:7070\", "
	             "\"[::1]:7070\", \"unix:/run/iopguide.sock\"}",
	    .help = "where the line front listens" },
	{ .name = "dialogs", .type = CONF_STR,
	    .at = offsetof(struct settings, dialogs), .check = check_path,
	    .write = "the path of a folder",
	    .help = "the folder of dialog files" },
	{ .name = "country", .type = CONF_STR,
	    .at = offsetof(struct settings, country), .check = check_country,
	    .write = "the two letters of a country, such as \"US\"",
	    .help = "whose crisis lines are named first" },
	{ .name = "rate_burst", .type = CONF_INT,
	    .at = offsetof(struct settings, rate_burst), .least = 1,
	    .most = 1000, .deflt = "5", .write = "a whole number, 1 to 1000",
	    .help = "messages of one talker that are answered at once" },
	{ .name = "rate_per_s", .type = CONF_FLOAT,
	    .at = offsetof(struct settings, rate_per_s), .least = 0,
	    .most = 1000, .deflt = "1.0",
	    .write = "a number, 0 (no limit) to 1000",
	    .help = "messages a second after the burst" },
	{ .name = "max_connections", .type = CONF_INT,
	    .at = offsetof(struct settings, max_connections), .least = 0,
	    .most = 1000000, .deflt = "1000",
	    .write = "a whole number, 0 (no limit) to 1000000",
	    .help = "people on the line front at the same time" },
	{ .name = "max_per_address", .type = CONF_INT,
	    .at = offsetof(struct settings, max_per_address), .least = 0,
	    .most = 1000000, .deflt = "0",
	    .write = "a whole number, 0 (no limit) to 1000000",
	    .help = "the same from one address" },
	{ .name = "idle_minutes", .type = CONF_INT,
	    .at = offsetof(struct settings, idle_minutes), .least = 0,
	    .most = 1440, .deflt = "15",
	    .write = "a whole number, 0 (no limit) to 1440",
	    .help = "minutes of silence until a connection is closed" },
	{ .name = "network", .type = CONF_SECTION,
	    .at = offsetof(struct settings, networks), .sub = &network_shape,
	    .write = "network NAME { servers = {\"HOST\"} nick = \"NICK\" "
	             "owner = \"WHO\" }",
	    .help = "an IRC network; there may be several" },
};

const struct conf_shape settings_shape = {
	.rows = rows,
	.n_rows = sizeof rows / sizeof rows[0],
	.size = sizeof(struct settings),
};

struct guide_options
settings_guide(const struct settings *s, uint64_t seed)
{
	struct rate_policy rate = { .burst = (uint16_t)s->rate_burst };

	if (s->rate_per_s > 0) {
		double ms = 1000 / s->rate_per_s;

		/* Once a day is as good as never. */
		rate.interval_ms = ms < 86400000 ? (uint32_t)(ms + 0.5)
		                                 : 86400000;
	}
	return (struct guide_options) { .rate = rate, .country = s->country,
		.seed = seed };
}

struct line_options
settings_line(const struct settings *s)
{
	return (struct line_options) {
		.max_connections = (unsigned)s->max_connections,
		.max_per_address = (unsigned)s->max_per_address,
		.idle_ms = (uint64_t)s->idle_minutes * 60 * 1000,
	};
}
