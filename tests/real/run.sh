#!/bin/sh
# Ten pairs of public documents, two versions of data packages each, compared by diverge as it is and by
# position: a table in Markdown, and what must hold of every pair. Nothing of them is kept in the project:
# they are fetched, without running anything of theirs, when this runs.
#   DIVERGE        the program
#   DIVERGE_PAIRS  a folder that keeps what was fetched (default: a temporary one)
# Ends with 1 if something does not hold, with 77 without npm, python3 or a network.
set -u
here=$(cd "$(dirname "$0")" && pwd)
for needed in npm python3; do
    command -v "$needed" >/dev/null || { echo "skipped: no $needed"; exit 77; }
done
: "${DIVERGE:?names the program}"
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 3' HUP INT TERM
kept=${DIVERGE_PAIRS:-$work/kept}
mkdir -p "$kept" && kept=$(cd "$kept" && pwd) || exit 3
failures=$work/failures
: >"$failures"

fetch() { # PACKAGE VERSION FILE: its name where it is kept
    place=$kept/$(printf '%s' "$1" | tr / +)@$2
    if [ ! -f "$place/package/$3" ]; then
        rm -rf "$place" && mkdir -p "$place" &&
            (cd "$place" && npm pack --ignore-scripts --silent "$1@$2" >/dev/null 2>&1 && tar -xzf ./*.tgz &&
                rm -f ./*.tgz) && [ -f "$place/package/$3" ] ||
            { rm -rf "$place"; return 1; }
    fi
    printf '%s\n' "$place/package/$3"
}

fail() { # TEXT...
    echo "fails: $package: $*" | tee -a "$failures" >&2
}

compare() { # NAME LEFT RIGHT [OPTION...]: counts in $work/NAME, verdict in $verdict
    name=$1
    shift
    "$DIVERGE" "$@" --report "$here/counts.lua=$work/$name" >/dev/null 2>"$work/errors"
    verdict=$?
    [ "$verdict" -le 1 ] || { fail "exit status $verdict: $*"; cat "$work/errors" >&2; }
}

total() { # NAME
    awk '$1 == "kind" { n += $3 } END { print n + 0 }' "$work/$1"
}

kinds() { # NAME [mirrored]
    awk -v mirrored="${2:-}" '$1 == "kind" {
        if (mirrored) { if (!sub(/missing/, "extra", $2)) sub(/extra/, "missing", $2) }
        print $2, $3 }' "$work/$1" | sort
}

keys() { # NAME
    awk '$1 == "key" { arrays[$2] += $3 } END { for (key in arrays) print key, arrays[key] }' "$work/$1" | sort |
        awk '{ printf "%s%s (%s)", n++ ? ", " : "", $1, $2 }'
}

seconds() { # LEFT RIGHT [OPTION...]: the whole command, the best of three
    python3 -c '
import subprocess, sys, time
best = None
for _ in range(3):
    start = time.perf_counter()
    subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    taken = time.perf_counter() - start
    best = taken if best is None or taken < best else best
print("%.3f" % best)' "$DIVERGE" "$@" --report "$here/counts.lua"
}

same_with_itself() { # FILE
    compare self "$1" "$1"
    [ "$verdict" -eq 0 ] && [ "$(total self)" -eq 0 ] || fail "$1 differs from itself"
}

check() { # LEFT RIGHT MODE [OPTION...]: what must hold; leaves the counts in $work/MODE
    left=$1 right=$2 mode=$3
    shift 3
    compare "$mode" "$left" "$right" "$@"
    there=$verdict
    compare back "$right" "$left" "$@"
    [ "$verdict" -eq "$there" ] || fail "$mode: another verdict when the sides are swapped"
    [ "$(kinds "$mode")" = "$(kinds back mirrored)" ] || fail "$mode: other divergences when the sides are swapped"
    "$DIVERGE" "$left" "$right" "$@" --report "jsonl=$work/lines" >/dev/null 2>&1
    python3 "$here/balance.py" "$left" "$right" "$work/lines" || fail "$mode: the report is not what the documents differ in"
    verdict=$there
}

pair() { # PACKAGE OLD NEW FILE
    package=$1
    left=$(fetch "$1" "$2" "$4") && right=$(fetch "$1" "$3" "$4") || return 77
    same_with_itself "$left"
    same_with_itself "$right"
    check "$left" "$right" position --match '**' position
    positional=$verdict
    check "$left" "$right" default
    [ "$verdict" -eq "$positional" ] || fail "the ways to match disagree about the verdict"
    [ "$(total default)" -le "$(total position)" ] || fail "more divergences than by position"
    printf '| %s %s → %s, %s | %s | %s | %s | %s | %s | %s | %s |\n' "$1" "$2" "$3" "$4" \
        "$(wc -c <"$right" | awk '{ printf "%.2f", $1 / 1e6 }')" "$(total position)" "$(total default)" \
        "$(kinds default | awk '{ printf "%s%s %s", n++ ? ", " : "", $2, $1 }')" \
        "$(keys default)" \
        "$(seconds "$left" "$right" --match '**' position)" "$(seconds "$left" "$right")"
}

echo '| Pair | MB | By position | diverge | of which | Keys found (arrays) | s by position | s diverge |'
echo '|---|--:|--:|--:|---|---|--:|--:|'
while read -r package old new file; do
    pair "$package" "$old" "$new" "$file" || { echo "skipped: cannot fetch $package"; exit 77; }
done <"$here/pairs.txt"
[ ! -s "$failures" ]
