#!/bin/sh
# suites.sh - runs all of the interpreter's own suites.
exec ./tests/rsts "${srcdir:-.}"/tests/rive/*.yml
