#include "net/irccodec.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libircclient.h>

#include <libirc_rfcnumeric.h>

struct irccodec {
	irccodec_event_fn fn;
	void *arg;
	irc_session_t *session; /* NULL: closed */
	int fd;      /* libircclient's: its end of the pair */
	int peer;    /* ours, -1: closed */
	int reserve; /* a number below FD_SETSIZE kept for fd, or -1 */
	bool broken;
};

/* Room for a command: the longest we send and CRLF, with a NUL. */
#define COMMAND_MAX 1024

/* --- the low descriptor --- */

/* The lowest free number, as a duplicate of stderr: no file is opened, so it
 * works when no file can be. */
static bool
take_reserve(struct irccodec *c)
{
	if (c->reserve >= 0)
		return true;
	c->reserve = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	if (c->reserve < 0 && errno == EBADF) /* run without a stderr */
		c->reserve = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->reserve >= FD_SETSIZE) {
		close(c->reserve);
		c->reserve = -1;
	}
	return c->reserve >= 0;
}

static void
give_reserve(struct irccodec *c)
{
	if (c->reserve >= 0)
		close(c->reserve);
	c->reserve = -1;
}

/* --- events --- */

static struct str
param(const char **params, unsigned n, unsigned i)
{
	return i < n ? str_c(params[i]) : str_of("", 0);
}

/* Which parameters an event's target and text are. */
static const struct form {
	const char *name;
	enum irccodec_kind kind;
	unsigned target;
	unsigned text;
} forms[] = {
	{ "CHANNEL", IRCCODEC_MESSAGE, 0, 1 },
	{ "PRIVMSG", IRCCODEC_MESSAGE, 0, 1 },
	{ "CHANNEL_NOTICE", IRCCODEC_NOTICE, 0, 1 },
	{ "NOTICE", IRCCODEC_NOTICE, 0, 1 },
	{ "JOIN", IRCCODEC_JOIN, 0, 1 },
	{ "PART", IRCCODEC_PART, 0, 1 },
	{ "KICK", IRCCODEC_KICK, 0, 1 },
	{ "QUIT", IRCCODEC_QUIT, 9, 0 },
	{ "NICK", IRCCODEC_NICK, 9, 0 },
	{ "INVITE", IRCCODEC_INVITE, 1, 0 },
	{ "MODE", IRCCODEC_MODE, 0, 1 },
	{ "UMODE", IRCCODEC_MODE, 9, 0 },
};

static void
on_event(irc_session_t *session, const char *name, const char *origin,
    const char **params, unsigned n)
{
	struct irccodec *c = irc_get_ctx(session);
	struct irccodec_event e = { .prefix = str_c(origin) };

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (strcmp(forms[i].name, name) != 0)
			continue;
		e.kind = forms[i].kind;
		e.target = param(params, n, forms[i].target);
		e.text = param(params, n, forms[i].text);
		c->fn(c->arg, &e);
		return;
	}
}

static void
on_numeric(irc_session_t *session, unsigned numeric, const char *origin,
    const char **params, unsigned n)
{
	struct irccodec *c = irc_get_ctx(session);
	struct irccodec_event e = { .kind = IRCCODEC_NUMERIC,
		.numeric = numeric, .prefix = str_c(origin),
		.target = param(params, n, 1), .text = param(params, n, 2) };

	c->fn(c->arg, &e);
}

/* Without a handler libircclient answers CTCP by itself, without limit, and
 * tells the user and real name.  None gets here: the gate reads CTCP. */
static void
on_ctcp(irc_session_t *session, const char *name, const char *origin,
    const char **params, unsigned n)
{
	(void)session;
	(void)name;
	(void)origin;
	(void)params;
	(void)n;
}

/* --- opening --- */

struct listener {
	int fd;
	struct sockaddr_in at;
};

static bool
listen_here(struct listener *l)
{
	socklen_t len = sizeof(l->at);

	l->at = (struct sockaddr_in) { .sin_family = AF_INET };
	l->at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	l->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	return l->fd >= 0 &&
	    bind(l->fd, (struct sockaddr *)&l->at, sizeof(l->at)) == 0 &&
	    listen(l->fd, 1) == 0 &&
	    getsockname(l->fd, (struct sockaddr *)&l->at, &len) == 0;
}

