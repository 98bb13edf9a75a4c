/*
 * serve.c - the daemon: configuration, fronts, signals.
 *
 * What people reach is a front, and each is a row of a table: how it opens,
 * takes new settings, says goodbye, and ends.  A signal arrives as an event:
 * SIGHUP reads configuration and dialogs again, SIGTERM and SIGINT stop.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/log.h"
#include "cmd/commands.h"
#include "cmd/networks.h"
#include "cmd/settings.h"
#include "cmd/setup.h"
#include "net/ircfront.h"
#include "net/line.h"
#include "net/loop.h"
#include "net/reload.h"

struct server {
	const struct options *options;
	struct settings settings;
	struct arena arena; /* what settings points to */
	uint64_t seed;
	struct loop *loop;
	struct guide *guide;
	struct reload *reload;
	struct line_front *line;
	struct ircfront *irc;     /* NULL: no network is configured */
	struct networks networks; /* what irc borrows */
	unsigned open; /* fronts that did not say goodbye yet */
	bool stopping;
};

/* --- the fronts --- */

static bool
listen_given(struct server *s, const char *address)
{
	struct err err;
	bool no_family;

	if (line_listen(s->line, address, &no_family, &err))
		return true;
	log_error("cannot listen on %s", err.msg);
	return false;
}

/* Nobody asked for these two: where the machine has only one family, that
 * one is enough. */
static bool
listen_default(struct server *s)
{
	static const char *const addresses[] = { "127.0.0.1:7070",
		"[::1]:7070" };
	struct err err;
	bool no_family;

	for (size_t i = 0; i < 2; i++) {
		if (line_listen(s->line, addresses[i], &no_family, &err))
			continue;
		if (!no_family) {
			log_error("cannot listen on %s", err.msg);
			return false;
		}
		log_info("passing over %s", err.msg);
	}
	if (line_address(s->line, 0) != NULL)
		return true;
	log_error("there is no address to listen on");
	return false;
}

static bool
listen_all(struct server *s)
{
	const struct conf_list *conf = &s->settings.listen;

	if (s->options->n_listen == 0 && conf->n == 0)
		return listen_default(s);
	for (size_t i = 0; i < s->options->n_listen; i++) {
		if (!listen_given(s, s->options->listen[i]))
			return false;
	}
	/* The command line replaces the file. */
	for (size_t i = 0; s->options->n_listen == 0 && i < conf->n; i++) {
		if (!listen_given(s, conf->items[i]))
			return false;
	}
	return true;
}

static bool
line_front_open(struct server *s)
{
	const struct line_options o = settings_line(&s->settings);
	const char *address;

	s->line = line_new(s->loop, s->guide, &o);
	if (s->line == NULL) {
		log_error("out of memory");
		return false;
	}
	if (!listen_all(s))
		return false;
	for (size_t i = 0; (address = line_address(s->line, i)) != NULL; i++)
		log_info("listening on %s", address);
	return true;
}

static void
line_front_change(struct server *s)
{
	const struct line_options o = settings_line(&s->settings);

	line_set_options(s->line, &o);
}

static void
line_front_stop(struct server *s, loop_fn done)
{
	line_stop(s->line, done, s);
}

static void
line_front_close(struct server *s)
{
	line_free(s->line);
}

/* Networks are read once: a new one takes a restart, and SIGHUP brings the
 * guide back to channels it was kicked from. */
static bool
irc_front_open(struct server *s)
{
	struct errs errs = { 0 };
	struct err err;
	bool ok;

	ok = networks_read(&s->settings.networks, s->options->conf, &s->networks,
	    &errs);
	log_errs(&errs);
	errs_clear(&errs);
	if (!ok || s->networks.n == 0)
		return ok;
	s->irc = ircfront_new(s->loop, s->guide, s->networks.list,
	    s->networks.n, &err);
	if (s->irc == NULL) {
		log_error("irc: %s", err.msg);
		return false;
	}
	ircfront_set_options(s->irc, &(struct ircfront_options) {
	    .idle_ms = (uint64_t)s->settings.idle_minutes * 60 * 1000 });
	return true;
}

static void
irc_front_change(struct server *s)
{
	if (s->irc == NULL)
		return;
	ircfront_set_options(s->irc, &(struct ircfront_options) {
	    .idle_ms = (uint64_t)s->settings.idle_minutes * 60 * 1000 });
	ircfront_return(s->irc);
}

static void
irc_front_stop(struct server *s, loop_fn done)
{
	if (s->irc == NULL)
		done(s);
	else
		ircfront_stop(s->irc, done, s);
}

static void
irc_front_close(struct server *s)
{
	ircfront_free(s->irc);
	networks_clear(&s->networks);
}

