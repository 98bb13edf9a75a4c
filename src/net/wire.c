#include "net/wire.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <event2/event.h>

#include "base/buf.h"

#define SCRATCH_SIZE 16384
#define OUT_KEEP 8192 /* memory a wire keeps between replies */
#define OUT_MAX ((size_t)4 << 20)

struct wire {
	int fd;
	const struct wire_fns *fns;
	void *arg;
	struct event *readable;
	struct event *writable;
	struct later deliver;
	struct buf kept; /* read, but not taken */
	struct buf out;
	size_t out_at; /* sent so far */
	uint64_t moved_ms;
	bool held;
	bool eof;
	bool lost;
};

/* Shared by all wires: bytes pass through it, and it is wiped after. */
static char scratch[SCRATCH_SIZE];

/* on_lost comes from the loop, once, even when a write inside the front's own
 * code found out. */
static void
lose(struct wire *w)
{
	if (w->lost)
		return;
	w->lost = true;
	event_del(w->readable);
	event_del(w->writable);
	later_run(&w->deliver);
}

/* Gives the front what came and keeps what it leaves. */
static void
hand_over(struct wire *w, struct str bytes)
{
	size_t took = w->fns->on_bytes(w->arg, bytes);

	if (took == bytes.len)
		return;
	event_del(w->readable);
	buf_add(&w->kept, str_sub(bytes, took, bytes.len));
	if (w->kept.failed)
		lose(w);
	else if (!w->held)
		later_run(&w->deliver);
}

static void
read_some(struct wire *w)
{
	ssize_t n = recv(w->fd, scratch, sizeof scratch, 0);

	if (n < 0) {
		if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
			lose(w);
		return;
	}
	if (n == 0) {
		w->eof = true;
		event_del(w->readable);
		w->fns->on_eof(w->arg);
		return;
	}
	hand_over(w, str_of(scratch, (size_t)n));
	explicit_bzero(scratch, (size_t)n);
}

static void
on_readable(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	read_some(arg);
}

/* What was kept goes before what is new. */
static void
deliver(void *arg)
{
	struct wire *w = arg;
	struct buf kept = w->kept;

	if (w->lost) {
		w->fns->on_lost(w->arg);
		return;
	}
	if (w->held)
		return;
	if (kept.len > 0) {
		w->kept = (struct buf) { 0 };
		hand_over(w, buf_str(&kept));
		buf_wipe(&kept);
	}
	if (!w->held && !w->eof && !w->lost && w->kept.len == 0)
		event_add(w->readable, NULL);
}

static void
on_writable(evutil_socket_t fd, short what, void *arg)
{
	struct wire *w = arg;

	(void)fd;
	(void)what;
	wire_flush(w);
	if (!w->lost && wire_pending(w) == 0) {
		event_del(w->writable);
		w->fns->on_sent(w->arg);
	}
}

struct wire *
wire_new(struct loop *l, int fd, const struct wire_fns *fns, void *arg)
{
	struct wire *w = calloc(1, sizeof *w);

	if (w == NULL)
		return NULL;
	*w = (struct wire) { .fd = fd, .fns = fns, .arg = arg,
		.out.max = OUT_MAX };
	w->readable = event_new(loop_base(l), fd, EV_READ | EV_PERSIST,
	    on_readable, w);
	w->writable = event_new(loop_base(l), fd, EV_WRITE | EV_PERSIST,
	    on_writable, w);
	if (!later_init(&w->deliver, l, deliver, w) || w->readable == NULL ||
	    w->writable == NULL || event_add(w->readable, NULL) < 0) {
		w->fd = -1;
		wire_free(w);
		return NULL;
	}
	return w;
}

void
wire_free(struct wire *w)
{
	if (w == NULL)
		return;
	later_clear(&w->deliver);
	if (w->readable != NULL)
		event_free(w->readable);
	if (w->writable != NULL)
		event_free(w->writable);
	buf_wipe(&w->kept);
	buf_wipe(&w->out);
	if (w->fd >= 0)
		close(w->fd);
	free(w);
}

bool
wire_write(struct wire *w, struct str bytes)
{
	if (w->lost)
		return true;
	buf_add(&w->out, bytes);
	return !w->out.failed;
}

/* Replies may repeat a person's words: they do not stay once they are out. */
static void
forget_sent(struct wire *w)
{
	if (w->out.size > OUT_KEEP)
		buf_wipe(&w->out);
	else if (w->out.p != NULL)
		explicit_bzero(w->out.p, w->out.len);
	buf_reset(&w->out);
	w->out_at = 0;
}

void
wire_flush(struct wire *w)
{
	while (!w->lost && wire_pending(w) > 0) {
		ssize_t n = send(w->fd, w->out.p + w->out_at, wire_pending(w),
		    MSG_NOSIGNAL);

		if (n > 0) {
			w->out_at += (size_t)n;
			w->moved_ms = loop_now_ms();
			continue;
		}
		if (errno == EINTR)
			continue;
		if (errno != EAGAIN && errno != EWOULDBLOCK) {
			lose(w);
			return;
		}
		if (!event_pending(w->writable, EV_WRITE, NULL))
			w->moved_ms = loop_now_ms();
		event_add(w->writable, NULL);
		return;
	}
	if (wire_pending(w) == 0)
		forget_sent(w);
}

size_t
wire_pending(const struct wire *w)
{
	return w->out.len - w->out_at;
}

uint64_t
wire_moved_ms(const struct wire *w)
{
	return w->moved_ms;
}

void
wire_go_on(struct wire *w)
{
	if (w->lost || !w->held)
		return;
	w->held = false;
	later_run(&w->deliver);
}

void
wire_hold(struct wire *w)
{
	w->held = true;
	event_del(w->readable);
}

void
wire_end(struct wire *w)
{
	if (!w->lost)
		shutdown(w->fd, SHUT_WR);
}

void
wire_last_words(struct wire *w, struct str text)
{
	ssize_t ignored;

	w->out_at = w->out.len; /* nothing of it goes out any more */
	forget_sent(w);
	event_del(w->writable);
	if (w->lost)
		return;
	ignored = send(w->fd, text.p, text.len, MSG_NOSIGNAL | MSG_DONTWAIT);
	(void)ignored; /* we did what could be done */
}
