#include "net/ircconf.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "net/ircline.h"

#define TLS_PORT 6697
#define PLAIN_PORT 6667
#define SECRET_MAX 300 /* what AUTHENTICATE PLAIN takes here */

static bool
read_port(struct str s, uint16_t *port)
{
	unsigned long n = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || n > 65535)
			return false;
		n = n * 10 + (unsigned long)(s.p[i] - '0');
	}
	*port = (uint16_t)n;
	return n > 0 && n <= 65535;
}

bool
ircconf_server(const char *text, bool tls, struct ircconf_server *out)
{
	struct str s = str_c(text), host = s, port = { 0 };
	size_t end;

	if (s.len > 0 && s.p[0] == '[') {
		end = str_find_char(s, ']', 0);
		if (end == STR_NONE)
			return false;
		host = str_sub(s, 1, end);
		port = str_sub(s, end + 1, s.len);
	} else if ((end = str_find_char(s, ':', 0)) != STR_NONE) {
		host = str_sub(s, 0, end);
		port = str_sub(s, end, s.len);
	}
	out->port = tls ? TLS_PORT : PLAIN_PORT;
	if (port.len > 0 && (port.p[0] != ':' ||
	    !read_port(str_sub(port, 1, port.len), &out->port)))
		return false;
	if (!ircline_is_word(host) || host.len >= sizeof(out->host))
		return false;
	snprintf(out->host, sizeof(out->host), "%.*s", STR_ARG(host));
	return true;
}

/* Nothing leaves this machine on the way there. */
static bool
is_local(const char *host)
{
	return strcmp(host, "127.0.0.1") == 0 || strcmp(host, "::1") == 0 ||
	    strcmp(host, "localhost") == 0;
}

/* What a checker needs. */
struct checking {
	struct ircconf *c;
	struct arena *arena;
	struct loc at;
	struct errs *errs;
};

static bool
wrong(const struct checking *k, const char *option, const char *write)
{
	return errs_add(k->errs, k->at, "network %s: %s: write %s", k->c->name,
	    option, write);
}

/* The first line of a file. */
static bool
read_secret(const struct checking *k, const char *option, const char *path,
    struct str *out)
{
	struct buf text = { .max = 4096 };
	struct err err;
	struct str line, rest;

	if (path == NULL)
		return true;
	if (!file_read(path, &text, &err)) {
		buf_wipe(&text);
		return errs_add(k->errs, k->at, "network %s: %s: %s: %s",
		    k->c->name, option, path, err.msg);
	}
	rest = buf_str(&text);
	*out = str_of(NULL, 0);
	if (str_split(&rest, '\n', &line))
		*out = arena_str(k->arena, str_trim(line));
	buf_wipe(&text);
	if (out->len == 0 || out->len > SECRET_MAX ||
	    memchr(out->p, '\0', out->len) != NULL ||
	    memchr(out->p, '\r', out->len) != NULL)
		return wrong(k, option, "the path of a file whose first line "
		    "is the secret, up to 300 bytes");
	return true;
}

static bool
check_servers(const struct checking *k)
{
	struct ircconf_server s;
	bool local = true, ok = true;

	if (k->c->servers.n == 0)
		return wrong(k, "servers",
		    "at least one, such as {\"irc.example.org:6697\"}");
	for (size_t i = 0; i < k->c->servers.n; i++) {
		if (!ircconf_server(k->c->servers.items[i], k->c->tls, &s))
			ok = wrong(k, "servers",
			    "each as \"host\", \"host:port\" or \"[::1]:port\"");
		else
			local = local && is_local(s.host);
	}
	if (ok && !local && !k->c->tls && k->c->how != IRCCONF_SASL_NONE)
		return wrong(k, "tls", "true: a secret would go over the "
		    "network in plain text");
	return ok;
}

static bool
check_login(const struct checking *k)
{
	struct ircconf *c = k->c;
	bool ok = true;

	if (strcmp(c->sasl, "plain") == 0)
		c->how = IRCCONF_SASL_PLAIN;
	else if (strcmp(c->sasl, "external") == 0)
		c->how = IRCCONF_SASL_EXTERNAL;
	else if (*c->sasl != '\0')
		return wrong(k, "sasl", "\"plain\", \"external\" or \"\"");
	if (c->how == IRCCONF_SASL_PLAIN && c->secret_file == NULL)
		ok = wrong(k, "secret_file",
		    "the path of the file that holds the account's secret");
	if (c->how == IRCCONF_SASL_EXTERNAL && c->tls_cert == NULL)
		ok = wrong(k, "tls_cert",
		    "the path of the certificate to log in with");
	if ((c->tls_cert == NULL) != (c->tls_key == NULL))
		ok = wrong(k, c->tls_key == NULL ? "tls_key" : "tls_cert",
		    "the path of the other half: a certificate has a key");
	if (c->account == NULL)
		c->account = c->nick;
	ok = read_secret(k, "secret_file", c->secret_file, &c->secret) && ok;
	return read_secret(k, "password_file", c->password_file,
	    &c->password) && ok;
}

