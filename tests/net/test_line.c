/*
 * The line front over real sockets.  Each test forks a server with a small
 * fake guide (fake_talk.c) and talks to it as nc or telnet would.
 */
#include <errno.h>
#include <linux/sockios.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <netinet/in.h>
#include <unistd.h>

#include "base/log.h"
#include "guide/resource.h"
#include "harness.h"
#include "net/line.h"
#include "net/loop.h"

#define WAIT_MS 60000 /* for what should come at once */

struct server {
	pid_t pid;
	char dir[64];
	char path[96];
	int port; /* of 127.0.0.1 */
};

struct running {
	struct loop *loop;
	struct line_front *front;
};

static void
on_done(void *arg)
{
	loop_stop(((struct running *)arg)->loop);
}

static void
on_term(void *arg)
{
	struct running *r = arg;

	line_stop(r->front, on_done, r);
}

static int
run_server(const struct server *s, const struct line_options *o, int ready,
    rlim_t files)
{
	const struct rlimit limit = { files, files };
	struct running r = { .loop = loop_new() };
	char address[128];
	bool no_family;
	struct err err;
	int port = 0;

	log_set_level(LOG_LEVEL_ERROR);
	if (files > 0)
		setrlimit(RLIMIT_NOFILE, &limit);
	r.front = line_new(r.loop, NULL, o);
	snprintf(address, sizeof address, "unix:%s", s->path);
	if (!line_listen(r.front, "127.0.0.1:0", &no_family, &err) ||
	    !line_listen(r.front, address, &no_family, &err) ||
	    !loop_on_signal(r.loop, SIGTERM, on_term, &r))
		return 9;
	sscanf(line_address(r.front, 0), "127.0.0.1:%d", &port);
	if (write(ready, &port, sizeof port) != sizeof port)
		return 8;
	close(ready);
	loop_run(r.loop);
	line_free(r.front);
	loop_free(r.loop);
	return 0;
}

static struct server
start_limited(const struct line_options *o, rlim_t files)
{
	struct server s = { .dir = "/tmp/iopguide-test-XXXXXX" };
	int ready[2];

	ck_assert_ptr_nonnull(mkdtemp(s.dir));
	snprintf(s.path, sizeof s.path, "%s/socket", s.dir);
	ck_assert_int_eq(pipe(ready), 0);
	s.pid = fork();
	if (s.pid == 0) {
		close(ready[0]);
		exit(run_server(&s, o, ready[1], files));
	}
	close(ready[1]);
	ck_assert_int_eq(read(ready[0], &s.port, sizeof s.port),
	    sizeof s.port);
	close(ready[0]);
	return s;
}

static struct server
start(const struct line_options *o)
{
	return start_limited(o, 0);
}

/* Ends the server and sees that it ended well and left nothing. */
static void
stop(const struct server *s)
{
	int status = -1;

	kill(s->pid, SIGTERM);
	ck_assert_int_eq(waitpid(s->pid, &status, 0), s->pid);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 0);
	ck_assert_int_eq(access(s->path, F_OK), -1);
	rmdir(s->dir);
}

static int
dial(const struct server *s)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(to.sun_path, sizeof to.sun_path, "%s", s->path);
	ck_assert_int_eq(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	return fd;
}

static int
dial_tcp(const struct server *s)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)s->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	ck_assert_int_eq(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	return fd;
}

static void
put(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);

		if (sent <= 0)
			return; /* the server had enough: the reply tells */
		bytes += sent;
		n -= (size_t)sent;
	}
}

/* Waits until the server has read what was sent, so that what follows comes
 * in a segment of its own. */
static void
settle(int fd)
{
	int left = 1;

	for (int i = 0; i < WAIT_MS && left > 0; i++) {
		ioctl(fd, SIOCOUTQ, &left);
		if (left > 0)
			usleep(1000);
	}
	ck_assert_int_eq(left, 0);
}

