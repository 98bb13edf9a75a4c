#include "net/listen.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <event2/event.h>

#include "base/str.h"

#define BACKLOG 512
#define ACCEPTS_MAX 32 /* let in at one wake-up */
#define NO_FD_PAUSE_MS 1000

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	struct sockaddr_un un;
};

struct listener {
	int fd;
	int spare; /* given up to greet one peer when descriptors run out */
	struct listen_fns fns;
	struct event *event;
	struct later resume;
	char name[sizeof(struct sockaddr_un) + 8];
	const char *path; /* in name; NULL for TCP */
	dev_t dev;        /* the socket file we made */
	ino_t ino;
	int error; /* of the call that failed while opening */
};

/* Keeps and words errno; returns false. */
static bool
failed(struct listener *s, struct err *err)
{
	s->error = errno;
	return err_at(err, (struct loc) { 0 }, "%s: %s", s->name,
	    strerror(s->error));
}

static bool
parse_unix(const char *path, union address *a, socklen_t *len, struct err *err)
{
	const struct loc at = { 0 };
	size_t n = strlen(path);

	if (n == 0 || n >= sizeof a->un.sun_path)
		return err_at(err, at, "unix:%s: write a path of 1 to %zu bytes",
		    path, sizeof a->un.sun_path - 1);
	a->un.sun_family = AF_UNIX;
	memcpy(a->un.sun_path, path, n + 1);
	*len = sizeof a->un;
	return true;
}

/* "host:port" or "[host]:port" into two C strings. */
static bool
split_host(const char *text, char *host, size_t size, const char **port)
{
	const char *colon = strrchr(text, ':');
	size_t n;

	if (colon == NULL)
		return false;
	n = (size_t)(colon - text);
	*port = colon + 1;
	if (n >= 2 && text[0] == '[' && text[n - 1] == ']') {
		text++;
		n -= 2;
	} else if (memchr(text, ':', n) != NULL) {
		return false; /* IPv6 without brackets */
	}
	if (n == 0 || n >= size || strlen(*port) > 5 ||
	    strspn(*port, "0123456789") != strlen(*port) || **port == '\0' ||
	    strtol(*port, NULL, 10) > 65535)
		return false;
	memcpy(host, text, n);
	host[n] = '\0';
	return true;
}

static bool
parse(const char *text, union address *a, socklen_t *len, struct err *err)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE };
	struct addrinfo *found = NULL;
	const char *port;
	char host[64];

	*a = (union address) { 0 };
	if (strncmp(text, "unix:", 5) == 0)
		return parse_unix(text + 5, a, len, err);
	if (!split_host(text, host, sizeof host, &port) ||
	    getaddrinfo(host, port, &hints, &found) != 0)
		return err_at(err, (struct loc) { 0 },
		    "'%s' is no address to listen on: write one like "
		    "127.0.0.1:7070, [::1]:7070 or unix:/path", text);
	memcpy(a, found->ai_addr, found->ai_addrlen);
	*len = found->ai_addrlen;
	freeaddrinfo(found);
	return true;
}

bool
listen_understands(const char *address)
{
	union address a;
	socklen_t len = 0;
	struct err ignored;

	return parse(address, &a, &len, &ignored);
}

/* A socket file that nobody listens on any more is taken away; anything else
 * at that place stays. */
