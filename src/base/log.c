#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/utf8.h"

#define LOG_LINE_MAX 2000

static enum log_level most = LOG_LEVEL_INFO;

void
log_set_level(enum log_level level)
{
	most = level;
}

/* C1 controls steer terminals as C0 do; separators break lines. */
static bool
is_plain(uint32_t c)
{
	return (c >= 0x20 && c < 0x7f) ||
	    (c >= 0xa0 && c != UTF8_BAD && c != 0x2028 && c != 0x2029);
}

void
log_escape(struct str s, struct buf *out)
{
	while (s.len > 0) {
		struct str from = s;
		uint32_t c = utf8_next(&s);
		size_t n = from.len - s.len;

		if (is_plain(c)) {
			buf_add(out, str_of(from.p, n));
			continue;
		}
		for (size_t i = 0; i < n; i++)
			buf_addf(out, "\\x%02x", (unsigned char)from.p[i]);
	}
}

/* One write() a line, so that lines of several processes do not mix. */
static void
put_line(enum log_level level, const char *text)
{
	static const char *const names[] = { "error: ", "warning: ", "",
		"debug: " };
	struct buf line = { 0 };
	ssize_t ignored;

	buf_addf(&line, "iopguide: %s", names[level]);
	log_escape(str_c(text), &line);
	buf_addc(&line, '\n');
	if (!line.failed) {
		ignored = write(STDERR_FILENO, line.p, line.len);
		(void)ignored; /* nobody is left to be told */
	}
	buf_clear(&line);
}

static void
put(enum log_level level, const char *fmt, va_list ap)
{
	char text[LOG_LINE_MAX];

	if (level > most)
		return;
	vsnprintf(text, sizeof text, fmt, ap);
	put_line(level, text);
}

void
log_error(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(LOG_LEVEL_ERROR, fmt, ap);
	va_end(ap);
}

void
log_warning(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(LOG_LEVEL_WARNING, fmt, ap);
	va_end(ap);
}

void
log_info(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(LOG_LEVEL_INFO, fmt, ap);
	va_end(ap);
}

void
log_debug(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(LOG_LEVEL_DEBUG, fmt, ap);
	va_end(ap);
}

void
log_errs(const struct errs *errs)
{
	char text[ERR_MSG_MAX + 512];
	size_t shown = 0;

	for (size_t i = 0; i < errs->n; i++) {
		if (errs->list[i].doubt)
			continue;
		log_error("%s", err_text(&errs->list[i], text, sizeof text));
		shown++;
	}
	if (errs->n_errors > shown)
		log_error("%zu more mistakes", errs->n_errors - shown);
}