/* Reads until the text ends in `until`, or to the end when that is NULL. */
static struct str
get(int fd, struct buf *out, const char *until)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	out->max = (size_t)64 << 20;
	while (until == NULL || !str_ends(buf_str(out), str_c(until))) {
		char piece[65536];
		ssize_t n;

		ck_assert_msg(poll(&p, 1, WAIT_MS) == 1,
		    "waited for '%s', got %zu bytes: '%s'",
		    until == NULL ? "the end" : until, out->len,
		    out->len < 2000 ? buf_cstr(out) : "(long)");
		n = read(fd, piece, sizeof piece);
		if (n <= 0)
			break;
		buf_add(out, str_of(piece, (size_t)n));
	}
	return buf_str(out);
}

static void
expect(int fd, const char *until, const char *all)
{
	struct buf out = { 0 };

	ck_assert_str_eq(get(fd, &out, until).p == NULL ? "" : out.p, all);
	buf_clear(&out);
}

/* "|" parts what is sent in segments of its own. */
#define ANSWER(text) "<" text ">\n\n"
#define T(text) { text, sizeof(text) - 1 }
static const struct {
	const char *what;
	struct str sent;
	struct str reply; /* after the greeting; the peer half-closes */
} talks[] = {
	{ "a line", T("one\n"), T(ANSWER("one")) },
	{ "CRLF", T("one\r\n"), T(ANSWER("one")) },
	{ "CRLF in two segments", T("one\r|\n"), T(ANSWER("one")) },
	{ "a line in three segments", T("o|n|e\n"), T(ANSWER("one")) },
	{ "only the last CR goes", T("one\r\r\n"), T(ANSWER("one\r")) },
	{ "many lines at once", T("1\n2\r\n3\n"),
	    T(ANSWER("1") ANSWER("2") ANSWER("3")) },
	{ "a last line without LF", T("1\n2"),
	    T(ANSWER("1") ANSWER("2")) },
	{ "a last line that ends in CR", T("1\r"), T(ANSWER("1")) },
	{ "nothing at all", T(""), T("") },
	{ "blank lines get a reply each", T("\n\r\n \n"),
	    T(ANSWER("") ANSWER("") ANSWER(" ")) },
	{ "NUL survives", T("a\0b\n"), T(ANSWER("a\0b")) },
	{ "invalid UTF-8 survives", T("\x80\xfe\xc3\n"),
	    T(ANSWER("\x80\xfe\xc3")) },
	{ "backspace", T("caz\bt\n"), T(ANSWER("cat")) },
	{ "delete", T("caz\x7ft\n"), T(ANSWER("cat")) },
	{ "backspace in a segment of its own", T("caz|\b|t\n"),
	    T(ANSWER("cat")) },
	{ "backspace takes a whole character",
	    T("a\xc3\xa4\b\xf0\x9f\x98\x80\bb\n"), T(ANSWER("ab")) },
	{ "backspace at the start", T("\b\b\bcat\n"), T(ANSWER("cat")) },
	{ "backspace stays in its line", T("1\n\b2\n"),
	    T(ANSWER("1") ANSWER("2")) },
	{ "telnet's WILL and DO are declined",
	    T("a\xff\xfb\x01" "b\xff\xfd\x03" "c\n"),
	    T(ANSWER("abc") "\xff\xfe\x01\xff\xfc\x03") },
	{ "WONT and DONT need no answer", T("\xff\xfc\x01\xff\xfe\x01" "a\n"),
	    T(ANSWER("a")) },
	{ "telnet in segments", T("a\xff|\xfb|\x01|b\n"),
	    T("\xff\xfe\x01" ANSWER("ab")) },
	{ "a subnegotiation is taken out",
	    T("a\xff\xfa\x18\x00xterm\xff\xf0" "b\n"), T(ANSWER("ab")) },
	{ "one that never ends hides no line",
	    T("\xff\xfa" "help\nme\n"), T(ANSWER("help") ANSWER("me")) },
	{ "an LF is an LF in the midst of telnet", T("a\xff\xfb\nb\n"),
	    T(ANSWER("a") ANSWER("b")) },
	{ "IAC before text hides none of it", T("a\xffz\n"),
	    T(ANSWER("az")) },
	{ "IAC IP takes the line back", T("wrong\xff\xf4right\n"),
	    T(ANSWER("right")) },
	{ "IAC EC erases a character", T("caz\xff\xf7t\n"),
	    T(ANSWER("cat")) },
	{ "no more than ten offers are answered",
	    T("\xff\xfb\1\xff\xfb\2\xff\xfb\3\xff\xfb\4\xff\xfb\5\xff\xfb\6"
	        "\xff\xfb\7\xff\xfb\x08\xff\xfb\x09\xff\xfb\x0b\xff\xfb\x0c"),
	    T("\xff\xfe\1\xff\xfe\2\xff\xfe\3\xff\xfe\4\xff\xfe\5\xff\xfe\6"
	        "\xff\xfe\7\xff\xfe\x08\xff\xfe\x09\xff\xfe\x0b") },
	{ "x ends without a word", T("1\nx\n2\n"), T(ANSWER("1")) },
	{ "the last answer ends it", T("quit\n2\n"), T(ANSWER("quit")) },
	{ "an answer without memory is a word and the end", T("fail\n1\n"),
	    T("no memory\n\n") },
	{ "HTTP gets one line", T("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
	    T("This is a plain-text chat, not a web page. Use nc or telnet. "
	        RESOURCE_STATIC_LINE "\n\n") },
	{ "a cross-site POST is not interpreted",
	    T("POST /a HTTP/1.1\r\n\r\nforget me\n"),
	    T("This is a plain-text chat, not a web page. Use nc or telnet. "
	        RESOURCE_STATIC_LINE "\n\n") },
	{ "later on it is a quotation", T("hi\nGET / HTTP/1.1\n"),
	    T(ANSWER("hi") ANSWER("GET / HTTP/1.1")) },
	{ "GET alone is a word", T("GET help\n"), T(ANSWER("GET help")) },
};

static void
send_parts(int fd, struct str text)
{
	struct str part;
	bool first = true;

	if (text.len == 0)
		return;
	while (str_split(&text, '|', &part)) {
		if (!first)
			settle(fd);
		put(fd, part.p, part.len);
		first = false;
	}
}

START_TEST(answers_each_line_once_and_framed)
{
	const struct line_options o = { 0 };
	struct server s = start(&o);

	for (int i = 0; i < N_ROWS(talks); i++) {
		struct buf out = { 0 };
		struct str got;
		int fd = dial(&s);

		get(fd, &out, "hello\n\n");
		buf_reset(&out);
		send_parts(fd, talks[i].sent);
		shutdown(fd, SHUT_WR);
		got = get(fd, &out, NULL);
		ck_assert_msg(str_eq(got, talks[i].reply),
		    "%s: got '%.*s'", talks[i].what, STR_ARG(got));
		buf_clear(&out);
		close(fd);
	}
	stop(&s);
}
END_TEST

/* Both kinds of byte at the edge of the cap. */
START_TEST(takes_the_longest_line_and_none_longer)
{
	static const struct {
		size_t n;
		const char *end;
		const char *reply;
	} rows[] = {
		{ TALK_LINE_MAX, "\n", "hello\n\n<65536 bytes>\n\n" },
		{ TALK_LINE_MAX, "\r\n", "hello\n\n<65536 bytes>\n\n" },
		{ TALK_LINE_MAX + 1, "\n", "hello\n\ntoo long\n\n" },
		{ TALK_LINE_MAX + 1, "\r\n", "hello\n\ntoo long\n\n" },
		{ TALK_LINE_MAX + 2, "\n", "hello\n\ntoo long\n\n" },
		{ TALK_LINE_MAX + 1, "", "hello\n\ntoo long\n\n" },
		{ (size_t)4 * TALK_LINE_MAX, "", "hello\n\ntoo long\n\n" },
	};
	static char text[4 * TALK_LINE_MAX];
	const struct line_options o = { 0 };
	struct server s = start(&o);

	memset(text, 'a', sizeof text);
	for (int i = 0; i < N_ROWS(rows); i++) {
		int fd = dial_tcp(&s);

		put(fd, text, rows[i].n);
		put(fd, rows[i].end, strlen(rows[i].end));
		shutdown(fd, SHUT_WR);
		expect(fd, NULL, rows[i].reply);
		close(fd);
	}
	stop(&s);
}
END_TEST

START_TEST(a_full_server_says_so_and_closes)
{
	const struct line_options o = { .max_connections = 2 };
	struct server s = start(&o);
	int first = dial(&s);
	int second = dial(&s);
	int third;

	expect(first, "\n\n", "hello\n\n");
	expect(second, "\n\n", "hello\n\n");
	for (int i = 0; i < 200; i++) {
		third = dial(&s);
		put(third, "help me\n", 8);
		expect(third, NULL, "full\n\n");
		close(third);
	}
	shutdown(first, SHUT_WR);
	expect(first, NULL, "");
	third = dial(&s);
	expect(third, "\n\n", "hello\n\n");
	stop(&s);
}
END_TEST

/* More at once than are kept: who waits is told, too. */
START_TEST(a_crowd_at_a_full_server_is_told_to_the_last)
{
	const struct line_options o = { .max_connections = 1 };
	struct server s = start(&o);
	int inside = dial(&s);
	int crowd[300];

	expect(inside, "\n\n", "hello\n\n");
	for (int i = 0; i < N_ROWS(crowd); i++)
		crowd[i] = dial(&s);
	for (int i = 0; i < N_ROWS(crowd); i++) {
		expect(crowd[i], NULL, "full\n\n");
		close(crowd[i]);
	}
	put(inside, "still here\n", 11);
	expect(inside, "\n\n", "<still here>\n\n");
	stop(&s);
}
END_TEST

START_TEST(one_address_has_a_cap_of_its_own)
{
	const struct line_options o = { .max_per_address = 1 };
	struct server s = start(&o);
	int first = dial_tcp(&s);
	int second;

	expect(first, "\n\n", "hello\n\n");
	second = dial_tcp(&s);
	expect(second, NULL, "full\n\n");
	/* A Unix socket has no address to be counted by. */
	expect(dial(&s), "\n\n", "hello\n\n");
	expect(dial(&s), "\n\n", "hello\n\n");
	stop(&s);
}
END_TEST

START_TEST(silence_is_warned_of_and_ended)
{
	const struct line_options o = { .idle_ms = 2000 };
	struct server s = start(&o);
	int fd = dial(&s);

	put(fd, "one\n", 4);
	expect(fd, NULL, "hello\n\n<one>\n\nsoon\n\nidle\n\n");
	stop(&s);
}
END_TEST

START_TEST(who_never_says_a_line_is_let_go)
{
	const struct line_options o = { .first_line_ms = 2000 };
	struct server s = start(&o);
	int mute = dial(&s);
	int half = dial(&s);
	int talker = dial(&s);

	put(half, "never ends", 10);
	put(talker, "one\n", 4);
	expect(mute, NULL, "hello\n\nbye\n\n");
	expect(half, NULL, "hello\n\nbye\n\n");
	put(talker, "two\n", 4);
	shutdown(talker, SHUT_WR);
	expect(talker, NULL, "hello\n\n<one>\n\n<two>\n\n");
	stop(&s);
}
END_TEST

#define MANY_BIG 2000
static char many_big[MANY_BIG * 4];

/* The peer sends from a child of its own, as it would wait for itself. */
static pid_t
send_many(int fd)
{
	pid_t pid = fork();

	for (int i = 0; i < MANY_BIG; i++)
		memcpy(many_big + i * 4L, "big\n", 4);
	if (pid == 0) {
		put(fd, many_big, sizeof many_big);
		shutdown(fd, SHUT_WR);
		_exit(0);
	}
	return pid;
}

START_TEST(a_slow_reader_gets_all_and_holds_nobody_up)
{
	const struct line_options o = { 0 };
	struct server s = start(&o);
	struct buf out = { .max = (size_t)64 << 20 };
	int slow = dial(&s);
	int other = dial(&s);
	pid_t sender = send_many(slow);

	put(other, "hi\n", 3);
	expect(other, "<hi>\n\n", "hello\n\n<hi>\n\n");
	get(slow, &out, NULL);
	ck_assert_uint_eq(out.len, 7 + (size_t)MANY_BIG * (3 + 4000 + 4));
	buf_clear(&out);
	waitpid(sender, NULL, 0);
	stop(&s);
}
END_TEST

START_TEST(who_takes_nothing_is_left)
{
	const struct line_options o = { .stuck_ms = 200 };
	struct server s = start(&o);
	struct buf out = { .max = (size_t)64 << 20 };
	int slow = dial(&s);
	int other = dial(&s);
	pid_t sender = send_many(slow);
	struct pollfd gone = { .fd = slow };

	ck_assert_int_eq(poll(&gone, 1, WAIT_MS), 1);
	ck_assert(gone.revents & POLLHUP);
	waitpid(sender, NULL, 0);
	get(slow, &out, NULL);
	ck_assert_uint_lt(out.len, (size_t)MANY_BIG * 4000);
	buf_clear(&out);
	put(other, "hi\n", 3);
	expect(other, "<hi>\n\n", "hello\n\n<hi>\n\n");
	stop(&s);
}
END_TEST

/* SLOW lines of 3 ms are seconds: the other one must not wait for them. */
#define SLOW 1000
START_TEST(a_busy_talker_leaves_others_their_turn)
{
	const struct line_options o = { 0 };
	struct server s = start(&o);
	struct buf out = { 0 };
	int busy = dial(&s);
	int other = dial(&s);
	static char lines[SLOW * 5];
	static char answers[SLOW * 8];
	ssize_t n;

	expect(other, "\n\n", "hello\n\n");
	for (int i = 0; i < SLOW; i++)
		memcpy(lines + i * 5L, "slow\n", 5);
	put(busy, lines, sizeof lines);
	get(busy, &out, "<slow>\n\n");
	put(other, "hi\n", 3);
	expect(other, "\n\n", "<hi>\n\n");
	/* The busy one's last answers are not there yet. */
	n = recv(busy, answers, sizeof answers, MSG_DONTWAIT);
	ck_assert_int_lt((int)n + (int)out.len, 7 + SLOW * 8);
	shutdown(busy, SHUT_WR);
	buf_reset(&out);
	get(busy, &out, NULL);
	buf_clear(&out);
	stop(&s);
}
END_TEST

START_TEST(survives_running_out_of_descriptors)
{
	const struct line_options o = { 0 };
	struct server s = start_limited(&o, 24);
	int fds[40];
	int greeted = 0;
	int turned_away = 0;
	int again;

	for (int i = 0; i < 40; i++)
		fds[i] = dial(&s);
	for (int i = 0; i < 40 && turned_away == 0; i++) {
		struct buf out = { 0 };

		get(fds[i], &out, "\n\n");
		greeted += str_is(buf_str(&out), "hello\n\n");
		turned_away += str_is(buf_str(&out), "full\n\n");
		buf_clear(&out);
	}
	ck_assert_int_gt(greeted, 3);
	ck_assert_int_eq(turned_away, 1);
	put(fds[0], "hi\n", 3);
	expect(fds[0], "\n\n", "<hi>\n\n");
	for (int i = 0; i < 40; i++)
		close(fds[i]);
	again = dial(&s);
	expect(again, "\n\n", "hello\n\n");
	stop(&s);
}
END_TEST

START_TEST(stopping_says_goodbye)
{
	const struct line_options o = { 0 };
	struct server s = start(&o);
	int fd = dial(&s);

	put(fd, "one\n", 4);
	expect(fd, "<one>\n\n", "hello\n\n<one>\n\n");
	stop(&s);
	expect(fd, NULL, "bye\n\n");
}
END_TEST

START_TEST(a_peer_that_vanishes_ends_nothing)
{
	const struct line_options o = { 0 };
	struct server s = start(&o);
	const struct linger at_once = { 1, 0 };
	int fd;

	for (int i = 0; i < 50; i++) {
		fd = dial_tcp(&s);
		put(fd, "big\nbig\nbig\n", 12);
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once,
		    sizeof at_once);
		close(fd);
	}
	fd = dial(&s);
	put(fd, "hi\n", 3);
	expect(fd, "<hi>\n\n", "hello\n\n<hi>\n\n");
	stop(&s);
}
END_TEST

