#!/bin/sh
# The host without scripts finds what differs, classes it, and says what its rules hid.
set -u
expected="(1 of 2: store.json)
(2 of 2: index.bin)
store.json: accounts[id=7].cents: value [data, error]
store.json: accounts[id=7].owner: value [data, error]
store.json: accounts[id=9].cents: value (one cent) [rounding, warning]
index.bin: <bytes>: bytes [data, error]
4 divergences, 1 places hidden by rules"
found=$("${DIVERGE_BUILD:?}/examples/hooks") || exit 1
[ "$found" = "$expected" ] && echo "hooks: as expected" && exit 0
echo "hooks printed"
echo "$found"
exit 1
