#include "net/irclink.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/bufferevent_ssl.h>
#include <event2/dns.h>
#include <event2/event.h>
#include <event2/util.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "net/ircline.h"
#include "net/loop.h"

#define LINE_MOST (IRCLINE_TAGS + IRCLINE_MAX + 2)
#define UNSENT_MAX ((size_t)64 * 1024)
#define LINES_A_TURN 16
#define TURN_MS 5 /* of work: a line that is screened costs milliseconds */
#define WHY_MAX 200

enum state { CLOSED, RESOLVING, CONNECTING, OPEN, FINISHING };

struct irclink {
	struct loop *loop;
	const struct ircconf *conf; /* borrowed */
	struct irclink_on on;
	void *arg;
	enum state state;
	struct ircconf_server to;
	struct evdns_base *dns;
	struct evdns_getaddrinfo_request *request; /* while RESOLVING */
	struct evutil_addrinfo *addresses;         /* owned, of this attempt */
	struct evutil_addrinfo *next;              /* to try */
	struct bufferevent *bev;
	SSL_CTX *tls;          /* NULL: plain, as configured */
	struct later more;     /* lines left over from a turn */
	struct later time_out;
	struct later report;   /* `closed`, outside the caller's stack */
	bool paused;
	char why[WHY_MAX];
};

static void try_next(struct irclink *l);

/* --- closing --- */

static void
drop_bev(struct irclink *l)
{
	if (l->bev != NULL)
		bufferevent_free(l->bev);
	l->bev = NULL;
}

/* Ends the look-up, too: its answer must not find a later connection. */
static void
drop_request(struct irclink *l)
{
	struct evdns_getaddrinfo_request *request = l->request;

	l->request = NULL;
	if (request != NULL)
		evdns_getaddrinfo_cancel(request);
	if (l->addresses != NULL)
		evutil_freeaddrinfo(l->addresses);
	l->addresses = l->next = NULL;
}

void
irclink_close(struct irclink *l)
{
	l->state = CLOSED;
	later_cancel(&l->more);
	later_cancel(&l->time_out);
	later_cancel(&l->report);
	drop_request(l);
	drop_bev(l);
	l->paused = false;
}

static void
fail(struct irclink *l, const char *why)
{
	snprintf(l->why, sizeof(l->why), "%s", why);
	irclink_close(l);
	later_run(&l->report);
}

static void
on_report(void *arg)
{
	struct irclink *l = arg;

	l->on.closed(l->arg, l->why);
}

/* The library's reason for a failed connection, with TLS's words. */
static void
tell_why(struct bufferevent *bev, short what, char *why, size_t size)
{
	SSL *ssl = bufferevent_openssl_get_ssl(bev);
	long verify = ssl == NULL ? X509_V_OK : SSL_get_verify_result(ssl);
	unsigned long e;
	const char *reason;
	int sock = EVUTIL_SOCKET_ERROR();

	snprintf(why, size, "%s", what & BEV_EVENT_EOF
	    ? "the server closed the connection"
	    : sock != 0 ? evutil_socket_error_to_string(sock)
			: "the connection failed");
	while ((e = bufferevent_get_openssl_error(bev)) != 0) {
		reason = ERR_reason_error_string(e);
		if (reason != NULL)
			snprintf(why, size, "TLS: %s", reason);
	}
	if (verify != X509_V_OK)
		snprintf(why, size, "TLS: %s",
		    X509_verify_cert_error_string(verify));
}

/* --- lines --- */

static void
take_lines(struct irclink *l)
{
	struct bufferevent *bev = l->bev;
	struct evbuffer *in = bufferevent_get_input(bev);
	uint64_t start = loop_now_ms();
	char *text;
	size_t len;

	/* A few at a time: other people wait for their turn. */
	for (int i = 0; i < LINES_A_TURN; i++) {
		text = evbuffer_readln(in, &len, EVBUFFER_EOL_CRLF);
		if (text == NULL)
			break;
		if (len <= LINE_MOST)
			l->on.line(l->arg, str_of(text, len));
		explicit_bzero(text, len);
		free(text);
		if (l->bev != bev || l->paused)
			return; /* the line closed or stopped us */
		if (loop_now_ms() - start >= TURN_MS)
			break;
	}
	if (evbuffer_search_eol(in, NULL, NULL, EVBUFFER_EOL_CRLF).pos >= 0)
		later_run(&l->more);
	else if (evbuffer_get_length(in) > LINE_MOST)
		fail(l, "a line without an end");
}

static void
on_more(void *arg)
{
	struct irclink *l = arg;

	if (l->state == OPEN && !l->paused)
		take_lines(l);
}

static void
on_read(struct bufferevent *bev, void *arg)
{
	(void)bev;
	on_more(arg);
}

void
irclink_pause(struct irclink *l, bool pause)
{
	l->paused = pause;
	if (!pause && l->bev != NULL)
		later_run(&l->more);
}

