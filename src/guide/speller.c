#include "guide/speller.h"

#include <stdlib.h>
#include <unistd.h>

#include <hunspell/hunspell.h>

/* Powers of two. */
#define CACHE_SIZE 8192
#define ODD_SIZE 512

struct speller {
	Hunhandle *dictionary;
	uint64_t known[CACHE_SIZE]; /* hashes of English words; 0: free */
	/* Hashes of what is none: of the message under way only, since such a
	 * word may be anything, also a name. */
	uint64_t odd[ODD_SIZE];
	bool any_odd;
};

static const struct {
	const char *aff, *dic;
} places[] = {
	{ "/usr/share/hunspell/en_US.aff", "/usr/share/hunspell/en_US.dic" },
	{ "/usr/share/hunspell/en_GB.aff", "/usr/share/hunspell/en_GB.dic" },
};

struct speller *
speller_new(void)
{
	struct speller *sp;

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		if (access(places[i].aff, R_OK) != 0 ||
		    access(places[i].dic, R_OK) != 0)
			continue;
		sp = calloc(1, sizeof *sp);
		if (sp == NULL)
			return NULL;
		sp->dictionary = Hunspell_create(places[i].aff, places[i].dic);
		if (sp->dictionary != NULL)
			return sp;
		free(sp);
	}
	return NULL;
}

void
speller_free(struct speller *sp)
{
	if (sp == NULL)
		return;
	Hunspell_destroy(sp->dictionary);
	free(sp);
}

/* Words whose apostrophe the cleaning took, and those of a chat. */
static bool
is_chat_word(struct str word)
{
	static const char *const words[] = { "arent", "cant", "couldnt",
		"couldve", "didnt", "doesnt", "dont", "hadnt", "hasnt", "havent",
		"hes", "id", "ill", "im", "isnt", "itll", "its", "ive", "lets",
		"shes", "shouldnt", "thats", "theyre", "theyve", "wasnt", "weve",
		"werent", "whats", "wheres", "whos", "wont", "wouldnt", "youd",
		"youll", "youre", "youve", "gonna", "wanna", "gotta", "kinda",
		"sorta", "dunno", "gimme", "lemme", "idk", "idc", "lol", "omg",
		"tbh", "imo", "btw", "rn", "smh", "ngl", "yeah", "nope", "yep",
		"ok", "okay", "pls", "plz", "thx", "iop", "php", "dbt", "cbt",
		"emdr", "online", "internet", "google", "linux", "ubuntu" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (str_is(word, words[i]))
			return true;
	}
	return false;
}

static bool
look_up(struct speller *sp, struct str word)
{
	char text[64];

	memcpy(text, word.p, word.len);
	text[word.len] = '\0';
	if (Hunspell_spell(sp->dictionary, text) != 0)
		return true;
	/* Names are in it with a capital. */
	if (text[0] < 'a' || text[0] > 'z')
		return false;
	text[0] = (char)(text[0] - 32);
	return Hunspell_spell(sp->dictionary, text) != 0 || is_chat_word(word);
}

bool
speller_knows(struct speller *sp, struct str word)
{
	const size_t most = 63;
	uint64_t hash, *known, *odd;

	if (sp == NULL || word.len == 0 || word.len > most)
		return false;
	hash = str_hash(word) | 1;
	known = &sp->known[(hash >> 8) & (CACHE_SIZE - 1)];
	odd = &sp->odd[(hash >> 8) & (ODD_SIZE - 1)];
	if (*known == hash)
		return true;
	if (*odd == hash)
		return false;
	if (look_up(sp, word)) {
		*known = hash;
		return true;
	}
	*odd = hash;
	sp->any_odd = true;
	return false;
}

void
speller_forget(struct speller *sp)
{
	if (sp == NULL || !sp->any_odd)
		return;
	explicit_bzero(sp->odd, sizeof sp->odd);
	sp->any_odd = false;
}
