#!/bin/sh
# embed.sh NAME STRIP FILE... - text files as a C table of struct embedded.
# STRIP is cut off the front of each path, so that a build in another folder
# gives the same names.
set -eu
name=$1 strip=$2
shift 2
echo '#include "guide/embedded.h"'
i=0
for f; do
	echo "static const unsigned char text_$i[] = {"
	od -An -v -tu1 "$f" | sed 's/[0-9][0-9]*/&,/g'
	echo '0 };'
	i=$((i + 1))
done
echo "const struct embedded $name[] = {"
i=0
for f; do
	echo "	{ \"${f#"$strip"}\", text_$i, sizeof text_$i - 1 },"
	i=$((i + 1))
done
echo '	{ 0, 0, 0 },'
echo '};'
