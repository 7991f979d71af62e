#!/bin/sh
# Every symbol that the library defines is its own by name, and those that are visible from
# outside are exactly those that the public headers declare with DVG_API.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
archive=${DIVERGE_BUILD:-$root/build/dev}/libdiverge.a
[ -f "$archive" ] || { echo "$archive does not exist"; exit 1; }
for tool in nm readelf; do
    command -v "$tool" >/dev/null 2>&1 || { echo "skipped: no $tool"; exit 77; }
done
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
failed=0

# What compilers add by themselves, for sanitizers and coverage.
instrument='^(__|_GLOBAL_|DW\.ref\.|asan\.|tsan\.|sancov\.|gcov)'

nm -g --defined-only "$archive" 2>/dev/null | awk 'NF == 3 { print $3 }' |
    grep -vE "$instrument" | LC_ALL=C sort -u >"$folder/defined"
[ -s "$folder/defined" ] || { echo "$archive defines nothing"; exit 1; }
if grep -vE '^(dvg_|luaopen_diverge)' "$folder/defined"; then
    echo "are defined by the library and do not begin with dvg_"
    failed=1
fi

readelf -sW "$archive" 2>/dev/null |
    awk '($5 == "GLOBAL" || $5 == "WEAK") && $6 == "DEFAULT" && $7 != "UND" { print $8 }' |
    grep -vE "$instrument" | LC_ALL=C sort -u >"$folder/visible"

# DVG_API ... name(, over as many lines as it takes.
grep -hv '^#' "$root"/include/diverge/*.h | tr '\n' ' ' | grep -oE 'DVG_API [^;{]*;' |
    sed 's/(.*//; s/\[.*//; s/;.*//' | grep -oE '[A-Za-z0-9_]+ *$' | tr -d ' ' |
    LC_ALL=C sort -u >"$folder/declared"

if LC_ALL=C comm -23 "$folder/visible" "$folder/declared" | grep .; then
    echo "are visible from outside and not declared in include/"
    failed=1
fi
if LC_ALL=C comm -13 "$folder/visible" "$folder/declared" | grep .; then
    echo "are declared with DVG_API and not defined"
    failed=1
fi
[ "$failed" -eq 0 ] && echo "$(wc -l <"$folder/declared") public symbols, all as declared"
exit "$failed"
