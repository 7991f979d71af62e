#!/bin/sh
# Two live cJSON trees: the one door that opened and the speed are found, the order of the doors
# is not held against them, and the number that cJSON cannot hold is told on both sides.
set -u
found=$("${DIVERGE_BUILD:?}/examples/cjson" "${DIVERGE_SOURCE:?}/examples/embed/state.lua") || exit 1
echo "$found"
for line in 'doors[id=rear].open: ' 'speed: ' '88 -> 90' 'false -> true' '2 divergences' \
    '2 numbers may have lost digits'; do
    case $found in
    *"$line"*) ;;
    *) echo "not found: $line"; exit 1 ;;
    esac
done