bool
irclink_write(struct irclink *l, struct str bytes)
{
	struct evbuffer *out;

	if (l->state != OPEN)
		return false;
	out = bufferevent_get_output(l->bev);
	return evbuffer_get_length(out) <= UNSENT_MAX &&
	    evbuffer_add(out, bytes.p, bytes.len) == 0;
}

static void
on_written(struct bufferevent *bev, void *arg)
{
	struct irclink *l = arg;

	(void)bev;
	if (l->state == FINISHING)
		irclink_close(l);
}

void
irclink_finish(struct irclink *l)
{
	if (l->state != OPEN) {
		irclink_close(l);
		return;
	}
	l->state = FINISHING;
	later_run_in(&l->time_out, 1000);
	if (evbuffer_get_length(bufferevent_get_output(l->bev)) == 0)
		irclink_close(l);
}

bool
irclink_is_closed(const struct irclink *l)
{
	return l->state == CLOSED;
}

/* --- connecting --- */

/* True when the server proved who it is; the handshake has checked it, so
 * this holds unless a setting above was forgotten. */
static bool
is_verified(struct bufferevent *bev)
{
	SSL *ssl = bufferevent_openssl_get_ssl(bev);

	return ssl != NULL && SSL_get_verify_result(ssl) == X509_V_OK &&
	    SSL_get0_peer_certificate(ssl) != NULL;
}

static void
on_event(struct bufferevent *bev, short what, void *arg)
{
	struct irclink *l = arg;
	char why[WHY_MAX];
	bool was_open = l->state == OPEN;

	if (l->state == FINISHING) {
		irclink_close(l);
		return;
	}
	if (what & BEV_EVENT_CONNECTED) {
		if (l->tls != NULL && !is_verified(bev)) {
			fail(l, "TLS: nobody proved who they are");
			return;
		}
		later_cancel(&l->time_out);
		l->state = OPEN;
		l->on.open(l->arg);
		return;
	}
	/* The last lines, an ERROR among them, say more than the close. */
	if (was_open && what & BEV_EVENT_EOF && !l->paused)
		take_lines(l);
	if (l->bev != bev)
		return;
	tell_why(bev, what, why, sizeof(why));
	if (was_open) {
		fail(l, why);
		return;
	}
	snprintf(l->why, sizeof(l->why), "%s", why);
	try_next(l);
}

static void
on_time_out(void *arg)
{
	struct irclink *l = arg;

	if (l->state == FINISHING) {
		irclink_close(l);
	} else if (l->state == RESOLVING) {
		fail(l, "the name server does not answer");
	} else {
		snprintf(l->why, sizeof(l->why), "no answer in time");
		try_next(l);
	}
}

/* A client handle that checks the name or, for an address, the address. */
static SSL *
new_ssl(struct irclink *l)
{
	const char *name = l->conf->tls_name != NULL ? l->conf->tls_name
						     : l->to.host;
	unsigned char binary[16];
	bool address = evutil_inet_pton(AF_INET, name, binary) == 1 ||
	    evutil_inet_pton(AF_INET6, name, binary) == 1;
	SSL *ssl = SSL_new(l->tls);
	bool ok;

	if (ssl == NULL)
		return NULL;
	if (address) {
		ok = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name);
	} else {
		SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
		ok = SSL_set1_host(ssl, name) == 1 &&
		    SSL_set_tlsext_host_name(ssl, name) == 1;
	}
	if (!ok) {
		SSL_free(ssl);
		return NULL;
	}
	return ssl;
}

static struct bufferevent *
new_bev(struct irclink *l)
{
	const int options = BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS;
	struct event_base *base = loop_base(l->loop);
	struct bufferevent *bev;
	SSL *ssl;

	if (l->tls == NULL)
		return bufferevent_socket_new(base, -1, options);
	ssl = new_ssl(l);
	if (ssl == NULL)
		return NULL;
	bev = bufferevent_openssl_socket_new(base, -1, ssl,
	    BUFFEREVENT_SSL_CONNECTING, options);
	if (bev == NULL)
		SSL_free(ssl);
	else /* servers close without TLS's goodbye */
		bufferevent_openssl_set_allow_dirty_shutdown(bev, 1);
	return bev;
}

static bool
connect_to(struct irclink *l, const struct evutil_addrinfo *a)
{
	l->bev = new_bev(l);
	if (l->bev == NULL)
		return false;
	bufferevent_setcb(l->bev, on_read, on_written, on_event, l);
	bufferevent_setwatermark(l->bev, EV_READ, 0, 2 * (size_t)LINE_MOST);
	bufferevent_enable(l->bev, EV_READ | EV_WRITE);
	later_run_in(&l->time_out, (uint64_t)l->conf->connect_s * 1000);
	return bufferevent_socket_connect(l->bev, a->ai_addr,
	    (int)a->ai_addrlen) == 0;
}

/* Every address of the name in turn; the first is not always the one that
 * works. */
static void
try_next(struct irclink *l)
{
	const struct evutil_addrinfo *a;
	char why[WHY_MAX];

	l->state = CONNECTING;
	while ((a = l->next) != NULL) {
		drop_bev(l);
		l->next = a->ai_next;
		if (connect_to(l, a))
			return;
		snprintf(l->why, sizeof(l->why), "%s", strerror(errno));
	}
	memcpy(why, l->why, sizeof(why));
	fail(l, why);
}

