/*
 * replay.c - runs a fuzz target on its kept corpus, without the fuzzer.
 *
 * tests/fuzz/test_NAME reads the files in tests/fuzz/corpus/NAME, or those
 * that are given.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static bool
run_file(const char *path)
{
	struct buf bytes = { 0 };
	struct err err;
	char text[512];

	if (!file_read(path, &bytes, &err)) {
		fprintf(stderr, "%s\n", err_text(&err, text, sizeof text));
		buf_clear(&bytes);
		return false;
	}
	LLVMFuzzerTestOneInput((const unsigned char *)buf_cstr(&bytes),
	    bytes.len);
	buf_clear(&bytes);
	return true;
}

int
main(int argc, char **argv)
{
	static const char *const any[] = { "", NULL };
	const char *name = strstr(argv[0], "test_");
	const char *srcdir = getenv("srcdir");
	struct arena arena = { 0 };
	const char **paths = NULL;
	struct err err;
	char dir[512];
	size_t n = 0;
	bool ok = true;

	for (int i = 1; i < argc; i++)
		ok = run_file(argv[i]) && ok;
	if (argc > 1 || name == NULL)
		return ok ? EXIT_SUCCESS : EXIT_FAILURE;
	snprintf(dir, sizeof dir, "%s/tests/fuzz/corpus/%s",
	    srcdir == NULL ? "." : srcdir, name + 5);
	ok = file_list(dir, any, &arena, &paths, &n, &err) && n > 0;
	if (!ok)
		fprintf(stderr, "%s: no corpus\n", dir);
	for (size_t i = 0; ok && i < n; i++)
		ok = run_file(paths[i]);
	printf("%zu inputs\n", n);
	arena_clear(&arena);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