/*
 * The number of the socket that is connected to our listener, or -1.  It is
 * looked for below FD_SETSIZE only, before libircclient touches an fd_set:
 * another thread may have taken the low number in between, and FD_SET with
 * a high one ends the program.
 */
static int
find_connected(const struct listener *l)
{
	struct sockaddr_in peer;
	socklen_t len;

	for (int fd = 0; fd < FD_SETSIZE; fd++) {
		peer = (struct sockaddr_in) { 0 };
		len = sizeof(peer);
		if (getpeername(fd, (struct sockaddr *)&peer, &len) == 0 &&
		    peer.sin_family == AF_INET &&
		    peer.sin_port == l->at.sin_port &&
		    peer.sin_addr.s_addr == l->at.sin_addr.s_addr)
			return fd;
	}
	return -1;
}

/* One step of libircclient.  Bits are set only for what is ready: with a bit
 * set and nothing to read it spins for ever. */
static bool
step(struct irccodec *c, bool in, bool out)
{
	fd_set in_set;
	fd_set out_set;

	FD_ZERO(&in_set);
	FD_ZERO(&out_set);
	if (in)
		FD_SET(c->fd, &in_set);
	if (out)
		FD_SET(c->fd, &out_set);
	return irc_process_select_descriptors(c->session, &in_set, &out_set) ==
	    0;
}

/* Whether it has a line to send. */
static bool
has_output(struct irccodec *c)
{
	fd_set in_set;
	fd_set out_set;
	int most = 0;

	FD_ZERO(&in_set);
	FD_ZERO(&out_set);
	return irc_is_connected(c->session) &&
	    irc_add_select_descriptors(c->session, &in_set, &out_set, &most) ==
	    0 && FD_ISSET(c->fd, &out_set);
}

/* What libircclient wrote. */
static ssize_t
read_peer(struct irccodec *c, char *text, size_t size)
{
	return recv(c->peer, text, size, MSG_DONTWAIT);
}

/* Throws away what it says of itself. */
static void
discard_output(struct irccodec *c)
{
	char sink[COMMAND_MAX];

	while (has_output(c) && step(c, false, true) &&
	    read_peer(c, sink, sizeof(sink)) > 0)
		continue;
}

static irc_session_t *
new_session(struct irccodec *c)
{
	irc_callbacks_t on = { 0 };
	irc_session_t *s;

	on.event_nick = on.event_quit = on.event_join = on.event_part =
	    on.event_mode = on.event_umode = on.event_kick =
	    on.event_channel = on.event_privmsg = on.event_notice =
	    on.event_channel_notice = on.event_invite = on_event;
	on.event_numeric = on_numeric;
	on.event_ctcp_req = on.event_ctcp_rep = on.event_ctcp_action = on_ctcp;
	s = irc_create_session(&on);
	if (s != NULL)
		irc_set_ctx(s, c);
	return s;
}

/* Connects it to our listener, only to put a socket pair in the place of the
 * connection: the public calls offer no other way to hand it a descriptor. */
static enum irccodec_opened
connect_session(struct irccodec *c, const struct listener *l, const char *nick)
{
	int pair[2];
	bool ok;

	give_reserve(c);
	if (irc_connect(c->session, "127.0.0.1", ntohs(l->at.sin_port), NULL,
		nick, "guide", "guide") != 0)
		return IRCCODEC_NOT;
	c->fd = find_connected(l);
	if (c->fd < 0)
		return IRCCODEC_LATER;
	if (!step(c, false, true) ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0,
		pair) < 0)
		return IRCCODEC_NOT;
	/* After the step above, not before: it asks for the address of its
	 * socket and would take the wrong branch on a Unix one. */
	ok = dup3(pair[0], c->fd, O_CLOEXEC) >= 0;
	close(pair[0]);
	c->peer = pair[1];
	/* It has NICK and USER queued; registration was the gate's. */
	if (ok)
		discard_output(c);
	return ok ? IRCCODEC_OPEN : IRCCODEC_NOT;
}

enum irccodec_opened
irccodec_open(struct irccodec *c, const char *nick)
{
	struct listener l = { .fd = -1 };
	enum irccodec_opened opened = IRCCODEC_NOT;

	irccodec_close(c);
	if (!take_reserve(c))
		return IRCCODEC_LATER;
	c->session = new_session(c);
	if (c->session != NULL && listen_here(&l))
		opened = connect_session(c, &l, nick);
	if (l.fd >= 0)
		close(l.fd);
	if (opened != IRCCODEC_OPEN)
		irccodec_close(c);
	return opened;
}

