/*
 * fake_gate.h - a gate to no network: keeps what it was given to say, for the
 * tests of the modules above the gate.
 */
#ifndef IOPGUIDE_TESTS_NET_FAKE_GATE_H
#define IOPGUIDE_TESTS_NET_FAKE_GATE_H

#include "net/ircgate.h"

/* One, which is `guide` on a network of which nothing is known. */
struct ircgate *fake_gate(void);

/* All since the last call, each command and line ended by LF; of a line to
 * somebody "TARGET: text". */
const char *fake_gate_said(void);

/* From now on nothing can be added. */
void fake_gate_fail(bool fail);

#endif
