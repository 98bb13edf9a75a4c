/*
 * listen.h - a listening socket: TCP or Unix, from an address as text.
 *
 *	127.0.0.1:7070   [::1]:7070   unix:/run/iopguide.sock
 */
#ifndef IOPGUIDE_NET_LISTEN_H
#define IOPGUIDE_NET_LISTEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "net/loop.h"

struct listener;

/* Where a peer comes from, for the cap an address; all zeroes for Unix
 * sockets, whose peers have none. */
struct listen_peer {
	uint8_t bytes[16];
};

/* The descriptor does not block and is the callee's. */
typedef void (*listen_fn)(void *arg, int fd, const struct listen_peer *peer);

struct listen_fns {
	listen_fn on_peer;
	/* One that came when the process had no descriptor left: it must be
	 * told so and closed before the call returns. */
	listen_fn on_no_fd;
	void *arg;
};

/* True for an address that can be read. */
bool listen_understands(const char *address);

/* NULL after *err said why; *no_family is set when this machine has no such
 * address family. */
struct listener *listen_open(struct loop *l, const char *address,
    const struct listen_fns *fns, bool *no_family, struct err *err);

/* Closes, and takes its own Unix socket away. */
void listen_close(struct listener *s);

/* The address as it is, with the port that port 0 became. */
const char *listen_name(const struct listener *s);

/* Nobody is let in for that long; who comes meanwhile waits. */
void listen_pause(struct listener *s, uint64_t ms);

#endif
