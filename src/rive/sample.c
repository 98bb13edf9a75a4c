#include "rive/sample.h"

#include "base/rng.h"

static void
add_word(struct buf *out, struct str word)
{
	if (out->len > 0)
		buf_addc(out, ' ');
	buf_add(out, word);
}

static void add_seq(const struct pat_seq *s, struct rng *rng, struct buf *out);

static void
add_any(uint32_t least, struct rng *rng, struct buf *out)
{
	uint32_t n = least + rng_below(rng, 3);

	for (uint32_t i = 0; i < n; i++)
		add_word(out, STR("zqxw"));
}

static void
add_item(const struct pat_item *item, struct rng *rng, struct buf *out)
{
	uint32_t i;

	switch ((enum pat_type)item->type) {
	case PAT_WORD:
		add_word(out, item->word);
		break;
	case PAT_STAR:
		add_any(1, rng, out);
		break;
	case PAT_ANY:
		add_any(0, rng, out);
		break;
	case PAT_UNDER:
		add_word(out, STR("zqxw"));
		break;
	case PAT_NUM:
		add_word(out, STR("7305"));
		break;
	case PAT_ALT:
	case PAT_OPT:
		i = rng_below(rng, item->n + (item->type == PAT_OPT));
		if (i < item->n)
			add_seq(&item->alt[i], rng, out);
		break;
	}
}

static void
add_seq(const struct pat_seq *s, struct rng *rng, struct buf *out)
{
	for (uint32_t i = 0; i < s->n; i++)
		add_item(&s->items[i], rng, out);
}

bool
sample_text(const struct pattern *p, unsigned k, struct buf *out)
{
	struct rng rng = { k };

	switch ((enum pat_kind)p->kind) {
	case PATTERN_ATOMIC:
		buf_add(out, p->text);
		return k == 0;
	case PATTERN_WORDS:
		add_seq(&p->seq, &rng, out);
		return true;
	default:
		return false;
	}
}
