#!/bin/sh
# Every text of the corpus through the reader: verdict, place and reason of each error, and each
# value. Needs DIVERGE_BUILD, the build folder. Prints what failed, then "N passed, N failed".
set -u
LC_ALL=C
export LC_ALL
corpus=$(cd "$(dirname "$0")" && pwd) || exit 1
build=${DIVERGE_BUILD:?set DIVERGE_BUILD to the build folder}
reader=$build/tests/read-json
[ -x "$reader" ] || reader=$build/read-json
if [ ! -x "$reader" ]; then
    echo "no read-json in $build/tests or $build" >&2
    exit 1
fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
passed=0
failed=0

# fail NAME EXPECTED ACTUAL
fail() {
    failed=$((failed + 1))
    printf 'FAILED %s\n    expected: %.200s\n    actual:   %.200s\n' "$1" "$2" "$3"
}

# compare NAME ACTUAL EXPECTED: the line must be the very one.
compare() {
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        fail "$1" "$3" "$2"
    fi
}

# compare_error NAME ACTUAL PLACE-AND-REASON: the place exactly, the reason somewhere behind it.
compare_error() {
    case $2 in
    "reject ${3%%: *}: "*"${3#*: }"*) passed=$((passed + 1)) ;;
    *) fail "$1" "reject $3" "$2" ;;
    esac
}

# check_class FOLDER EXPECTED-SUFFIX [OPTION]: one call of the reader for all files of a folder.
check_class() {
    folder=$corpus/$1
    "$reader" ${3:+"$3"} "$folder"/*.json >"$scratch/out"
    exec 3<"$scratch/out"
    for file in "$folder"/*.json; do
        name=$1/${file##*/}
        IFS= read -r actual <&3 || actual="(no line from read-json)"
        if [ "$2" = out ]; then
            IFS= read -r expected <"${file%.json}.out"
            compare "$name" "$actual" "accept $expected"
        else
            { IFS= read -r _ && IFS= read -r _ && IFS= read -r expected; } <"${file%.json}.err"
            compare_error "$name" "$actual" "$expected"
        fi
    done
    if IFS= read -r actual <&3; then
        fail "$1" "(no further line)" "$actual"
    fi
    exec 3<&-
}

# check_limit OPTION LIMIT FILE EXPECTED: a limit set from outside, at its border.
check_limit() {
    actual=$("$reader" "$1" "$2" "$corpus/accept/$3.json")
    case $4 in
    accept) compare "$3 $1 $2" "${actual%% *}" accept ;;
    *) compare_error "$3 $1 $2" "$actual" "$4" ;;
    esac
}

check_class accept out
check_class accept-nonfinite out --nonfinite
check_class accept-nonfinite err
check_class reject err
check_limit --depth 5 depth-5 accept
check_limit --depth 4 depth-5 "1:5 byte 4: nested too deeply"
check_limit --depth 4 depth-5-objects "1:21 byte 20: nested too deeply"
check_limit --depth 1 root-null accept
check_limit --depth 3 depth-closed-does-not-count "1:4 byte 3: nested too deeply"
check_limit --digits 10 integer-digits accept
check_limit --digits 9 integer-digits "1:2 byte 1: too many digits"
check_limit --digits 1 root-negative accept
check_limit --digits 1 real-whole accept
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