void
irccodec_close(struct irccodec *c)
{
	if (c->session != NULL) {
		irc_disconnect(c->session);
		irc_destroy_session(c->session);
	}
	if (c->peer >= 0)
		close(c->peer);
	c->session = NULL;
	c->fd = c->peer = -1;
	c->broken = false;
	(void)take_reserve(c);
}

struct irccodec *
irccodec_new(irccodec_event_fn fn, void *arg)
{
	struct irccodec *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return NULL;
	*c = (struct irccodec) { .fn = fn, .arg = arg, .fd = -1, .peer = -1,
		.reserve = -1 };
	if (!take_reserve(c)) {
		free(c);
		return NULL;
	}
	return c;
}

void
irccodec_free(struct irccodec *c)
{
	if (c == NULL)
		return;
	irccodec_close(c);
	give_reserve(c);
	free(c);
}

/* --- a line in --- */

bool
irccodec_take(struct irccodec *c, const struct ircline *l)
{
	char text[IRCLINE_OUT];
	size_t n = ircline_write(l, text);

	if (c->session == NULL || c->broken)
		return false;
	/* One whole, non-empty line below its buffer of 1,023 bytes: with
	 * less, or with an empty one, it is deaf for ever after. */
	if (send(c->peer, text, n, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)n ||
	    !step(c, true, false)) {
		c->broken = true;
		return false;
	}
	/* It says nothing by itself in answer to the lines let through; if it
	 * did, that must not come out in front of the next command. */
	discard_output(c);
	return true;
}

/* --- a command out --- */

/* Takes what a command wrote.  At once after each one, since its buffer holds
 * one kilobyte and loses what does not fit. */
static bool
collect(struct irccodec *c, int result, struct buf *out)
{
	char text[COMMAND_MAX + 2];
	ssize_t n;

	if (result != 0 || !has_output(c) || !step(c, false, true)) {
		c->broken = true;
		return false;
	}
	n = read_peer(c, text, sizeof(text));
	if (n <= 2 || memcmp(text + n - 2, "\r\n", 2) != 0 ||
	    memchr(text, '\n', (size_t)n) != text + n - 1) {
		c->broken = true;
		return false;
	}
	buf_add(out, str_of(text, (size_t)n));
	return !out->failed;
}

/* A copy as a C string; false where CR, LF or NUL would end the line and
 * begin a command of somebody else's. */
static bool
copy(struct str s, char *out, size_t size)
{
	if (s.len >= size || memchr(s.p, '\0', s.len) != NULL ||
	    memchr(s.p, '\r', s.len) != NULL ||
	    memchr(s.p, '\n', s.len) != NULL)
		return false;
	memcpy(out, s.p, s.len);
	out[s.len] = '\0';
	return true;
}

typedef int (*command_fn)(irc_session_t *s, const char *to, const char *text);

static bool
send_to(struct irccodec *c, command_fn command, const struct str parts[2],
    struct buf *out)
{
	char to[IRCLINE_MAX + 1];
	char words[IRCLINE_MAX + 1];

	if (c->session == NULL || c->broken || parts[0].len == 0 ||
	    parts[1].len == 0 || parts[0].p[0] == ':' ||
	    memchr(parts[0].p, ' ', parts[0].len) != NULL ||
	    parts[0].len + parts[1].len + sizeof("PRIVMSG  :") > IRCLINE_MAX ||
	    !copy(parts[0], to, sizeof(to)) ||
	    !copy(parts[1], words, sizeof(words)))
		return false;
	return collect(c, command(c->session, to, words), out);
}

bool
irccodec_say(struct irccodec *c, struct str target, struct str text,
    struct buf *out)
{
	const struct str parts[2] = { target, text };

	return send_to(c, irc_cmd_msg, parts, out);
}

bool
irccodec_notice(struct irccodec *c, struct str target, struct str text,
    struct buf *out)
{
	const struct str parts[2] = { target, text };

	return send_to(c, irc_cmd_notice, parts, out);
}

bool
irccodec_raw(struct irccodec *c, struct str line, struct buf *out)
{
	char text[IRCLINE_MAX + 1];

	if (c->session == NULL || c->broken || line.len == 0 ||
	    !copy(line, text, sizeof(text)))
		return false;
	return collect(c, irc_send_raw(c->session, "%s", text), out);
}
