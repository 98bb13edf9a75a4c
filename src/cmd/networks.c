#include "cmd/networks.h"

#include "net/ircline.h"

#define WRITE_SERVER \
	"servers as {\"irc.example.org:6697\"}: host, host:port or [::1]:port"
#define WRITE_WORD "a word without spaces or commas, up to 64 bytes"
#define WRITE_CHANNEL \
	"each as \"#name\", \"#name KEY\" or \"#name file:PATH\""
#define WRITE_PATH "the path of a file"
#define WRITE_SASL "\"plain\", \"external\" or \"\""
#define WRITE_PROFILE "\"ircnet\", \"steady\" or \"\""

static const char *
check_server(const char *text)
{
	struct ircconf_server s;

	return ircconf_server(text, true, &s) ? NULL : WRITE_SERVER;
}

static const char *
check_word(const char *text)
{
	return ircline_is_word(str_c(text)) && strlen(text) <= 64 ? NULL
	                                                          : WRITE_WORD;
}

static const char *
check_channel(const char *text)
{
	struct str rest = str_c(text), name;

	return str_word(&rest, &name) && ircline_is_word(name) &&
	    strchr("#&+!", name.p[0]) != NULL && name.len <= 64
	    ? NULL
	    : WRITE_CHANNEL;
}

static const char *
check_path(const char *text)
{
	return *text != '\0' ? NULL : WRITE_PATH;
}

static const char *
check_sasl(const char *text)
{
	return *text == '\0' || strcmp(text, "plain") == 0 ||
	    strcmp(text, "external") == 0
	    ? NULL
	    : WRITE_SASL;
}

static const char *
check_profile(const char *text)
{
	return *text == '\0' || strcmp(text, "ircnet") == 0 ||
	    strcmp(text, "steady") == 0
	    ? NULL
	    : WRITE_PROFILE;
}

#define LIST(field) .type = CONF_LIST, .at = offsetof(struct network, field)
#define TEXT(field) .type = CONF_STR, .at = offsetof(struct network, irc.field)
#define FLAG(field) .type = CONF_BOOL, .at = offsetof(struct network, irc.field)
#define NUMBER(field) .type = CONF_INT, .at = offsetof(struct network, irc.field)

static const struct conf_row rows[] = {
	{ .name = "servers", LIST(servers), .check = check_server,
	    .write = WRITE_SERVER,
	    .help = "its servers, tried in this order" },
	{ .name = "tls", FLAG(tls), .deflt = "true", .write = "true or false",
	    .help = "TLS with a certificate that is checked" },
	{ .name = "tls_ca", TEXT(tls_ca), .check = check_path,
	    .write = WRITE_PATH,
	    .help = "the only issuers trusted; else those of the system" },
	{ .name = "tls_name", TEXT(tls_name), .check = check_word,
	    .write = WRITE_WORD,
	    .help = "the name in the certificate; else the host" },
	{ .name = "tls_cert", TEXT(tls_cert), .check = check_path,
	    .write = WRITE_PATH, .help = "our certificate" },
	{ .name = "tls_key", TEXT(tls_key), .check = check_path,
	    .write = WRITE_PATH, .help = "the key to our certificate" },
	{ .name = "nick", TEXT(nick), .check = check_word, .deflt = "iopguide",
	    .write = WRITE_WORD, .help = "the guide's nick" },
	{ .name = "alternatives", LIST(alternatives), .check = check_word,
	    .write = "nicks such as {\"iopguide2\"}",
	    .help = "nicks for while the first is taken" },
	{ .name = "owner", TEXT(owner),
	    .write = "who runs the guide and how to reach them",
	    .help = "who runs it, for the real name" },
	{ .name = "user", TEXT(user), .check = check_word, .deflt = "iopguide",
	    .write = "a word of up to 10 bytes", .help = "the user name" },
	{ .name = "account", TEXT(account), .check = check_word,
	    .write = WRITE_WORD, .help = "the account; else the nick" },
	{ .name = "sasl", TEXT(sasl), .check = check_sasl, .deflt = "",
	    .write = WRITE_SASL, .help = "how to log in to the account" },
	{ .name = "secret_file", TEXT(secret_file), .check = check_path,
	    .write = WRITE_PATH,
	    .help = "the file whose first line is the account's secret" },
	{ .name = "password_file", TEXT(password_file), .check = check_path,
	    .write = WRITE_PATH,
	    .help = "the file whose first line is the server's password" },
	{ .name = "channels", LIST(channels), .check = check_channel,
	    .write = WRITE_CHANNEL, .help = "where the guide is" },
	{ .name = "relays", LIST(relays), .check = check_word,
	    .write = "nicks such as {\"bridge\"}",
	    .help = "bridges: many people behind one nick" },
	{ .name = "ignore", LIST(ignore), .check = check_word,
	    .write = "nicks such as {\"otherbot\"}",
	    .help = "programs that are never answered" },
	{ .name = "operators", LIST(operators), .check = check_word,
	    .write = "accounts such as {\"anna\"}",
	    .help = "whose invitations count; else anybody's" },
	{ .name = "alert", LIST(alert), .check = check_word,
	    .write = "channels and nicks, such as {\"#staff\", \"anna\"}",
	    .help = "staff who are told of imminent danger" },
	{ .name = "profile", TEXT(profile), .check = check_profile,
	    .deflt = "", .write = WRITE_PROFILE,
	    .help = "how the server counts lines" },
	{ .name = "resolv_conf", TEXT(resolv_conf), .check = check_path,
	    .write = WRITE_PATH,
	    .help = "name servers; else /etc/resolv.conf" },
	{ .name = "burst", NUMBER(burst), .least = 1, .most = 20,
	    .deflt = "4", .write = "a whole number, 1 to 20",
	    .help = "lines said at once" },
	{ .name = "line_ms", NUMBER(line_ms), .least = 10, .most = 60000,
	    .deflt = "2000", .write = "a whole number, 10 to 60000",
	    .help = "milliseconds between lines after the burst" },
	{ .name = "connect_s", NUMBER(connect_s), .least = 1, .most = 600,
	    .deflt = "15", .write = "a whole number, 1 to 600",
	    .help = "seconds for a name, an address, a handshake" },
	{ .name = "ping_s", NUMBER(ping_s), .least = 1, .most = 3600,
	    .deflt = "60", .write = "a whole number, 1 to 3600",
	    .help = "seconds of silence until the server is asked" },
	{ .name = "ping_grace_s", NUMBER(ping_grace_s), .least = 1,
	    .most = 3600, .deflt = "30", .write = "a whole number, 1 to 3600",
	    .help = "seconds it has to answer" },
	{ .name = "reconnect_s", NUMBER(reconnect_s), .least = 1,
	    .most = 3600, .deflt = "5", .write = "a whole number, 1 to 3600",
	    .help = "seconds before the first new attempt" },
	{ .name = "reconnect_max_s", NUMBER(reconnect_max_s), .least = 1,
	    .most = 86400, .deflt = "600",
	    .write = "a whole number, 1 to 86400",
	    .help = "the most seconds between attempts" },
};