static const struct front {
	bool (*open)(struct server *s); /* false after a word why */
	void (*change)(struct server *s);
	/* Says goodbye; done is called with s when all have heard it. */
	void (*stop)(struct server *s, loop_fn done);
	void (*close)(struct server *s); /* also when open failed */
} fronts[] = {
	{ line_front_open, line_front_change, line_front_stop,
	    line_front_close },
	{ irc_front_open, irc_front_change, irc_front_stop, irc_front_close },
};

#define N_FRONTS (sizeof fronts / sizeof fronts[0])

/* --- reload --- */

static bool
read_settings(const struct server *s, struct settings *into,
    struct arena *arena)
{
	struct errs errs = { 0 };
	bool ok;

	*into = (struct settings) { 0 };
	ok = conf_read(s->options->conf, &settings_shape, into, arena, &errs);
	log_errs(&errs);
	errs_clear(&errs);
	if (ok && s->options->dialogs != NULL)
		into->dialogs = s->options->dialogs;
	return ok;
}

static void
on_loaded(void *arg, struct script *next, const struct errs *errs)
{
	struct server *s = arg;

	log_errs(errs);
	if (next == NULL) {
		guide_reload_failed(s->guide);
		log_error("reload failed: the dialogs in use go on");
		return;
	}
	guide_swap(s->guide, next);
	script_unref(next);
	log_info("reloaded");
}

/* False when the file has mistakes: the settings in use go on. */
static bool
change_settings(struct server *s)
{
	struct settings next;
	struct arena arena = { 0 };
	struct arena old = s->arena;
	struct guide_options go;

	if (!read_settings(s, &next, &arena)) {
		arena_clear(&arena);
		return false;
	}
	s->settings = next;
	s->arena = arena;
	go = settings_guide(&s->settings, s->seed);
	if (!guide_set_options(s->guide, &go))
		log_error("out of memory: the guide's old settings go on");
	for (size_t i = 0; i < N_FRONTS; i++)
		fronts[i].change(s);
	arena_clear(&old);
	return true;
}

/* A mistake in the configuration keeps the dialogs from being read, too:
 * their folder may be what the mistake is about. */
static void
on_hangup(void *arg)
{
	struct server *s = arg;
	struct script_options so;
	bool ok = false;

	if (s->stopping)
		return;
	if (change_settings(s)) {
		so = setup_script_options(s->settings.dialogs);
		ok = reload_start(s->reload, &so);
		if (!ok)
			log_error("out of memory");
	}
	if (!ok) {
		guide_reload_failed(s->guide);
		log_error("reload failed: what is in use goes on");
	}
}

/* --- start and stop --- */

static void
on_front_done(void *arg)
{
	struct server *s = arg;

	if (s->open > 0 && --s->open == 0)
		loop_stop(s->loop);
}

static void
on_stop(void *arg)
{
	struct server *s = arg;

	if (s->stopping) { /* asked twice: at once */
		loop_stop(s->loop);
		return;
	}
	s->stopping = true;
	log_info("stopping");
	s->open = N_FRONTS;
	for (size_t i = 0; i < N_FRONTS; i++)
		fronts[i].stop(s, on_front_done);
}

/* A descriptor for each talker: as many as we may have. */
static void
raise_limits(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) < 0)
		return;
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
}

static bool
start(struct server *s)
{
	struct script_options so = setup_script_options(s->settings.dialogs);
	struct guide_options go = settings_guide(&s->settings, s->seed);

	s->guide = setup_guide(&so, &go);
	if (s->guide == NULL)
		return false;
	s->loop = loop_new();
	s->reload = s->loop == NULL ? NULL
	                            : reload_new(s->loop, on_loaded, s);
	if (s->reload == NULL ||
	    !loop_on_signal(s->loop, SIGHUP, on_hangup, s) ||
	    !loop_on_signal(s->loop, SIGTERM, on_stop, s) ||
	    !loop_on_signal(s->loop, SIGINT, on_stop, s)) {
		log_error("the event loop could not be set up");
		return false;
	}
	reload_adopt(s->reload, s->guide->script);
	for (size_t i = 0; i < N_FRONTS; i++) {
		if (!fronts[i].open(s))
			return false;
	}
	return true;
}

static void
finish(struct server *s)
{
	for (size_t i = 0; i < N_FRONTS; i++)
		fronts[i].close(s);
	guide_free(s->guide);
	/* Last: it frees what the others held. */
	reload_free(s->reload);
	loop_free(s->loop);
	arena_clear(&s->arena);
}

int
cmd_serve(const struct options *o)
{
	struct server s = { .options = o, .seed = setup_seed(o) };
	bool ok;

	raise_limits();
	ok = read_settings(&s, &s.settings, &s.arena) && start(&s);
	if (ok) {
		log_info("ready; the dialogs are %s", s.settings.dialogs != NULL
		    ? s.settings.dialogs : "those compiled in");
		loop_run(s.loop);
		log_info("stopped");
	}
	finish(&s);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
