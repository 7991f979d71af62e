#!/bin/sh
# lua/diverge/meta.lua and docs/scripting.md name exactly what the program knows; see scripting.py.
set -u
here=$(cd "$(dirname "$0")" && pwd)
command -v python3 >/dev/null 2>&1 || { echo "skipped: no python3"; exit 77; }
exec python3 "$here/scripting.py" "$here/../.."