static bool
clear_path(const union address *a, struct err *err)
{
	const struct loc at = { 0 };
	const char *path = a->un.sun_path;
	struct stat st;
	int fd;
	int refused;

	if (lstat(path, &st) < 0)
		return true;
	if (!S_ISSOCK(st.st_mode))
		return err_at(err, at, "unix:%s: there is a file that is no "
		    "socket", path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_at(err, at, "unix:%s: %s", path, strerror(errno));
	refused = connect(fd, &a->any, sizeof a->un) < 0 ? errno : 0;
	close(fd);
	if (refused != ECONNREFUSED)
		return err_at(err, at, "unix:%s: is in use", path);
	if (unlink(path) < 0)
		return err_at(err, at, "unix:%s: %s", path, strerror(errno));
	return true;
}

static bool
bind_unix(struct listener *s, const union address *a, struct err *err)
{
	mode_t old;
	struct stat st;
	bool bound;

	if (!clear_path(a, err))
		return false;
	old = umask(0117); /* mode 0660 */
	bound = bind(s->fd, &a->any, sizeof a->un) == 0;
	umask(old);
	if (!bound)
		return failed(s, err);
	s->path = s->name + 5;
	if (lstat(s->path, &st) == 0) {
		s->dev = st.st_dev;
		s->ino = st.st_ino;
	}
	return true;
}

static bool
bind_tcp(struct listener *s, const union address *a, socklen_t len,
    struct err *err)
{
	const int on = 1;

	setsockopt(s->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (a->any.sa_family == AF_INET6)
		setsockopt(s->fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
	return bind(s->fd, &a->any, len) == 0 || failed(s, err);
}

static void
learn_name(struct listener *s)
{
	union address a = { 0 };
	socklen_t len = sizeof a;
	char host[64];
	char port[8];

	if (s->path != NULL || getsockname(s->fd, &a.any, &len) < 0 ||
	    getnameinfo(&a.any, len, host, sizeof host, port, sizeof port,
	        NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return;
	snprintf(s->name, sizeof s->name, strchr(host, ':') ? "[%s]:%s"
	                                                    : "%s:%s",
	    host, port);
}

static struct listen_peer
peer_of(const union address *a)
{
	struct listen_peer p = { { 0 } };

	if (a->any.sa_family == AF_INET)
		memcpy(p.bytes + 12, &a->v4.sin_addr, 4);
	else if (a->any.sa_family == AF_INET6)
		/* One host may hold a whole /64. */
		memcpy(p.bytes, &a->v6.sin6_addr, 8);
	if (a->any.sa_family == AF_INET6 &&
	    IN6_IS_ADDR_LOOPBACK(&a->v6.sin6_addr))
		p.bytes[15] = 1;
	return p;
}

static void
tune(int fd, const union address *a)
{
	static const struct {
		int level, name, value;
	} rows[] = {
		{ SOL_SOCKET, SO_KEEPALIVE, 1 },
		{ IPPROTO_TCP, TCP_NODELAY, 1 },
		{ IPPROTO_TCP, TCP_KEEPIDLE, 60 },
		{ IPPROTO_TCP, TCP_KEEPINTVL, 15 },
		{ IPPROTO_TCP, TCP_KEEPCNT, 4 },
	};

	if (a->any.sa_family == AF_UNIX)
		return;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		setsockopt(fd, rows[i].level, rows[i].name, &rows[i].value,
		    sizeof rows[i].value);
}

static int
spare_fd(void)
{
	return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

/* Out of descriptors: the spare one lets one peer in to be told, and then
 * nobody for a while, since the backlog would wake us again at once. */
static void
on_no_fd(struct listener *s)
{
	union address a = { 0 };
	socklen_t len = sizeof a;
	struct listen_peer peer;
	int fd;

	if (s->spare >= 0)
		close(s->spare);
	fd = accept4(s->fd, &a.any, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd >= 0) {
		peer = peer_of(&a);
		s->fns.on_no_fd(s->fns.arg, fd, &peer);
	}
	s->spare = spare_fd();
	listen_pause(s, NO_FD_PAUSE_MS);
}

/* False when there is nobody (more) to let in. */
static bool
accept_one(struct listener *s)
{
	union address a = { 0 };
	socklen_t len = sizeof a;
	struct listen_peer peer;
	int fd = accept4(s->fd, &a.any, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (fd >= 0) {
		tune(fd, &a);
		peer = peer_of(&a);
		s->fns.on_peer(s->fns.arg, fd, &peer);
		return true;
	}
	switch (errno) {
	case EMFILE:
	case ENFILE:
	case ENOBUFS:
	case ENOMEM:
		on_no_fd(s);
		return false;
	case EAGAIN:
		return false;
	default: /* a peer that went away before we looked, and the like */
		return true;
	}
}

static void
on_connection(evutil_socket_t fd, short what, void *arg)
{
	struct listener *s = arg;
	int n = ACCEPTS_MAX;

	(void)fd;
	(void)what;
	while (n-- > 0 && event_pending(s->event, EV_READ, NULL) &&
	    accept_one(s))
		;
}

static void
resume(void *arg)
{
	struct listener *s = arg;

	event_add(s->event, NULL);
}

void
listen_pause(struct listener *s, uint64_t ms)
{
	event_del(s->event);
	later_run_in(&s->resume, ms);
}

/* Everything after the address was understood. */
static bool
open_socket(struct listener *s, struct loop *l, const union address *a,
    socklen_t len, struct err *err)
{
	bool bound;

	s->fd = socket(a->any.sa_family,
	    SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (s->fd < 0)
		return failed(s, err);
	bound = a->any.sa_family == AF_UNIX ? bind_unix(s, a, err)
	                                    : bind_tcp(s, a, len, err);
	if (!bound)
		return false;
	if (listen(s->fd, BACKLOG) < 0)
		return failed(s, err);
	learn_name(s);
	s->spare = spare_fd();
	s->event = event_new(loop_base(l), s->fd, EV_READ | EV_PERSIST,
	    on_connection, s);
	if (s->event == NULL || !later_init(&s->resume, l, resume, s) ||
	    event_add(s->event, NULL) < 0)
		return err_at(err, (struct loc) { 0 }, "out of memory");
	return true;
}

struct listener *
listen_open(struct loop *l, const char *address, const struct listen_fns *fns,
    bool *no_family, struct err *err)
{
	struct listener *s;
	union address a;
	socklen_t len = 0;

	*no_family = false;
	if (!parse(address, &a, &len, err))
		return NULL;
	s = calloc(1, sizeof *s);
	if (s == NULL) {
		err_at(err, (struct loc) { 0 }, "out of memory");
		return NULL;
	}
	*s = (struct listener) { .fd = -1, .spare = -1, .fns = *fns };
	snprintf(s->name, sizeof s->name, "%s", address);
	if (!open_socket(s, l, &a, len, err)) {
		*no_family = s->error == EAFNOSUPPORT ||
		    s->error == EADDRNOTAVAIL;
		listen_close(s);
		return NULL;
	}
	return s;
}

void
listen_close(struct listener *s)
{
	struct stat st;

	if (s == NULL)
		return;
	/* Only what we made: someone may have put another in its place. */
	if (s->path != NULL && lstat(s->path, &st) == 0 &&
	    st.st_dev == s->dev && st.st_ino == s->ino)
		unlink(s->path);
	later_clear(&s->resume);
	if (s->event != NULL)
		event_free(s->event);
	if (s->spare >= 0)
		close(s->spare);
	if (s->fd >= 0)
		close(s->fd);
	free(s);
}

const char *
listen_name(const struct listener *s)
{
	return s->name;
}
