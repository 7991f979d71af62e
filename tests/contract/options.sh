#!/bin/sh
# The manual page and README.md list the options that the program has, see options.py; and the page
# is written as manual pages are. BLESS=1 writes heads and first sentences of its options anew.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
table=${DIVERGE_BUILD:?set DIVERGE_BUILD to the build folder}/completions/options.tsv
command -v python3 >/dev/null 2>&1 || { echo "skipped: no python3"; exit 77; }
[ -f "$table" ] || { echo "$table does not exist"; exit 1; }
failed=0
python3 "$root/tests/contract/options.py" "$root" "${DIVERGE:?}" "$table" \
    ${BLESS:+bless} || failed=1

if command -v mandoc >/dev/null 2>&1; then
    mandoc -Tlint -Wwarning "$root/docs/diverge.1" || failed=1
fi
if command -v man >/dev/null 2>&1 && command -v groff >/dev/null 2>&1; then
    words=$(LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -l "$root/docs/diverge.1" 2>&1 >/dev/null)
    [ -z "$words" ] || { echo "$words"; failed=1; }
fi
exit "$failed"
