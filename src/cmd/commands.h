/*
 * commands.h - the commands; each returns the program's exit status.
 */
#ifndef IOPGUIDE_CMD_COMMANDS_H
#define IOPGUIDE_CMD_COMMANDS_H

#include "cmd/options.h"

/* Findings, a failed test, or a start that failed: EXIT_FAILURE, 1. */
#define EXIT_USAGE 2

int cmd_serve(const struct options *o);
int cmd_chat(const struct options *o);
int cmd_explain(const struct options *o);
int cmd_test(const struct options *o);
int cmd_lint(const struct options *o);
int cmd_graph(const struct options *o);

#endif