static void
on_addresses(int result, struct evutil_addrinfo *found, void *arg)
{
	struct irclink *l = arg;

	/* Cancelled, and perhaps after our end: l is not to be touched. */
	if (result == EVUTIL_EAI_CANCEL)
		return;
	l->request = NULL;
	if (result != 0 || found == NULL) {
		fail(l, result != 0 ? evutil_gai_strerror(result)
				    : "the name has no address");
		return;
	}
	l->addresses = l->next = found;
	try_next(l);
}

/* From the file, each time anew: name servers come and go in months, and at
 * the start of a machine there may be none yet.  Without one, addresses and
 * the hosts file, which is read once, still work. */
static void
read_name_servers(struct irclink *l, int options)
{
	const char *path = l->conf->resolv_conf;

	evdns_base_clear_nameservers_and_suspend(l->dns);
	evdns_base_resolv_conf_parse(l->dns, options,
	    path != NULL ? path : "/etc/resolv.conf");
	evdns_base_resume(l->dns);
}

void
irclink_open(struct irclink *l, const struct ircconf_server *to)
{
	struct evutil_addrinfo hints = { .ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM, .ai_protocol = IPPROTO_TCP };
	struct evdns_getaddrinfo_request *request;
	char port[8];

	irclink_close(l);
	read_name_servers(l, DNS_OPTIONS_ALL & ~DNS_OPTION_HOSTSFILE);
	l->to = *to;
	l->state = RESOLVING;
	snprintf(port, sizeof(port), "%u", (unsigned)to->port);
	later_run_in(&l->time_out, (uint64_t)l->conf->connect_s * 1000);
	request = evdns_getaddrinfo(l->dns, l->to.host, port, &hints,
	    on_addresses, l);
	/* For an address it calls back at once and there is no request. */
	if (l->state == RESOLVING)
		l->request = request;
}

/* --- the beginning and the end --- */

static bool
load_tls(struct irclink *l, struct err *err)
{
	const struct ircconf *c = l->conf;
	const struct loc none = { 0 };

	l->tls = SSL_CTX_new(TLS_client_method());
	if (l->tls == NULL)
		return err_at(err, none, "out of memory");
	SSL_CTX_set_min_proto_version(l->tls, TLS1_2_VERSION);
	SSL_CTX_set_verify(l->tls, SSL_VERIFY_PEER, NULL);
	if (c->tls_ca == NULL)
		SSL_CTX_set_default_verify_paths(l->tls);
	else if (SSL_CTX_load_verify_locations(l->tls, c->tls_ca, NULL) != 1)
		return err_at(err, none, "tls_ca: %s holds no certificate "
		    "that can be read", c->tls_ca);
	if (c->tls_cert != NULL &&
	    SSL_CTX_use_certificate_chain_file(l->tls, c->tls_cert) != 1)
		return err_at(err, none, "tls_cert: %s holds no certificate "
		    "that can be read", c->tls_cert);
	if (c->tls_cert != NULL &&
	    SSL_CTX_use_PrivateKey_file(l->tls, c->tls_key,
		SSL_FILETYPE_PEM) != 1)
		return err_at(err, none, "tls_key: %s holds no key to the "
		    "certificate that can be read", c->tls_key);
	return true;
}

static bool
load_dns(struct irclink *l, struct err *err)
{
	l->dns = evdns_base_new(loop_base(l->loop),
	    EVDNS_BASE_DISABLE_WHEN_INACTIVE);
	if (l->dns == NULL)
		return err_at(err, (struct loc) { 0 }, "out of memory");
	read_name_servers(l, DNS_OPTIONS_ALL);
	return true;
}

struct irclink *
irclink_new(struct loop *loop, const struct ircconf *conf,
    const struct irclink_on *on, void *arg, struct err *err)
{
	struct irclink *l = calloc(1, sizeof(*l));

	if (l == NULL) {
		err_at(err, (struct loc) { 0 }, "out of memory");
		return NULL;
	}
	*l = (struct irclink) { .loop = loop, .conf = conf, .on = *on,
		.arg = arg };
	if (!later_init(&l->more, loop, on_more, l) ||
	    !later_init(&l->time_out, loop, on_time_out, l) ||
	    !later_init(&l->report, loop, on_report, l)) {
		err_at(err, (struct loc) { 0 }, "out of memory");
	} else if (load_dns(l, err) && (!conf->tls || load_tls(l, err))) {
		return l;
	}
	irclink_free(l);
	return NULL;
}

void
irclink_free(struct irclink *l)
{
	if (l == NULL)
		return;
	irclink_close(l);
	later_clear(&l->more);
	later_clear(&l->time_out);
	later_clear(&l->report);
	if (l->dns != NULL)
		evdns_base_free(l->dns, 0);
	SSL_CTX_free(l->tls);
	free(l);
}
