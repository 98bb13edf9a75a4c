/*
 * ircconf.h - what the configuration says about one network.
 *
 * A plain value; everything it points to belongs to who filled it and lives
 * as long as the front.  Files are read once, at the start, so that nothing
 * blocks later.
 */
#ifndef IOPGUIDE_NET_IRCCONF_H
#define IOPGUIDE_NET_IRCCONF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define IRCCONF_ALERT_MAX 16

struct ircconf_list {
	const char *const *items;
	size_t n;
};

enum ircconf_sasl { IRCCONF_SASL_NONE, IRCCONF_SASL_PLAIN,
	IRCCONF_SASL_EXTERNAL };

struct ircconf {
	const char *name;            /* of the network, for the log */
	struct ircconf_list servers; /* "host", "host:port", "[::1]:port" */
	bool tls;
	const char *tls_ca;   /* only these are trusted; NULL: the system's */
	const char *tls_name; /* the certificate's name; NULL: the host */
	const char *tls_cert; /* ours, and its key; NULL: none */
	const char *tls_key;
	const char *nick;
	struct ircconf_list alternatives;
	const char *owner; /* who runs it, for the real name */
	const char *user;
	const char *account; /* NULL: the nick */
	const char *secret_file;
	const char *password_file; /* the server's own password */
	const char *sasl;          /* "", "plain" or "external" */
	struct ircconf_list channels; /* "#a", "#a KEY", "#a file:PATH" */
	struct ircconf_list relays;   /* bridges: many people, one nick */
	struct ircconf_list ignore;
	struct ircconf_list operators; /* accounts; empty: anybody invites */
	struct ircconf_list alert;     /* staff: channels and nicks */
	const char *profile;           /* "", "ircnet" or "steady" */
	const char *resolv_conf;       /* NULL: the system's */
	long burst;
	long line_ms;
	long connect_s;
	long ping_s;
	long ping_grace_s;
	long reconnect_s;
	long reconnect_max_s;

	/* Filled by ircconf_check(). */
	enum ircconf_sasl how; /* to log in */
	struct str secret;
	struct str password;
	struct ircconf_channel {
		struct str name;
		struct str key; /* empty: none */
	} *parts;               /* one for each of channels */
};

struct ircconf_server {
	char host[256];
	uint16_t port;
};

/* "host:port" in its parts; false when it is none. */
bool ircconf_server(const char *text, bool tls, struct ircconf_server *out);

/*
 * What rows cannot check, each mistake with what to write; reads the files
 * into the arena.  What is secret there is wiped by ircconf_wipe().
 */
bool ircconf_check(struct ircconf *c, struct arena *arena, struct loc at,
    struct errs *errs);
void ircconf_wipe(struct ircconf *c);

#endif
