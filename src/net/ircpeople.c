#include "net/ircpeople.h"

#include <stdio.h>
#include <stdlib.h>

#include "guide/session.h"

#define ACCOUNT_MARK ' ' /* no nick holds it, whatever a server makes up */

void
ircpeople_init(struct ircpeople *p)
{
	TAILQ_INIT(&p->list);
	p->n = 0;
}

void
ircpeople_remove(struct ircpeople *p, struct ircperson *who)
{
	TAILQ_REMOVE(&p->list, who, entry);
	p->n--;
	session_free(who->session);
	buf_wipe(&who->rest);
	explicit_bzero(who, sizeof(*who));
	free(who);
}

void
ircpeople_clear(struct ircpeople *p)
{
	struct ircperson *who;

	while ((who = TAILQ_FIRST(&p->list)) != NULL)
		ircpeople_remove(p, who);
}

struct key {
	char text[IRCPEOPLE_NAME + 2];
};

static struct key
key_of(const struct ircself *me, struct str nick, struct str account)
{
	struct key k = { .text = { ACCOUNT_MARK } };

	if (account.len > 0)
		ircself_fold(me, account, k.text + 1, sizeof(k.text) - 1);
	else
		ircself_fold(me, nick, k.text, sizeof(k.text));
	return k;
}

static struct ircperson *
find(struct ircpeople *p, const struct key *k)
{
	struct ircperson *who;

	TAILQ_FOREACH (who, &p->list, entry)
		if (strcmp(who->key, k->text) == 0)
			return who;
	return NULL;
}

static struct ircperson *
find_nick(struct ircpeople *p, const struct ircself *me, struct str nick)
{
	struct ircperson *who;

	TAILQ_FOREACH (who, &p->list, entry)
		if (ircself_same(me, str_c(who->nick), nick))
			return who;
	return NULL;
}

static struct ircperson *
add(struct ircpeople *p, struct guide *guide, uint64_t now_ms)
{
	struct ircperson *who = calloc(1, sizeof(*who));

	if (who == NULL)
		return NULL;
	who->session = session_new(guide, now_ms);
	if (who->session == NULL) {
		free(who);
		return NULL;
	}
	if (p->n >= IRCPEOPLE_MAX)
		ircpeople_remove(p, TAILQ_LAST(&p->list, ircpeople_list));
	TAILQ_INSERT_HEAD(&p->list, who, entry);
	p->n++;
	return who;
}

static void
set_nick(struct ircperson *who, struct str nick)
{
	snprintf(who->nick, sizeof(who->nick), "%.*s", STR_ARG(nick));
}

/* Known by their nick alone, and the nick is another's now. */
static bool
is_another(const struct ircperson *who, uint64_t from)
{
	return who->key[0] != ACCOUNT_MARK && who->from != from;
}

struct ircperson *
ircpeople_get(struct ircpeople *p, struct guide *guide,
    const struct ircself *me, const struct ircperson_id *id)
{
	struct key k = key_of(me, id->nick, id->account);
	uint64_t from = str_hash(id->host);
	struct ircperson *who;

	if (id->nick.len == 0 || id->nick.len > IRCPEOPLE_NAME ||
	    id->account.len > IRCPEOPLE_NAME)
		return NULL;
	if (id->account.len > 0)
		ircpeople_log_in(p, me, id->nick, id->account);
	who = find(p, &k);
	if (who != NULL && is_another(who, from)) {
		ircpeople_remove(p, who);
		who = NULL;
	}
	if (who != NULL) {
		TAILQ_REMOVE(&p->list, who, entry);
		TAILQ_INSERT_HEAD(&p->list, who, entry);
	} else if ((who = add(p, guide, id->now_ms)) != NULL) {
		memcpy(who->key, k.text, sizeof(who->key));
	} else {
		return NULL;
	}
	set_nick(who, id->nick);
	who->from = from;
	who->seen_ms = id->now_ms;
	return who;
}

/* Gives them another key; whoever had it before is gone. */
static void
set_key(struct ircpeople *p, struct ircperson *who, const struct key *k)
{
	struct ircperson *old = find(p, k);

	if (old != NULL && old != who)
		ircpeople_remove(p, old);
	memcpy(who->key, k->text, sizeof(who->key));
}

void
ircpeople_rename(struct ircpeople *p, const struct ircself *me, struct str from,
    struct str to)
{
	struct ircperson *who = find_nick(p, me, from);
	struct key k = key_of(me, to, str_of("", 0));

	if (who == NULL)
		return;
	if (to.len == 0 || to.len > IRCPEOPLE_NAME) {
		ircpeople_remove(p, who);
		return;
	}
	if (who->key[0] != ACCOUNT_MARK)
		set_key(p, who, &k);
	set_nick(who, to);
}

void
ircpeople_move(struct ircpeople *p, const struct ircself *me, struct str nick,
    struct str from, struct str to)
{
	struct ircperson *who = find_nick(p, me, nick);

	if (who != NULL && who->from == str_hash(from))
		who->from = str_hash(to);
}

void
ircpeople_log_in(struct ircpeople *p, const struct ircself *me,
    struct str nick, struct str account)
{
	struct key was = key_of(me, nick, str_of("", 0));
	struct key is = key_of(me, nick, account);
	struct ircperson *who = find(p, &was);

	if (who == NULL || account.len == 0 || account.len > IRCPEOPLE_NAME)
		return;
	/* What the account said before, perhaps elsewhere, counts more. */
	if (find(p, &is) != NULL)
		ircpeople_remove(p, who);
	else
		set_key(p, who, &is);
}

void
ircpeople_leave(struct ircpeople *p, const struct ircself *me, struct str nick)
{
	struct ircperson *who = find_nick(p, me, nick);

	if (who != NULL)
		ircpeople_remove(p, who);
}

void
ircpeople_forget_nicks(struct ircpeople *p)
{
	struct ircperson *who, *next;

	for (who = TAILQ_FIRST(&p->list); who != NULL; who = next) {
		next = TAILQ_NEXT(who, entry);
		if (who->key[0] != ACCOUNT_MARK)
			ircpeople_remove(p, who);
	}
}
