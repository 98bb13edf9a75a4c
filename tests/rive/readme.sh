#!/bin/sh
# readme.sh - the example in the room's README is the one that is compiled,
# and it prints what the README says.
set -eu
dir=${srcdir:-.}

# The first block of this language.
block() {
	awk -v fence="\`\`\`$1" '
	/^```$/ && on { exit }
	on
	$0 == fence { on = 1 }' "$dir/src/rive/README.md"
}

test "$(block c)" = "$(cat "$dir/tests/rive/example.c")"
test "$(block text)" = "$(./tests/rive/example)"
