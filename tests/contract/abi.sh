#!/bin/sh
# What became of the shared library's interface between two commits, as abidiff tells:
#   sh tests/contract/abi.sh              between the last two tags
#   sh tests/contract/abi.sh OLD [NEW]    between two commits; NEW is HEAD where it is not given
# Ends 1 where programs that were linked with OLD could break although the versions promise that
# they do not: the same major one or, before 1.0, the same major and minor one. Exit 77: nothing to
# compare, or nothing to compare it with.
set -u
cd "$(dirname "$0")/../.." || exit 1
for tool in git cmake abidiff; do
    command -v "$tool" >/dev/null 2>&1 || { echo "skipped: no $tool (Debian: abigail-tools)"; exit 77; }
done
git rev-parse --git-dir >/dev/null 2>&1 || { echo "skipped: no history here"; exit 77; }
if [ $# -eq 0 ]; then
    # shellcheck disable=SC2046 # two words
    set -- $(git tag --sort=creatordate --list 'v*' | tail -n 2)
    [ $# -eq 2 ] || { echo "skipped: there are no two tags v*; name a commit: abi.sh OLD [NEW]"; exit 77; }
fi
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

# build NAME COMMIT: the library of that commit, with what abidiff reads, in $folder/NAME.
build() {
    mkdir "$folder/$1" || exit 1
    git archive "$2" >"$folder/$1.tar" && tar -C "$folder/$1" -xf "$folder/$1.tar" || exit 1
    if ! { cmake -S "$folder/$1" -B "$folder/$1/build" -DCMAKE_BUILD_TYPE=Debug -DDIVERGE_TESTS=OFF &&
        cmake --build "$folder/$1/build" --target diverge-shared --parallel 2; } >"$folder/log" 2>&1; then
        tail -n 20 "$folder/log"
        echo "$2: the shared library cannot be built"
        exit 1
    fi
}
version() {
    sed -n 's/^#define DVG_VERSION_\(MAJOR\|MINOR\) //p' "$folder/$1/include/diverge/diverge.h" | tr '\n' '.'
}
# Now, since a name may come to mean another commit while the first is built.
old=$(git rev-parse --verify --quiet "$1^{commit}") || { echo "no such commit: $1"; exit 1; }
new=$(git rev-parse --verify --quiet "${2:-HEAD}^{commit}") || { echo "no such commit: $2"; exit 1; }
build old "$old"
build new "$new"
compare() { # OPTION...
    abidiff "$@" --headers-dir1 "$folder/old/include" --headers-dir2 "$folder/new/include" \
        "$folder/old/build/libdiverge.so" "$folder/new/build/libdiverge.so"
}
compare
# Bits 1 and 2: abidiff itself failed. It calls a structure of another size compatible, which it is
# not for a program that has one: everything but an addition counts.
[ $(($? & 3)) -eq 0 ] || { echo "abidiff failed"; exit 1; }
if compare --no-added-syms >/dev/null; then
    echo "$old to $new: nothing, or additions only"
    exit 0
fi
before=$(version old)
after=$(version new)
case $before in
0.*) ;;
*) before=${before%%.*} after=${after%%.*} ;;
esac
echo "$old to $new: changes that can break programs; the versions ${before%.} and ${after%.}"
[ "$before" != "$after" ]
