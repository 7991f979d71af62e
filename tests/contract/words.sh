#!/bin/sh
# The library knows no particular system: no word of one stands in src/ or include/.
set -u
cd "$(dirname "$0")/../.." || exit 1
words='xex|canary|\bphase[-_ ]?b\b|emulator|from-ours|in-ours|handle_semantic|import_libraries'
words="$words|82000000|cpu_state|sigma-|gamma-"
grep -rniE "$words" src include
case $? in
0) echo "words of one particular system: they belong into lua/"; exit 1 ;;
1) echo "no word of one particular system in src/ and include/" ;;
*) exit 1 ;;
esac
