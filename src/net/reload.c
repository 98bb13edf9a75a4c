#include "net/reload.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <event2/event.h>

struct reload {
	reload_fn fn;
	void *arg;
	int done_fd; /* the worker writes it last */
	struct event *done;
	pthread_t worker;
	bool working;
	bool again;
	struct script_options next; /* for `again`; dialogs is ours */
	struct script *grave;       /* generations that the next worker frees */

	/* The worker's from its start to its end, the loop's otherwise. */
	bool build;
	struct script *dead;
	struct script_options options;
	struct script *built;
	struct errs errs;
};

static void *
work(void *arg)
{
	struct reload *r = arg;

	script_free_all(r->dead);
	if (r->build)
		r->built = script_load(&r->options, &r->errs);
	eventfd_write(r->done_fd, 1);
	return NULL;
}

/* Signals are the loop's business: the worker takes none. */
static bool
start_worker(struct reload *r, bool build)
{
	sigset_t all;
	sigset_t old;

	r->build = build;
	r->dead = r->grave;
	r->grave = NULL;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	r->working = pthread_create(&r->worker, NULL, work, r) == 0;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (!r->working)
		r->grave = r->dead;
	return r->working;
}

static bool
copy_options(struct script_options *to, const struct script_options *from)
{
	char *dialogs = NULL;

	if (from->dialogs != NULL && (dialogs = strdup(from->dialogs)) == NULL)
		return false;
	free((char *)to->dialogs);
	*to = *from;
	to->dialogs = dialogs;
	return true;
}

static bool
begin(struct reload *r, const struct script_options *o)
{
	return copy_options(&r->options, o) && start_worker(r, true);
}

static void
hand_over(struct reload *r)
{
	if (r->built != NULL)
		reload_adopt(r, r->built);
	r->fn(r->arg, r->built, &r->errs);
	r->built = NULL;
	errs_clear(&r->errs);
}

static void
on_done(evutil_socket_t fd, short what, void *arg)
{
	struct reload *r = arg;
	eventfd_t n;

	(void)what;
	eventfd_read(fd, &n);
	pthread_join(r->worker, NULL);
	r->working = false;
	if (r->build)
		hand_over(r);
	if (!r->again) {
		/* One that is still held goes with the next. */
		if (r->grave != NULL)
			(void)start_worker(r, false);
		return;
	}
	r->again = false;
	if (!begin(r, &r->next)) {
		errs_add(&r->errs, (struct loc) { 0 },
		    "the reload could not be started");
		r->fn(r->arg, NULL, &r->errs);
		errs_clear(&r->errs);
	}
}

struct reload *
reload_new(struct loop *l, reload_fn fn, void *arg)
{
	struct reload *r = calloc(1, sizeof *r);

	if (r == NULL)
		return NULL;
	r->fn = fn;
	r->arg = arg;
	r->done_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (r->done_fd >= 0)
		r->done = event_new(loop_base(l), r->done_fd,
		    EV_READ | EV_PERSIST, on_done, r);
	if (r->done == NULL || event_add(r->done, NULL) < 0) {
		reload_free(r);
		return NULL;
	}
	return r;
}

bool
reload_start(struct reload *r, const struct script_options *o)
{
	if (!r->working)
		return begin(r, o);
	if (!copy_options(&r->next, o))
		return false;
	r->again = true;
	return true;
}

void
reload_adopt(struct reload *r, struct script *s)
{
	script_bury_in(s, &r->grave);
}

void
reload_free(struct reload *r)
{
	if (r == NULL)
		return;
	if (r->working) {
		pthread_join(r->worker, NULL);
		script_unref(r->built);
		errs_clear(&r->errs);
	}
	script_free_all(r->grave);
	if (r->done != NULL)
		event_free(r->done);
	if (r->done_fd >= 0)
		close(r->done_fd);
	free((char *)r->options.dialogs);
	free((char *)r->next.dialogs);
	free(r);
}
