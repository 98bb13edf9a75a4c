/*
 * match.c - the fuzzer's bytes choose a brain and messages; the index must
 * answer as the plain loop does.
 */
#include <stdlib.h>

#include "rive/pairs.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct pairs p = { .bytes = bytes, .n_bytes = n };
	struct buf text = { 0 };

	pairs_brain(&p);
	do {
		buf_reset(&text);
		pairs_message(&p, &text);
		if (!pairs_agree(&p, buf_str(&text))) {
			fprintf(stderr, "%s\n", p.what);
			abort();
		}
	} while (p.n_bytes > 0);
	buf_clear(&text);
	pairs_clear(&p);
	return 0;
}