START_TEST(a_unix_socket_is_for_owner_and_group)
{
	const struct line_options o = { 0 };
	struct server s = start(&o);
	struct stat st;

	ck_assert_int_eq(stat(s.path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0660);
	stop(&s);
}
END_TEST

static const struct {
	const char *address;
	const char *says; /* NULL: it is taken */
} addresses[] = {
	{ "127.0.0.1:0", NULL },
	{ "127.0.0.1", "no address" },
	{ "127.0.0.1:http", "no address" },
	{ "127.0.0.1:99999", "no address" },
	{ "localhost:7070", "no address" },
	{ "::1:7070", "no address" },
	{ "", "no address" },
	{ "unix:", "path" },
	{ "unix:/nowhere/at/all", "No such file" },
	{ "unix:/etc/passwd", "no socket" },
};

START_TEST(says_what_is_wrong_with_an_address)
{
	struct loop *l = loop_new();
	const struct line_options o = { 0 };
	struct line_front *f = line_new(l, NULL, &o);

	for (int i = 0; i < N_ROWS(addresses); i++) {
		const char *says = addresses[i].says;
		struct err err = { .msg = "" };
		bool no_family;
		bool ok = line_listen(f, addresses[i].address, &no_family,
		    &err);

		ck_assert_msg(ok == (says == NULL), "%s: %s",
		    addresses[i].address, err.msg);
		ck_assert_msg(says == NULL || strstr(err.msg, says) != NULL,
		    "%s: %s", addresses[i].address, err.msg);
	}
	line_free(f);
	loop_free(l);
}
END_TEST

/* A server that was killed leaves its socket file; a live one keeps its. */
START_TEST(takes_over_a_dead_socket_only)
{
	const struct line_options o = { 0 };
	struct server s = start(&o);
	struct loop *l = loop_new();
	struct line_front *f = line_new(l, NULL, &o);
	char address[128];
	struct err err;
	bool no_family;

	snprintf(address, sizeof address, "unix:%s", s.path);
	ck_assert(!line_listen(f, address, &no_family, &err));
	ck_assert_ptr_nonnull(strstr(err.msg, "in use"));
	kill(s.pid, SIGKILL);
	waitpid(s.pid, NULL, 0);
	ck_assert_int_eq(access(s.path, F_OK), 0);
	ck_assert_msg(line_listen(f, address, &no_family, &err), "%s",
	    err.msg);
	line_free(f);
	loop_free(l);
	ck_assert_int_eq(access(s.path, F_OK), -1);
	rmdir(s.dir);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("line");
	TCase *tc = tcase_create("line");

	tcase_add_test(tc, answers_each_line_once_and_framed);
	tcase_add_test(tc, takes_the_longest_line_and_none_longer);
	tcase_add_test(tc, a_full_server_says_so_and_closes);
	tcase_add_test(tc, a_crowd_at_a_full_server_is_told_to_the_last);
	tcase_add_test(tc, one_address_has_a_cap_of_its_own);
	tcase_add_test(tc, silence_is_warned_of_and_ended);
	tcase_add_test(tc, who_never_says_a_line_is_let_go);
	tcase_add_test(tc, a_slow_reader_gets_all_and_holds_nobody_up);
	tcase_add_test(tc, who_takes_nothing_is_left);
	tcase_add_test(tc, a_busy_talker_leaves_others_their_turn);
	tcase_add_test(tc, survives_running_out_of_descriptors);
	tcase_add_test(tc, stopping_says_goodbye);
	tcase_add_test(tc, a_peer_that_vanishes_ends_nothing);
	tcase_add_test(tc, a_unix_socket_is_for_owner_and_group);
	tcase_add_test(tc, says_what_is_wrong_with_an_address);
	tcase_add_test(tc, takes_over_a_dead_socket_only);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
