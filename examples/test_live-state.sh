#!/bin/sh
# The twins part at the step that the bug says, however often they are compared.
set -u
program=${DIVERGE_BUILD:?}/examples/live-state
found=$("$program" 64) || exit 1
case $found in
*'the twins parted between step 768 and step 832: '*) ;;
*) echo "every 64 steps: $found"; exit 1 ;;
esac
found=$("$program" 1) || exit 1
expected='  cpu.json: carry: value
the twins parted between step 786 and step 787: 1 divergences'
[ "$found" = "$expected" ] || { echo "every step: $found"; exit 1; }
echo "live-state: parted where they should"
