#!/bin/sh
# The house plan of src/README.md: a folder includes itself and lower floors, never upward or
# sideways; the program includes public headers; each dependency stays on its floor; files are
# short and their names unique.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
cd "$root/src" || exit 1
list=$(mktemp) || exit 1
trap 'rm -f "$list"' EXIT
find . -type f \( -name '*.c' -o -name '*.h' \) | sed 's|^\./||' | LC_ALL=C sort >"$list"
[ -s "$list" ] || { echo "no source files found"; exit 1; }

LC_ALL=C awk '
function fail(what) { printf "src/%s: %s\n", file, what; failed = 1 }

function quoted(name,    to, slash) {
    slash = index(name, "/")
    if (folder == "cli" || folder == "rock") {
        if (slash || !((folder "/" name) in known))
            fail("a guest may include <diverge/...> and its own headers only: " name)
        return
    }
    if (!slash) { fail("include is not written from src/: " name); return }
    to = substr(name, 1, slash - 1)
    if (!(to in floor)) { fail("includes from no floor: " name); return }
    if (!(name in known)) fail("includes what does not exist: " name)
    if (to != folder && floor[to] >= floor[folder])
        fail((floor[to] > floor[folder] ? "upward" : "sideways") " include of " name)
}

function angled(name,    home) {
    home = ""
    if (name ~ /^(lua|lauxlib|lualib|luaconf)\.h$/ || name == "lua.hpp") home = "script"
    else if (name ~ /(^|\/)cJSON(_Utils)?\.h$/) home = "interop"
    else if (name ~ /^openssl\//) home = "hash"
    if (home == "script" && folder == "rock") home = folder
    if (home != "" && folder != home) fail("only " home "/ may include <" name ">")
    if (name == "diverge/lua.h" && folder !~ /^(script|api)$/)
        fail("only script/ and api/ may include <" name ">")
    if (name == "diverge/cjson.h" && folder != "interop" && file !~ /^api\/cjson/ && folder != "cli")
        fail("only interop/ and api/cjson*.c may include <" name ">")
    if (name == "diverge/cjson.h" && folder == "cli") fail("the program does not use cJSON")
}

BEGIN {
    split("base 0 value 1 os 1 hash 1 json 2 path 2 interop 2 rules 3 diff 4 snapshot 4 image 4 " \
          "engine 5 script 6 api 7 cli 8 rock 8", words, " ")
    for (i = 1; i in words; i += 2) floor[words[i]] = words[i + 1]
    while ((getline name < ARGV[1]) > 0) {
        known[name] = 1
        names[++count] = name
    }
    for (n = 1; n <= count; n++) {
        file = names[n]
        folder = file
        sub(/\/.*/, "", folder)
        base = file
        sub(/.*\//, "", base)
        if (!(folder in floor) || folder == file) { fail("is on no floor"); continue }
        if (base in seen) fail("has the same name as src/" seen[base])
        seen[base] = file
        lines = 0
        while ((getline line < file) > 0) {
            lines++
            if (line !~ /^[ \t]*#[ \t]*include/) continue
            edges++
            if (match(line, /"[^"]*"/)) quoted(substr(line, RSTART + 1, RLENGTH - 2))
            else if (match(line, /<[^>]*>/)) angled(substr(line, RSTART + 1, RLENGTH - 2))
            else fail("an include that cannot be read: " line)
        }
        close(file)
        if (lines > 500) fail("has " lines " lines; 500 is the most")
    }
    if (!failed) printf "%d files, %d includes: every one goes down\n", count, edges
    exit failed
}' "$list"