static bool
check_nicks(const struct checking *k)
{
	struct ircconf *c = k->c;
	bool ok = true;

	if (c->nick == NULL || !ircline_is_word(str_c(c->nick)) ||
	    strlen(c->nick) > 30)
		ok = wrong(k, "nick", "a nick without spaces, up to 30 bytes");
	for (size_t i = 0; i < c->alternatives.n; i++)
		if (!ircline_is_word(str_c(c->alternatives.items[i])) ||
		    strlen(c->alternatives.items[i]) > 30)
			ok = wrong(k, "alternatives",
			    "nicks without spaces, up to 30 bytes");
	if (c->owner == NULL || *c->owner == '\0' || strlen(c->owner) > 200)
		ok = wrong(k, "owner", "who runs the guide and how to reach "
		    "them, up to 200 bytes");
	if (!ircline_is_word(str_c(c->user)) || strlen(c->user) > 10)
		ok = wrong(k, "user", "a word of up to 10 bytes");
	if (c->owner != NULL && strpbrk(c->owner, "\r\n") != NULL)
		ok = wrong(k, "owner", "one line");
	return ok;
}

static bool
check_channel(const struct checking *k, const char *text,
    struct ircconf_channel *out)
{
	struct str rest = str_c(text);
	char path[4096];

	if (!str_word(&rest, &out->name) || !ircline_is_word(out->name) ||
	    strchr("#&+!", out->name.p[0]) == NULL || out->name.len > 64)
		return wrong(k, "channels", "each as \"#name\", \"#name KEY\" "
		    "or \"#name file:PATH\"");
	rest = str_trim(rest);
	out->key = rest;
	if (str_starts(rest, STR("file:"))) {
		snprintf(path, sizeof(path), "%.*s",
		    STR_ARG(str_sub(rest, 5, rest.len)));
		if (!read_secret(k, "channels", path, &out->key))
			return false;
	}
	if (out->key.len > 0 && !ircline_is_word(out->key))
		return wrong(k, "channels", "a key without spaces or commas");
	return true;
}

static bool
check_channels(const struct checking *k)
{
	struct ircconf *c = k->c;
	bool ok = true;

	c->parts = arena_array(k->arena, c->channels.n, sizeof(*c->parts));
	if (c->channels.n > 0 && c->parts == NULL)
		return errs_add(k->errs, k->at, "out of memory");
	for (size_t i = 0; i < c->channels.n; i++)
		ok = check_channel(k, c->channels.items[i], &c->parts[i]) &&
		    ok;
	if (c->alert.n > IRCCONF_ALERT_MAX)
		ok = wrong(k, "alert", "up to 16 channels and nicks");
	for (size_t i = 0; i < c->alert.n; i++)
		if (!ircline_is_word(str_c(c->alert.items[i])) ||
		    strlen(c->alert.items[i]) > 64)
			ok = wrong(k, "alert", "channels and nicks, such as "
			    "{\"#staff\", \"anna\"}");
	if (*c->profile != '\0' && strcmp(c->profile, "ircnet") != 0 &&
	    strcmp(c->profile, "steady") != 0)
		ok = wrong(k, "profile", "\"ircnet\", \"steady\" or \"\"");
	return ok;
}

bool
ircconf_check(struct ircconf *c, struct arena *arena, struct loc at,
    struct errs *errs)
{
	const struct checking k = { c, arena, at, errs };
	bool ok = check_nicks(&k);

	ok = check_login(&k) && ok;
	ok = check_servers(&k) && ok;
	return check_channels(&k) && ok;
}

static void
wipe(struct str *s)
{
	if (s->len > 0)
		explicit_bzero((char *)(uintptr_t)s->p, s->len);
	*s = str_of(NULL, 0);
}

void
ircconf_wipe(struct ircconf *c)
{
	wipe(&c->secret);
	wipe(&c->password);
	for (size_t i = 0; c->parts != NULL && i < c->channels.n; i++)
		c->parts[i].key = str_of(NULL, 0);
}