const struct conf_shape network_shape = {
	.rows = rows,
	.n_rows = sizeof rows / sizeof rows[0],
	.size = sizeof(struct network),
	.title_at = offsetof(struct network, name),
	.line_at = offsetof(struct network, line),
};

/* --- into what the front borrows --- */

static const char *
keep(struct arena *arena, const char *s)
{
	return s == NULL ? NULL : arena_str(arena, str_c(s)).p;
}

static struct ircconf_list
keep_list(struct arena *arena, const struct conf_list *list)
{
	const char **items = arena_array(arena, list->n, sizeof *items);

	for (size_t i = 0; items != NULL && i < list->n; i++)
		items[i] = keep(arena, list->items[i]);
	return (struct ircconf_list) { items, items == NULL ? 0 : list->n };
}

/* All texts anew: the settings are replaced when they are read again. */
static void
keep_network(const struct network *from, struct ircconf *to,
    struct arena *arena)
{
	*to = from->irc;
	to->name = keep(arena, from->name);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		size_t at = rows[i].at - offsetof(struct network, irc);
		const char **text;

		if (rows[i].type != CONF_STR)
			continue;
		text = (const char **)(void *)((char *)to + at);
		*text = keep(arena, *text);
	}
	to->servers = keep_list(arena, &from->servers);
	to->alternatives = keep_list(arena, &from->alternatives);
	to->channels = keep_list(arena, &from->channels);
	to->relays = keep_list(arena, &from->relays);
	to->ignore = keep_list(arena, &from->ignore);
	to->operators = keep_list(arena, &from->operators);
	to->alert = keep_list(arena, &from->alert);
}

bool
networks_read(const struct conf_sections *sections, const char *path,
    struct networks *out, struct errs *errs)
{
	const struct network *from = sections->items;
	bool ok = true;

	*out = (struct networks) { 0 };
	out->list = arena_array(&out->arena, sections->n + 1,
	    sizeof *out->list);
	for (size_t i = 0; out->list != NULL && i < sections->n; i++) {
		struct loc at = { .file = path, .line = from[i].line };

		keep_network(&from[i], &out->list[i], &out->arena);
		out->n++;
		ok = !out->arena.failed && ircconf_check(&out->list[i],
		    &out->arena, at, errs) && ok;
	}
	if (out->list == NULL || out->arena.failed)
		return errs_add(errs, (struct loc) { .file = path },
		    "out of memory");
	return ok;
}

void
networks_clear(struct networks *n)
{
	for (size_t i = 0; i < n->n; i++)
		ircconf_wipe(&n->list[i]);
	arena_clear(&n->arena);
	*n = (struct networks) { 0 };
}
