#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH_MAX 16
#define FILES_MAX 10000

static bool
read_all(int fd, const char *path, struct buf *out, struct err *err)
{
	const size_t piece = 65536;
	struct loc at = { .file = path };
	ssize_t n;
	char *to;

	do {
		to = buf_room(out, piece);
		if (to == NULL) {
			/* The last piece may be smaller than what we ask for. */
			char one[4096];

			out->failed = false;
			n = read(fd, one, sizeof one);
			if (n > 0) {
				buf_add(out, str_of(one, (size_t)n));
				if (out->failed)
					return err_at(err, at, "is too large");
			}
			continue;
		}
		n = read(fd, to, piece);
		if (n > 0)
			out->len += (size_t)n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	if (n < 0)
		return err_at(err, at, "%s", strerror(errno));
	if (out->p != NULL)
		out->p[out->len] = '\0';
	return true;
}

bool
file_read(const char *path, struct buf *out, struct err *err)
{
	struct loc at = { .file = path };
	/* Not blocking: a FIFO must not hold the program up. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	bool ok;

	if (fd < 0)
		return err_at(err, at, "%s", strerror(errno));
	if (fstat(fd, &st) < 0)
		ok = err_at(err, at, "%s", strerror(errno));
	else if (!S_ISREG(st.st_mode))
		ok = err_at(err, at, "is not a regular file");
	else
		ok = read_all(fd, path, out, err);
	close(fd);
	return ok;
}

struct listing {
	const char *const *suffixes;
	struct arena *arena;
	const char **paths;
	size_t n;
	size_t size;
};

static bool
wanted(const struct listing *l, const char *name)
{
	for (const char *const *s = l->suffixes; *s != NULL; s++) {
		if (str_ends(str_c(name), str_c(*s)))
			return true;
	}
	return false;
}

static bool
keep(struct listing *l, const char *path, struct err *err)
{
	struct str copy;

	if (l->n == FILES_MAX)
		return err_at(err, (struct loc) { .file = path },
		    "is one file too many (the most is %d)", FILES_MAX);
	if (l->n == l->size) {
		size_t size = l->size == 0 ? 32 : 2 * l->size;
		const char **more = arena_array(l->arena, size, sizeof *more);

		if (more == NULL)
			return err_at(err, (struct loc) { .file = path },
			    "out of memory");
		if (l->n > 0)
			memcpy(more, l->paths, l->n * sizeof *more);
		l->paths = more;
		l->size = size;
	}
	copy = arena_str(l->arena, str_c(path));
	if (copy.p == NULL)
		return err_at(err, (struct loc) { .file = path },
		    "out of memory");
	l->paths[l->n++] = copy.p;
	return true;
}

static bool list_dir(struct listing *l, const char *dir, int depth,
    struct err *err);

static bool
list_entry(struct listing *l, const char *dir, const char *name, int depth,
    struct err *err)
{
	char path[PATH_MAX];
	struct stat st;
	int n = snprintf(path, sizeof path, "%s/%s", dir, name);

	if (n < 0 || (size_t)n >= sizeof path)
		return err_at(err, (struct loc) { .file = dir },
		    "holds a name that is too long");
	if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return list_dir(l, path, depth + 1, err);
	if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && wanted(l, name))
		return keep(l, path, err);
	return true;
}

static bool
list_dir(struct listing *l, const char *dir, int depth, struct err *err)
{
	struct loc at = { .file = dir };
	struct dirent *e;
	bool ok = true;
	DIR *d;

	if (depth > DEPTH_MAX)
		return err_at(err, at, "folders nest deeper than %d", DEPTH_MAX);
	d = opendir(dir);
	if (d == NULL)
		return err_at(err, at, "%s", strerror(errno));
	while (ok && (e = readdir(d)) != NULL) {
		if (e->d_name[0] != '.')
			ok = list_entry(l, dir, e->d_name, depth, err);
	}
	closedir(d);
	return ok;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool
file_list(const char *dir, const char *const *suffixes, struct arena *arena,
    const char ***paths, size_t *n, struct err *err)
{
	struct listing l = { .suffixes = suffixes, .arena = arena };

	if (!list_dir(&l, dir, 0, err))
		return false;
	if (l.n > 0)
		qsort(l.paths, l.n, sizeof *l.paths, by_name);
	*paths = l.paths;
	*n = l.n;
	return true;
}
